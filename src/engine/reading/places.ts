/** Places as positions: which token of a prompt a place names. */
import { ownStart } from '../../protocol/reading/code-parts';
import { placeText, type Place, type Stretch } from '../../protocol/reading/place';
import type { PromptToken } from '../../protocol/reading/reading';
import { lineStartsOf } from '../../snippets/syntax/syntax';
import { withoutInserted } from './inserted';
import type { Program } from './program';

/**
 * The position of the token at a place.
 * @param whose the program in a sentence, where it is not the one that is asked about
 * @throws a sentence where the place is outside of what the model read, or names no token or several
 */
export function positionAt(program: Program, place: Place, whose?: string): number {
  try {
    return positionIn(program, place);
  } catch (error) {
    const { message } = error as Error;
    throw whose === undefined ? error : new Error(`In ${whose}: ${message[0].toLowerCase()}${message.slice(1)}`, { cause: error });
  }
}

function positionIn(program: Program, place: Place): number {
  const { tokens } = program;
  if (place.kind === 'last') return tokens.length - 1;
  if (place.kind === 'position') {
    if (place.position < tokens.length) return place.position;
    throw new Error(`There is no position ${place.position}; the code and the question have the positions 0 to ${tokens.length - 1}.`);
  }
  if (place.kind === 'token') return tokenNamed(program, place.text);
  const offset = offsetOf(program, place.line, place.column);
  // Tokens that share a character (of several bytes) are told apart by the last.
  const at = tokens.findLastIndex(({ start, end }) => start !== null && start <= offset && offset < end!);
  if (at >= 0) return at;
  const { firstLine, lastLine } = program.source;
  throw new Error(`There is no token of the code at ${placeText(place)}. The model read the lines ${firstLine} to ${lastLine}; name a character of them.`);
}

/**
 * The positions of all tokens that a stretch touches, ascending. Between lines and columns it ends before its end, as a selection in an
 * editor does; a position belongs to it.
 * @throws a sentence
 */
export function positionsIn(program: Program, { from, to }: Stretch): number[] {
  if (from.kind === 'line' && to.kind === 'line') {
    const [start, end] = [offsetOf(program, from.line, from.column), offsetOf(program, to.line, to.column)];
    const touches = ({ start: at, end: until }: PromptToken) => at !== null && at < Math.max(end, start + 1) && until! > start;
    const inside = program.tokens.flatMap((token, i) => (touches(token) ? [i] : []));
    if (start <= end && inside.length > 0) return inside;
  } else {
    const [first, last] = [positionAt(program, from), positionAt(program, to)];
    if (first <= last) return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  }
  throw new Error(`There is no token from ${placeText(from)} to ${placeText(to)}. Name a stretch of the code that the model read.`);
}

/** The offset in the user's file of a line and column, both from 1; of a notebook's cell, its own. */
function offsetOf({ text: read, source, inserted = [] }: Program, line: number, column: number): number {
  const text = withoutInserted(read, inserted);
  const own = ownStart(source);
  const starts = lineStartsOf(text.slice(own));
  if (line > starts.length) throw new Error(`There is no line ${line}; the file ends with line ${starts.length}.`);
  const start = own + starts[line - 1];
  const [{ length }] = /^[^\r\n]*/.exec(text.slice(start))!;
  if (column > length + 1) throw new Error(`There is no column ${column} in line ${line}; it has ${length} characters.`);
  return start + column - 1;
}

function tokenNamed({ tokens }: Program, named: string): number {
  const found = tokens.flatMap(({ text, start }, i) => (start === null && text.trim() === named.trim() ? [i] : []));
  if (found.length === 1) return found[0];
  throw new Error(
    found.length === 0
      ? `The question has no token ${JSON.stringify(named)}. Name a place by LINE:COLUMN, #POSITION or last.`
      : `The question has ${found.length} tokens ${JSON.stringify(named)}. Name it by its position, as in #${found[0]}.`,
  );
}
