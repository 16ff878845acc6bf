/** How settings name questions. */

/** The questions that are built in, the usual one first. */
export const BUILT_IN_QUESTIONS: readonly string[] = ['python-error-type', 'python-error-type-few-shot'];

/** A question's name: lower-case words joined by "-". */
export const QUESTION_NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Where a question is: built in, among the user's settings, or in a template file, there perhaps under an id. */
export type QuestionPlace = { in: 'package'; name: string } | { in: 'settings'; name: string } | { in: 'file'; file: string; id: string | null };

/** Where the question is that a setting names: a name, FILE or FILE#ID; empty for the usual one. */
export function questionPlace(setting: string, own: readonly string[]): QuestionPlace {
  if (setting === '') return { in: 'package', name: BUILT_IN_QUESTIONS[0] };
  if (own.includes(setting)) return { in: 'settings', name: setting };
  if (BUILT_IN_QUESTIONS.includes(setting)) return { in: 'package', name: setting };
  const [, file, id] = /^(.+?)(?:#([a-z0-9-]+))?$/s.exec(setting)!;
  return { in: 'file', file, id: id ?? null };
}
