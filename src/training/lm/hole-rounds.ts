/** A data folder's rows as samples of a types model: the rounds that are trained on, and what is only measured. */
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Tokenizer } from '@huggingface/tokenizers';
import { readLines } from '../../corpus/types/lines';
import type { TypeRow } from '../../corpus/types/row';
import { Random } from '../../corpus/random';
import { encodeHole, encodePlain, type HoleSample } from './holes';
import type { Recipe } from './recipe';
import type { Sample } from './samples';
import { nextDraw, seriesOf, VALIDATION_SERIES } from './shards';
import type { TrainOptions } from './train';

export interface HoleRounds {
  data: TrainOptions['data'];
  holes: HoleSample[];
  /** The samples of a shard, in its order; what it gives after the signal is not used. */
  samplesOf(shard: string, round: number, signal?: AbortSignal): Promise<Sample[]>;
}

export function holeRoundsOf({ seed, training, data }: Recipe, folder: string, tokenizer: Tokenizer): HoleRounds {
  const read = (name: string) => [...readLines<TypeRow>(path.join(folder, name))];
  const measured = (seriesOf(folder).get(VALIDATION_SERIES) ?? []).flatMap(read);
  const samplesOf = async (name: string, round: number, signal?: AbortSignal) => {
    const samples: Sample[] = [];
    for (const [i, row] of read(name).entries()) {
      if (i % 200 === 0) await setImmediate(); // minutes on a busy machine: it must hear that it should end
      if (signal?.aborted) return [];
      const plain = new Random(`${seed}/plain/${round}/${row.id}`).chance(data.plainShare ?? 0);
      const sample = (plain ? encodePlain : encodeHole)(tokenizer, row, training.maxTokens);
      if (sample) samples.push(sample);
    }
    return samples;
  };
  return {
    samplesOf,
    holes: measured.flatMap((row) => {
      const sample = encodeHole(tokenizer, row, training.maxTokens);
      return sample ? [{ ...sample, row }] : [];
    }),
    data: {
      draw: (before) => nextDraw(folder, before, seed, data.shardsInRound),
      read: async ({ files }, round, signal) => {
        const samples: Sample[] = [];
        for (const name of files) samples.push(...(await samplesOf(name, round, signal)));
        return samples;
      },
    },
  };
}
