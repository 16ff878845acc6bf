/** Where a text can be cut without cutting a statement in two. */
import { MAX_CODE_LENGTH, sharedParser } from './parse';

/**
 * The offsets (UTF-16) of the lines at which top-level statements begin, each with the comments above it; ascending. None where the
 * syntax is nowhere clear, or the text is too long to be parsed.
 */
export async function statementStarts(code: string): Promise<number[]> {
  if (code.length > MAX_CODE_LENGTH) return [];
  const tree = (await sharedParser()).parse(code);
  if (tree.root.type === 'ERROR') return [];
  const starts: number[] = [];
  let lastLine = 0; // of the statement before
  let comments: number | undefined;
  for (const { type, start, end } of tree.root.children) {
    if (start === end) continue;
    const behind = tree.line(start) <= lastLine;
    if (type === 'comment') {
      if (!behind) comments ??= tree.lineStart(start);
      continue;
    }
    if (!behind) starts.push(comments ?? tree.lineStart(start));
    comments = undefined;
    lastLine = tree.line(end - 1);
  }
  return starts;
}
