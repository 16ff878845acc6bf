/** Keys and values of tokens that were already run. */
import type { FloatArray } from '../graph';
import { concatAxis, sliceAxis } from './arrays';
import type { BatchLayout } from './layout';

/** One layer's, float32 [batch, kv heads, length, head]; keys after rotary embedding. */
export interface LayerCache {
  readonly keys: FloatArray;
  readonly values: FloatArray;
}

export interface KeyValueCache {
  /** Tokens that the cache holds. */
  readonly length: number;
  readonly layers: readonly LayerCache[];
}

export function emptyCache(): KeyValueCache {
  return { length: 0, layers: [] };
}

/** A cache with new keys and values behind the old ones. Rows must be of one length: padding cannot be cached. */
export function extendCache(past: KeyValueCache, layers: readonly LayerCache[], { lengths, positions }: BatchLayout): KeyValueCache {
  if (lengths.some((length) => length !== positions)) throw new Error('Only prompts of one length can be cached together.');
  const join = (before: FloatArray | undefined, after: FloatArray) => {
    if (!before) return after;
    const rows = after.shape[0];
    const repeated = before.shape[0] === rows ? before : repeatRows(before, rows);
    return concatAxis([repeated, after], 2);
  };
  return {
    length: past.length + positions,
    layers: layers.map(({ keys, values }, layer) => {
      const before = past.layers[layer];
      return { keys: join(before?.keys, keys), values: join(before?.values, values) };
    }),
  };
}

function repeatRows(x: FloatArray, rows: number): FloatArray {
  return concatAxis(Array.from({ length: rows }, () => x), 0);
}

/** The first `length` tokens of a cache. */
export function truncateCache(cache: KeyValueCache, length: number): KeyValueCache {
  if (length > cache.length) throw new Error(`The cache holds ${cache.length} tokens, not ${length}.`);
  if (length === cache.length) return cache;
  const layers = cache.layers.map(({ keys, values }) => ({ keys: sliceAxis(keys, 2, 0, length), values: sliceAxis(values, 2, 0, length) }));
  return { length, layers };
}
