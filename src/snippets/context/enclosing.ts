/** The code that a cursor means when nothing is selected and the file is more than the model reads. */
import { MAX_CODE_LENGTH, sharedParser, type PythonParser } from '../syntax/parse';
import { lineStartsOf } from '../syntax/syntax';

type Parser = Pick<PythonParser, 'parse'>;

interface Range {
  start: number;
  end: number;
}

export interface EnclosingOptions {
  /** Whether a short text is taken whole; true when left out. */
  short?: boolean;
}

/** A text with at most so many lines (without blank ones at its beginning and end) is taken whole. */
export const SHORT_TEXT_LINES = 15;

/**
 * The range of the code around an offset, in whole lines (UTF-16, without white space at its end); null where there is no code.
 *
 * - A short text is one little program, and is taken whole: a line of it alone would miss its variables.
 * - In a longer text a function or a class stands alone, with its decorators; so does the block of other top-level statements
 *   that no blank line separates.
 * - Comments belong to the block directly below. From a blank line or another comment it is the nearest block before, else the first.
 * - Where the syntax is broken it is the paragraph: as far as the blank lines that are followed by an unindented line.
 */
export async function enclosingCode(text: string, offset: number, options?: EnclosingOptions): Promise<Range | null> {
  return enclosingCodeSync(await sharedParser(), text, offset, options);
}

/** As `enclosingCode`, with a parser from `createParser`. */
export function enclosingCodeSync(parser: Parser, text: string, offset: number, { short = true }: EnclosingOptions = {}): Range | null {
  const lines = linesOf(text);
  const first = lines.findIndex(({ kind }) => kind !== 'blank');
  const last = lines.findLastIndex(({ kind }) => kind !== 'blank');
  if (!lines.some(({ kind }) => kind === 'code')) return null;
  const range = (block: Block) => {
    const { start, text: end } = lines[block.last];
    return { start: lines[block.first].start, end: start + end.trimEnd().length };
  };
  if (short && last - first < SHORT_TEXT_LINES) return range({ first, last });
  const at = Math.max(0, lines.findLastIndex(({ start }) => start <= offset));
  const { found, broken } = blocks(parser, text, lines);
  const block = nearest(found, lines, at);
  return range(block && !broken(block) ? block : nearest(paragraphs(lines), lines, at)!);
}

interface Line {
  start: number;
  text: string;
  kind: 'blank' | 'comment' | 'code';
  indented: boolean;
}

/** Lines from `first` to `last`, both included. */
interface Block {
  first: number;
  last: number;
}

function linesOf(text: string): Line[] {
  const starts = lineStartsOf(text);
  return starts.map((start, i) => {
    const line = text.slice(start, starts[i + 1]);
    const trimmed = line.trim();
    return { start, text: line, kind: trimmed === '' ? 'blank' : trimmed.startsWith('#') ? 'comment' : 'code', indented: /^\s/.test(line) };
  });
}

/** The block of a line; comments directly above a block are its own. Else the nearest before, else the first. */
function nearest(all: readonly Block[], lines: readonly Line[], at: number): Block | undefined {
  let below = at;
  while (lines[below]?.kind === 'comment') below++;
  const own = all.find(({ first, last }) => first <= at && at <= last) ?? all.find(({ first }) => below > at && first === below);
  return own ?? all.findLast(({ last }) => last < at) ?? all[0];
}

/** The top-level blocks as the syntax tree has them, none when there is no use in it, and which of them hold an error. */
function blocks(parser: Parser, text: string, lines: readonly Line[]): { found: Block[]; broken: (block: Block) => boolean } {
  if (text.length > MAX_CODE_LENGTH) return { found: [], broken: () => false };
  const tree = parser.parse(text);
  const line = (offset: number) => tree.line(offset) - 1;
  const found: (Block & { alone: boolean })[] = [];
  for (const node of tree.root.type === 'ERROR' ? [] : tree.root.children) {
    if (node.type === 'comment' || node.start === node.end) continue;
    const [first, last] = [line(node.start), line(node.end - 1)];
    const alone = /^(function|class|decorated)_definition$/.test(node.type);
    const before = found.at(-1);
    const adjacent = before && !alone && !before.alone && lines.slice(before.last + 1, first).every(({ kind }) => kind !== 'blank');
    if (before && (adjacent || first <= before.last)) before.last = Math.max(last, before.last);
    else found.push({ first, last, alone });
  }
  const errors = tree.nodes.filter((node) => node.missing || node.type === 'ERROR').map((node) => line(node.start));
  return { found, broken: ({ first, last }) => errors.some((at) => first <= at && at <= last) };
}

/** What lies between blank lines, without comments above; a paragraph goes on after blank lines before an indented line. */
function paragraphs(lines: readonly Line[]): Block[] {
  const found: Block[] = [];
  for (const [i, { kind, indented }] of lines.entries()) {
    if (kind === 'blank') continue;
    const before = found.at(-1);
    if (before && (before.last === i - 1 || indented)) before.last = i;
    else if (kind === 'code') found.push({ first: i, last: i });
  }
  return found;
}
