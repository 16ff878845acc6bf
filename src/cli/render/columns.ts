/** Rows of text in columns of their own width. */
import { cut, padEnd, padStart, width, wrap } from './text';

export interface Column {
  title: string;
  /** Numbers stand to the right. */
  right?: boolean;
}

/** No column of text becomes narrower than this where a table is too wide. */
const LEAST_TEXT = 16;
/** Before the first column, and between two. */
const GAP = 2;

/**
 * Lines, the titles first; cells may hold colours. A column without any text is left out.
 * @param most columns of the terminal: where the table is wider, its widest texts are broken into lines, and may hold no colours
 */
export function inColumns(columns: readonly Column[], rows: readonly (readonly string[])[], most = Infinity): string[] {
  const used = columns.flatMap((_, i) => (rows.some((row) => row[i] !== '') ? [i] : []));
  const widths = columns.map(({ title }, i) => Math.max(width(title), ...rows.map((row) => width(row[i]))));
  const table = () => used.reduce((sum, i) => sum + GAP + widths[i], 0);
  const texts = used.filter((i) => !columns[i].right);
  while (table() > most) {
    const widest = texts.reduce((a, b) => (widths[b] > widths[a] ? b : a), texts[0]);
    if (widest === undefined || widths[widest] <= LEAST_TEXT) break;
    const next = Math.max(LEAST_TEXT, ...texts.filter((i) => i !== widest).map((i) => widths[i]));
    widths[widest] = Math.max(widths[widest] - (table() - most), Math.min(next, widths[widest] - 1));
  }
  const line = (cells: readonly string[]) => used.map((i) => (columns[i].right ? padStart : padEnd)(cells[i], widths[i])).join(' '.repeat(GAP)).trimEnd();
  const lines = (cells: readonly string[]) => {
    const broken = cells.map((cell, i) => (width(cell) <= widths[i] ? [cell] : wrap(cell, widths[i]).map((part) => cut(part, widths[i]))));
    const height = Math.max(1, ...used.map((i) => broken[i].length));
    return Array.from({ length: height }, (_, at) => line(broken.map((parts) => parts[at] ?? '')));
  };
  return [columns.map(({ title }) => title), ...rows].flatMap(lines).map((text) => `${' '.repeat(GAP)}${text}`);
}
