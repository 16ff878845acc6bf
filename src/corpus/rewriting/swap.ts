import type { Random } from '../random';
import { after, before, join, lex, type Token } from './lexer';
import { codeLines, firstOf } from './lines';
import { KEYWORDS } from './words';

/** One small change of a program; undefined where the program has no place for it. */
export interface Edit {
  name: string;
  weight: number;
  apply(code: string, random: Random): string | undefined;
}

/** Replaces one token, chosen among those that `want` accepts, by the text that `make` gives for it. */
export function swapToken(
  code: string,
  random: Random,
  want: (token: Token, index: number, tokens: readonly Token[]) => boolean,
  make: (text: string, index: number, tokens: readonly Token[]) => string | undefined,
): string | undefined {
  const tokens = lex(code);
  const places = tokens.flatMap((token, i) => (want(token, i, tokens) ? [i] : []));
  return firstOf(places, random, (i) => {
    const text = make(tokens[i]!.text, i, tokens);
    if (text === undefined || text === tokens[i]!.text) return undefined;
    return join([...tokens.slice(0, i), { ...tokens[i]!, text }, ...tokens.slice(i + 1)]);
  });
}

/** Replaces one line, chosen among those that `want` accepts; a line that becomes undefined goes away. */
export function swapLine(
  code: string,
  random: Random,
  want: (line: string, index: number, lines: readonly string[]) => boolean,
  make: (line: string, index: number, lines: readonly string[]) => string | undefined,
): string | undefined {
  const lines = code.split('\n');
  const places = codeLines(lines).filter((i) => want(lines[i]!, i, lines));
  if (places.length === 0) return undefined;
  const at = random.pick(places);
  const line = make(lines[at]!, at, lines);
  return [...lines.slice(0, at), ...(line === undefined ? [] : [line]), ...lines.slice(at + 1)].join('\n');
}

export const isOp = (texts: string) => (token: Token) => token.kind === 'op' && texts.split(' ').includes(token.text);
export const isName = (token: Token): boolean => token.kind === 'name' && !KEYWORDS.has(token.text);
export const called = (tokens: readonly Token[], i: number): boolean => after(tokens, i)?.text === '(';
export const attribute = (tokens: readonly Token[], i: number): boolean => before(tokens, i)?.text === '.';
export const subscripted = (tokens: readonly Token[], i: number): boolean => {
  const bracket = before(tokens, i);
  const owner = bracket?.text === '[' ? before(tokens, tokens.indexOf(bracket)) : undefined;
  return owner !== undefined && (isName(owner) || owner.text === ')' || owner.text === ']');
};
