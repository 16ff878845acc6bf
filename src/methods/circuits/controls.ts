/**
 * Controls: what an effect is held against. Two programs of a pair differ in what they do; two originals of different pairs differ in their
 * words and numbers only. What the second kind of difference changes is no part of the behaviour.
 */
import { counterparts, type PlacedPair } from './places';

/** Each pair with the original of the next one as its twin, token by token at the same places; none of a single pair. */
export function controlPairs(pairs: readonly PlacedPair[]): PlacedPair[] {
  if (pairs.length < 2) return [];
  return pairs.map((pair, i) => {
    const other = pairs[(i + 1) % pairs.length];
    return { ...pair, source: other.base, sourceOf: counterparts(pair, other) };
  });
}
