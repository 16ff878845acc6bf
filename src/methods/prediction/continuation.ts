/** What a model would write after a prompt, if it need not choose among answers. */
import { readOut, type Model } from '../../model';
import type { AnswerTokens } from '../../snippets/prompts/prompts';

/** Tokens of a continuation: enough to see that it is something else. */
const MOST_TOKENS = 6;

/**
 * The most probable token, and so on after each, with the probability of the whole sequence. Null where that is one of the answers,
 * goes on behind one, or is the beginning of one.
 * @param ends whether a continuation ends before this token; its first token is kept
 */
export async function continuation(
  model: Model,
  prompt: readonly number[],
  answers: readonly AnswerTokens[],
  { ends, signal }: { ends: (id: number) => boolean; signal?: AbortSignal },
): Promise<{ ids: number[]; probability: number } | null> {
  const ids: number[] = [];
  let probability = 1;
  let run = await model.run([prompt], { cache: true, signal });
  let row = prompt.length - 1;
  for (;;) {
    const [{ top: [best] }] = await readOut(model, run.resid, [row], { topK: 1, signal });
    if (ids.length > 0 && ends(best.id)) break;
    ids.push(best.id);
    probability *= best.probability;
    if (ids.length === MOST_TOKENS || prompt.length + ids.length > model.shape.context) break;
    run = await model.run([[best.id]], { past: run.cache, cache: true, signal });
    row = 0;
  }
  const alike = ({ ids: answer }: AnswerTokens) => ids.slice(0, answer.length).every((id, i) => id === answer[i]);
  return answers.some(alike) ? null : { ids, probability };
}
