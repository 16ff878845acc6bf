/** A value of the wrong type is converted where it is used, or written in the right type. */
import type { Cause } from '../../cause';
import type { SyntaxNode, SyntaxTree } from '../../syntax/syntax';
import { childOf, namedChildren } from '../../syntax/syntax';
import { plainString } from '../literals';
import type { Proposal } from '../types';
import { brief, quoteAt } from '../words';
import { around, calleeName, positional, replace, within, type Mend } from './kit';

type Wanted = 'str' | 'int' | 'float' | 'list' | 'range';

/** Where a value of another type is wanted. */
interface Want {
  node: SyntaxNode;
  as: Wanted;
}

export const mendedConversions: Mend = {
  kinds: ['repair-conversion'],
  *propose(tree, cause) {
    for (const want of wants(tree, cause)) yield* converted(tree, want);
  },
};

function* converted(tree: SyntaxTree, { node, as }: Want): Iterable<Proposal> {
  const text = tree.text(node);
  const line = tree.line(node.start);
  const kind = 'repair-conversion';
  const quote = quoteAt(tree, node);
  const content = plainString(tree, node);
  if (as === 'str' && (node.type === 'integer' || node.type === 'float')) {
    yield {
      kind,
      description: `put the number ${text} in quotes on line ${line}`,
      changes: around(node, quote, quote),
    };
  }
  if ((as === 'int' || as === 'float') && content !== undefined && /^-?\d+(\.\d+)?$/.test(content)) {
    yield {
      kind,
      description: `took the number ${content} out of its quotes on line ${line}`,
      changes: [replace(node, content)],
    };
  }
  const inside =
    as === 'int' && content !== undefined && /^\d*\.\d+$/.test(content)
      ? ['int(float(', '))']
      : as === 'list'
        ? ['[', ']']
        : [`${as}(`, ')'];
  const what =
    as === 'list' ? `put ${brief(text)} into a list` : `put ${inside[0].slice(0, -1)}(…) around ${brief(text)}`;
  yield { kind, description: `${what} on line ${line}`, changes: around(node, inside[0], inside[1]) };
}

function wants(tree: SyntaxTree, cause: Cause): Want[] {
  const { label, message } = cause;
  if (label === 'ValueError') return formats(tree, cause);
  if (label !== 'TypeError') return [];
  const sides = operation(tree, cause);
  const wrong = /can only concatenate (\w+) \(not "(\w+)"\)/.exec(message);
  if (wrong && sides) {
    if (wrong[1] === 'str') return [{ node: sides.right, as: 'str' }];
    if (wrong[1] === 'list') return [{ node: sides.right, as: 'list' }];
  }
  const operands =
    /(?:unsupported operand type\(s\) for .+?|not supported between instances of): ?'(\w+)' and '(\w+)'|instances of '(\w+)' and '(\w+)'/.exec(
      message,
    );
  if (operands && sides) {
    const [left, right] = [operands[1] ?? operands[3], operands[2] ?? operands[4]];
    const found: Want[] = [];
    if (left === 'str' && right === 'str')
      return [sides.left, sides.right].length === 2
        ? [
            { node: sides.left, as: 'int' },
            { node: sides.right, as: 'int' },
          ]
        : [];
    if (right === 'str') found.push({ node: sides.right, as: left === 'float' ? 'float' : 'int' });
    if (left === 'str') found.push({ node: sides.left, as: right === 'float' ? 'float' : 'int' });
    if (right === 'str') found.push({ node: sides.left, as: 'str' });
    if (left === 'str') found.push({ node: sides.right, as: 'str' });
    return found;
  }
  if (/can't multiply sequence by non-int of type '(str|float)'/.test(message) && sides) {
    const ofFloat = message.endsWith("'float'");
    return [
      { node: sides.left, as: ofFloat ? 'float' : 'int' },
      { node: sides.right, as: 'int' },
    ];
  }
  const [subscript] = within(tree, cause, 'subscript');
  if (/indices must be integers/.test(message) && subscript) {
    const index = childOf(subscript, 'subscript');
    return index ? [{ node: index, as: 'int' }] : [];
  }
  const [call] = within(tree, cause, 'call');
  if (/cannot be interpreted as an integer/.test(message) && call)
    return positional(call).map((node) => ({ node, as: 'int' }));
  if (/has no len\(\)/.test(message) && call)
    return positional(call)
      .slice(0, 1)
      .map((node) => ({ node, as: 'str' }));
  if (/'(int|float)' object is not iterable/.test(message)) {
    const iterated = cause.node && ['integer', 'identifier', 'call'].includes(cause.node.type) ? cause.node : undefined;
    const argument = call && calleeName(tree, call) !== 'range' ? positional(call)[0] : undefined;
    const node = argument ?? iterated;
    return node
      ? [
          { node, as: 'range' },
          { node, as: 'list' },
        ]
      : [];
  }
  return [];
}

/** The two sides of the failing operation. */
function operation(tree: SyntaxTree, cause: Cause): { left: SyntaxNode; right: SyntaxNode } | undefined {
  const types = ['binary_operator', 'comparison_operator', 'augmented_assignment'];
  const own = cause.node && types.includes(cause.node.type) ? cause.node : within(tree, cause, ...types)[0];
  if (!own) return undefined;
  const children = namedChildren(own);
  const left = childOf(own, 'left') ?? children[0];
  const right = childOf(own, 'right') ?? children.at(-1);
  return left && right ? { left, right } : undefined;
}

/** f"{price:.2f}" of a text; int("3.5"). */
function formats(tree: SyntaxTree, cause: Cause): Want[] {
  const code = /Unknown format code '(.)' for object of type 'str'/.exec(cause.message)?.[1];
  if (code) {
    const fields = tree
      .ofType('interpolation')
      .filter((field) => cause.node && field.start <= cause.node.start && cause.node.end <= field.end);
    const [field] = fields.length > 0 ? fields : within(tree, cause, 'interpolation');
    const value = field && namedChildren(field)[0];
    return value ? [{ node: value, as: code === 'd' ? 'int' : 'float' }] : [];
  }
  const [call] = within(tree, cause, 'call');
  if (/invalid literal for int\(\)/.test(cause.message) && call)
    return positional(call)
      .slice(0, 1)
      .map((node) => ({ node, as: 'float' }));
  return [];
}
