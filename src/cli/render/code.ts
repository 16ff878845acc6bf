/** Code with line numbers and with what Python says at the line it says it of. */
import { cut, harmless, padStart, wrap } from './text';
import type { Style } from './style';

export interface CodeNote {
  line: number;
  text: string;
}

/** Longer code is shown around its notes only. */
const MOST_LINES = 24;
const AROUND = 3;

export function renderCode(code: string, firstLine: number, notes: readonly CodeNote[], style: Style, columns: number): string[] {
  const lines = code.replace(/\s+$/, '').split(/\r\n|\r|\n/);
  const digits = Math.max(3, String(firstLine + lines.length - 1).length + 1);
  const room = columns - digits - 4;
  const result: string[] = [];
  const shown = (line: number) =>
    lines.length <= MOST_LINES ||
    line <= firstLine + AROUND ||
    line >= firstLine + lines.length - 1 - AROUND ||
    notes.some((note) => Math.abs(note.line - line) <= AROUND);
  let hidden = 0;
  for (const [i, text] of lines.entries()) {
    const line = firstLine + i;
    if (!shown(line)) {
      hidden++;
      continue;
    }
    if (hidden > 0) result.push(style.dim(`${padStart('⋮', digits)} │ ${hidden} more line${hidden === 1 ? '' : 's'}`));
    hidden = 0;
    const own = notes.filter((note) => note.line === line);
    const number = padStart(String(line), digits);
    result.push(`${own.length > 0 ? style.red(number) : style.dim(number)} ${style.dim('│')} ${cut(harmless(text), room)}`);
    for (const note of own) {
      const [first, ...rest] = wrap(harmless(note.text), room - 2);
      result.push(`${' '.repeat(digits)} ${style.red(`╰ ${first}`)}`, ...rest.map((more) => `${' '.repeat(digits + 3)}${style.red(more)}`));
    }
  }
  return result;
}
