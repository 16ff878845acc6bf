/** Near twins under an open question: edits that leave what stands at the place true, those first that the model no longer sees through. */
import { alignTokens } from '../../snippets/twins/align';
import { promptChanges, type Variant } from '../../snippets/twins/variants';
import type { ProgramEdit } from '../../snippets/edits';
import type { Outcome } from '../../snippets/sandbox/sandbox';
import type { Prediction } from '../../methods/prediction/prediction';
import type { LoadedModel } from '../session/load';
import { withCode, type Program } from '../reading/program';
import type { Question } from '../reading/question';
import { predictTwins, type PredictedTwin, type Twin } from './twins';
import { sizeOf } from '../../snippets/twins/near';

/** What an answer names, without the names of parameters and properties in it. */
const NAMED = /[\p{ID_Start}$_][\p{ID_Continue}$]*(?![\p{ID_Continue}$]|\??\s*:)/gu;

/** Whether an edit renames a type that an answer names: after it that answer is no longer what it was. */
export function renamesAnswer({ answers }: Question, { names = {} }: ProgramEdit): boolean {
  return answers.some(({ label }) => (label.match(NAMED) ?? []).some((name) => Object.hasOwn(names, name)));
}

/**
 * The twin that an edit makes; null where the model cannot read it, reads nothing of the edit, or the edit renames an answer.
 * @param outcome what is true of the program and of its edits; null where that is not known
 */
export function openTwin(
  loaded: LoadedModel, question: Question, program: Program, edit: ProgramEdit, outcome: Outcome | null,
): Twin | null {
  if (renamesAnswer(question, edit)) return null;
  const twin = withCode(loaded, question, program, edit.variant, edit.changes);
  if (twin.ids.length > question.room || twin.prompt.text === program.prompt.text) return null;
  const alignment = alignTokens(program.encoded, twin.encoded, promptChanges(program.prompt, twin.prompt, edit));
  const judged = outcome ?? { label: 'not run', message: null, line: null };
  const variant: Variant = {
    edit, outcome: judged, alignment, tokensKept: alignment.sameLength, labelChanged: false, control: true, repair: false,
  };
  return { variant, program: twin, outcome };
}

export interface OpenChoice {
  twin: PredictedTwin | null;
  none: string | null;
  seen: PredictedTwin[];
}

/**
 * The edit after which the model answers something else, of several the one that changes the fewest characters; where the model is wrong,
 * one that makes it right before any other. Where there is none, the one that takes most from the answer that the program got.
 */
export async function chooseOpenTwin(
  loaded: LoadedModel, question: Question, prediction: Prediction, twins: readonly Twin[], options: Parameters<typeof predictTwins>[3],
): Promise<OpenChoice> {
  if (twins.length === 0) return { twin: null, none: 'No edit is known here that keeps what is asked about. Compare with a change of your own.', seen: [] };
  const seen = await predictTwins(loaded, question.answers, twins, options);
  const changed = seen.filter((twin) => twin.prediction.label !== prediction.label);
  const righted = changed.filter((twin) => twin.prediction.label === twin.outcome?.label);
  const flipped = righted.length > 0 ? righted : changed;
  const left = ({ prediction: { answers } }: PredictedTwin) => answers.find(({ label }) => label === prediction.label)!.logProbability;
  const best = flipped.length > 0
    ? flipped.reduce((a, b) => (sizeOf(b.variant.edit) < sizeOf(a.variant.edit) ? b : a))
    : seen.reduce((a, b) => (left(b) < left(a) ? b : a));
  return { twin: best, none: null, seen };
}
