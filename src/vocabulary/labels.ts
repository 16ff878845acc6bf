/** Labels: what ground truth and the built-in questions call the outcomes of a program. */

/** The errors among which the model chooses. */
export const ERROR_TYPES = [
  'TypeError',
  'SyntaxError',
  'IndentationError',
  'NameError',
  'UnboundLocalError',
  'AttributeError',
  'IndexError',
  'KeyError',
  'ValueError',
  'ZeroDivisionError',
  'ImportError',
  'ModuleNotFoundError',
  'FileNotFoundError',
  'AssertionError',
  'RecursionError',
  'StopIteration',
] as const;

/** The label of a program that raises nothing. */
export const NO_ERROR = 'no error';

const NO_ERROR_SPELLINGS = new Set(['', 'noerror', 'none', 'null', 'ok', 'success', 'noexception', 'nothing']);

/** What an outcome says, in the spelling of answers; what others than Python say is spelled as it is. */
export function outcomeLabel({ label, by }: { label: string; by?: string }): string {
  return by === undefined ? canonicalLabel(label) : label;
}

/** The one spelling of a label: "NoError", "None", "ok", null and the like are `NO_ERROR`; others are trimmed. */
export function canonicalLabel(label: string | null | undefined): string {
  const trimmed = (label ?? '').trim();
  return NO_ERROR_SPELLINGS.has(trimmed.toLowerCase().replace(/[\s_-]/g, '')) ? NO_ERROR : trimmed;
}
