/** The logit difference at the last token of many prompts, read in batches, with hooks or without. */
import { groupsByLength, readLogits, type Hook, type Model } from '../../model';

/** Tokens in one run: bounds memory. */
const TOKENS_AT_ONCE = 4096;

export interface AskedPrompt {
  readonly tokens: readonly number[];
  /** The metric is logit[positive] - logit[negative] behind the last of the tokens. */
  readonly metric: { readonly positive: number; readonly negative: number };
}

/** In the order of the prompts. @param hooks see batches of prompts of similar lengths, with padding */
export async function lastMetrics(
  model: Model, prompts: readonly AskedPrompt[], hooks: readonly Hook[], signal?: AbortSignal,
): Promise<number[]> {
  const answers = [...new Set(prompts.flatMap(({ metric: { positive, negative } }) => [positive, negative]))];
  const found = new Array<number>(prompts.length);
  const ids = prompts.map(({ tokens }) => tokens);
  for (const group of groupsByLength(ids, TOKENS_AT_ONCE)) {
    const { resid, layout } = await model.run(group.map((i) => ids[i]), { hooks, signal });
    const ends = layout.lengths.map((length, row) => row * layout.positions + length - 1);
    const { data } = await readLogits(model, resid, ends, answers);
    group.forEach((prompt, row) => {
      const { positive, negative } = prompts[prompt].metric;
      const logit = (answer: number) => data[row * answers.length + answers.indexOf(answer)];
      found[prompt] = logit(positive) - logit(negative);
    });
  }
  return found;
}
