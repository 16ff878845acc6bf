/** The study's table: the logit difference between two answers over pairs of programs, with and without autoencoders in the model. */
import { lastMetrics } from '../../methods/prediction/last-metrics';
import type { Model } from '../../model';
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
  const metrics = pairs.map(({ cleanAnswer, corruptedAnswer }) => ({ positive: cleanAnswer, negative: corruptedAnswer }));
  const prompts = [...pairs.map(({ clean }) => clean), ...pairs.map(({ corrupted }) => corrupted)];
  const asked = prompts.map((tokens, i) => ({ tokens, metric: metrics[i % pairs.length] }));
  const differences = async (replacement?: Replacement) => {
    const hooks = replacement === undefined ? [] : saes.map((sae) => sae.hook(replacement));
    return lastMetrics(model, asked, hooks, signal);
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
