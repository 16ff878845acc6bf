/** How much a prediction among answers says: their share of all that the model may write. */
import { isOpenQuestion } from '../../vocabulary/open-questions';
import type { ExplainedPrediction } from '../documents/explanation';

/** With less of the probability, the answers' order says little about what the model expects. */
export const ANSWERS_MATTER = 0.5;

/** What can be done then. */
export const ANSWERS_HELP = 'Another question, or solved examples before the code, may suit this model better.';

/**
 * What to say where the answers together have little of the probability; null where they have enough, and for an open question, whose
 * answers are the most probable ones.
 * @param question its name
 * @param percent how a share is written
 */
export function answersCaution(
  { answers, answersProbability, continuation }: Pick<ExplainedPrediction, 'answersProbability' | 'continuation'> & { answers: readonly unknown[] },
  question: string,
  percent: (share: number) => string,
): string | null {
  if (answersProbability >= ANSWERS_MATTER || isOpenQuestion(question)) return null;
  const rather = continuation ? `; the model would rather continue with ${quoted(continuation.text)}` : '';
  return `The ${answers.length} answers together have ${percent(answersProbability)} of the probability, so their order says little${rather}.`;
}

function quoted(text: string): string {
  const words = text.trim().replace(/\s+/g, ' ');
  if (words === '') return text.includes('\n') ? 'a line break' : 'white space';
  return words.includes('`') ? `“${words}”` : `\`${words}\``;
}
