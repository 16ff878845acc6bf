import type { SyntaxNode, SyntaxTree } from '../syntax/syntax';
import { childOf, namedChildren } from '../syntax/syntax';
import { plainString } from './literals';
import type { EditFamily, Proposal } from './types';
import { brief, misspellings } from './words';

/** The literals assigned to each name, in source order: what a reader knows of its type and length. */
function assignedLiterals(tree: SyntaxTree): Map<string, SyntaxNode[]> {
  const found = new Map<string, SyntaxNode[]>();
  for (const assignment of tree.ofType('assignment')) {
    const left = childOf(assignment, 'left');
    const right = childOf(assignment, 'right');
    if (left?.type !== 'identifier' || !right) continue;
    const name = tree.text(left);
    found.set(name, [...(found.get(name) ?? []), right]);
  }
  return found;
}

/** What is indexed: a dictionary, a sequence of known length, or unknown. */
function subject(
  tree: SyntaxTree,
  node: SyntaxNode,
  literals: Map<string, SyntaxNode[]>,
): { dictionary: boolean; length: number | null; keys: Set<string> } {
  const candidates = node.type === 'identifier' ? (literals.get(tree.text(node)) ?? []) : [node];
  const keys = new Set<string>();
  for (const literal of candidates) {
    if (literal.type !== 'dictionary') continue;
    for (const pair of namedChildren(literal)) if (pair.type === 'pair') keys.add(tree.text(pair.children[0]));
  }
  const last = candidates.at(-1);
  const dictionary = last?.type === 'dictionary' || last?.type === 'dictionary_comprehension';
  let length: number | null = null;
  if (last?.type === 'list' || last?.type === 'tuple') length = namedChildren(last).length;
  else if (last) length = plainString(tree, last)?.length ?? null;
  return { dictionary, length, keys };
}

/** Numbers that are out of range for a sequence, or no key of a dictionary; the first is the closest miss. */
function misses(index: number, length: number | null, keys: Set<string>): number[] {
  const sign = index < 0 ? -1 : 1;
  const sizes = length === null ? [9, 10, 99] : [length + (sign < 0 ? 1 : 0), length + 1, 9, 10];
  const numbers = sizes
    .filter((size) => length === null || size >= length + (sign < 0 ? 1 : 0))
    .map((size) => sign * size);
  return [...new Set(numbers)].filter((number) => number !== index && !keys.has(String(number))).slice(0, 2);
}

/** Index out of range, and a key that the dictionary does not have. */
export const lookups: EditFamily = {
  kinds: ['index-out-of-range', 'missing-key'],
  *propose(tree): Iterable<Proposal> {
    const literals = assignedLiterals(tree);
    const strings = new Set<string>();
    for (const node of tree.ofType('string')) {
      const content = plainString(tree, node);
      if (content !== undefined) strings.add(content);
    }
    for (const node of tree.ofType('subscript')) {
      const value = childOf(node, 'value');
      const subscripts = node.children.filter((child) => child.field === 'subscript');
      const store = node.parent?.type === 'assignment' && node.field === 'left';
      if (!value || subscripts.length !== 1 || subscripts[0].start === subscripts[0].end) continue;
      const [index] = subscripts;
      const known = subject(tree, value, literals);
      const line = tree.line(index.start);
      const text = tree.text(index);
      const change = (replacement: string): Proposal['changes'] => [
        { start: index.start, end: index.end, replacement },
      ];
      if (/^-?\d{1,9}$/.test(text)) {
        if (known.dictionary && store) continue;
        for (const miss of misses(Number(text), known.length, known.keys)) {
          const what = `the ${known.dictionary ? 'key' : 'index'} ${text} of ${brief(tree.text(value))}`;
          yield {
            kind: known.dictionary ? 'missing-key' : 'index-out-of-range',
            description: `changed ${what} to ${miss} on line ${line}`,
            changes: change(String(miss)),
          };
        }
      } else if (index.type === 'identifier' && !known.dictionary) {
        const past = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(tree.text(value))
          ? `len(${tree.text(value)})`
          : `${text} + 10`;
        for (const replacement of new Set([past, `${text} + 10`])) {
          const what = `the index ${brief(text)} of ${brief(tree.text(value))}`;
          yield {
            kind: 'index-out-of-range',
            description: `changed ${what} to ${brief(replacement)} on line ${line}`,
            changes: change(replacement),
          };
        }
      }
      const content = plainString(tree, index);
      if (content === undefined || store) continue;
      const quote = text[0];
      const capital = content.slice(0, 1).toUpperCase() + content.slice(1);
      const slips = /^[\p{L}_]/u.test(content) ? misspellings(content, strings) : [];
      for (const slip of [...slips.slice(0, 2), capital, `${content}_id`]
        .filter((key) => !strings.has(key))
        .slice(0, 3)) {
        if (/[\\"'\r\n]/.test(slip)) continue;
        yield {
          kind: 'missing-key',
          description: `changed the key ${brief(text)} to ${brief(quote + slip + quote)} on line ${line}`,
          changes: change(quote + slip + quote),
        };
      }
    }
  },
};

const DIVISIONS = ['/', '//', '%', '/=', '//=', '%='];

/** Divides by zero: in the division itself, or where its divisor gets its value. */
export const divisions: EditFamily = {
  kinds: ['divide-by-zero'],
  *propose(tree): Iterable<Proposal> {
    const literals = assignedLiterals(tree);
    for (const node of tree.ofType('binary_operator', 'augmented_assignment')) {
      const operator = childOf(node, 'operator');
      const left = childOf(node, 'left');
      const right = childOf(node, 'right');
      if (!operator || !left || !right || !DIVISIONS.includes(tree.text(operator)) || right.start === right.end)
        continue;
      if (['string', 'concatenated_string'].includes(left.type)) continue; // "%d" % 3 formats
      const zero = (at: SyntaxNode, what: string): Proposal => ({
        kind: 'divide-by-zero',
        description: `changed ${what} ${brief(tree.text(at))} to 0 on line ${tree.line(at.start)}`,
        changes: [
          {
            start: at.start,
            end: at.end,
            replacement: tree.text(at).includes('.') && at.type === 'float' ? '0.0' : '0',
          },
        ],
      });
      yield zero(right, 'the divisor');
      const source = right.type === 'identifier' ? (literals.get(tree.text(right)) ?? []) : [];
      for (const literal of source) {
        if (literal.type === 'integer' || literal.type === 'float')
          yield zero(literal, `the value of ${brief(tree.text(right))},`);
      }
    }
  },
};
