/** What a piece of a program needs of the rest: imports and definitions that it uses, transitively, and for a definition a call of it. */
import { ancestor, childOf, type SyntaxNode, type SyntaxTree } from '../syntax/syntax';

/** Lines from 1, both included. */
export interface LineRange {
  first: number;
  last: number;
}

export interface Statement extends LineRange {
  node: SyntaxNode;
  binds: ReadonlySet<string>;
  uses: ReadonlySet<string>;
  /** Names behind a dot. */
  attributes: ReadonlySet<string>;
}

/**
 * The lines of the top-level statements at some lines with all that they need, in the program's order; better choices first, each with
 * less than the one before. Only the lines themselves where the syntax is broken.
 */
export function neededLines(tree: SyntaxTree, lines: LineRange): LineRange[][] {
  if (tree.root.type === 'ERROR') return [[lines]];
  const statements = topStatements(tree);
  const own = statements.filter(({ first, last }) => first <= lines.last && last >= lines.first);
  if (own.length === 0) return [[lines]];
  const [all, needed] = needsOf(statements, own);
  const inOrder = (chosen: ReadonlySet<Statement>) => merged([...statements.filter((one) => chosen.has(one)), lines]);
  return [...(all ? [inOrder(all)] : []), inOrder(needed), [lines]];
}

/** The top-level statements in their order. */
export function topStatements(tree: SyntaxTree): Statement[] {
  return tree.root.children.filter(({ type, start, end }) => type !== 'comment' && start < end).map((node) => statementOf(tree, node));
}

/** Some statements with all that they need: also with a call of them where they are definitions that something calls, and without. */
export function needsOf(
  statements: readonly Statement[],
  own: readonly Statement[],
): [called: Set<Statement> | null, needed: Set<Statement>] {
  const future = statements.filter(({ node }) => node.type === 'future_import_statement');
  const needed = closure(statements, [...future, ...own]);
  const called = own.every(({ node }) => isDefinition(node)) ? callOf(statements, needed, own) : null;
  return [called && closure(statements, [...needed, ...called]), needed];
}

function closure(statements: readonly Statement[], from: Iterable<Statement>): Set<Statement> {
  const found = new Set(from);
  for (const one of found) {
    for (const other of statements) if ([...other.binds].some((name) => one.uses.has(name))) found.add(other);
  }
  return found;
}

/** The statements through which one of the definitions is called, the shortest way; null where nothing does. */
function callOf(statements: readonly Statement[], needed: ReadonlySet<Statement>, own: readonly Statement[]): Statement[] | null {
  if ([...needed].some(({ node }) => !isDefinition(node) && !isImport(node) && calls(node))) {
    const names = new Set(own.flatMap(({ binds }) => [...binds]));
    if ([...needed].some(({ node, uses }) => !isDefinition(node) && [...names].some((name) => uses.has(name)))) return null;
  }
  let ways = own.map((one) => ({ name: [...one.binds], path: [] as Statement[] }));
  const seen = new Set<Statement>(own);
  while (ways.length > 0) {
    const next: typeof ways = [];
    for (const { name, path } of ways) {
      const users = statements.filter((one) => !seen.has(one) && name.some((bound) => one.uses.has(bound)));
      const direct = users.find(({ node }) => !isDefinition(node) && !isImport(node));
      if (direct) return [...path, direct];
      for (const user of users) {
        seen.add(user);
        next.push({ name: [...user.binds], path: [...path, user] });
      }
    }
    ways = next;
  }
  return null;
}

export const isDefinition = ({ type }: SyntaxNode) => /^(?:function|class|decorated)_definition$/.test(type);
const isImport = ({ type }: SyntaxNode) => type.includes('import');
const calls = (node: SyntaxNode): boolean => node.type === 'call' || node.children.some((child) => calls(child));

/** @param dropped parts of it that do not count */
export function statementOf(tree: SyntaxTree, node: SyntaxNode, dropped?: ReadonlySet<SyntaxNode>): Statement {
  const [binds, uses, attributes] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const pending = [node];
  for (let at = pending.pop(); at; at = pending.pop()) {
    if (dropped?.has(at)) continue;
    pending.push(...at.children);
    if (at.type !== 'identifier') continue;
    const text = tree.text(at);
    if (at.parent!.type === 'attribute' && at.field === 'attribute') attributes.add(text);
    const role = roleOf(at);
    if (role === 'use') uses.add(text);
    else if (role !== null && !inBody(at, node)) binds.add(text);
    if (role === 'both') uses.add(text);
  }
  return { node, first: tree.line(node.start), last: tree.line(node.end - 1), binds, uses, attributes };
}

const TARGETS = ['assignment', 'augmented_assignment', 'for_statement', 'named_expression'];

function roleOf(node: SyntaxNode): 'use' | 'bind' | 'both' | null {
  const parent = node.parent!;
  if (parent.type === 'attribute' && node.field === 'attribute') return null;
  if (parent.type === 'keyword_argument' && node.field === 'name') return null;
  if (/^(?:function|class)_definition$/.test(parent.type) && node.field === 'name') return 'bind';
  const imported = ancestor(node, 'import_statement', 'import_from_statement', 'future_import_statement');
  if (imported) return importBinds(node) ? 'bind' : null;
  let target: SyntaxNode = node;
  while (target.parent && ['pattern_list', 'tuple_pattern', 'list_pattern', 'list_splat_pattern', 'tuple', 'list'].includes(target.parent.type)) target = target.parent;
  const { parent: holder, field } = target;
  if (holder && TARGETS.includes(holder.type) && (field === 'left' || field === 'name')) return holder.type === 'augmented_assignment' ? 'both' : 'bind';
  return parent.type === 'as_pattern_target' ? 'bind' : 'use';
}

/** `a` of `import a.b`, `c` of `import b as c` and of `from a import c`. */
function importBinds(node: SyntaxNode): boolean {
  const parent = node.parent!;
  if (parent.type === 'aliased_import') return node.field === 'alias';
  if (parent.type !== 'dotted_name') return false;
  const holder = parent.parent!;
  return parent.field === 'name' && holder.type !== 'aliased_import' && parent.children[0] === node;
}

/** Whether it lies in a function's or class's body within a statement, or is a parameter: not bound at the top. */
function inBody(node: SyntaxNode, statement: SyntaxNode): boolean {
  for (let at = node; at !== statement && at.parent; at = at.parent) {
    if (/^(?:function|class)_definition$/.test(at.parent.type) && childOf(at.parent, 'name') !== at) return true;
  }
  return false;
}

/** Ranges in their order, those that follow each other in one. */
export function merged(ranges: readonly LineRange[]): LineRange[] {
  const result: LineRange[] = [];
  for (const { first, last } of [...ranges].sort((a, b) => a.first - b.first)) {
    const before = result.at(-1);
    if (before && first <= before.last + 1) before.last = Math.max(before.last, last);
    else result.push({ first, last });
  }
  return result;
}
