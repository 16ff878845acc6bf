/** The code that is read and run where it is not one piece of its file: with what it needs, behind cells before it, without indentation. */
import { isOpen } from '../../snippets/prompts/forms';
import { lineWords, type CodePart, type Placed } from '../../protocol/reading/code-parts';
import { dedented } from '../../snippets/context/dedent';
import { narrowed } from '../../snippets/context/narrow';
import { isDefinition, neededLines, type LineRange } from '../../snippets/context/needs';
import { foreignMagic, isFromIPython, withoutMagics, type NotebookCell } from '../../snippets/context/notebook';
import { MAX_CODE_LENGTH, sharedParser } from '../../snippets/syntax/parse';
import { childOf, lineStartsOf, type SyntaxNode, type SyntaxTree } from '../../snippets/syntax/syntax';
import { UNJUDGED, type Labeller } from '../../snippets/twins/variants';
import type { LoadedModel } from '../session/load';
import { arrangePlace } from './around-place';
import { judging } from './judging';
import type { Knowledge } from './knowledge';
import { tokenized, type Arranged, type SourceText } from './program';
import type { Question } from './question';
import { NO_ERROR } from '../../vocabulary/labels';

export interface Arrangement {
  source: SourceText;
  /** Runs programs in the code's context, and says what their outcomes say of the code. */
  label: Labeller | undefined;
}

/**
 * The code that a request is about, in its context.
 * @param knowledge of an open question
 */
export async function arrange(
  loaded: LoadedModel, question: Question, source: SourceText,
  { label, knowledge, signal }: { label?: Labeller; knowledge?: Knowledge; signal?: AbortSignal } = {},
): Promise<Arrangement> {
  if (isOpen(question.form)) return { source: await arrangePlace(loaded, question, source, knowledge, signal), label: undefined };
  if (source.notebook) return arrangeCell(loaded, question, source, source.notebook, label);
  const arranged = source.needs ? await gathered(loaded, question, source) : withoutIndent(source);
  const { start, end } = source.range ?? { start: 0, end: source.text.length };
  const around = arranged?.narrowed ? source.text : source.text.slice(0, start) + source.text.slice(end);
  return { source: { ...source, arranged }, label: label && judging(label, { around, folder: source.folder }) };
}

/** The selection without its lines' common indentation. */
function withoutIndent({ text, range }: SourceText): Arranged | undefined {
  const found = range && text.slice(range.start, range.end).length <= MAX_CODE_LENGTH ? dedented(text, range.start, range.end) : null;
  if (!found) return undefined;
  const first = range!.line ?? lineStartsOf(text.slice(0, range!.start)).length;
  return { code: found.code, parts: found.lines.map((line, i) => ({ ...line, line: first + i })) };
}

async function gathered(loaded: LoadedModel, question: Question, source: SourceText): Promise<Arranged | undefined> {
  const { text, range } = source;
  if (!range || text.length > MAX_CODE_LENGTH) return undefined;
  const tree = (await sharedParser()).parse(text);
  const lines = { first: tree.line(range.start), last: tree.line(Math.max(range.start, range.end - 1)) };
  const starts = lineStartsOf(text);
  const arrangedOf = (choice: readonly LineRange[], what: string): Arranged => {
    const parts: CodePart[] = [];
    let code = '';
    for (const { first, last } of choice) {
      parts.push({ at: code.length, start: starts[first - 1], line: first });
      code += text.slice(starts[first - 1], starts[last] ?? text.length);
    }
    const placed: Placed = { code, parts, start: range.start, firstLine: lines.first };
    return { code, parts, read: `${what}: ${lineWords(placed)}` };
  };
  const fitting = (arranged: Arranged) => fits(loaded, question, { ...source, arranged });
  for (const choice of neededLines(tree, lines)) {
    const arranged = arrangedOf(choice, `${nameAt(tree, lines)} with what it needs`);
    const alone = choice.length === 1 && choice[0].first === lines.first && choice[0].last === lines.last;
    if (fitting(arranged)) return alone ? undefined : arranged;
  }
  for (const { lines: choice, around } of narrowed(tree, lines, source.at ?? range.start)) {
    const arranged = arrangedOf(choice, `${partName(tree, around)} with what it needs, as all of it is more than the model reads`);
    if (fitting(arranged)) return { ...arranged, narrowed: true };
  }
  return undefined;
}

/** "method `total` of class `Shop`", "lines 7–9 of function `f`". */
function partName(tree: SyntaxTree, around: SyntaxNode): string {
  const words: string[] = [];
  for (let at: SyntaxNode | null = around; at; at = at.parent) {
    const definition = at.type === 'decorated_definition' ? childOf(at, 'definition')! : at;
    if (!isDefinition(definition) || (at !== around && at.parent?.type === 'decorated_definition')) continue;
    const inClass = at.parent?.parent?.type === 'class_definition';
    const kind = definition.type === 'class_definition' ? 'class' : inClass ? 'method' : 'function';
    words.push(`${kind} \`${tree.text(childOf(definition, 'name')!)}\``);
  }
  const [first, last] = [tree.line(around.start), tree.line(around.end - 1)];
  const named = isDefinition(around);
  return [...(named ? [] : [first === last ? `line ${first}` : `lines ${first}–${last}`]), ...words].join(' of ');
}

