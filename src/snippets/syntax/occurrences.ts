import type { SyntaxNode, SyntaxTree } from './syntax';
import { ancestor, childOf } from './syntax';
import { BUILTINS, KEYWORDS } from './keywords';

/** One place where a variable, function or class stands as a name: not an attribute, keyword argument or module. */
export interface Occurrence {
  node: SyntaxNode;
  /** How the name gets its meaning here; null when it is only used. */
  binds: 'variable' | 'parameter' | 'function' | 'class' | null;
}

/** What the names of a program are, as far as a consistent renaming must know. */
export interface Names {
  occurrences: Map<string, Occurrence[]>;
  /** Names that cannot be renamed everywhere without a risk of changing what the program does. */
  fixed: Set<string>;
}

/** Reading names as data (locals()["total"]) makes every renaming unsafe. */
const REFLECTION = new Set(['locals', 'globals', 'vars', 'eval', 'exec', 'dir', '__dict__', 'inspect', 'sys']);
const SCOPES = ['function_definition', 'lambda', 'class_definition'];
const PATTERNS = [
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'list_splat_pattern',
  'tuple',
  'list',
  'parenthesized_expression',
];
const PARAMETER_PARTS = [
  'default_parameter',
  'typed_parameter',
  'typed_default_parameter',
  'list_splat_pattern',
  'dictionary_splat_pattern',
];

function binding(node: SyntaxNode): Occurrence['binds'] {
  const parent = node.parent!;
  if (parent.type === 'function_definition' && node.field === 'name') return 'function';
  if (parent.type === 'class_definition' && node.field === 'name') return 'class';
  let at = node;
  while (at.parent && PARAMETER_PARTS.includes(at.parent.type) && at.field !== 'value' && at.field !== 'type')
    at = at.parent;
  if (at.parent && ['parameters', 'lambda_parameters'].includes(at.parent.type)) return 'parameter';
  at = node;
  while (at.parent && PATTERNS.includes(at.parent.type)) at = at.parent;
  switch (at.parent?.type) {
    case 'assignment':
    case 'for_statement':
    case 'for_in_clause':
      return at.field === 'left' ? 'variable' : null;
    case 'named_expression':
      return at.field === 'name' ? 'variable' : null;
    case 'aliased_import':
      return at.field === 'alias' ? 'variable' : null;
    case 'as_pattern_target':
      return 'variable';
    default:
      return null;
  }
}

/** What the signs around an identifier say where the tree does not. */
function brokenBinding(tree: SyntaxTree, leaf: number): Occurrence['binds'] {
  const before = tree.leaves[leaf - 1];
  const node = tree.leaves[leaf];
  if (before?.type === 'def') return 'function';
  if (before?.type === 'class') return 'class';
  const first = tree.code.slice(tree.lineStart(node.start), node.start).trim() === '';
  return before?.type === 'for' || (first && tree.leaves[leaf + 1]?.type === '=') ? 'variable' : null;
}

/** Where identifiers are not names of variables because a quote before them is not closed. */
function inBrokenString(tree: SyntaxTree, node: SyntaxNode): boolean {
  return tree.lexical.strings.some(
    (string) => !string.terminated && string.start < node.start && node.start < string.end,
  );
}

/** Collects the names of a program. In broken code it relies on the neighbouring signs as well as on the tree. */
export function namesOf(tree: SyntaxTree): Names {
  const occurrences = new Map<string, Occurrence[]>();
  const fixed = new Set<string>();
  const keywords = new Set<string>();
  const strings = new Set<string>();
  const parameters = new Set<string>();
  const broken = tree.errorCount > 0;
  let reflection = false;
  for (const [i, node] of tree.leaves.entries()) {
    if (node.type === 'string_content') strings.add(tree.text(node));
    if (node.type !== 'identifier' || node.start === node.end) continue;
    const name = tree.text(node);
    const parent = node.parent!;
    const before = tree.leaves[i - 1]?.type;
    if (REFLECTION.has(name)) reflection = true;
    if ((parent.type === 'attribute' && node.field === 'attribute') || before === '.') continue;
    if (KEYWORDS.has(name) || (broken && inBrokenString(tree, node))) continue;
    const keywordLike =
      broken && (before === '(' || before === ',') && tree.leaves[i + 1]?.type === '=' && ancestor(node, 'ERROR');
    if ((parent.type === 'keyword_argument' && node.field === 'name') || keywordLike) {
      keywords.add(name);
      continue;
    }
    const lineSoFar = tree.code.slice(tree.lineStart(node.start), node.start);
    if (
      parent.type === 'dotted_name' ||
      (broken && /^\s*(?:from|import)\b/.test(lineSoFar) && parent.field !== 'alias')
    ) {
      fixed.add(name); // an import or a pattern: its spelling carries meaning
      continue;
    }
    if (ancestor(node, 'case_pattern')) fixed.add(name);
    const binds = binding(node) ?? (broken ? brokenBinding(tree, i) : null);
    const scope = ancestor(parent.field === 'name' ? parent : node, ...SCOPES);
    const own = binds === 'function' || binds === 'class' ? ancestor(parent, ...SCOPES) : scope;
    if (binds && binds !== 'parameter' && own?.type === 'class_definition') fixed.add(name);
    if (binds === 'parameter') parameters.add(name);
    if (binds === 'class' && /(?:Error|Exception|Warning|StopIteration)\b/.test(superclasses(tree, parent)))
      fixed.add(name);
    const list = occurrences.get(name);
    if (list) list.push({ node, binds });
    else occurrences.set(name, [{ node, binds }]);
  }
  for (const name of occurrences.keys()) {
    const byKeyword = parameters.has(name) && (keywords.has(name) || strings.has(name));
    if (reflection || byKeyword || BUILTINS.has(name) || name.startsWith('__')) fixed.add(name);
  }
  return { occurrences, fixed };
}

function superclasses(tree: SyntaxTree, definition: SyntaxNode): string {
  const list = childOf(definition, 'superclasses');
  return list ? tree.text(list) : '';
}
