/** Unit tests as small scripts: the body of a test function with its assertions, as far as it needs no test framework. */
import { childOf, type SyntaxNode, type SyntaxTree } from '../../snippets/syntax/syntax';
import { dedent } from './sessions';

const ASSERTIONS: Readonly<Record<string, (args: readonly string[]) => string | undefined>> = {
  assertEqual: ([a, b]) => `assert ${a} == ${b}`,
  assertEquals: ([a, b]) => `assert ${a} == ${b}`,
  assertListEqual: ([a, b]) => `assert ${a} == ${b}`,
  assertDictEqual: ([a, b]) => `assert ${a} == ${b}`,
  assertSetEqual: ([a, b]) => `assert ${a} == ${b}`,
  assertTupleEqual: ([a, b]) => `assert ${a} == ${b}`,
  assertNotEqual: ([a, b]) => `assert ${a} != ${b}`,
  assertTrue: ([a]) => `assert ${a}`,
  assertFalse: ([a]) => `assert not ${a}`,
  assertIs: ([a, b]) => `assert ${a} is ${b}`,
  assertIsNone: ([a]) => `assert ${a} is None`,
  assertIsNotNone: ([a]) => `assert ${a} is not None`,
  assertIn: ([a, b]) => `assert ${a} in ${b}`,
  assertNotIn: ([a, b]) => `assert ${a} not in ${b}`,
  assertIsInstance: ([a, b]) => `assert isinstance(${a}, ${b})`,
  assertGreater: ([a, b]) => `assert ${a} > ${b}`,
  assertLess: ([a, b]) => `assert ${a} < ${b}`,
  assertAlmostEqual: ([a, b]) => `assert round(${a} - ${b}, 7) == 0`,
  assertRaises: ([, f, ...rest]) => (f === undefined ? undefined : `${f}(${rest.join(', ')})`),
};

export interface TestBody {
  name: string;
  /** Its statements, dedented. */
  statements: string[];
}

/** The test functions of a module that need no fixture: top-level ones without parameters and methods that use `self` to assert only. */
export function testBodies(tree: SyntaxTree): TestBody[] {
  return tree.ofType('function_definition').flatMap((node): TestBody[] => {
    const name = tree.text(childOf(node, 'name')!);
    const parameters = tree.text(childOf(node, 'parameters')!);
    if (!/^test/.test(name) || !/^\((self)?\)$/.test(parameters) || node.parent?.type === 'decorated_definition') return [];
    const body = childOf(node, 'body')!;
    const all = body.children.filter(({ named, type }) => named && type !== 'comment');
    const statements: string[] = [];
    for (const [i, statement] of all.entries()) {
      const plain = plainStatement(tree, statement, i === all.length - 1);
      if (plain === undefined || /\bself\b|\bpytest\b|\bmock\b/.test(plain))
        return statements.length > 3 ? [{ name, statements }] : [];
      if (plain !== '') statements.push(plain);
    }
    return statements.length > 0 ? [{ name, statements }] : [];
  });
}

/** A statement without a framework; empty for what checks nothing, undefined for what needs one. */
function plainStatement(tree: SyntaxTree, node: SyntaxNode, last: boolean): string | undefined {
  const text = dedented(tree, node);
  if (node.type === 'expression_statement' && node.children[0]?.type === 'string') return '';
  if (node.type === 'with_statement' && /^with (pytest|self|cm)\.(raises|assertRaises)\b/.test(text)) {
    // Behind what is expected to fail nothing would run.
    return last ? dedent(dedented(tree, childOf(node, 'body')!)) : '';
  }
  const call = node.type === 'expression_statement' && node.children[0]?.type === 'call' ? node.children[0] : undefined;
  const [, assertion] = /^self\.(assert\w+)\(/.exec(text) ?? [];
  if (call && assertion) {
    const args = childOf(call, 'arguments')!
      .children.filter(({ named, type }) => named && type !== 'comment')
      .map((arg) => tree.text(arg));
    if (assertion === 'assertRaises' && !last) return '';
    return ASSERTIONS[assertion]?.(args);
  }
  return text;
}

function dedented(tree: SyntaxTree, node: SyntaxNode): string {
  const column = node.start - tree.lineStart(node.start);
  return tree
    .text(node)
    .split('\n')
    .map((line, i) => (i === 0 ? line : line.slice(Math.min(column, line.length - line.trimStart().length))))
    .join('\n');
}
