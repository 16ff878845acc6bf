/** An edit of a program's text, and edits of single pieces of it. */
import type { Random } from '../../random';
import { replaceAt, scan, type Piece } from './scan';

/** Undefined: the edit has no place in this program. */
export type Edit = (code: string, random: Random) => string | undefined;

export const CLOSERS = ')]}';
const OPENERS = '([{';

export function choose(pieces: readonly Piece[], random: Random, lastBias = 0): Piece | undefined {
  if (pieces.length === 0) return undefined;
  return random.chance(lastBias) ? pieces[pieces.length - 1] : random.pick(pieces);
}

export const pieceEdit =
  (
    fits: (piece: Piece, at: number, all: Piece[]) => boolean,
    swap: (text: string, random: Random) => string,
    lastBias = 0,
  ): Edit =>
  (code, random) => {
    const piece = choose(scan(code).filter(fits), random, lastBias);
    return piece && replaceAt(code, piece.start, piece.end, swap(piece.text, random));
  };

export const isCloser = (p: Piece): boolean => p.kind === 'bracket' && CLOSERS.includes(p.text);
export const isOpener = (p: Piece): boolean => p.kind === 'bracket' && OPENERS.includes(p.text);
export const isOperator =
  (...texts: string[]) =>
  (p: Piece): boolean =>
    p.kind === 'operator' && texts.includes(p.text);
export const isName =
  (...texts: string[]) =>
  (p: Piece): boolean =>
    p.kind === 'name' && texts.includes(p.text);
export const plainString = (p: Piece): boolean => p.kind === 'string' && !/"""|'''/.test(p.text) && p.text.length > 2;
