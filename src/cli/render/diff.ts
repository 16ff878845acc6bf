/** The lines in which two programs differ. */
import { fileLine, type Placed } from '../../protocol/reading/code-parts';
import { cut, harmless, padStart } from './text';
import type { Style } from './style';

/** Longer differences are cut. */
const MOST_LINES = 8;

/** Removed lines with `-`, then added ones with `+`, with the line numbers of the file. */
export function renderDiff(source: Omit<Placed, 'start'>, variant: string, style: Style, columns: number): string[] {
  const [before, after] = [source.code, variant].map((code) => code.replace(/\s+$/, '').split(/\r\n|\r|\n/));
  let same = 0;
  while (same < before.length && same < after.length && before[same] === after[same]) same++;
  let back = 0;
  while (back < before.length - same && back < after.length - same && before.at(-1 - back) === after.at(-1 - back)) back++;
  const side = (lines: readonly string[], sign: string, colour: (text: string) => string) => {
    const changed = lines.slice(same, lines.length - back);
    const shown = changed.slice(0, MOST_LINES).map((line, i) => colour(`${padStart(String(fileLine(source, same + i + 1)), 3)} ${sign} ${cut(harmless(line), columns - 6)}`));
    return changed.length > MOST_LINES ? [...shown, style.dim(`    … ${changed.length - MOST_LINES} more`)] : shown;
  };
  return [...side(before, '-', style.red), ...side(after, '+', style.green)];
}
