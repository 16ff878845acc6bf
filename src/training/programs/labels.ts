/** What the generated programs may raise; `NO_ERROR` stands for a program that ends without an exception. */
export const NO_ERROR = 'NoError';

export const LABELS = [
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
  NO_ERROR,
] as const;

export type Label = (typeof LABELS)[number];
