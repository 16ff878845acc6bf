/** What repairs of a cause share: changes around nodes, and near names. */
import type { Cause } from '../../cause';
import type { SyntaxNode, SyntaxTree } from '../../syntax/syntax';
import { childOf, namedChildren } from '../../syntax/syntax';
import type { Change, EditKind, Proposal } from '../types';

/** A family of repairs, for an error with a known place. */
export interface Mend {
  kinds: readonly EditKind[];
  propose(tree: SyntaxTree, cause: Cause): Iterable<Proposal>;
}

export function insert(at: number, text: string): Change {
  return { start: at, end: at, replacement: text };
}

export function replace({ start, end }: { start: number; end: number }, replacement: string): Change {
  return { start, end, replacement };
}

/** `before` and `after` around a node. */
export function around({ start, end }: { start: number; end: number }, before: string, after: string): Change[] {
  return [insert(start, before), insert(end, after)];
}

/** Whether an expression can be put before a dot, or be an operand, without brackets. */
export function isAtom({ type }: SyntaxNode): boolean {
  return [
    'identifier',
    'call',
    'attribute',
    'subscript',
    'string',
    'integer',
    'float',
    'list',
    'dictionary',
    'tuple',
    'parenthesized_expression',
    'none',
  ].includes(type);
}

/** The nodes of some types in the failing expression, itself included; in its statement where Python did not tell the expression. */
export function within(tree: SyntaxTree, { node, statement }: Cause, ...types: string[]): SyntaxNode[] {
  const place = node ?? statement;
  if (!place) return [];
  return tree.nodes.filter(
    (candidate) => types.includes(candidate.type) && place.start <= candidate.start && candidate.end <= place.end,
  );
}

export function calleeName(tree: SyntaxTree, call: SyntaxNode): string | null {
  const callee = childOf(call, 'function');
  if (!callee) return null;
  const named =
    callee.type === 'attribute' ? childOf(callee, 'attribute') : callee.type === 'identifier' ? callee : undefined;
  return named ? tree.text(named) : null;
}

/** The positional arguments of a call. */
export function positional(call: SyntaxNode): SyntaxNode[] {
  const list = childOf(call, 'arguments');
  return list?.type === 'argument_list'
    ? namedChildren(list).filter(({ type }) => type !== 'keyword_argument' && type !== 'dictionary_splat')
    : [];
}

/** The functions of a name, in source order. */
export function functionsNamed(tree: SyntaxTree, name: string): SyntaxNode[] {
  return tree.ofType('function_definition').filter((definition) => {
    const own = childOf(definition, 'name');
    return own !== undefined && tree.text(own) === name;
  });
}

/** Of `candidates` those near `word`, nearest first: at most a third of the letters may be wrong, or one without its case. */
export function nearNames(word: string, candidates: Iterable<string>, most = 2): string[] {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const near = [...new Set(candidates)]
    .filter((candidate) => candidate !== word && candidate !== '')
    .map((candidate) => ({
      candidate,
      slips: Math.min(slips(word, candidate), slips(word.toLowerCase(), candidate.toLowerCase()) + 0.5),
    }))
    .filter(({ slips: count }) => count <= limit + 0.5);
  return near
    .sort((a, b) => a.slips - b.slips)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** Letters to add, leave out, replace or swap (Damerau and Levenshtein's distance, without overlaps). */
export function slips(a: string, b: string): number {
  const [from, to] = [Array.from(a).slice(0, 64), Array.from(b).slice(0, 64)];
  const rows: number[][] = [to.map((_, j) => j)];
  rows[0].push(to.length);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const changed = rows[i - 1][j - 1] + Number(from[i - 1] !== to[j - 1]);
      let least = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, changed);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1])
        least = Math.min(least, rows[i - 2][j - 2] + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[from.length][to.length];
}

/** The space that the line of an offset begins with. */
export function indentAt(tree: SyntaxTree, offset: number): string {
  return /^[ \t]*/.exec(tree.code.slice(tree.lineStart(offset)))![0];
}

/** The line break that the program uses. */
export function lineBreak({ code }: SyntaxTree): string {
  return /\r\n|\n|\r/.exec(code)?.[0] ?? '\n';
}
