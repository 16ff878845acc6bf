/** Asides: stretches of a program that what runs may not hang on, as the syntax tree has them. */
import { childOf, namedChildren, type SyntaxNode, type SyntaxTree } from './syntax';

/** UTF-16 offsets in the code. */
export interface Range {
  start: number;
  end: number;
}

export const ASIDES = {
  comments: 'all comments',
  docstrings: 'the text at the head of a module, class or function that says what it does',
  uncalled: 'functions that the code never calls',
} as const;
export type Aside = keyof typeof ASIDES;

/** In source order. */
export function asidesOf(tree: SyntaxTree, kind: Aside): Range[] {
  if (kind === 'comments') return tree.ofType('comment').map(range);
  return kind === 'docstrings' ? docstrings(tree).map(range) : uncalled(tree).map(range);
}

/** The other places where the names at some places stand, by their spelling; null where there is no name. */
export function otherOccurrences(tree: SyntaxTree, places: readonly Range[]): Range[] | null {
  const identifiers = tree.leaves.filter(({ type }) => type === 'identifier');
  const touched = identifiers.filter((leaf) => places.some(({ start, end }) => leaf.start < end && leaf.end > start));
  const names = new Set(touched.map((leaf) => tree.text(leaf)));
  return names.size === 0 ? null : identifiers.filter((leaf) => names.has(tree.text(leaf)) && !touched.includes(leaf)).map(range);
}

const range = ({ start, end }: SyntaxNode): Range => ({ start, end });

/** A string that stands alone as the first statement of a body. */
function docstrings(tree: SyntaxTree): SyntaxNode[] {
  return tree.ofType('module', 'block').flatMap((body) => {
    if (body.type === 'block' && !['function_definition', 'class_definition'].includes(body.parent?.type ?? '')) return [];
    const first = namedChildren(body).at(0);
    const [only] = first?.type === 'expression_statement' ? namedChildren(first) : [first];
    return only && ['string', 'concatenated_string'].includes(only.type) ? [only] : [];
  });
}

/** With these a program may call what it does not name. */
const INDIRECT = new Set(['globals', 'locals', 'vars', 'eval', 'exec', '__dict__', 'getattr']);

const DEFINES = new Set(['function_definition', 'class_definition', 'import_statement', 'import_from_statement', 'future_import_statement']);

/**
 * Functions of the module that nothing which runs names, directly or through functions that it names; with their decorators never, as
 * these may call them. None where the code does nothing but define, as then no function is called.
 */
function uncalled(tree: SyntaxTree): SyntaxNode[] {
  const identifiers = tree.leaves.filter(({ type }) => type === 'identifier');
  if (identifiers.some((leaf) => INDIRECT.has(tree.text(leaf)))) return [];
  const functions = namedChildren(tree.root).filter(({ type }) => type === 'function_definition');
  const nameOf = (node: SyntaxNode) => tree.text(childOf(node, 'name')!);
  const home = (leaf: SyntaxNode) => functions.find((node) => node.start <= leaf.start && leaf.end <= node.end);
  const namedIn = (node: SyntaxNode | undefined) =>
    new Set(identifiers.filter((leaf) => home(leaf) === node && !(leaf.field === 'name' && leaf.parent === node)).map((leaf) => tree.text(leaf)));
  const [head] = docstrings(tree);
  const does = namedChildren(tree.root).some(({ type, start }) => !DEFINES.has(type) && start !== head?.start);
  if (!does) return [];
  const reached = new Set<string>();
  const open = [...namedIn(undefined)];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const node of functions.filter((one) => nameOf(one) === name)) open.push(...namedIn(node));
  }
  return functions.filter((node) => !reached.has(nameOf(node)));
}
