/** A data folder's programs as samples: the rounds that are trained on, and what is only measured. */
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Tokenizer } from '@huggingface/tokenizers';
import { corpusChunks } from '../../corpus/packages/library-code';
import type { TrainOptions } from './train';
import type { ValidationSample } from './validate';
import { holdsWord, readPrograms, type LabelledProgram } from '../../corpus/labelling/program';
import { isJoined } from '../../corpus/generate/joined';
import { Random } from '../../corpus/random';
import type { Recipe } from './recipe';
import { encodeSample, messageText, type Sample } from './samples';
import { nextDraw, seriesOf, VALIDATION_SERIES } from './shards';

/** What follows a program in the prompt; the answer comes next, with a leading space. */
export const PROMPT_SUFFIX = '\n# When this code is executed, Python will raise a';
export const answerText = (label: string) => ` ${label}`;

export const trainingText = ({ code, label, line, message, types }: LabelledProgram) => ({
  code,
  suffix: PROMPT_SUFFIX,
  answer: answerText(label),
  message: messageText(line, message),
  raised: { label, line, message },
  types,
});

export interface Rounds {
  data: TrainOptions['data'];
  validation: ValidationSample[];
  /** The samples of a shard that are trained on, in its order; what it gives after the signal is not used. */
  samplesOf(shard: string, signal?: AbortSignal): Promise<Sample[]>;
  /** Pieces of the standard library, in an order that the seed decides. */
  realCode(): Sample[];
}

/** Measured are the shards of the series `validation`, or else the first programs of the first shard. */
export function roundsOf(recipe: Recipe, folder: string, tokenizer: Tokenizer): Rounds {
  const { seed, training, data } = recipe;
  const heldOut = new Set(data.heldOutWords.split(' '));
  const withMessages = training.lossWeights.message > 0;
  const encode = (program: LabelledProgram) => {
    const text = trainingText(program);
    return encodeSample(tokenizer, withMessages ? text : { ...text, message: '' }, training.maxTokens);
  };
  const read = (name: string) => readPrograms(path.join(folder, name));
  const series = seriesOf(folder);
  const own = series.get(VALIDATION_SERIES);
  const first = own ? undefined : [...series.values()].flat()[0];
  const measured = own ? own.flatMap(read) : first === undefined ? [] : read(first).slice(0, data.validation);
  const chunks = data.realCodeShare > 0 ? new Random(`${seed}/real code`).shuffle([...corpusChunks()]) : [];
  const realCode = (chunk: string) => encodeSample(tokenizer, { code: chunk }, training.maxTokens) ?? [];
  const samplesOf = async (name: string, signal?: AbortSignal) => {
    const samples: Sample[] = [];
    for (const [i, program] of read(name).slice(name === first ? data.validation : 0).entries()) {
      if (i % 200 === 0) await setImmediate(); // minutes on a busy machine: it must hear that it should end
      if (signal?.aborted) return [];
      const sample = holdsWord(program.code, heldOut) ? undefined : encode(program);
      if (sample) samples.push(sample);
    }
    return samples;
  };

  return {
    validation: measured.flatMap((program) => {
      const sample = encode(program);
      return sample ? [{ ...sample, label: program.label, source: sourceOf(program) }] : [];
    }),
    samplesOf,
    realCode: () => chunks.flatMap(realCode),
    data: {
      draw: (before) => nextDraw(folder, before, seed, data.shardsInRound),
      read: async ({ files }, round, signal) => {
        const samples: Sample[] = [];
        for (const name of files) samples.push(...(await samplesOf(name, signal)));
        if (signal?.aborted) return [];
        const count = Math.round((samples.length * data.realCodeShare) / (1 - data.realCodeShare));
        return [...samples, ...Array.from({ length: count }, (_, i) => chunks[(round * count + i) % chunks.length]).flatMap(realCode)];
      },
    },
  };
}

/** A program that does not say where it comes from was generated. */
function sourceOf({ source, family }: LabelledProgram): string {
  return source ?? (isJoined(family) ? 'joined' : 'generated');
}
