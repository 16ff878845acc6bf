/**
 * Steering vectors (Turner et al. 2023; Rimsky et al. 2024): the mean difference of an activation between two sets of programs, added with
 * a factor while the model reads another one.
 */
import { floats, type FloatArray } from '../../graph';
import type { Hook, Model } from '../../model';
import { blockSite, siteName, type BlockSite } from '../../vocabulary/sites';

/** One program's tokens, and the position at which it is read. */
export interface ReadAt {
  ids: readonly number[];
  position: number;
}

/** [program][layer]: the activation at the program's position, [width], of the layers that are named, in their order. */
export async function activationsAt(
  model: Model,
  programs: readonly ReadAt[],
  site: BlockSite,
  layers: readonly number[],
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<Float32Array[][]> {
  const { width } = model.shape;
  const read = layers.map((layer) => blockSite(layer, site));
  const found: Float32Array[][] = [];
  for (const { ids, position } of programs) {
    // What follows the position is read by nothing before it.
    const { sites } = await model.run([ids.slice(0, position + 1)], { read, until: Math.max(...layers) + 1, signal });
    found.push(read.map((one) => sites.get(siteName(one))!.data.slice(position * width, (position + 1) * width)));
    onProgress?.(found.length, programs.length);
  }
  return found;
}

/** The mean of the first less the mean of the second, [width]; both have at least one. */
export function meanDifference(positive: readonly Float32Array[], negative: readonly Float32Array[]): Float32Array {
  const mean = (all: readonly Float32Array[], i: number) => all.reduce((sum, one) => sum + one[i], 0) / all.length;
  return Float32Array.from(positive[0], (_, i) => mean(positive, i) - mean(negative, i));
}

export function norm(vector: Float32Array, start = 0, end = vector.length): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += vector[i] * vector[i];
  return Math.sqrt(sum);
}

export interface Steering {
  site: BlockSite;
  /** By layer, [width]. */
  vectors: ReadonlyMap<number, Float32Array>;
  factor: number;
  /** Whether something is added at a position, of the prompt or behind it. */
  at: (position: number) => boolean;
}

/**
 * The edits of a run; none for a factor of 0, so that it is the base bit by bit.
 * @param first the position of the run's first token
 */
export function steeringHooks({ site, vectors, factor, at }: Steering, first = 0): Hook[] {
  if (factor === 0) return [];
  return [...vectors].map(([layer, vector]) => ({
    site: blockSite(layer, site),
    edit: ({ data, shape }: FloatArray) => {
      const [rows, positions, width] = shape;
      const edited = data.slice();
      for (let row = 0; row < rows; row++) {
        for (let position = 0; position < positions; position++) {
          if (!at(first + position)) continue;
          const start = (row * positions + position) * width;
          for (let i = 0; i < width; i++) edited[start + i] += factor * vector[i];
        }
      }
      return floats(edited, shape);
    },
  }));
}

/** A direction drawn at random (each number a sum of uniform ones, which is nearly normal), of a norm; the same for the same seed. */
export function randomVector(width: number, length: number, seed: number): Float32Array {
  let state = (0x9e3779b9 + Math.imul(seed + 1, 0x85ebca6b)) | 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const drawn = Float32Array.from({ length: width }, () => Array.from({ length: 12 }, uniform).reduce((a, b) => a + b, -6));
  const scale = length / norm(drawn);
  return drawn.map((value) => value * scale);
}

/** Logits of so many rows are held at once. */
const ROWS_AT_ONCE = 16;

/** Kullback-Leibler divergence, in nats, of what the steered run says behind each token from what the base says: KL(steered ‖ base). */
export async function divergences(
  model: Model,
  base: { resid: FloatArray },
  steered: { resid: FloatArray },
  signal?: AbortSignal,
): Promise<number[]> {
  const rows = Array.from({ length: base.resid.shape[1] }, (_, i) => i);
  const found: number[] = [];
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    signal?.throwIfAborted();
    const some = rows.slice(start, start + ROWS_AT_ONCE);
    const [p, q] = [await model.logits(steered, some), await model.logits(base, some)];
    const size = p.shape[1];
    some.forEach((_, i) => found.push(divergence(p.data.subarray(i * size, (i + 1) * size), q.data.subarray(i * size, (i + 1) * size))));
  }
  return found;
}

/** Σ p log(p / q), of two rows of logits. */
function divergence(p: Float32Array, q: Float32Array): number {
  const total = (logits: Float32Array) => {
    const most = logits.reduce((a, b) => Math.max(a, b));
    return most + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
  };
  const [ofP, ofQ] = [total(p), total(q)];
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += Math.exp(p[i] - ofP) * (p[i] - ofP - q[i] + ofQ);
  return Math.max(0, sum);
}

/** How likely it is that a fair coin agrees so often or more often (one-sided sign test). */
export function signTest(agree: number, count: number): number {
  let [sum, term] = [0, 0.5 ** count];
  for (let k = 0; k <= count; k++) {
    if (k >= agree) sum += term;
    term *= (count - k) / (k + 1);
  }
  return Math.min(1, sum);
}
