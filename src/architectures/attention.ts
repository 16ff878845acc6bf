/** Causal attention and rotary position embedding, shared by the families. */
import {
  add, concat, constant, cos, expand, lessOrEqual, matmul, mul, reshape, shapeOf, sin, slice, softmax, sub, unsqueeze, where, type Tensor,
} from '../graph';

/** θ^(-2i/d) for i < d/2: the rotary frequencies (Su et al. 2021, eq. 15), float32 [headSize / 2]. */
export function inverseFrequencies(headSize: number, theta: number): Tensor {
  const half = headSize / 2;
  return constant(Float32Array.from({ length: half }, (_, i) => theta ** (-(2 * i) / headSize)), [half]);
}

/** Rotates pairs (i, i + d/2) of x's last axis by the angles: x [b, t, h, d], angles [b, t, 1, d/2]. */
export function rotate(x: Tensor, angles: Tensor): Tensor {
  const size = x.shape[3] as number;
  const [first, second] = [slice(x, 3, 0, size / 2), slice(x, 3, size / 2, size)];
  const [c, s] = [cos(angles), sin(angles)];
  return concat([sub(mul(first, c), mul(second, s)), add(mul(second, c), mul(first, s))], 3);
}

export interface AttentionInputs {
  queries: Tensor; // [b, h, t, d]
  keys: Tensor; // [b, kv, t, d]
  values: Tensor; // [b, kv, t, d]
  positions: Tensor; // int32 [b, t]
  keyPositions: Tensor; // int32 [b, s]
  past?: { keys: Tensor; values: Tensor }; // [1 or b, kv, past, d]
}

/** Scaled dot-product attention over the cached and the new keys; a key is seen from its own position on. */
export function attention({ queries, keys, values, positions, keyPositions, past }: AttentionInputs): { pattern: Tensor; mixed: Tensor } {
  const [, heads, , headSize] = queries.shape as [unknown, number, unknown, number];
  const allKeys = repeatHeads(past ? prepend(past.keys, keys, keyPositions) : keys, heads);
  const allValues = repeatHeads(past ? prepend(past.values, values, keyPositions) : values, heads);
  const hidden = -1e30; // finite, so that rows that see nothing (padding) stay finite
  const seen = lessOrEqual(unsqueeze(keyPositions, [1, 2]), unsqueeze(positions, [1, 3])); // [b, 1, t, s]
  const bias = where(seen, 0, hidden);
  const scores = add(mul(matmul(queries, allKeys, { transposeB: true }), 1 / Math.sqrt(headSize)), bias);
  const pattern = softmax(scores);
  return { pattern, mixed: matmul(pattern, allValues) };
}

/** Cached rows in front of new ones, one cached row serving the whole batch if there is only one. */
function prepend(past: Tensor, present: Tensor, keyPositions: Tensor): Tensor {
  const [batch] = present.shape;
  if (past.shape[0] === batch) return concat([past, present], 2, keyPositions.shape[1]);
  const sizes = concat([slice(shapeOf(present), 0, 0, 1), slice(shapeOf(past), 0, 1, 4)], 0);
  const rows = expand(past, sizes, [batch, ...past.shape.slice(1)]);
  return concat([rows, present], 2, keyPositions.shape[1]);
}

/** Repeats each key-value head for the query heads that share it: [b, kv, s, d] → [b, h, s, d]. */
function repeatHeads(x: Tensor, heads: number): Tensor {
  const keyValueHeads = x.shape[1] as number;
  if (keyValueHeads === heads) return x;
  const apart = unsqueeze(x, [2]);
  const repeated = concat(Array.from({ length: heads / keyValueHeads }, () => apart), 2);
  return reshape(repeated, [x.shape[0], heads, x.shape[2], x.shape[3]]);
}
