/** Edits that take something out or make it plain without breaking the syntax: what a model goes by may be any word of the code. */
import type { SyntaxNode, SyntaxTree } from '../syntax/syntax';
import { childOf, namedChildren } from '../syntax/syntax';
import { plainString } from './literals';
import type { EditFamily, Proposal } from './types';
import { brief, quoteAt } from './words';

const SIMPLE = [
  'expression_statement',
  'return_statement',
  'import_statement',
  'import_from_statement',
  'assert_statement',
  'raise_statement',
  'delete_statement',
  'global_statement',
];

const COMPOUND: Readonly<Record<string, string>> = {
  for_statement: 'the loop',
  while_statement: 'the loop',
  if_statement: 'the if',
  with_statement: 'the with',
  try_statement: 'the try',
  function_definition: 'the function',
  class_definition: 'the class',
  decorated_definition: 'the decorated definition',
};

/** Removes a statement with its lines; one that is alone in its block becomes `pass`. */
function* statements(tree: SyntaxTree): Iterable<Proposal> {
  for (const node of tree.ofType(...SIMPLE, ...Object.keys(COMPOUND))) {
    const { parent } = node;
    if (!parent || !['module', 'block'].includes(parent.type)) continue;
    const alone = namedChildren(parent).length === 1;
    const lineStart = tree.lineStart(node.start);
    const ownLine = tree.code.slice(lineStart, node.start).trim() === '';
    const rest = /^[ \t]*(?:\r\n|\n|\r|$)/.exec(tree.code.slice(node.end));
    if (!ownLine || !rest) continue;
    const isText = namedChildren(node)[0]?.type === 'string' && node.type === 'expression_statement';
    const [line, last] = [tree.line(node.start), tree.line(node.end)];
    const what = COMPOUND[node.type] ?? (isText ? 'the docstring' : brief(tree.text(node)));
    const where = line === last ? `on line ${line}` : `that begins on line ${line}`;
    // The last line of a program takes the line break before it along.
    const final = lineStart > 0 && !/[\r\n]/.test(rest[0]);
    const range = final
      ? { start: lineStart - (tree.code.slice(lineStart - 2, lineStart) === '\r\n' ? 2 : 1), end: node.end }
      : { start: lineStart, end: node.end + rest[0].length };
    const changes = alone
      ? [{ start: node.start, end: node.end, replacement: 'pass' }]
      : [{ ...range, replacement: '' }];
    yield {
      kind: 'remove-statement',
      description:
        alone && parent.type === 'block' ? `put pass in the place of ${what} ${where}` : `removed ${what} ${where}`,
      changes,
    };
  }
}

/** Removes a type from a parameter, a variable with a value, or a function's result. */
function* annotations(tree: SyntaxTree): Iterable<Proposal> {
  for (const node of tree.ofType('type')) {
    const { parent } = node;
    if (
      !parent ||
      !['typed_parameter', 'typed_default_parameter', 'assignment', 'function_definition'].includes(parent.type)
    )
      continue;
    if (parent.type === 'assignment' && !childOf(parent, 'right')) continue;
    const sign = parent.children[parent.children.indexOf(node) - 1];
    const before = parent.children[parent.children.indexOf(node) - 2];
    if (!sign || !before) continue;
    yield {
      kind: 'remove-annotation',
      description: `removed the type ${brief(tree.text(node))} on line ${tree.line(node.start)}`,
      changes: [{ start: before.end, end: node.end, replacement: '' }],
    };
  }
}

/** Makes a string a plain word, a number another one, and an f-string's field one without a format. */
function* values(tree: SyntaxTree): Iterable<Proposal> {
  const on = (node: SyntaxNode) => `on line ${tree.line(node.start)}`;
  for (const node of tree.ofType('string', 'format_specifier', 'integer', 'float')) {
    const text = tree.text(node);
    const change = (replacement: string) => [{ start: node.start, end: node.end, replacement }];
    if (node.type === 'format_specifier')
      yield { kind: 'change-value', description: `removed the format ${brief(text)} ${on(node)}`, changes: change('') };
    else if (node.type === 'string') {
      const isDocstring = node.parent?.type === 'expression_statement';
      const plain = plainString(tree, node) !== undefined;
      const quote = quoteAt(tree, node);
      const word = `${/^b/i.test(text) ? 'b' : ''}${plain ? text[0] : quote}text${plain ? text[0] : quote}`;
      if (isDocstring || text === word || node.end - node.start <= 2 || node.parent?.type === 'concatenated_string')
        continue;
      yield {
        kind: 'change-value',
        description: `changed the text ${brief(text)} to ${word} ${on(node)}`,
        changes: change(word),
      };
    } else if (/^\d+(\.\d+)?$/.test(text)) {
      const other = text === '1' ? '2' : '1';
      yield {
        kind: 'change-value',
        description: `changed the number ${text} to ${other} ${on(node)}`,
        changes: change(other),
      };
    }
  }
}

function* comments(tree: SyntaxTree): Iterable<Proposal> {
  for (const { start, end } of tree.lexical.comments) {
    const line = tree.line(start);
    const lineStart = tree.lineStart(start);
    const before = tree.code.slice(lineStart, start);
    const after = /^(?:\r\n|\n|\r)?/.exec(tree.code.slice(end))![0].length;
    const range =
      before.trim() === ''
        ? { start: lineStart, end: end + after }
        : { start: lineStart + before.trimEnd().length, end };
    yield {
      kind: 'remove-comment',
      description: `removed the comment on line ${line}`,
      changes: [{ ...range, replacement: '' }],
    };
  }
}

export const removals: EditFamily = {
  kinds: ['change-value', 'remove-comment', 'remove-annotation', 'remove-statement'],
  *propose(tree) {
    yield* values(tree);
    yield* comments(tree);
    yield* annotations(tree);
    yield* statements(tree);
  },
};
