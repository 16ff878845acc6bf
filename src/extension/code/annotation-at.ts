/** Whether a place in a line looks like the type of an annotation. Knows nothing of VS Code; what stands there is told by the engine. */

const LONGEST_LINE = 2_000;

/** Behind `name:`, `):` or `) ->`, with nothing but a type between that and the place. */
const BEFORE = /(?:[\p{L}\p{N}_$\])?!"']\s*:|\)\s*->)\s*[\p{L}\p{N}_$.<>[\]{}|&,'" ]*$/u;
/** What a colon stands behind that begins no type. */
const NO_TYPE = /(?:\bcase\b.*|\bdefault\s*|\belse\s*|\btry\s*|\bfinally\s*|[{,]\s*["'][^"']*["']\s*):\s*[^:]*$|\?\s*[^:?\s][^:?]*:\s*[^:]*$/u;

/** @param column UTF-16, in the line */
export function annotationAt(line: string, column: number): boolean {
  if (line.length > LONGEST_LINE) return false;
  const rest = /^[\p{L}\p{N}_$]*/u.exec(line.slice(column))![0];
  const before = line.slice(0, column + rest.length);
  return BEFORE.test(before) && !NO_TYPE.test(before) && /[\p{L}\p{N}_$\]>]/u.test(line.slice(Math.max(0, column - 1), column + 1));
}
