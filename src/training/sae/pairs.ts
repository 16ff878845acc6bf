/** The study's table: the logit difference between two answers over pairs of programs, with and without autoencoders in the model. */
import { groupsByLength, readLogits, type Hook, type Model } from '../../model';
import { BATCH_TOKENS } from './activations';
import type { Replacement, SplicedSae } from './splice';

/** A program and its near twin; the metric is the logit of the first one's answer minus that of the second one's. */
export interface ProgramPair {
  clean: readonly number[];
  corrupted: readonly number[];
  cleanAnswer: number;
  corruptedAnswer: number;
}

/** Means over the pairs: of the clean programs and of the corrupted ones. */
export interface LogitDifference {
  clean: number;
  corrupted: number;
}

export interface PairMeasures {
  /** The sites that were replaced, together. */
  sites: string[];
  model: LogitDifference;
  sae: LogitDifference;
  withError: LogitDifference;
  /** Share of the programs, clean and corrupted, whose difference has the same sign as in the model. */
  signKept: number;
}

export async function evaluatePairs(
  model: Model,
  saes: readonly SplicedSae[],
  pairs: readonly ProgramPair[],
  signal?: AbortSignal,
): Promise<PairMeasures> {
  const differences = async (replacement?: Replacement) => {
    const hooks = replacement === undefined ? [] : saes.map((sae) => sae.hook(replacement));
    return logitDifferences(model, pairs, hooks, signal);
  };
  const [plain, sae, withError] = [await differences(), await differences('sae'), await differences('with error')];
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const means = (values: readonly number[]): LogitDifference => ({
    clean: mean(values.slice(0, pairs.length)),
    corrupted: mean(values.slice(pairs.length)),
  });
  return {
    sites: saes.map(({ name }) => name),
    model: means(plain),
    sae: means(sae),
    withError: means(withError),
    signKept: mean(sae.map((value, i) => (value > 0 === plain[i] > 0 ? 1 : 0))),
  };
}

/** At the last token of every clean program, then of every corrupted one. */
async function logitDifferences(
  model: Model,
  pairs: readonly ProgramPair[],
  hooks: readonly Hook[],
  signal?: AbortSignal,
): Promise<number[]> {
  const prompts = [...pairs.map(({ clean }) => clean), ...pairs.map(({ corrupted }) => corrupted)];
  const answers = [...new Set(pairs.flatMap(({ cleanAnswer, corruptedAnswer }) => [cleanAnswer, corruptedAnswer]))];
  const result = new Array<number>(prompts.length);
  for (const group of groupsByLength(prompts, BATCH_TOKENS)) {
    const { resid, layout } = await model.run(group.map((i) => prompts[i]), { hooks, signal });
    const ends = layout.lengths.map((length, row) => row * layout.positions + length - 1);
    const { data } = await readLogits(model, resid, ends, answers);
    group.forEach((prompt, row) => {
      const { cleanAnswer, corruptedAnswer } = pairs[prompt % pairs.length];
      const logit = (answer: number) => data[row * answers.length + answers.indexOf(answer)];
      result[prompt] = logit(cleanAnswer) - logit(corruptedAnswer);
    });
  }
  return result;
}
