/**
 * What sentences and pages call things, by the name of the question that was asked: a template's is about what Python does with a program,
 * an open one about what stands at a place, for which nothing is run.
 */
import type { ReadProgram } from '../reading/reading';
import { isOpenQuestion, type OpenQuestion } from '../../vocabulary/open-questions';

export interface QuestionWords {
  /** Who says what is true, where nobody has said it. */
  judge: string;
  /** What it says then, in short and as a sentence. */
  unknown: string;
  unknownSentence: string;
  /** Before it is known. */
  pending: string;
  pendingBadge: string;
  /** Whether the prediction is what is true: a few words, and a sentence. */
  badges: { agree: string; disagree: string; unknown: string };
  right: string;
  wrong: (truth: string, share: string) => string;
  /** Beside the true answer. */
  trueMark: string;
  trueNote: string;
  /** What was read, before the words that say which lines. */
  read: string;
  /** Of so many tokens of the prompt, what those are that are not of the code. */
  around: (tokens: number) => string;
  /** Of a list of variants: what the true ones of them do, in filters and orders, and why there may be none. */
  otherwise: string;
  byTruth: string;
  none: string;
  /** Whether edits are made by themselves to compare with, and what can be compared. */
  edits: boolean;
  compare: string;
  /** What the buttons do that ask for all variants, and for another one. */
  tryAll: string;
  otherVariant: string;
  /** What the button does that searches the smallest edit; null where none is searched. */
  search: string | null;
}

const ERRORS: QuestionWords = {
  judge: 'Python',
  unknown: 'not run',
  unknownSentence: 'The program was not run, so the prediction is unchecked.',
  pending: 'The program has not been run yet.',
  pendingBadge: '… not checked yet',
  badges: { agree: '✓ agrees', disagree: '✗ disagrees', unknown: '? unchecked' },
  right: 'The model is right.',
  wrong: (truth, share) => `The model is wrong: it gives ${truth} ${share}.`,
  trueMark: '✓ true',
  trueNote: 'true',
  read: 'Read and run',
  around: (tokens) => `${tokens} with the question`,
  otherwise: 'Python does something else',
  byTruth: 'what Python does',
  none: 'No variant could be made of this code.',
  edits: true,
  compare: 'Only the edits nearest to the cause were tried to find what to compare with. All of them are run and read when you ask for it.',
  tryAll: 'Makes every small edit of this code, runs it in Python, and asks the model about it',
  otherVariant: 'Other Variant…',
  search: null,
};

const OPEN: Readonly<Record<OpenQuestion, QuestionWords>> = {
  'next-token': {
    judge: 'The code',
    unknown: 'nothing there',
    unknownSentence: 'Nothing stands there yet, so there is nothing to hold the prediction against.',
    pending: 'The model has not read the code yet.',
    pendingBadge: '… not read yet',
    badges: { agree: '✓ as in the code', disagree: '≠ not as in the code', unknown: 'nothing there yet' },
    right: 'The code goes on as the model predicts.',
    wrong: (truth, share) => `The code goes on with ${truth}, to which the model gives ${share}.`,
    trueMark: '✓ in the code',
    trueNote: 'in the code',
    read: 'Read',
    around: (tokens) => `${tokens} with what the model reads around it`,
    otherwise: 'something else is true',
    byTruth: 'what stands there',
    none: 'Edits of the code that keep what comes next are not known, so none is made by itself.',
    edits: false,
    compare: 'What comes next can be compared with a version of the code that you write: change something before the place, and see which tokens and layers carry what that changes.',
    tryAll: 'Asks the model about every edit that keeps what comes next',
    otherVariant: 'Write a Variant…',
    search: null,
  },
  type: {
    judge: 'The code',
    unknown: 'no type there',
    unknownSentence: 'No type stands there, and none is known, so the prediction is unchecked.',
    pending: 'The type has not been checked yet.',
    pendingBadge: '… not checked yet',
    badges: { agree: '✓ agrees', disagree: '✗ disagrees', unknown: '? unchecked' },
    right: 'The model is right.',
    wrong: (truth, share) => `The type is ${truth}, to which the model gives ${share}.`,
    trueMark: '✓ true',
    trueNote: 'true',
    read: 'Read',
    around: (tokens) => `${tokens} with what the model reads around it`,
    otherwise: 'another type is true',
    byTruth: 'which type is true',
    none: 'No edit of this code is known that keeps the type.',
    edits: true,
    compare: 'Only the edits nearest to the place were tried to find what to compare with. All of them are read when you ask for it.',
    tryAll: 'Makes every edit of this code that keeps the type, and asks the model about it',
    otherVariant: 'Other Variant…',
    search: 'Looks for the edit that keeps the type, changes the fewest tokens and makes the model answer otherwise: edits of one thing first, then several at once',
  },
};

/** @param question a template's id, or an open question's name */
export function questionWords(question: string): QuestionWords {
  return isOpenQuestion(question) ? OPEN[question] : ERRORS;
}

/** What was read, in words: of a question about what comes next, on which sides of the place; null where all was read that was asked. */
export function readWords({ template, source: { read }, place }: Pick<ReadProgram, 'template' | 'source' | 'place'>): string | null {
  if (template !== 'next-token') return read ?? null;
  return [place?.behind ? 'what is before and behind the place' : 'only what is before the place', ...(read ? [read] : [])].join('; ');
}

/** How an answer is named in a sentence: those of open questions are pieces of code, which may be signs. */
export function answerName(question: string, label: string): string {
  if (!isOpenQuestion(question)) return label;
  return label.includes('`') ? `“${label}”` : `\`${label}\``;
}
