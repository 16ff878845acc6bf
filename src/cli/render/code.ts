/** Code with line numbers and with what Python says at the line it says it of. */
import { codeLinesOf, type Placed } from '../../protocol/reading/code-parts';
import { cut, harmless, padStart, wrap } from './text';
import type { Style } from './style';

export interface CodeNote {
  line: number;
  /** The notebook's cell, where that is not the last one. */
  cell?: number;
  text: string;
}

/** Longer code is shown around its notes and the place that is asked about only. */
const MOST_LINES = 24;
const AROUND = 3;

/**
 * @param source the code, and where its lines stand in the file
 * @param asked the line of the code that is asked about, from 0; null for none
 */
export function renderCode(
  source: Omit<Placed, 'start'>, notes: readonly CodeNote[], style: Style, columns: number, asked: number | null = null,
): string[] {
  const { code } = source;
  const places = codeLinesOf(source);
  const lines = code.replace(/\s+$/, '').split(/\r\n|\r|\n/);
  const digits = Math.max(3, String(Math.max(...places.map(({ line }) => line))).length + 1);
  const room = columns - digits - 4;
  const result: string[] = [];
  const cell = places.at(-1)!.cell;
  const ownNotes = (i: number) => notes.filter((note) => note.line === places[i].line && (note.cell ?? cell) === places[i].cell);
  const noted = lines.flatMap((_, i) => (ownNotes(i).length > 0 || i === asked ? [i] : []));
  const shown = (i: number) =>
    lines.length <= MOST_LINES || i <= AROUND || i >= lines.length - 1 - AROUND || noted.some((at) => Math.abs(at - i) <= AROUND);
  let hidden = 0;
  for (const [i, text] of lines.entries()) {
    const { line } = places[i];
    if (!shown(i)) {
      hidden++;
      continue;
    }
    if (hidden > 0) result.push(style.dim(`${padStart('⋮', digits)} │ ${hidden} more line${hidden === 1 ? '' : 's'}`));
    hidden = 0;
    const own = ownNotes(i);
    const number = padStart(String(line), digits);
    const look = own.length > 0 ? style.red : i === asked ? style.cyan : style.dim;
    result.push(`${look(number)} ${style.dim('│')} ${cut(harmless(text), room)}`);
    for (const note of own) {
      const [first, ...rest] = wrap(harmless(note.text), room - 2);
      result.push(`${' '.repeat(digits)} ${style.red(`╰ ${first}`)}`, ...rest.map((more) => `${' '.repeat(digits + 3)}${style.red(more)}`));
    }
  }
  return result;
}
