/** Rows of text in columns of their own width. */
import { padEnd, padStart, width } from './text';

export interface Column {
  title: string;
  /** Numbers stand to the right. */
  right?: boolean;
}

/** Lines, the titles first; cells may hold colours. A column without any text is left out. */
export function inColumns(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const used = columns.map((_, i) => rows.some((row) => row[i] !== ''));
  const widths = columns.map(({ title }, i) => Math.max(width(title), ...rows.map((row) => width(row[i]))));
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (columns[i].right ? padStart : padEnd)(cell, widths[i])).filter((_, i) => used[i]).join('  ').trimEnd();
  return [columns.map(({ title }) => title), ...rows].map((cells) => `  ${line(cells)}`);
}