/** "function `f`", "lines 3–5". */
function nameAt(tree: SyntaxTree, { first, last }: LineRange): string {
  const node = tree.root.children.find(
    ({ type, start, end },
  ) => type !== 'comment' && tree.line(start) >= first && tree.line(end - 1) <= last);
  const definition = node?.type === 'decorated_definition' ? childOf(node, 'definition') : node;
  const name = definition && /^(?:function|class)_definition$/.test(definition.type) ? childOf(definition, 'name') : undefined;
  if (name) return `${definition!.type === 'class_definition' ? 'class' : 'function'} \`${tree.text(name)}\``;
  return first === last ? `line ${first}` : `lines ${first}–${last}`;
}

export interface Notebook {
  /** The cells with code before it, in their order. */
  before: readonly NotebookCell[];
  /** The number of the cell whose text it is. */
  number: number;
}

/** A cell before that was run up to an error is left out, as its error does not end the notebook. */
const MOST_RUNS = 12;

async function arrangeCell(
  loaded: LoadedModel,
  question: Question,
  source: SourceText,
  { before, number }: Notebook,
  label: Labeller | undefined,
): Promise<Arrangement> {
  const left: string[] = [];
  let kept = before.filter(({ text }) => text.trim() !== '' && foreignMagic(text) === null);
  const check = label && judging(label, { around: '', folder: source.folder });
  for (let run = 0; check && kept.length > 0 && run < MOST_RUNS; run++) {
    const [outcome] = await check([withoutMagics(joined(kept)).code], { cell: true });
    if (outcome.label === NO_ERROR || UNJUDGED.includes(outcome.label)) break;
    const failing = outcome.line === null ? null : cellAt(kept, outcome.line);
    if (!failing) break;
    kept = kept.filter((cell) => cell !== failing);
    left.push(`cell ${failing.number}, which raises ${outcome.label}, is left out`);
  }
  const own = withoutIndent({ ...source, notebook: undefined });
  const range = source.range ?? { start: 0, end: source.text.length };
  const code = own?.code ?? source.text.slice(range.start, range.end);
  const firstLine = lineStartsOf(source.text.slice(0, range.start)).length;
  const arrangedWith = (cells: readonly NotebookCell[]): SourceText => {
    const above = cells.length > 0 ? `${joined(cells)}\n` : '';
    let at = 0;
    const parts: CodePart[] = [];
    for (const { text, number: cell } of cells) {
      parts.push({ at, start: at, line: 1, cell });
      at += text.length + 1;
    }
    const ownParts = own?.parts ?? [{ at: 0, start: range.start, line: firstLine }];
    parts.push(...ownParts.map((part) => ({ ...part, at: part.at + at, start: part.start + at, cell: number })));
    const shiftedRange = { start: range.start + at, end: range.end + at, line: firstLine };
    const arranged: Arranged = { code: above + code, parts, read: readWords(number, cells.length, before.length, left) };
    return { ...source, text: above + source.text, range: shiftedRange, arranged };
  };
  let read = 0;
  while (read < kept.length && fits(loaded, question, arrangedWith(kept.slice(kept.length - read - 1)))) read++;
  const prelude = kept.slice(0, kept.length - read);
  const inCell: Labeller | undefined = label && judgingCell(label, prelude, foreignMagic(source.text));
  return { source: arrangedWith(kept.slice(kept.length - read)), label: inCell && judging(inCell, { around: '', folder: source.folder }) };
}

function readWords(number: number, read: number, before: number, left: readonly string[]): string {
  const cells = before === 1 ? 'the 1 cell before it' : `the ${before} cells before it`;
  const which = before === 0 ? 'alone, as the first one with code' : read === before ? `with ${cells}` : `with ${read} of ${cells}`;
  return [`cell ${number} ${which}`, ...left].join('; ');
}

function fits(loaded: LoadedModel, question: Question, source: SourceText): boolean {
  return tokenized(loaded, question, source).ids.length <= question.room;
}

const joined = (cells: readonly NotebookCell[]) => cells.map(({ text }) => text).join('\n');

function cellAt(cells: readonly NotebookCell[], line: number): NotebookCell | null {
  let first = 1;
  for (const cell of cells) {
    const next = first + lineStartsOf(cell.text).length;
    if (line < next) return cell;
    first = next;
  }
  return null;
}

/** Runs codes behind cells that are not read, without what is IPython's own. */
function judgingCell(label: Labeller, prelude: readonly NotebookCell[], foreign: string | null): Labeller {
  const above = prelude.length > 0 ? `${withoutMagics(joined(prelude)).code}\n` : '';
  const lines = lineStartsOf(above).length - 1;
  const anyDefines = prelude.map(({ text }) => withoutMagics(text).defines).find((one) => one !== null) ?? null;
  return async (codes) => {
    if (foreign !== null) return codes.map(() => ({ label: 'not contained', message: `The cell is IPython's \`${foreign}\`, not Python, and was not run.`, line: null }));
    const cleaned = codes.map((code) => withoutMagics(code));
    const outcomes = await label(cleaned.map(({ code }) => above + code), { cell: true });
    return outcomes.map((outcome, i) => {
      const name = outcome.label === 'NameError' ? /^name '(.+?)' is not defined/.exec(outcome.message ?? '')?.[1] : undefined;
      const defines = anyDefines ?? cleaned[i].defines;
      if (name !== undefined && (defines !== null || isFromIPython(name))) {
        const what = isFromIPython(name) ? `\`${name}\`, which IPython defines` : `a name that \`${defines}\` may define`;
        return { label: 'not contained', message: `The cell uses ${what}; the sandbox has no IPython.`, line: null, python: outcome.python };
      }
      return { ...outcome, line: outcome.line === null || outcome.line <= lines ? null : outcome.line - lines };
    });
  };
}
