/** Edits of a program in the order in which they may answer why a model predicts what it does: at the error's cause first. */
import { causeOf, detailProgram, distanceOf, readDetail, type Cause, type ErrorDetail } from '../cause';
import {
  DEFAULT_LIMIT_PER_KIND,
  isRepair,
  proposeOnTree,
  type EditKind,
  type EditOptions,
  type ProgramEdit,
} from '../edits';
import { sharedParser } from '../syntax/parse';
import type { Outcome } from '../sandbox/sandbox';
import { UNJUDGED, type Labeller } from '../outcomes/unjudged';
import { NO_ERROR } from '../../vocabulary/labels';

/** What Python did with a program, and what it tells about the error. */
export interface Happened {
  outcome: Outcome;
  /** Null where nothing was raised, or nothing could be found out. */
  detail: ErrorDetail | null;
}

/** Runs a program, and where it fails once more to find out on what. */
export async function whatHappens(code: string, label: Labeller): Promise<Happened> {
  const [outcome] = await label([code]);
  if (outcome.label === NO_ERROR || UNJUDGED.includes(outcome.label)) return { outcome, detail: null };
  const [told] = await label([detailProgram(code)]);
  return { outcome, detail: readDetail(told) };
}

/** Characters that a model goes by, in the code, the most telling first. */
export type ReadPlaces = readonly { start: number; end: number }[];

/**
 * What an edit has to do with the prediction.
 * repair: it is meant to mend the error; read: it changes what the model goes by; change: it changes something else at the cause;
 * pair: it changes two signs there and keeps the tokens; mistake: it puts another mistake there; break: it breaks the syntax there, which
 * hides the error; control: it is elsewhere; faint: nothing that was tried moves the prediction, this one moves it the most.
 */
export type Relation = 'repair' | 'read' | 'change' | 'pair' | 'mistake' | 'break' | 'control' | 'faint';

export interface NearEdit {
  edit: ProgramEdit;
  relation: Relation;
  /** How near it is to an answer, 0 first: see `related`. */
  nearness: number;
}

const BREAKING: readonly EditKind[] = ['drop-bracket', 'drop-quote', 'drop-colon', 'over-indent', 'dedent'];
const PAIRS: readonly EditKind[] = ['quote-number-drop-bracket', 'unquote-number-add-bracket'];
/** Nearer than this is local: at the cause, or what the model goes by. */
export const LOCAL = 20;
const CONTROL = 30;

/**
 * @param happened null for a program that was not run: then only edits without an error in mind are proposed
 * @param read what the model goes by where it is wrong; empty elsewhere
 */
export async function proposeNear(
  code: string,
  happened: Happened | null,
  read: ReadPlaces = [],
  options: EditOptions = {},
): Promise<NearEdit[]> {
  const parser = await sharedParser();
  const tree = parser.parse(code);
  const cause =
    happened && happened.outcome.label !== NO_ERROR ? causeOf(tree, happened.outcome, happened.detail) : null;
  const places = [...(cause?.places ?? []), ...read.map((place) => ({ ...place, distance: 0 }))];
  const edits = proposeOnTree(parser, tree, { limitPerKind: DEFAULT_LIMIT_PER_KIND, ...options, cause, places });
  const near = edits.map((edit) => ({ edit, ...related(edit, cause, read) }));
  return near.sort((a, b) => a.nearness - b.nearness || sizeOf(a.edit) - sizeOf(b.edit));
}

function related(
  { kind, changes }: ProgramEdit,
  cause: Cause | null,
  read: ReadPlaces,
): Pick<NearEdit, 'relation' | 'nearness'> {
  if (isRepair(kind)) return { relation: 'repair', nearness: 0 };
  const breaks = BREAKING.includes(kind);
  const touches = (place: { start: number; end: number }) =>
    changes.some((change) => distanceOf([{ ...place, distance: 0 }], [change]) === 0);
  const at = breaks ? -1 : read.findIndex(touches);
  if (at >= 0) return { relation: 'read', nearness: -1 + at / read.length };
  // Where nothing failed, anything may be what keeps the program from failing.
  const distance = cause ? distanceOf(cause.places, changes) : 0;
  const pair = PAIRS.includes(kind);
  if (distance === Infinity || kind === 'rename-all') return { relation: 'control', nearness: CONTROL };
  if (breaks)
    return distance <= 1
      ? { relation: 'break', nearness: LOCAL + distance }
      : { relation: 'control', nearness: CONTROL };
  if (pair)
    return {
      relation: 'pair',
      nearness: cause === null || cause.label !== 'TypeError' || distance > 1 ? 10 + distance : 1,
    };
  return { relation: 'change', nearness: 2 + distance };
}

/** Characters taken out and put in. */
export function sizeOf(edit: ProgramEdit): number {
  return edit.changes.reduce((sum, { start, end, replacement }) => sum + end - start + replacement.length, 0);
}
