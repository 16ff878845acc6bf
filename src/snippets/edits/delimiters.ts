import type { SyntaxNode, SyntaxTree } from '../syntax/syntax';
import type { EditFamily, Proposal } from './types';
import { brief, callName } from './words';

const CLOSING: Readonly<Record<string, string>> = { ')': 'parenthesis', ']': 'bracket', '}': 'brace' };

const CONTAINERS: Readonly<Record<string, string>> = {
  list: 'the list',
  tuple: 'the tuple',
  set: 'the set',
  dictionary: 'the dictionary',
  list_comprehension: 'the list comprehension',
  set_comprehension: 'the set comprehension',
  dictionary_comprehension: 'the dictionary comprehension',
  generator_expression: 'the generator expression',
  parenthesized_expression: 'the parenthesised expression',
};

/** " of print(…)", " of the list", or nothing where the tree does not say. */
function owner(tree: SyntaxTree, bracket: SyntaxNode): string {
  const parent = bracket.parent;
  if (!parent) return '';
  if (parent.type in CONTAINERS) {
    const call = parent.field === 'arguments' ? parent.parent : null;
    return ` of ${call ? callName(tree, call) : CONTAINERS[parent.type]}`;
  }
  if (parent.type === 'argument_list' && parent.parent?.type === 'call') return ` of ${callName(tree, parent.parent)}`;
  if (parent.type === 'subscript') return ` of ${brief(tree.text(parent.children[0]))}[…]`;
  if (parent.type === 'interpolation') return ' of an f-string field';
  if (parent.type === 'parameters') {
    const name = parent.parent?.children.find((child) => child.field === 'name');
    return name ? ` of the parameters of ${tree.text(name)}` : ' of the parameters';
  }
  return '';
}

/** Drops a closing parenthesis, bracket or brace. */
export const brackets: EditFamily = {
  kinds: ['drop-bracket'],
  *propose(tree): Iterable<Proposal> {
    for (const leaf of tree.leaves) {
      if (leaf.missing || !(leaf.type in CLOSING)) continue;
      yield {
        kind: 'drop-bracket',
        description: `removed the closing ${CLOSING[leaf.type]}${owner(tree, leaf)} on line ${tree.line(leaf.start)}`,
        changes: [{ start: leaf.start, end: leaf.end, replacement: '' }],
      };
    }
  },
};

/** Drops the closing quote of a string; of a triple-quoted string all three. */
export const quotes: EditFamily = {
  kinds: ['drop-quote'],
  *propose(tree): Iterable<Proposal> {
    for (const leaf of tree.leaves) {
      if (leaf.missing || leaf.type !== 'string_end') continue;
      const string = leaf.parent ? tree.text(leaf.parent) : '';
      const quotes = leaf.end - leaf.start > 1 ? 'closing quotes' : 'closing quote';
      yield {
        kind: 'drop-quote',
        description: `removed the ${quotes} of ${brief(string)} on line ${tree.line(leaf.start)}`,
        changes: [{ start: leaf.start, end: leaf.end, replacement: '' }],
      };
    }
  },
};

const COLON_OWNERS: Readonly<Record<string, string>> = {
  if_statement: 'if',
  elif_clause: 'elif',
  else_clause: 'else',
  for_statement: 'for',
  while_statement: 'while',
  try_statement: 'try',
  except_clause: 'except',
  except_group_clause: 'except*',
  finally_clause: 'finally',
  with_statement: 'with',
  function_definition: 'def',
  class_definition: 'class',
  match_statement: 'match',
  case_clause: 'case',
  lambda: 'lambda',
};

/** Drops the colon after a statement's header, a lambda's parameters or a dictionary key. */
export const colons: EditFamily = {
  kinds: ['drop-colon'],
  *propose(tree): Iterable<Proposal> {
    for (const leaf of tree.leaves) {
      if (leaf.missing || leaf.type !== ':' || !leaf.parent) continue;
      const { parent } = leaf;
      let after: string;
      if (parent.type in COLON_OWNERS) {
        const name = parent.children.find((child) => child.field === 'name');
        after = COLON_OWNERS[parent.type] + (name ? ` ${brief(tree.text(name))}` : '');
      } else if (parent.type === 'pair') after = `the key ${brief(tree.text(parent.children[0]))}`;
      else continue;
      yield {
        kind: 'drop-colon',
        description: `removed the colon after ${after} on line ${tree.line(leaf.start)}`,
        changes: [{ start: leaf.start, end: leaf.end, replacement: '' }],
      };
    }
  },
};
