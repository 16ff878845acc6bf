/**
 * Muon, as graph nodes: the momentum of a matrix's gradient, made orthogonal by five Newton–Schulz steps (Jordan et al. 2024,
 * https://kellerjordan.github.io/posts/muon). For the matrices of the blocks; embeddings, norms and probes stay with AdamW.
 */
import { add, div, matmul, mul, reduceSum, sqrt, sub, transpose, type Tensor } from '../../graph';

export interface MuonOptions {
  momentum: number;
  weightDecay: number;
}

/** x · (a + b·xxᵀ + c·(xxᵀ)²) drives singular values from (0, 1] to about 1; these numbers are the fastest at that for small ones. */
const [A, B, C] = [3.4445, -4.775, 2.0315];
const STEPS = 5;

/** The nearest matrix with singular values of about 1 (0.7 to 1.2). Shape [rows, columns]. */
export function orthogonalized(matrix: Tensor): Tensor {
  const tall = (matrix.shape[0] as number) > (matrix.shape[1] as number);
  const norm = sqrt(reduceSum(mul(matrix, matrix), [0, 1]));
  let x = div(tall ? transpose(matrix, [1, 0]) : matrix, add(norm, 1e-7));
  for (let i = 0; i < STEPS; i++) {
    const square = matmul(x, x, { transposeB: true });
    x = add(mul(x, A), matmul(add(mul(square, B), mul(matmul(square, square), C)), x));
  }
  return tall ? transpose(x, [1, 0]) : x;
}

/**
 * One step of one matrix [outputs, inputs] with Nesterov's momentum (as in torch.optim.Muon with `adjust_lr_fn="original"`): the update's
 * scale is √(max(1, outputs / inputs)). `rate` is a float32 scalar.
 */
export function muonUpdate(
  weight: Tensor,
  gradient: Tensor,
  momentum: Tensor,
  rate: Tensor,
  { momentum: beta, weightDecay }: MuonOptions,
): { weight: Tensor; momentum: Tensor } {
  const mean = add(mul(momentum, beta), mul(gradient, 1 - beta));
  const ahead = add(mul(mean, beta), mul(gradient, 1 - beta));
  const [outputs, inputs] = weight.shape as number[];
  const update = mul(orthogonalized(ahead), Math.sqrt(Math.max(1, outputs / inputs)));
  const decayed = weightDecay > 0 ? mul(weight, sub(1, mul(rate, weightDecay))) : weight;
  return { weight: sub(decayed, mul(update, rate)), momentum: mean };
}
