/** A program made ready: what is true of it, and its verified edits, which are the same for every model. */
import type { Languages } from '../../engine/languages';
import type { Prepared, StudyEdit, StudyProgram } from '../../protocol/studies/program';
import { proposeNear, whatHappens } from '../../snippets/twins/near';
import { EDIT_KINDS, type EditKind } from '../../snippets/edits';
import { judgedLanguage, Undecided, type TypeEdit, type TypeJudge } from '../../snippets/judge/judge';
import { UNJUDGED, type Labeller } from '../../snippets/outcomes/unjudged';
import { pythonTypes } from '../../snippets/python-types';
import { TYPE_EDITS } from '../../vocabulary/edit-names';
import { canonicalLabel, NO_ERROR } from '../../vocabulary/labels';
import { drawnBy } from './hash';

export interface EditsAsked {
  kinds: readonly string[];
  /** Of each kind. */
  each: number;
}

export interface Workshop {
  judge: TypeJudge;
  languages: Languages;
  label: Labeller;
  signal?: AbortSignal;
}

/** What the compiler gets for one question: nobody waits, and what it says must not hang on how busy the machine is. */
export const PATIENT = { timeoutMs: 120_000 };

/** Edits that are verified, from which so many of each kind are drawn. */
const MOST_EDITS = 200;
/** Python is run for so many edits of a kind. */
const MOST_OF_A_KIND = 12;

/** Kinds of edits that programs have: those with a place to be filled in, and those that are run. */
export function editKinds(types: boolean): readonly string[] {
  return types ? Object.keys(TYPE_EDITS) : EDIT_KINDS;
}

/** @throws a sentence where a kind is not one of those that such programs have */
export function checkKinds(kinds: readonly string[], types: boolean): void {
  const known = editKinds(types);
  const wrong = kinds.find((kind) => !known.includes(kind));
  if (wrong !== undefined) throw new Error(`There is no edit "${wrong}" of ${types ? 'code whose types are asked about' : 'programs that are run'}; there are ${known.join(', ')}.`);
}

export async function prepare(program: StudyProgram, edits: EditsAsked | null, seed: number, shop: Workshop): Promise<Prepared> {
  return program.hole ? prepareTyped(program, program.hole, edits, seed, shop) : prepareRun(program, edits, seed, shop);
}

async function prepareTyped(
  program: StudyProgram, hole: { start: number; end: number }, edits: EditsAsked | null, seed: number, shop: Workshop,
): Promise<Prepared> {
  const dropped: Record<string, number> = {};
  const bare = { program, edits: [], dropped, unusable: null };
  if (!edits) return bare;
  const { judge, signal } = shop;
  const { language, code: text } = program;
  const judged = judgedLanguage(language);
  let found: TypeEdit[];
  try {
    if (judged) {
      const made = await judge.edits({ language: judged, text, hole, seed, most: MOST_EDITS }, signal);
      Object.assign(dropped, Object.fromEntries(Object.entries(made.dropped).filter(([, count]) => count > 0)));
      found = made.edits;
    } else if (language === 'python') {
      const made = await pythonTypes({ text, hole, seed, most: MOST_EDITS });
      if (made.dropped > 0) dropped.syntax = made.dropped;
      found = made.edits;
    } else return { ...bare, unusable: `No edits of ${language} can be verified.` };
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
    return { ...bare, dropped: { undecided: 1 } };
  }
  const touches = ({ changes }: TypeEdit) => changes.some(({ start, end }) => start < hole.end && end > hole.start);
  const own = found.filter((edit) => edit.changes.length > 0 && !touches(edit));
  const kept = edits.kinds.flatMap((kind) => {
    const some = own.filter((edit) => kindOf(edit) === kind);
    const drawn = drawnBy(some, edits.each, seed, ({ changes }) => JSON.stringify(changes));
    return drawn.map(({ description, changes }, i): StudyEdit => ({ kind, number: i + 1, description, changes, truth: program.truth! }));
  });
  return { ...bare, edits: kept };
}

function kindOf({ kind, style, of }: TypeEdit): string {
  if (kind === 'remove') return 'remove-annotation';
  if (kind === 'distract') return 'add-distractor';
  return of === 'several' ? 'rename-several' : `rename-${style!}`;
}

async function prepareRun(program: StudyProgram, edits: EditsAsked | null, seed: number, { label }: Workshop): Promise<Prepared> {
  const bare = { program, edits: [], dropped: {}, unusable: null };
  const happened = await whatHappens(program.code, label);
  const { outcome } = happened;
  if (UNJUDGED.includes(outcome.label)) return { ...bare, unusable: `Python could not say what the program does (${outcome.label}).` };
  const truth = program.truth ?? canonicalLabel(outcome.label);
  const known = { ...program, truth };
  if (!edits) return { ...bare, program: known };
  if (truth !== canonicalLabel(outcome.label)) {
    return { ...bare, program: known, unusable: `The set says ${truth}, and Python ${outcome.label === NO_ERROR ? 'raises nothing' : `raises ${outcome.label}`}.` };
  }
  const near = await proposeNear(program.code, happened, [], { kinds: edits.kinds as EditKind[], limitPerKind: MOST_OF_A_KIND });
  const tried = near.map(({ edit }) => edit).filter(({ variant }) => variant.trim() !== '');
  const outcomes = tried.length === 0 ? [] : await label(tried.map(({ variant }) => variant));
  const dropped: Record<string, number> = {};
  const drop = (why: string) => {
    dropped[why] = (dropped[why] ?? 0) + 1;
    return false;
  };
  const judged = tried.map((edit, i) => ({ edit, truth: canonicalLabel(outcomes[i].label) }));
  const kept = judged.filter(({ edit, truth: then }) => {
    if (UNJUDGED.includes(then)) return drop('undecided');
    // A renaming is a control: one that changed what Python does is none.
    return edit.kind === 'rename-all' && then !== truth ? drop('outcome') : true;
  });
  const drawn = edits.kinds.flatMap((kind) => {
    const some = drawnBy(kept.filter(({ edit }) => edit.kind === kind), edits.each, seed, ({ edit }) => JSON.stringify(edit.changes));
    return some.map(({ edit: { description, changes }, truth: then }, i): StudyEdit =>
      ({ kind, number: i + 1, description, changes, truth: then }));
  });
  return { program: known, edits: drawn, dropped, unusable: null };
}
