/** A part of a definition that is too long to be read: the method or the statements around a place, with what these need. */
import { isDefinition, merged, needsOf, statementOf, topStatements, type LineRange, type Statement } from './needs';
import { ancestor, childOf, namedChildren, type SyntaxNode, type SyntaxTree } from '../syntax/syntax';

export interface Narrowed {
  /** In the program's order. */
  lines: LineRange[];
  /** What is kept whole: a method, or a statement. */
  around: SyntaxNode;
}

/**
 * Of some lines those around an offset with what they need, the largest part first: of the top-level statement there each time one more of
 * the blocks around the offset is left with what is at it and what that needs. Headers stay, and so do other branches. None where the
 * syntax is broken, as the mistake may lie in what is left out.
 */
export function* narrowed(tree: SyntaxTree, lines: LineRange, at: number): Generator<Narrowed> {
  if (tree.errorCount > 0) return;
  const statements = topStatements(tree);
  const own = statements.find(({ first, last }) => first <= tree.line(at) && tree.line(at) <= last);
  if (!own) return;
  const blocks: Block[] = [];
  let around = own.node;
  const { first, last } = own;
  if (!isDefinition(around) && (first > lines.first || last < lines.last)) yield* choices(tree, statements, own, blocks, around);
  for (let block = blockAround(tree, around, at); block; block = blockAround(tree, around, at)) {
    blocks.push(block);
    around = block.around;
    yield* choices(tree, statements, own, blocks, around);
  }
}

interface Block {
  node: SyntaxNode;
  /** Which of its statements the offset is in. */
  around: SyntaxNode;
}

/** The block below a node that holds an offset, where it begins on a line of its own. */
function blockAround(tree: SyntaxTree, node: SyntaxNode, at: number): Block | null {
  const line = tree.line(at);
  const holds = (one: SyntaxNode) => tree.line(one.start) <= line && line <= tree.line(one.end - 1);
  let found: SyntaxNode | undefined = node;
  while (found && found.type !== 'block') found = namedChildren(found).find(holds);
  if (!found || tree.line(found.start) === tree.line(found.parent!.start)) return null;
  const statements = namedChildren(found);
  const around = statements.findLast(({ start }) => tree.line(start) <= line) ?? statements[0];
  return around && statements.length > 1 ? { node: found, around } : around ? blockAround(tree, around, at) : null;
}

/** With a call and without, each with the blocks that it leaves something of. */
function* choices(
  tree: SyntaxTree,
  statements: readonly Statement[],
  own: Statement,
  blocks: readonly Block[],
  around: SyntaxNode,
): Generator<Narrowed> {
  const call = callOfMethod(tree, statements, around);
  for (const isCalled of [true, false]) {
    const left = (block: Block) => namedChildren(block.node).filter((child) => child !== block.around && !alwaysKept(tree, child));
    const dropped = new Set(blocks.flatMap((block) => left(block)));
    const further = new Set<Statement>(isCalled && call ? [call] : []);
    for (;;) {
      const rest = statementOf(tree, own.node, dropped);
      const all = statements.map((one) => (one === own ? rest : one));
      const [called, needed] = needsOf(all, [rest, ...further]);
      const chosen = isCalled && !call ? called : needed;
      if (!chosen) break;
      const used = new Set([...chosen].flatMap(({ uses, attributes }) => [...uses, ...attributes]));
      const gives = (node: SyntaxNode) => given(tree, node).some((name) => used.has(name));
      const missing = [...dropped].filter((child) => mayComeBefore(child, blocks) && gives(child));
      const before = further.size > 0 ? all.filter((one) => one.first < call!.first && !isDefinition(one.node)) : [];
      const changes = before.filter((one) => !chosen.has(one) && gives(one.node));
      for (const child of missing) dropped.delete(child);
      for (const one of changes) further.add(one);
      if (missing.length > 0 || changes.length > 0) continue;
      yield { lines: merged([...[...chosen].filter((one) => one !== rest), ...without(tree, rest, dropped)]), around };
      break;
    }
  }
}

/** The first top-level statement that calls the method which a node is in; a call of its class alone would not run it. */
function callOfMethod(tree: SyntaxTree, statements: readonly Statement[], node: SyntaxNode): Statement | undefined {
  let method: SyntaxNode | undefined;
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    const body = at.parent?.type === 'decorated_definition' ? at.parent.parent : at.parent;
    if (at.type === 'function_definition' && body?.parent?.type === 'class_definition') method = at;
  }
  const name = method && tree.text(childOf(method, 'name')!);
  return statements.find(({ node: own, attributes }) => name !== undefined && !isDefinition(own) && attributes.has(name));
}

/** What Python calls by itself, and what a function gives back. */
function alwaysKept(tree: SyntaxTree, child: SyntaxNode): boolean {
  const definition = child.type === 'decorated_definition' ? childOf(child, 'definition')! : child;
  const name = isDefinition(definition) ? childOf(definition, 'name') : undefined;
  const isLast = child.type === 'return_statement' && namedChildren(child.parent!).at(-1) === child && child.parent!.parent!.type === 'function_definition';
  return (name !== undefined && /^__\w+__$/.test(tree.text(name))) || ['global_statement', 'nonlocal_statement'].includes(child.type) || isLast;
}

/** Whether it may run before what is at the place: a member of a class, a statement above, or one in a loop. */
function mayComeBefore(child: SyntaxNode, blocks: readonly Block[]): boolean {
  const { node, around } = blocks.find((block) => block.node === child.parent)!;
  return node.parent!.type === 'class_definition' || child.start < around.start || ancestor(child, 'for_statement', 'while_statement') !== undefined;
}

/** The names that a statement gives a value, or whose value it changes. */
function given(tree: SyntaxTree, child: SyntaxNode): string[] {
  const names = [...statementOf(tree, child).binds];
  const pending = [child];
  for (let at = pending.pop(); at; at = pending.pop()) {
    pending.push(...at.children);
    const left = /assignment$/.test(at.type) ? childOf(at, 'left') : undefined;
    const call = at.type === 'expression_statement' ? at.children.find(({ type }) => type === 'call') : undefined;
    const called = call && childOf(call, 'function');
    const changed = left && left.type !== 'identifier' ? lastName(left) : called?.type === 'attribute' ? lastName(childOf(called, 'object')) : undefined;
    if (changed) names.push(tree.text(changed));
  }
  return names;
}

/** `b` of `a.b[0]`. */
function lastName(node: SyntaxNode | undefined): SyntaxNode | undefined {
  if (node?.type === 'identifier') return node;
  if (node?.type === 'attribute') return childOf(node, 'attribute');
  return node?.type === 'subscript' ? lastName(childOf(node, 'value')) : undefined;
}

/** The lines of a statement without parts of it, and without what stands between these. */
function without(tree: SyntaxTree, { first, last }: Statement, dropped: ReadonlySet<SyntaxNode>): LineRange[] {
  const left = new Set(Array.from({ length: last - first + 1 }, (_, i) => first + i));
  for (const child of dropped) {
    const next = namedChildren(child.parent!).find(({ start }) => start > child.start);
    const end = next ? tree.line(next.start) - 1 : tree.line(child.end - 1);
    for (let line = tree.line(child.start); line <= Math.max(end, tree.line(child.end - 1)); line++) left.delete(line);
  }
  return [...left].map((line) => ({ first: line, last: line }));
}
