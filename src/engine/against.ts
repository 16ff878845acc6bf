/** The near twin that a program is compared with: the best verified edit, a named one, or another program. */
import { predict, type Prediction } from '../methods/prediction';
import { alignTokens, singleChange, type Alignment } from '../snippets/align';
import type { EditKind } from '../snippets/edits';
import type { Outcome } from '../snippets/sandbox/sandbox';
import { UNJUDGED, type Labeller } from '../snippets/variants';
import type { LoadedModel } from './load';
import { readProgram, type Program, type Question, type SourceText } from './program';
import type { Progress } from './progress';
import { chooseTwin, findTwins, predictTwins, type PredictedTwin, type Twins } from './twins';

/** A variant by its number in the list of variants, the first of a kind, or a program that the user gives. */
export type Against = { number: number } | { kind: EditKind } | { program: SourceText };

export interface Comparison {
  program: Program;
  kind: EditKind | null;
  description: string;
  /** The edit's first line within the code, from 1; null for a program that the user gave. */
  line: number | null;
  outcome: Outcome | null;
  prediction: Prediction;
  alignment: Alignment;
}

export interface AgainstOptions {
  label?: Labeller;
  against?: Against;
  topK?: number;
  onProgress?: Progress;
  signal?: AbortSignal;
}

/** What the program itself does, and what it is compared with or why with nothing. @throws when `against` names nothing */
export async function againstTwin(
  loaded: LoadedModel,
  question: Question,
  program: Program,
  prediction: Prediction,
  options: AgainstOptions,
): Promise<{ outcome: Outcome | null; compared: Comparison | { none: string } }> {
  const { against, label } = options;
  if (against && 'program' in against) return againstProgram(loaded, question, program, against.program, options);
  options.onProgress?.('Making variants');
  const twins = await findTwins(loaded, question, program, label);
  const { outcome } = twins;
  if (against) {
    const [twin] = await predictTwins(loaded, question.answers, [named(twins, against)], options);
    return { outcome, compared: comparison(twin) };
  }
  const choice = await chooseTwin(loaded, question.answers, { outcome, prediction }, twins, options);
  return { outcome, compared: 'none' in choice ? choice : comparison(choice.twin) };
}

function named({ outcome, twins }: Twins, against: { number: number } | { kind: EditKind }) {
  const twin = 'number' in against ? twins[against.number - 1] : twins.find(({ variant }) => variant.edit.kind === against.kind);
  if (twin) return twin;
  if (outcome && UNJUDGED.includes(outcome.label)) {
    throw new Error(`There are no variants to compare with, as the program itself could not be judged: ${outcome.message ?? outcome.label}`);
  }
  if (twins.length === 0) throw new Error('No edit of this program could be made, so there is no variant to compare with. Give a file instead.');
  const kinds = [...new Set(twins.map(({ variant }) => variant.edit.kind))];
  throw new Error(
    'number' in against
      ? `There is no variant ${against.number}; they are numbered 1 to ${twins.length}. List them with: latent-lens variants FILE.`
      : `This program has no variant of the kind ${against.kind}; there are: ${kinds.join(', ')}.`,
  );
}

function comparison({ program, variant, outcome, prediction }: PredictedTwin): Comparison {
  const { kind, description, line } = variant.edit;
  return { program, kind, description, line, outcome, prediction, alignment: variant.alignment };
}

async function againstProgram(
  loaded: LoadedModel,
  question: Question,
  original: Program,
  text: SourceText,
  { label, topK, signal, onProgress }: AgainstOptions,
): Promise<{ outcome: Outcome | null; compared: Comparison }> {
  const program = readProgram(loaded, question, text);
  const name = text.file ?? 'the other program';
  if (program.prompt.text === original.prompt.text) {
    throw new Error(`${name} and ${original.source.file ?? 'the code'} hold the same code, so there is nothing to compare. Give a program that differs.`);
  }
  const alignment = alignTokens(original.encoded, program.encoded, singleChange(original.prompt.text, program.prompt.text));
  const [outcome, own] = label ? await label([original.source.code, program.source.code]) : [null, null];
  onProgress?.('Reading the other program');
  const prediction = await predict(loaded.model, program.ids, question.answers, { topK, signal });
  return { outcome, compared: { program, kind: null, description: `the code of ${name}`, line: null, outcome: own, prediction, alignment } };
}

/** An edit's description with the line in the file instead of that in the code. */
export function lineShifted(description: string, { line }: Pick<Comparison, 'line'>, { source }: Program): string {
  const own = `line ${line}`;
  const at = line === null || source.firstLine === 1 ? -1 : description.lastIndexOf(own);
  if (at < 0) return description;
  return `${description.slice(0, at)}line ${line! + source.firstLine - 1}${description.slice(at + own.length)}`;
}
