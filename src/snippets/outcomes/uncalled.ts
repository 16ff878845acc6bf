/** Code that only defines: what nothing calls has not been run, so that it raised nothing says nothing about it. */
import { childOf, namedChildren, type SyntaxNode, type SyntaxTree } from '../syntax/syntax';

const DEFINING = new Set([
  ...['import_statement', 'import_from_statement', 'future_import_statement', 'function_definition', 'class_definition'],
  ...['decorated_definition', 'pass_statement', 'type_alias_statement', 'comment', 'global_statement'],
]);

/** A line at the margin that does more than define; such code needs no look at its tree. */
const DOES = /^(?:(?:print|for|while|with|try|assert|raise|del|await|if)\b|[A-Za-z_][\w.]*\()/m;
const DEFINES = /^[ \t]*(?:async[ \t]+)?def\b/m;

/** Whether `uncalled` of the code's tree can be other than empty. */
export function mayOnlyDefine(code: string): boolean {
  return DEFINES.test(code) && !DOES.test(code);
}

/**
 * The functions, and the classes with methods, of code that consists of definitions, imports and constants, where nothing that is run
 * calls one of them; else none. Decorators, defaults and the bodies of classes are run.
 */
export function uncalled(tree: SyntaxTree): string[] {
  const { root } = tree;
  if (tree.errorCount > 0 || !root.children.every((node) => defines(node))) return [];
  const names = root.children.map((node) => nameWithBody(tree, node)).filter((name) => name !== null);
  const known = new Set(names);
  const calls = (node: SyntaxNode): boolean => {
    const called = node.type === 'call' ? childOf(node, 'function') : node.type === 'decorator' ? namedChildren(node)[0] : undefined;
    return called !== undefined && known.has(tree.text(firstOf(called)));
  };
  return tree.nodes.some((node) => calls(node) && isRun(node)) ? [] : [...known];
}

function defines(node: SyntaxNode): boolean {
  if (DEFINING.has(node.type)) return true;
  if (node.type !== 'expression_statement') return node.start === node.end;
  return namedChildren(node).every(({ type }) => ['string', 'ellipsis', 'assignment'].includes(type));
}

/** The name of a definition that has a function's body in it. */
function nameWithBody(tree: SyntaxTree, node: SyntaxNode): string | null {
  const definition = node.type === 'decorated_definition' ? childOf(node, 'definition')! : node;
  const isClass = definition.type === 'class_definition';
  if (definition.type !== 'function_definition' && !(isClass && holdsFunction(definition))) return null;
  const name = childOf(definition, 'name');
  return name ? tree.text(name) : null;
}

function holdsFunction(node: SyntaxNode): boolean {
  return node.children.some((child) => child.type === 'function_definition' || holdsFunction(child));
}

/** Of `a.b(c)` and `a[b]` it is `a`. */
function firstOf(node: SyntaxNode): SyntaxNode {
  let first = node;
  while (['attribute', 'call', 'subscript'].includes(first.type)) first = first.children[0];
  return first;
}

/** Whether it lies in no function's body. */
function isRun(node: SyntaxNode): boolean {
  for (let at = node; at.parent; at = at.parent) {
    if (at.field === 'body' && ['function_definition', 'lambda'].includes(at.parent.type)) return false;
  }
  return true;
}
