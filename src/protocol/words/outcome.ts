/** What Python did, in words that need no knowledge of the sandbox, and whether a prediction is right. */
import type { ActualOutcome } from '../documents/explanation';
import { pythonName } from './python';

/** Outcomes that say only that a program could not be judged. */
export const UNJUDGED: readonly string[] = ['timeout', 'memory limit', 'not contained', 'exited'];

/** Whether what Python did says nothing about the code. */
export function isUnchecked({ label, uncalled }: Pick<ActualOutcome, 'label' | 'uncalled'>): boolean {
  return UNJUDGED.includes(label) || uncalled !== undefined;
}

/** Why a program could not be judged, as a sentence. */
export function uncheckedSentence({ label, message, uncalled }: Pick<ActualOutcome, 'label' | 'message' | 'uncalled'>): string {
  if (uncalled) return uncalledSentence(uncalled);
  if (label === 'timeout') return 'It was stopped, as it ran longer than the limit in the settings.';
  if (label === 'memory limit') return 'It was stopped, as it needs more memory than the sandbox has.';
  if (label === 'exited') return 'The program ended Python itself before it was through.';
  return message ?? 'The sandbox lacks something that the program needs.';
}

/** "Nothing calls `f`, so its body was not run." */
function uncalledSentence(names: readonly string[]): string {
  const quoted = names.slice(0, 3).map((name) => `\`${name}\``);
  if (names.length > 3) quoted.push(`${names.length - 3} more`);
  const last = quoted.pop()!;
  const all = quoted.length > 0 ? `${quoted.join(', ')} and ${last}` : last;
  return `Nothing calls ${all}, so ${names.length === 1 ? 'its body was' : 'their bodies were'} not run.`;
}

/** Whether the prediction is what Python did; null where that is not known. */
export function isRight(actual: Pick<ActualOutcome, 'label' | 'uncalled'> | null, predicted: string): boolean | null {
  return actual === null || isUnchecked(actual) ? null : actual.label === predicted;
}

/** "Python 3.14 raises TypeError on line 2". */
export function outcomeText(actual: ActualOutcome): string {
  const { label, line, cell, by } = actual;
  if (by !== undefined) return `${by[0].toUpperCase()}${by.slice(1)} says ${label}`;
  const python = pythonName(actual);
  if (UNJUDGED.includes(label)) return `${python} could not check it: ${uncheckedSentence(actual).replace(/\.$/, '')}`;
  if (label === 'no error') return `${python} raises nothing`;
  return `${python} raises ${label}${line === null ? '' : ` on line ${line}${cell === undefined ? '' : ` of cell ${cell}`}`}`;
}
