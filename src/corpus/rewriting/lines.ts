import type { Random } from '../random';

/** The longest program, in lines and in characters, that a group may hold. */
export const MAX_LINES = 15;
export const MAX_CHARACTERS = 600;

export function fits(code: string): boolean {
  return code.length <= MAX_CHARACTERS && code.split('\n').length <= MAX_LINES && code.trim() !== '';
}

export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)![0];
}

/** Indices of lines that can take an edit: not empty, not a comment. */
export function codeLines(lines: readonly string[]): number[] {
  return lines.flatMap((line, i) => (line.trim() === '' || line.trim().startsWith('#') ? [] : [i]));
}

/** Adds `by` in front of every line that is not empty. */
export function indent(code: string, by = '    '): string {
  return code
    .split('\n')
    .map((line) => (line.trim() === '' ? line : by + line))
    .join('\n');
}

/**
 * Line numbers of a program at which a top-level statement can be put: before each line of indentation zero that
 * starts a statement (not `else`, `except`, a closing bracket or the line after a decorator), and the end.
 */
export function topLevelGaps(code: string): number[] {
  const lines = code.split('\n');
  const gaps: number[] = [];
  let depth = 0;
  lines.forEach((line, i) => {
    const free = depth === 0 && /^[\w@"'[({]/.test(line) && !/^(else|elif|except|finally)\b/.test(line);
    if (free && !lines[i - 1]?.startsWith('@')) gaps.push(i);
    const bare = line.replace(/#.*$/, '').replace(/"[^"]*"|'[^']*'/g, '');
    for (const char of bare) depth += '([{'.includes(char) ? 1 : ')]}'.includes(char) ? -1 : 0;
    depth = Math.max(0, depth);
  });
  gaps.push(lines.length);
  return gaps;
}

/** Puts `statement` (whole lines) at line `at`. */
export function insertAt(code: string, statement: string, at: number): string {
  const lines = code.split('\n');
  lines.splice(at, 0, ...statement.split('\n'));
  return lines.join('\n');
}

/** A random item of `items` for which `make` gives something, tried in random order. */
export function firstOf<T>(
  items: readonly T[],
  random: Random,
  make: (item: T) => string | undefined,
): string | undefined {
  for (const item of random.shuffle(items)) {
    const made = make(item);
    if (made !== undefined) return made;
  }
  return undefined;
}
