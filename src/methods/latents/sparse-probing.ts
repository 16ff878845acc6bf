/**
 * Sparse probing (Gurnee et al. 2023): how well the best few numbers of a representation tell a property of tokens. The few are chosen
 * by the distance of their class means in standard deviations, and a logistic regression reads them.
 */

/** Rows [rows, width], the first `split` to learn from and the others to be told. */
export interface Probed {
  readonly x: Float32Array;
  readonly width: number;
  readonly labels: Uint8Array;
  readonly split: number;
}

export interface ProbeResult {
  /** The numbers that are read, the one that tells most first. */
  chosen: number[];
  /** The area under the ROC curve on the rows learnt from, and on the others. */
  train: number;
  test: number;
}

const STEPS = 8;
const RIDGE = 1;

/** @throws when one of the parts has rows of one class only */
export function sparseProbe({ x, width, labels, split }: Probed, k: number): ProbeResult {
  const parts = [labels.subarray(0, split), labels.subarray(split)];
  if (parts.some((part) => !part.includes(0) || !part.includes(1))) throw new Error('Each part of the rows needs both classes.');
  const { mean, deviation, distance } = statistics(x, width, labels, split);
  const order = Array.from({ length: width }, (_, i) => i).sort((a, b) => Math.abs(distance[b]) - Math.abs(distance[a]) || a - b);
  const chosen = order.slice(0, k);
  const rows = Array.from(labels, (_, row) => [1, ...chosen.map((i) => (x[row * width + i] - mean[i]) / deviation[i])]);
  const weights = logistic(rows.slice(0, split), parts[0]);
  const scores = Float64Array.from(rows, (row) => row.reduce((sum, value, i) => sum + value * weights[i], 0));
  return { chosen, train: auc(scores.subarray(0, split), parts[0]), test: auc(scores.subarray(split), parts[1]) };
}

/** The chance that a row of class 1 has a larger score than one of class 0; equal ones count half. */
export function auc(scores: ArrayLike<number>, labels: Uint8Array): number {
  const order = Array.from(labels.keys()).sort((a, b) => scores[a] - scores[b]);
  let [ranks, positives] = [0, 0];
  for (let i = 0; i < order.length; ) {
    let end = i;
    while (end < order.length && scores[order[end]] === scores[order[i]]) end++;
    const rank = (i + 1 + end) / 2;
    for (; i < end; i++) {
      if (labels[order[i]] === 0) continue;
      ranks += rank;
      positives++;
    }
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (order.length - positives));
}

function statistics(x: Float32Array, width: number, labels: Uint8Array, split: number) {
  const sums = [new Float64Array(width), new Float64Array(width)];
  const squares = new Float64Array(width);
  const counts = [0, 0];
  for (let row = 0; row < split; row++) {
    counts[labels[row]]++;
    for (let i = 0; i < width; i++) {
      const value = x[row * width + i];
      sums[labels[row]][i] += value;
      squares[i] += value * value;
    }
  }
  const mean = sums[0].map((sum, i) => (sum + sums[1][i]) / split);
  const deviation = squares.map((square, i) => Math.max(1e-6, Math.sqrt(Math.max(0, square / split - mean[i] ** 2))));
  const distance = sums[1].map((sum, i) => (sum / counts[1] - sums[0][i] / counts[0]) / deviation[i]);
  return { mean, deviation, distance };
}

/** Weights of a ridge logistic regression, by Newton's method. */
function logistic(rows: readonly (readonly number[])[], labels: Uint8Array): Float64Array {
  const size = rows[0].length;
  const weights = new Float64Array(size);
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((weight, i) => (i === 0 ? 0 : -RIDGE * weight));
    const hessian = Array.from({ length: size }, (_, i) => Float64Array.from({ length: size }, (_unused, j) => (i === j ? RIDGE : 0)));
    for (const [r, row] of rows.entries()) {
      let score = 0;
      for (let i = 0; i < size; i++) score += weights[i] * row[i];
      const p = 1 / (1 + Math.exp(-score));
      const weight = Math.max(1e-9, p * (1 - p));
      for (let i = 0; i < size; i++) {
        gradient[i] += (labels[r] - p) * row[i];
        for (let j = 0; j <= i; j++) hessian[i][j] += weight * row[i] * row[j];
      }
    }
    solve(hessian, gradient).forEach((change, i) => (weights[i] += change));
  }
  return weights;
}

/** Solves a symmetric positive definite system, given by its lower half (Cholesky). */
function solve(matrix: Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i][j];
      for (let l = 0; l < j; l++) sum -= matrix[i][l] * matrix[j][l];
      matrix[i][j] = i === j ? Math.sqrt(Math.max(1e-12, sum)) : sum / matrix[j][j];
    }
  }
  const result = right.slice();
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) result[i] -= matrix[i][j] * result[j];
    result[i] /= matrix[i][i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let j = i + 1; j < size; j++) result[i] -= matrix[j][i] * result[j];
    result[i] /= matrix[i][i];
  }
  return result;
}
