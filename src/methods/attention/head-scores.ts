/**
 * Head scores: how much of its attention each head gives to certain pairs of tokens (as TransformerLens's head_detector has for previous,
 * duplicate and induction heads), less what it would be if attention were spread evenly over all that the token sees.
 */
import type { Model } from '../../model';
import { patternsByLayer, type AttentionOptions } from './attention';
import { uniformFrom } from '../../random';

/** For each token that has any, the earlier tokens that count. */
export type PairSet = ReadonlyMap<number, readonly number[]>;

export interface HeadScore {
  /** [layer]: how many tokens have a pair that the layer's window reaches. */
  rows: number[];
  /** [layer]: what spreading attention evenly would give them, on average; 0 without rows. */
  uniform: number[];
  /** [layer][head]: the mean over these tokens of the attention to their pairs, less `uniform`. */
  score: number[][];
  /** [layer][head]: the same of as many pairs drawn at random, from the same tokens to any that they see. */
  random: number[][];
}

/**
 * @param sets pairs by name, from tokens to tokens before them
 * @returns a score for each set. In layers with a window, what lies beyond it does not count; tokens without a pair are left out
 */
export async function headScores<K extends string>(
  model: Model,
  ids: readonly number[],
  sets: Readonly<Record<K, PairSet>>,
  { seed = 0, ...options }: AttentionOptions & { seed?: number } = {},
): Promise<Record<K, HeadScore>> {
  const names = Object.keys(sets) as K[];
  const empty = (): HeadScore => ({ rows: [], uniform: [], score: [], random: [] });
  const found = Object.fromEntries(names.map((name) => [name, empty()])) as Record<K, HeadScore>;
  const drawn = new Map<string, Drawn[]>();
  for await (const { layer, patterns } of patternsByLayer(model, ids, options)) {
    const window = model.architecture.windows[layer];
    for (const name of names) {
      const key = `${name} ${window}`;
      if (!drawn.has(key)) drawn.set(key, seenPairs(sets[name], window, uniformFrom(seed + names.indexOf(name))));
      const rows = drawn.get(key)!;
      const mean = (of: (row: Drawn) => number) => rows.reduce((sum, row) => sum + of(row), 0) / Math.max(1, rows.length);
      const uniform = mean(({ keys, visible }) => keys.length / visible);
      const each = (keysOf: (row: Drawn) => readonly number[]) => Array.from({ length: patterns.heads }, (_, head) =>
        mean((row) => keysOf(row).reduce((sum, at) => sum + patterns.row(head, row.query)[at], 0)) - uniform);
      found[name].rows.push(rows.length);
      found[name].uniform.push(uniform);
      found[name].score.push(each(({ keys }) => keys));
      found[name].random.push(each(({ others }) => others));
    }
  }
  return found;
}

interface Drawn {
  query: number;
  keys: readonly number[];
  /** As many, drawn at random. */
  others: readonly number[];
  /** How many tokens it sees, itself included. */
  visible: number;
}

/** @param window how many tokens one sees, itself included; null for all */
function seenPairs(pairs: PairSet, window: number | null, next: () => number): Drawn[] {
  return [...pairs].flatMap(([query, all]) => {
    const first = window === null ? 0 : Math.max(0, query - window + 1);
    const keys = all.filter((key) => key >= first);
    if (keys.length === 0) return [];
    const left = Array.from({ length: query - first + 1 }, (_, i) => first + i);
    const visible = left.length;
    const others = keys.map(() => left.splice(Math.floor(next() * left.length), 1)[0]);
    return [{ query, keys, others, visible }];
  });
}
