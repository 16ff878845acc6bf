import { CLOSERS, lineEnd } from '../syntax/lexical';
import type { SyntaxTree } from '../syntax/syntax';
import { plainString } from './literals';
import type { EditFamily, Proposal } from './types';
import { quoteAt } from './words';

/**
 * Two changes at once that keep the number of signs, and so most often of tokens: `37)` becomes `"37"`, a string in a
 * call left open, and back. A model that tells the two apart has read both places.
 */
export const pairs: EditFamily = {
  kinds: ['quote-number-drop-bracket', 'unquote-number-add-bracket'],
  *propose(tree): Iterable<Proposal> {
    for (const number of tree.ofType('integer', 'float')) {
      const closer = tree.code[number.end];
      if (closer !== ')' && closer !== ']' && closer !== '}') continue;
      const quote = quoteAt(tree, number);
      const words = `put the number ${tree.text(number)} in quotes and removed the ${closer} after it`;
      yield {
        kind: 'quote-number-drop-bracket',
        description: `${words} on line ${tree.line(number.start)}`,
        changes: [{ start: number.start, end: number.end + 1, replacement: quote + tree.text(number) + quote }],
      };
    }
    for (const string of tree.ofType('string')) {
      const content = plainString(tree, string);
      if (content === undefined || !/^\d+(\.\d+)?$/.test(content)) continue;
      const closer = missingCloser(tree, string.end);
      if (!closer) continue;
      const words = `took the number ${content} out of its quotes and added ${closer} after it`;
      yield {
        kind: 'unquote-number-add-bracket',
        description: `${words} on line ${tree.line(string.start)}`,
        changes: [{ start: string.start, end: string.end, replacement: content + closer }],
      };
    }
  },
};

/** The bracket that is missing after `offset`, if that is the end of a line with a bracket left open. */
function missingCloser(tree: SyntaxTree, offset: number): string | undefined {
  if (tree.code.slice(offset, lineEnd(tree.code, offset)).trim() !== '') return undefined;
  const open = tree.lexical.brackets.filter((bracket) => bracket.partner === null && bracket.char in CLOSERS);
  const last = open.filter(({ at }) => at >= tree.lineStart(offset) && at < offset).at(-1);
  return last ? CLOSERS[last.char] : undefined;
}
