/** The near twin that a program is compared with: the best verified edit, a named one, or another program. */
import { fileLine } from '../../protocol/reading/code-parts';
import { predict, type Prediction } from '../../methods/prediction/prediction';
import { moved } from '../../snippets/judge/changes';
import { alignTokens, singleChange, wordChanges, type Alignment } from '../../snippets/twins/align';
import type { EditKind, ProgramEdit } from '../../snippets/edits';
import type { Relation } from '../../snippets/twins/near';
import type { Outcome } from '../../snippets/sandbox/sandbox';
import { UNJUDGED, type Labeller } from '../../snippets/twins/variants';
import type { LoadedModel } from '../session/load';
import { arrange } from '../reading/arrange';
import { arrangeHole } from '../reading/around-place';
import { withInserted } from '../reading/inserted';
import { insertedInCode, readProgram, sourceInFile, withCode, type Program, type SourceText } from '../reading/program';
import type { Question } from '../reading/question';
import type { Progress } from '../session/progress';
import { chooseTwin } from './choose';
import { editedWords } from './edited-words';
import { findTwins, predictTwins, type PredictedTwin, type Twins, type TwinSearch } from './twins';

/**
 * A variant by its number in the list of variants, the first of a kind, the code as it is read with changes of the user's, or another
 * program.
 */
export type Against = { number: number } | { kind: EditKind } | GivenTwin;
export type GivenTwin = { edited: string; description?: string } | { program: SourceText };

export function isGiven(against: Against | undefined): against is GivenTwin {
  return against !== undefined && ('program' in against || 'edited' in against);
}

export interface Comparison {
  program: Program;
  kind: EditKind | null;
  description: string;
  /** The edit's first line within the code, from 1; null for a program that the user gave. */
  line: number | null;
  outcome: Outcome | null;
  prediction: Prediction;
  alignment: Alignment;
  /** What was changed; null for a program that the user gave. */
  edit: ProgramEdit | null;
  /** What the edit has to do with the prediction; null where it was not looked for. */
  relation: Relation | null;
}

export interface AgainstOptions {
  /** Runs the program and its edits, as they are put together. */
  label?: Labeller;
  /** Runs programs as they are. */
  running?: Labeller;
  against?: Against;
  /** Whether to compare at all; true when left out. */
  compare?: boolean;
  topK?: number;
  onProgress?: Progress;
  signal?: AbortSignal;
}

export interface Compared {
  /** What the program itself does; null when it was not run. */
  outcome: Outcome | null;
  comparison: Comparison | null;
  /** Why there is no comparison, when there should have been one. */
  none: string | null;
  /** The twins that the model read on the way. */
  seen: PredictedTwin[];
}

/**
 * What the program itself does, and what it is compared with.
 * @param search its twins; may be null when nothing or another program is compared
 * @throws when `against` names nothing
 */
export async function compared(
  loaded: LoadedModel,
  question: Question,
  original: { program: Program; prediction: Prediction },
  search: TwinSearch | null,
  options: AgainstOptions,
): Promise<Compared> {
  const { compare = true, against, label } = options;
  const { code } = original.program.source;
  if (compare && isGiven(against)) return comparedWithGiven(loaded, question, original.program, against, search, options);
  if (!compare || !search) return { outcome: label ? (await label([code]))[0] : null, comparison: null, none: null, seen: [] };
  if (against) {
    const find = (kinds?: readonly EditKind[]) => findTwins(loaded, question, original.program, search.label, kinds);
    // An edit of one kind may be one of another as well, and is listed as that which comes first.
    const ofKind = 'kind' in against ? await find([against.kind]) : null;
    const found = ofKind && ofKind.twins.length > 0 ? ofKind : await find();
    const seen = await predictTwins(loaded, question.answers, [namedTwin(found, against as {
      number: number } | { kind: EditKind,
    })], options);
    return { outcome: found.outcome, comparison: comparisonOf(seen[0], seen[0].variant.repair ? 'repair' : null), none: null, seen };
  }
  const { twin, relation, none, seen } = await chooseTwin(loaded, question, original, search, options);
  const outcome = (await search.happened)?.outcome ?? null;
  return { outcome, comparison: twin && comparisonOf(twin, relation), none, seen };
}

