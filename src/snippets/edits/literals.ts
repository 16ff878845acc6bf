import type { SyntaxNode, SyntaxTree } from '../syntax/syntax';
import { childOf, namedChildren } from '../syntax/syntax';
import type { EditFamily, Proposal } from './types';
import { brief, quoteAt } from './words';

const NUMBERS = ['integer', 'float'];

/** The text of a plain string's body; undefined for f-strings, bytes, escapes, several lines and broken strings. */
export function plainString(tree: SyntaxTree, node: SyntaxNode): string | undefined {
  if (node.type !== 'string' || node.parent?.type === 'concatenated_string') return undefined;
  const match = /^(["'])([^\\\r\n]*)\1$/.exec(tree.text(node));
  return match && !match[2].includes(match[1]) ? match[2] : undefined;
}

/** Whether the literal may be replaced: patterns and annotations are not evaluated as expressions. */
function isValue(node: SyntaxNode): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'case_pattern' || at.type === 'format_specifier' || at.type === 'type') return false;
    if (at.type.endsWith('_statement')) return true;
  }
  return true;
}

/** Puts a number in quotes, or takes a numeric string out of them. */
export const numbers: EditFamily = {
  kinds: ['quote-number', 'unquote-number'],
  *propose(tree): Iterable<Proposal> {
    for (const node of tree.nodes) {
      const { start, end } = node;
      if (NUMBERS.includes(node.type) && node.end > node.start && isValue(node)) {
        const quote = quoteAt(tree, node);
        yield {
          kind: 'quote-number',
          description: `put the number ${tree.text(node)} in quotes on line ${tree.line(start)}`,
          changes: [{ start, end, replacement: quote + tree.text(node) + quote }],
        };
      }
      const content = plainString(tree, node);
      if (content !== undefined && /^-?\d+(\.\d+)?$/.test(content) && isValue(node)) {
        yield {
          kind: 'unquote-number',
          description: `took the number ${content} out of its quotes on line ${tree.line(start)}`,
          changes: [{ start, end, replacement: content }],
        };
      }
    }
  },
};

/** The operands of an expression or statement: where the type of a value matters. */
function operands(node: SyntaxNode): SyntaxNode[] {
  const child = (field: string): SyntaxNode[] => {
    const found = childOf(node, field);
    return found ? [found] : [];
  };
  switch (node.type) {
    case 'binary_operator':
      return [...child('left'), ...child('right')];
    case 'augmented_assignment':
    case 'for_statement':
    case 'for_in_clause':
      return child('right');
    case 'comparison_operator':
    case 'list':
    case 'return_statement':
      return namedChildren(node);
    case 'unary_operator':
      return child('argument');
    case 'argument_list':
      return namedChildren(node).filter((argument) => !['keyword_argument', 'ERROR'].includes(argument.type));
    case 'subscript':
      return child('subscript');
    case 'assignment':
      return child('right');
    case 'pair':
      return child('value');
    default:
      return [];
  }
}

/** Values of another type to stand in for an operand, the most natural first, each with its name. */
function replacements(tree: SyntaxTree, node: SyntaxNode): [text: string, words: string][] {
  const text = tree.text(node);
  const strings = node.type === 'string' || node.type === 'concatenated_string';
  if (NUMBERS.includes(node.type))
    return [
      [`[${text}]`, 'a list'],
      ['None', 'None'],
    ];
  if (strings)
    return [
      [String(Math.max(1, node.end - node.start - 2)), 'a number'],
      ['None', 'None'],
      [`[${text}]`, 'a list'],
    ];
  if (['list', 'tuple', 'set', 'dictionary'].includes(node.type)) {
    return [
      ['None', 'None'],
      [String(namedChildren(node).length), 'a number'],
    ];
  }
  if (node.type === 'identifier' && node.parent?.type !== 'argument_list' && node.parent?.type !== 'list') {
    const quote = quoteAt(tree, node);
    return [
      [`str(${text})`, 'a string'],
      [`[${text}]`, 'a list'],
      ['None', 'None'],
      [quote + text + quote, 'its name in quotes'],
    ];
  }
  return node.type === 'true' || node.type === 'false' ? [['None', 'None']] : [];
}

/** Replaces an operand, element, argument or assigned value by one of another type. */
export const types: EditFamily = {
  kinds: ['change-type'],
  *propose(tree): Iterable<Proposal> {
    const found: { node: SyntaxNode; choices: [string, string][] }[] = [];
    for (const parent of tree.nodes) {
      if (
        parent.type === 'comparison_operator' &&
        parent.children.some((child) => /^(is|is not|not in|==|!=)$/.test(child.type))
      )
        continue;
      for (const node of operands(parent)) {
        const assigned = parent.type === 'assignment' || parent.type === 'return_statement';
        if (assigned && node.type === 'identifier') continue;
        if (node.end > node.start && isValue(node)) found.push({ node, choices: replacements(tree, node) });
      }
    }
    for (let round = 0; found.some(({ choices }) => choices.length > round); round++) {
      for (const { node, choices } of found) {
        if (choices.length <= round) continue;
        const [replacement, words] = choices[round];
        const showsIt = words === 'None' || words === 'its name in quotes';
        const to = showsIt ? words : `${words}, ${brief(replacement)},`;
        yield {
          kind: 'change-type',
          description: `changed ${brief(tree.text(node))} to ${to} on line ${tree.line(node.start)}`,
          changes: [{ start: node.start, end: node.end, replacement }],
        };
      }
    }
  },
};

const CONVERSIONS = [
  'str',
  'int',
  'float',
  'list',
  'tuple',
  'set',
  'dict',
  'range',
  'len',
  'sorted',
  'enumerate',
  'abs',
];

/** Drops a conversion such as str(…) or a call such as range(…) and keeps its only argument. */
export const conversions: EditFamily = {
  kinds: ['drop-conversion'],
  *propose(tree): Iterable<Proposal> {
    for (const call of tree.ofType('call')) {
      const callee = childOf(call, 'function');
      const args = childOf(call, 'arguments');
      if (!callee || args?.type !== 'argument_list' || !CONVERSIONS.includes(tree.text(callee))) continue;
      const given = namedChildren(args);
      const simple = [
        'identifier',
        'integer',
        'float',
        'string',
        'call',
        'subscript',
        'attribute',
        'list',
        'tuple',
        'dictionary',
      ];
      if (given.length !== 1 || !simple.includes(given[0].type)) continue;
      const what = `${tree.text(callee)}(…) around ${brief(tree.text(given[0]))}`;
      yield {
        kind: 'drop-conversion',
        description: `removed ${what} on line ${tree.line(call.start)}`,
        changes: [
          { start: call.start, end: given[0].start, replacement: '' },
          { start: given[0].end, end: call.end, replacement: '' },
        ],
      };
    }
  },
};
