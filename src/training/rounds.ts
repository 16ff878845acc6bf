/** A data folder's programs as samples: the rounds that are trained on, and what is only measured. */
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Tokenizer } from '@huggingface/tokenizers';
import { corpusChunks } from './corpus';
import type { TrainOptions } from './lm';
import type { ValidationSample } from './lm-validate';
import { holdsWord, readPrograms, type LabelledProgram } from './programs/generate';
import { isJoined } from './programs/joined';
import { Random } from './random';
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

/** Measured are the shards of the series `validation`, or else the first programs of the first shard. */
export function roundsOf(recipe: Recipe, folder: string, tokenizer: Tokenizer): { data: TrainOptions['data']; validation: ValidationSample[] } {
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
  const realCode = data.realCodeShare > 0 ? new Random(`${seed}/real code`).shuffle([...corpusChunks()]) : [];

  return {
    validation: measured.flatMap((program) => {
      const sample = encode(program);
      return sample ? [{ ...sample, label: program.label, source: sourceOf(program) }] : [];
    }),
    data: {
      draw: (before) => nextDraw(folder, before, seed, data.shardsInRound),
      read: async ({ files }, round, signal) => {
        const programs = files.flatMap((name) => read(name).slice(name === first ? data.validation : 0));
        const samples: Sample[] = [];
        for (const [i, program] of programs.entries()) {
          if (i % 200 === 0) await setImmediate(); // minutes on a busy machine: it must hear that it should end
          if (signal?.aborted) return [];
          const sample = holdsWord(program.code, heldOut) ? undefined : encode(program);
          if (sample) samples.push(sample);
        }
        const count = Math.round((samples.length * data.realCodeShare) / (1 - data.realCodeShare));
        for (let i = 0; i < count; i++) {
          const sample = encodeSample(tokenizer, { code: realCode[(round * count + i) % realCode.length] }, training.maxTokens);
          if (sample) samples.push(sample);
        }
        return samples;
      },
    },
  };
}

/** A program that does not say where it comes from was generated. */
function sourceOf({ source, family }: LabelledProgram): string {
  return source ?? (isJoined(family) ? 'joined' : 'generated');
}
