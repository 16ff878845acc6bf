/** A selection or a cursor as a place that an analysis can be told. */
import { placeText } from '../../protocol/reading/place';

interface Range {
  start: number;
  end: number;
}

/** The part of a selection that lies in a range, as LINE:COLUMN-LINE:COLUMN; null where there is none but white space. */
export function stretchOfSelection(text: string, selection: Range, within: Range): string | null {
  const [start, end] = [Math.max(selection.start, within.start), Math.min(selection.end, within.end)];
  if (text.slice(start, Math.max(start, end)).trim() === '') return null;
  return `${lineAndColumn(text, start)}-${lineAndColumn(text, end)}`;
}

/** The character at a cursor in a range, or the one before it at the end, as LINE:COLUMN; null outside and in empty code. */
export function placeAt(text: string, cursor: number, within: Range): string | null {
  if (cursor < within.start || cursor > within.end || within.start === within.end) return null;
  return lineAndColumn(text, Math.min(cursor, within.end - 1));
}

function lineAndColumn(text: string, offset: number): string {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  return placeText({ kind: 'line', line: lines.length, column: lines.at(-1)!.length + 1 });
}
