/** Causal attention, shared by the families. */
import {
  add, and, concat, expand, greater, lessOrEqual, matmul, mul, reshape, shapeOf, slice, softmax, sub, tanh, unsqueeze, where,
  type Tensor,
} from '../../graph';

export interface AttentionInputs {
  queries: Tensor; // [b, h, t, d]
  keys: Tensor; // [b, kv, t, d]
  values: Tensor; // [b, kv, t, d]
  positions: Tensor; // int32 [b, t]
  keyPositions: Tensor; // int32 [b, s]
  past?: { keys: Tensor; values: Tensor }; // [1 or b, kv, past, d]
  /** What scores are multiplied by. */
  scale: number;
  /** Then they become c · tanh(scores / c) (Gemma 2). */
  softcap?: number;
  /** How many positions a query sees, its own included; all earlier ones when left out. */
  window?: number;
}

/** Scaled dot-product attention over the cached and the new keys; a key is seen from its own position on. */
export function attention(inputs: AttentionInputs): { pattern: Tensor; mixed: Tensor } {
  const { queries, keys, values, positions, keyPositions, past, scale, softcap, window } = inputs;
  const heads = queries.shape[1] as number;
  const allKeys = repeatHeads(past ? prepend(past.keys, keys, keyPositions) : keys, heads);
  const allValues = repeatHeads(past ? prepend(past.values, values, keyPositions) : values, heads);
  const hidden = -1e30; // finite, so that rows that see nothing (padding) stay finite
  const [from, to] = [unsqueeze(positions, [1, 3]), unsqueeze(keyPositions, [1, 2])];
  const earlier = lessOrEqual(to, from); // [b, 1, t, s]
  const seen = window === undefined ? earlier : and(earlier, greater(to, sub(from, window)));
  const scaled = mul(matmul(queries, allKeys, { transposeB: true }), scale);
  const scores = softcap === undefined ? scaled : mul(tanh(mul(scaled, 1 / softcap)), softcap);
  const pattern = softmax(add(scores, where(seen, 0, hidden)));
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
export function repeatHeads(x: Tensor, heads: number): Tensor {
  const keyValueHeads = x.shape[1] as number;
  if (keyValueHeads === heads) return x;
  const apart = unsqueeze(x, [2]);
  const repeated = concat(Array.from({ length: heads / keyValueHeads }, () => apart), 2);
  return reshape(repeated, [x.shape[0], heads, x.shape[2], x.shape[3]]);
}
