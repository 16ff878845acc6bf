/** What a model writes first behind programs of a study, and what it writes where something else stands in its stream there. */
import { answerOf } from '../../engine/reading/open-answers';
import { changedNext, readLastToken, type LastToken, type LastTokenChange } from '../../methods/patching/last-token';
import { isOpen } from '../../snippets/prompts/forms';
import type { AskedText } from '../programs/text';
import { readText, type AskedOf } from './ask';

export interface FirstWord extends LastToken {
  ids: readonly number[];
  /** The first token of the truth. */
  truth: number;
  /** Whether that is the most probable one: the measure of being right here, as it needs no more than one token. */
  right: boolean;
}

/** Null where the model cannot read the text, or the truth is none of the answers. */
export async function firstWord(text: AskedText, id: string, asked: AskedOf): Promise<FirstWord | null> {
  const { session: { loaded }, signal } = asked;
  try {
    const { question, program } = readText(text, id, [], asked);
    const { form, sentinels } = question;
    const truth = isOpen(form)
      ? answerOf(loaded, form, program, sentinels, text.truth)
      : question.answers.find(({ label }) => label === text.truth.trim());
    if (!truth) return null;
    const read = await readLastToken(loaded.model, program.ids, signal);
    return { ...read, ids: program.ids, truth: truth.ids[0], right: read.next === truth.ids[0] };
  } catch (error) {
    if (signal?.aborted) throw error;
    return null; // the row says why
  }
}

/** The first token that is written after each change. */
export function afterChanges(
  { run, ids }: FirstWord, changes: readonly LastTokenChange[], { session, signal }: AskedOf,
): Promise<number[]> {
  return changedNext(session.loaded.model, { run }, ids.length, changes, signal);
}
