/** A key that is missing becomes one that exists, or is given; an index comes into range. */
import type { Cause } from '../../cause';
import type { SyntaxNode, SyntaxTree } from '../../syntax/syntax';
import { childOf, namedChildren } from '../../syntax/syntax';
import type { EditKind, Proposal } from '../types';
import { brief } from '../words';
import { insert, nearNames, replace, within, type Mend } from './kit';

/** The subscript that failed: the expression itself, else the innermost in it. */
function failing(
  tree: SyntaxTree,
  cause: Cause,
): { value: SyntaxNode; index: SyntaxNode; node: SyntaxNode } | undefined {
  const node = cause.node?.type === 'subscript' ? cause.node : within(tree, cause, 'subscript').at(-1);
  const value = node && childOf(node, 'value');
  const index = node && childOf(node, 'subscript');
  return node && value && index ? { node, value, index } : undefined;
}

export const mendedKeys: Mend = {
  kinds: ['repair-key'],
  *propose(tree, cause) {
    if (cause.label !== 'KeyError') return;
    const found = failing(tree, cause);
    const missing = cause.message;
    const keys = cause.detail?.keys ?? [];
    const kind = 'repair-key';
    const bare = (key: string) => key.replace(/^['"]|['"]$/g, '');
    const near = nearNames(bare(missing), keys.map(bare), 1);
    const best = [...near, ...keys.map(bare)].slice(0, 2);
    // The key may stand anywhere in the program, as itself: at the lookup first.
    const literals = tree.ofType('string', 'integer').filter((node) => sameKey(tree.text(node), missing));
    const isKey = (node: SyntaxNode) => node.parent?.type === 'pair' && node.field === 'key';
    const uses = literals.filter((node) => !isKey(node));
    uses.sort((a, b) => Number(b === found?.index) - Number(a === found?.index));
    for (const node of uses.slice(0, 2)) {
      for (const key of best) {
        const written = node.type === 'string' ? tree.text(node)[0] + key + tree.text(node)[0] : key;
        yield {
          kind,
          description: `changed the key ${brief(tree.text(node))} to ${brief(written)} on line ${tree.line(node.start)}`,
          changes: [replace(node, written)],
        };
      }
    }
    if (!found) return;
    for (const literal of dictionaries(tree, found.value)) {
      const pairs = namedChildren(literal).filter(({ type }) => type === 'pair');
      const last = pairs.at(-1);
      const value = last && childOf(last, 'value');
      const ownQuote = last && /^['"]/.exec(tree.text(last))?.[0];
      const written = ownQuote && /^'[^'"\\]*'$/.test(missing) ? ownQuote + bare(missing) + ownQuote : missing;
      if (!last || !value) continue;
      const name = brief(tree.text(found.value));
      yield {
        kind,
        description: `added the key ${brief(written)} to ${name} on line ${tree.line(last.end)}`,
        changes: [insert(last.end, `, ${written}: ${tree.text(value)}`)],
      };
    }
    if (
      !['assignment', 'augmented_assignment', 'delete_statement'].includes(found.node.parent?.type ?? '') ||
      found.node.field === 'right'
    ) {
      const changes = [
        replace({ start: found.value.end, end: found.index.start }, '.get('),
        replace({ start: found.index.end, end: found.node.end }, ', 0)'),
      ];
      yield { kind, description: `looked the key up with .get(…, 0) on line ${tree.line(found.node.start)}`, changes };
    }
  },
};

function sameKey(text: string, missing: string): boolean {
  return (
    text === missing ||
    (/^["'][^"'\\]*["']$/.test(text) && /^'[^'\\]*'$/.test(missing) && text.slice(1, -1) === missing.slice(1, -1))
  );
}

/** The dict literals that are assigned to a name. */
function dictionaries(tree: SyntaxTree, value: SyntaxNode): SyntaxNode[] {
  if (value.type === 'dictionary') return [value];
  return tree.ofType('assignment').flatMap((assignment) => {
    const [left, right] = [childOf(assignment, 'left'), childOf(assignment, 'right')];
    return left && right?.type === 'dictionary' && tree.text(left) === tree.text(value) ? [right] : [];
  });
}

export const mendedIndices: Mend = {
  kinds: ['repair-index'],
  *propose(tree, cause) {
    if (cause.label !== 'IndexError') return;
    const found = failing(tree, cause);
    if (!found) return;
    const { value, index } = found;
    const text = tree.text(index);
    const line = tree.line(index.start);
    const kind: EditKind = 'repair-index';
    const { length } = cause.detail ?? {};
    const change = (to: string): Proposal => ({
      kind,
      description: `changed the index ${brief(text)} of ${brief(tree.text(value))} to ${to} on line ${line}`,
      changes: [replace(index, to)],
    });
    if (/^-?\d+$/.test(text)) {
      if (length) {
        yield change(String(length - 1));
        yield change('-1');
      }
    } else {
      const offset = /^(.+?)\s*\+\s*\d+$/s.exec(text)?.[1];
      if (offset) yield change(offset);
      if (index.type === 'identifier') yield change(`${text} - 1`);
      // A loop that goes one too far.
      for (const call of tree.ofType('call')) {
        const callee = childOf(call, 'function');
        const list = childOf(call, 'arguments');
        const last = list && namedChildren(list).at(-1);
        if (!callee || tree.text(callee) !== 'range' || !last || call.parent?.type !== 'for_statement') continue;
        const shorter = /^(.+?)\s*\+\s*1$/s.exec(tree.text(last))?.[1];
        const by = shorter ?? `${tree.text(last)} - 1`;
        yield {
          kind,
          description: `ended the range at ${brief(by)} on line ${tree.line(last.start)}`,
          changes: [replace(last, by)],
        };
      }
      if (length) yield change(`${text} % ${length}`);
    }
  },
};
