/**
 * Which shards are trained on when. A data folder holds series of shards, `programs-00000.jsonl`, `real-00000.jsonl` and so on; a round
 * takes the next shards of each series, so that sources are mixed in every batch, and a series begins again when all its shards were used.
 * The folder is read again before each round: shards may be added while training runs.
 */
import { readdirSync } from 'node:fs';
import { Random } from '../../corpus/random';

/** Series that are only measured. */
export const VALIDATION_SERIES = 'validation';

/** The shards of a round, and those that each series has used since it last began. */
export interface Draw {
  files: string[];
  used: Record<string, { epoch: number; files: string[] }>;
}

/** The shards of a folder by series, in the order of their names. */
export function seriesOf(folder: string): Map<string, string[]> {
  const series = new Map<string, string[]>();
  const names = readdirSync(folder).filter((name) => /^[a-z][a-z-]*-\d+\.jsonl$/.test(name)).sort();
  for (const name of names) {
    const key = name.replace(/-\d+\.jsonl$/, '');
    series.set(key, [...(series.get(key) ?? []), name]);
  }
  return series;
}

/**
 * The next round after another: of each series as many shards as `counts` says (1 where it says nothing), without replacement, in an order
 * that the seed decides.
 */
export function nextDraw(
  folder: string,
  before: Draw | undefined,
  seed: number | string,
  counts: Readonly<Record<string, number>> = {},
): Draw {
  const draw: Draw = { files: [], used: structuredClone(before?.used ?? {}) };
  for (const [series, names] of seriesOf(folder)) {
    if (series === VALIDATION_SERIES) continue;
    for (let left = counts[series] ?? 1; left > 0; left--) {
      let used = draw.used[series] ?? { epoch: 0, files: [] };
      let waiting = names.filter((name) => !used.files.includes(name));
      if (waiting.length === 0) {
        used = { epoch: used.epoch + 1, files: [] };
        waiting = names;
      }
      const name = new Random(`${seed}/${series}/${used.epoch}/${used.files.length}`).pick(waiting);
      used.files.push(name);
      draw.used[series] = used;
      draw.files.push(name);
    }
  }
  if (draw.files.length === 0) throw new Error(`${folder} holds no programs. Make them first: latent-lens train data.`);
  return draw;
}
