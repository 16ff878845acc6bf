/** How prompts of different lengths lie in one batch. */
import { NO_KEY } from '../architectures';
import { ints, type IntArray } from '../graph';

/** Row i has `lengths[i]` tokens, then padding up to `positions`. */
export interface BatchLayout {
  readonly lengths: readonly number[];
  readonly positions: number;
}

export interface PositionFeeds {
  [name: string]: IntArray;
  positions: IntArray;
  keyPositions: IntArray;
}

export function layoutOf(prompts: readonly (readonly number[])[]): BatchLayout {
  const lengths = prompts.map((prompt) => prompt.length);
  if (lengths.length === 0 || lengths.includes(0)) throw new Error('A run needs at least one prompt, and every prompt at least one token.');
  return { lengths, positions: Math.max(...lengths) };
}

/** Indices of prompts, those of similar lengths together: a group of several has at most `most` tokens with its padding. */
export function groupsByLength(prompts: readonly (readonly number[])[], most: number): number[][] {
  const order = prompts.map((_, i) => i).sort((a, b) => prompts[a].length - prompts[b].length || a - b);
  const groups: number[][] = [];
  for (const i of order) {
    const group = groups.at(-1);
    if (group && prompts[i].length * (group.length + 1) <= most) group.push(i);
    else groups.push([i]);
  }
  return groups;
}

/** The positions of a batch: padding has positions too, but no query sees it as a key. */
export function positionFeeds({ lengths, positions }: BatchLayout, past?: { readonly length: number }): PositionFeeds {
  const offset = past?.length ?? 0;
  const keys = offset + positions;
  const query = new Int32Array(lengths.length * positions);
  const key = new Int32Array(lengths.length * keys);
  lengths.forEach((length, row) => {
    for (let i = 0; i < positions; i++) query[row * positions + i] = offset + i;
    for (let i = 0; i < keys; i++) key[row * keys + i] = i < offset + length ? i : NO_KEY;
  });
  return { positions: ints(query, [lengths.length, positions]), keyPositions: ints(key, [lengths.length, keys]) };
}