/** @throws a sentence that says which there are */
export function namedTwin({ outcome, twins }: Twins, against: { number: number } | { kind: string }) {
  const twin = 'number' in against ? twins[against.number - 1] : twins.find(({ variant }) => variant.edit.kind === against.kind);
  if (twin) return twin;
  if (outcome && UNJUDGED.includes(outcome.label)) {
    throw new Error(`There are no variants to compare with, as the program itself could not be judged: ${outcome.message ?? outcome.label}`);
  }
  if (twins.length === 0) throw new Error('No edit of this program could be made, so there is no variant to compare with. Give a file instead.');
  const kinds = [...new Set(twins.map(({ variant }) => variant.edit.kind))];
  throw new Error(
    'number' in against
      ? `There is no variant ${against.number}; they are numbered 1 to ${twins.length} in the list of variants.`
      : `This program has no variant of the kind ${against.kind}; there are: ${kinds.join(', ')}.`,
  );
}

export function comparisonOf({ program, variant, outcome, prediction }: PredictedTwin, relation: Relation | null): Comparison {
  const { kind, description, line } = variant.edit;
  return { program, kind, description, line, outcome, prediction, alignment: variant.alignment, edit: variant.edit, relation };
}

/** The code as it is read with changes stands where the code does, and is run as that is; another program is put together by itself. */
async function given(loaded: LoadedModel, question: Question, original: Program, against: GivenTwin, label?: Labeller) {
  if ('edited' in against) {
    const { source, inserted = [] } = original;
    const own = sourceInFile(original);
    const { edited, description = editedWords(own, edited) } = against;
    if (inserted.length > 0) {
      const put = withInserted(source.code, insertedInCode(original), edited);
      if (!put) throw new Error('The change touches the place that the question is about. Change something else.');
      return { program: withCode(loaded, question, original, put.text), name: 'Your variant', description, label };
    }
    if (!original.hole) readProgram(loaded, question, { file: null, text: edited }); // says what is wrong with it
    return { program: withCode(loaded, question, original, edited), name: 'Your variant', description, label };
  }
  const { file } = against.program;
  if (original.hole) {
    const program = readProgram(loaded, question, arrangeHole(loaded, question, atSamePlace(original, against.program)));
    return { program, name: file ?? 'The other program', description: `the code of ${file ?? 'the other program'}`, label: undefined };
  }
  const { source, label: own } = await arrange(loaded, question, against.program, { label });
  const description = `the code of ${file ?? 'the other program'}`;
  return { program: readProgram(loaded, question, source), name: file ?? 'The other program', description, label: own };
}

/** Another file with the place in it that the question about the program is about. @throws a sentence where the files differ there */
function atSamePlace({ text, place: own, inserted }: Program, given: SourceText): SourceText {
  const other = inserted ? { ...given, ...withInserted(text, inserted, given.text) } : given;
  const lacks = inserted && !other.inserted;
  const place = lacks ? null : moved(own!, wordChanges(text, other.text));
  if (!place) throw new Error(`${other.file ?? 'The other program'} differs at the place that the question is about. Compare with one that is the same there.`);
  return { ...other, hole: place };
}

async function comparedWithGiven(
  loaded: LoadedModel,
  question: Question,
  original: Program,
  against: GivenTwin,
  search: TwinSearch | null,
  { label, running, topK, signal, onProgress }: AgainstOptions,
): Promise<Compared> {
  const { program, name, description, label: itsLabel } = await given(loaded, question, original, against, 'edited' in against
    ? label
    : running);
  if (program.prompt.text === original.prompt.text) {
    throw new Error(`${name} and ${original.source.file ?? 'the code'} hold the same code, so there is nothing to compare. Give a program that differs.`);
  }
  const alignment = alignTokens(original.encoded, program.encoded, singleChange(original.prompt.text, program.prompt.text));
  const run = async (runs: Labeller | undefined, { source }: Program) => (runs ? (await runs([source.code]))[0] : null);
  const [own, outcome] = [await run(search?.label ?? label, original), await run(itsLabel, program)];
  onProgress?.('Reading the other program');
  const prediction = await predict(loaded.model, program.ids, question.answers, { topK, signal });
  const comparison = { program, kind: null, description, line: null, outcome, prediction, alignment, edit: null, relation: null };
  return { outcome: own, comparison, none: null, seen: [] };
}

/** An edit's description with the line in the file instead of that in the code. */
export function lineShifted(description: string, { line }: Pick<Comparison, 'line'>, { source }: Program): string {
  const own = `line ${line}`;
  const at = line === null ? -1 : description.lastIndexOf(own);
  if (at < 0) return description;
  return `${description.slice(0, at)}line ${fileLine(source, line!)}${description.slice(at + own.length)}`;
}
