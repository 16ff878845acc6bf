/** Where the code that was read lies in its file, when it is not one piece of it: dedented, gathered, or of several notebook cells. */

/** A stretch of the code that stands in the file just so; the next part ends it. All offsets are UTF-16. */
export interface CodePart {
  /** Where it begins in the code. */
  at: number;
  /** And in the file. */
  start: number;
  /** The line there, from 1; in a notebook the cell's own. */
  line: number;
  /** The notebook's cell, from 1. */
  cell?: number;
}

/** What says where a code lies. */
export interface Placed {
  code: string;
  /** Where it begins in the file, if it is one piece. */
  start: number;
  firstLine: number;
  /** In the order of the file; left out where the code is one piece of it. */
  parts?: CodePart[];
}

/** The offset in the file of one in the code. */
export function fileOffset({ start, parts }: Pick<Placed, 'start' | 'parts'>, offset: number): number {
  const part = parts?.findLast(({ at }) => at <= offset);
  return part ? part.start + offset - part.at : start + offset;
}

/** The range in the file of one in the code. */
export function fileRange(source: Pick<Placed, 'start' | 'parts'>, { start, end }: { start: number; end: number }): { start: number; end: number } {
  const from = fileOffset(source, start);
  return { start: from, end: end > start ? fileOffset(source, end - 1) + 1 : from };
}

/** The offset in the code of one in the file; what was left out of the code lies where the next part begins. */
export function codeOffset({ start, parts }: Pick<Placed, 'start' | 'parts'>, offset: number): number {
  if (!parts) return offset - start;
  const i = parts.findLastIndex((part) => part.start <= offset);
  if (i < 0) return 0;
  return Math.min(parts[i].at + offset - parts[i].start, parts[i + 1]?.at ?? Infinity);
}

/** Where the cell that was chosen begins in the file, which holds those before it too; 0 where there are no cells. */
export function ownStart({ parts }: Pick<Placed, 'parts'>): number {
  const last = parts?.at(-1);
  return last?.cell === undefined ? 0 : parts!.find(({ cell }) => cell === last.cell)!.start;
}

/** For each line of the code its line in the file, and its cell. */
export function codeLinesOf({ code, firstLine, parts }: Omit<Placed, 'start'>): { line: number; cell?: number }[] {
  const starts = [0, ...[...code.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: end }) => index + end.length)];
  if (!parts) return starts.map((_, i) => ({ line: firstLine + i }));
  let next = 0;
  let before = { line: firstLine - 1 } as { line: number; cell?: number };
  return starts.map((start) => {
    const part = parts.findLast(({ at }, i) => at <= start && i >= next);
    before = part ? { line: part.line, ...(part.cell && { cell: part.cell }) } : { ...before, line: before.line + 1 };
    if (part) next = parts.indexOf(part) + 1;
    return before;
  });
}

/** The line in the file of a line of the code, from 1. */
export function fileLine(source: Omit<Placed, 'start'>, line: number): number {
  if (!source.parts) return line + source.firstLine - 1;
  const lines = codeLinesOf(source);
  return lines[Math.min(line, lines.length) - 1].line;
}

/** "lines 1–4 and 9"; in their order. */
export function lineWords(source: Omit<Placed, 'start'>): string {
  const runs: [number, number][] = [];
  const lines = codeLinesOf({ ...source, code: source.code.trimEnd() });
  for (const { line } of lines) {
    const last = runs.at(-1);
    if (last && line === last[1] + 1) last[1] = line;
    else runs.push([line, line]);
  }
  const named = runs.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`));
  const end = named.pop()!;
  return `${lines.length === 1 ? 'line' : 'lines'} ${named.length > 0 ? `${named.join(', ')} and ${end}` : end}`;
}
