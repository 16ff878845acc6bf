/** Where an error comes from: the expression that failed, what it depends on, and the calls that led there, nearest first. */
import { namesOf, type Names } from '../syntax/occurrences';
import type { Outcome } from '../sandbox/sandbox';
import { ancestor, childOf, lineStartsOf, type SyntaxNode, type SyntaxTree } from '../syntax/syntax';
import type { ErrorDetail, PythonRange } from './detail';

export interface CausePlace {
  start: number;
  end: number;
  /** 0: the failing expression; 1: its statement; 2: where its names get values; 3: calls that led there; 4: what those depend on. */
  distance: number;
}

export interface Cause {
  label: string;
  message: string;
  detail: ErrorDetail | null;
  /** The expression that failed; null for broken syntax, and where Python did not tell. */
  node: SyntaxNode | null;
  /** The statement that failed, or the line that Python points at. */
  statement: { start: number; end: number } | null;
  places: CausePlace[];
}

/** The cause of an error; null when the program raised nothing, or nothing that has a place in it. */
export function causeOf(tree: SyntaxTree, outcome: Outcome, detail: ErrorDetail | null): Cause | null {
  const { label, line } = outcome;
  const message = outcome.message ?? '';
  const lines = lineStartsOf(tree.code);
  if (line === null || line > lines.length) return null;
  if (
    !detail?.frames.length &&
    (detail?.syntax || tree.errorCount > 0 || /^(Syntax|Indentation|Tab)Error$/.test(label))
  ) {
    return {
      label,
      message,
      detail,
      node: null,
      statement: lineRange(tree, lines, line),
      places: syntaxPlaces(tree, lines, line, detail),
    };
  }
  const [inner, ...outer] = (detail?.frames ?? [])
    .map((frame) => rangeOf(tree, lines, frame))
    .filter((range) => range !== null);
  const node = inner ? smallest(tree, inner.start, inner.end) : null;
  const statement = node ? statementOf(node) : statementAt(tree, line);
  if (!statement) return null;
  const start = node ?? statement;
  const found: CausePlace[] = [
    ...(node ? [{ ...extent(node), distance: 0 }] : []),
    { ...headOf(statement), distance: 1 },
    ...outer.map((range) => ({ ...range, distance: 3 })),
  ];
  const names = namesOf(tree);
  const first = definitions(tree, names, start);
  const [arguments_] = [outer.flatMap(({ start: from, end }) => definitions(tree, names, smallest(tree, from, end)))];
  found.push(...first.map((place) => ({ ...extent(place), distance: 2 })));
  const second = [...arguments_, ...first.flatMap((place) => definitions(tree, names, place))];
  found.push(...second.map((place) => ({ ...extent(place), distance: 4 })));
  return { label, message, detail, node, statement: headOf(statement), places: distinct(found) };
}

/** How far an edit is from the cause: as far as its farthest change; infinite where it touches none of the places. */
export function distanceOf(places: readonly CausePlace[], changes: readonly { start: number; end: number }[]): number {
  const of = ({ start, end }: { start: number; end: number }) =>
    Math.min(Infinity, ...places.flatMap((place) => (touch(place, start, end) ? [place.distance] : [])));
  return Math.max(...changes.map(of));
}

function touch(place: { start: number; end: number }, start: number, end: number): boolean {
  return start === end ? place.start <= start && start <= place.end : place.start < end && start < place.end;
}

function extent({ start, end }: { start: number; end: number }): { start: number; end: number } {
  return { start, end };
}

/** Each range with its smallest distance only, nearest first. */
function distinct(places: readonly CausePlace[]): CausePlace[] {
  const nearest = new Map<string, CausePlace>();
  for (const place of [...places].sort((a, b) => a.distance - b.distance)) {
    const key = `${place.start} ${place.end}`;
    if (place.end > place.start && !nearest.has(key)) nearest.set(key, place);
  }
  return [...nearest.values()];
}

/** A traceback's range in UTF-16 offsets; null where the program has no such lines. */
function rangeOf(
  tree: SyntaxTree,
  lines: readonly number[],
  { line, endLine, column, endColumn }: PythonRange,
): { start: number; end: number } | null {
  const at = (number: number, bytes: number) => {
    const text = tree.code.slice(lines[number - 1], lines[number]);
    return lines[number - 1] + Buffer.from(text).subarray(0, bytes).toString().length;
  };
  if (line < 1 || endLine < line || endLine > lines.length) return null;
  const range = { start: at(line, column), end: at(endLine, endColumn) };
  return range.end > range.start ? range : null;
}

/** The smallest named node that holds a range. */
export function smallest(tree: SyntaxTree, start: number, end: number): SyntaxNode {
  let node = tree.root;
  for (;;) {
    const inner = node.children.find((child) => child.named && child.start <= start && end <= child.end);
    if (!inner) return node;
    node = inner;
  }
}

const BODIES = ['block', 'module'];

/** The statement that a node stands in. */
export function statementOf(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent && !BODIES.includes(at.parent.type)) at = at.parent;
  return at;
}

function statementAt(tree: SyntaxTree, line: number): SyntaxNode | undefined {
  return tree.nodes.findLast(
    (node) =>
      node.parent &&
      BODIES.includes(node.parent.type) &&
      node.named &&
      node.type !== 'comment' &&
      tree.line(node.start) <= line &&
      line <= tree.line(node.end),
  );
}

/** A simple statement, or the header of a compound one. */
function headOf(node: SyntaxNode): { start: number; end: number } {
  const body = node.children.find((child) => child.type === 'block');
  return { start: node.start, end: body ? body.start : node.end };
}

const SCOPES = ['function_definition', 'lambda', 'class_definition'];

/** What the names in a part of the program get their values from: statements, headers, parameters, returns of functions. */
function definitions(tree: SyntaxTree, { occurrences }: Names, within: { start: number; end: number }): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (const leaf of tree.leaves) {
    if (leaf.type !== 'identifier' || leaf.start < within.start || leaf.end > within.end) continue;
    const name = tree.text(leaf);
    const isAttribute = leaf.parent?.type === 'attribute' && leaf.field === 'attribute';
    found.push(
      ...(isAttribute
        ? attributeDefinitions(tree, name)
        : variableDefinitions(tree, occurrences.get(name) ?? [], leaf)),
    );
  }
  return [...new Set(found)].filter(({ start, end }) => start > within.start || end < within.end);
}

/** The bindings in the innermost scope that has some. */
function variableDefinitions(
  tree: SyntaxTree,
  all: readonly { node: SyntaxNode; binds: string | null }[],
  use: SyntaxNode,
): SyntaxNode[] {
  const bindings = all.filter(({ binds, node }) => binds !== null && node !== use);
  const scopeOf = (node: SyntaxNode, binds: string | null) => {
    const own = ancestor(node, ...SCOPES);
    return binds === 'function' || binds === 'class' ? own && ancestor(own, ...SCOPES) : own;
  };
  for (let scope = ancestor(use, ...SCOPES); ; scope = ancestor(scope, ...SCOPES)) {
    const here = bindings.filter(({ node, binds }) => scopeOf(node, binds) === scope);
    if (here.length > 0) return here.flatMap(({ node }) => bindingOf(tree, node));
    if (!scope) return importsOf(tree, tree.text(use));
  }
}

/** What says the value: the assignment, the loop's header, the parameter, or a function's header with what it returns. */
function bindingOf(tree: SyntaxTree, name: SyntaxNode): SyntaxNode[] {
  const definition = name.parent!;
  if (definition.type === 'function_definition' && name.field === 'name') {
    const returns = tree
      .ofType('return_statement')
      .filter((node) => ancestor(node, 'function_definition') === definition);
    const header = definition.children.filter((child) => child.type !== 'block');
    return [...header.filter((child) => child.named || child.type === 'async'), ...returns];
  }
  if (definition.type === 'class_definition') return [name];
  for (let at = name; at.parent; at = at.parent) {
    const { type } = at.parent;
    if (
      type === 'assignment' ||
      type === 'augmented_assignment' ||
      type === 'named_expression' ||
      type === 'for_in_clause'
    )
      return [at.parent];
    if (type === 'for_statement' || type === 'with_item')
      return [at, ...at.parent.children.filter((child) => child.field === 'right' || child.field === 'value')];
    if (type === 'parameters' || type === 'lambda_parameters') return [at];
    if (BODIES.includes(type)) return [at];
  }
  return [name];
}

/** Where an attribute is assigned or a method defined, of whatever class. */
function attributeDefinitions(tree: SyntaxTree, name: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (const node of tree.ofType('assignment', 'function_definition')) {
    const target = node.type === 'assignment' ? childOf(node, 'left') : childOf(node, 'name');
    const word = target?.type === 'attribute' ? childOf(target, 'attribute') : target;
    const inClass = ancestor(node, 'class_definition');
    if (!word || !inClass || tree.text(word) !== name) continue;
    found.push(...(node.type === 'assignment' ? [node] : bindingOf(tree, word)));
  }
  return found;
}

function importsOf(tree: SyntaxTree, name: string): SyntaxNode[] {
  return tree
    .ofType('import_statement', 'import_from_statement')
    .filter((node) => new RegExp(`\\b${name}\\b`).test(tree.text(node)));
}

function lineRange(tree: SyntaxTree, lines: readonly number[], line: number): { start: number; end: number } {
  const text = tree.code.slice(lines[line - 1], lines[line]);
  const start = lines[line - 1] + /^[ \t\f]*/.exec(text)![0].length;
  return {
    start: Math.min(start, lines[line - 1] + text.trimEnd().length),
    end: lines[line - 1] + text.trimEnd().length,
  };
}

/** For broken syntax: what Python points at, its line, brackets and strings that are not closed, and the lines around. */
function syntaxPlaces(
  tree: SyntaxTree,
  lines: readonly number[],
  line: number,
  detail: ErrorDetail | null,
): CausePlace[] {
  const found: CausePlace[] = [];
  const whole = (number: number, distance: number) => {
    if (number >= 1 && number <= lines.length)
      found.push({ ...lineRange(tree, lines, number), start: lines[number - 1], distance });
  };
  const { syntax } = detail ?? {};
  if (syntax && syntax.line === line && syntax.endLine <= lines.length) {
    const at = (number: number, column: number) => {
      const text = tree.code.slice(lines[number - 1], lines[number]);
      return (
        lines[number - 1] +
        Array.from(text)
          .slice(0, Math.max(0, column - 1))
          .join('').length
      );
    };
    const start = at(syntax.line, syntax.column);
    found.push({ start, end: Math.max(start + 1, at(syntax.endLine, syntax.endColumn)), distance: 0 });
  }
  whole(line, found.length === 0 ? 0 : 1);
  const { brackets, strings } = tree.lexical;
  for (const { at, partner } of brackets) if (partner === null) whole(tree.line(at), 1);
  for (const { start, terminated } of strings) if (!terminated) whole(tree.line(start), 1);
  let before = line - 1;
  while (before > 1 && tree.code.slice(lines[before - 1], lines[before]).trim() === '') before--;
  whole(before, 2);
  whole(line + 1, 2);
  return distinct(found);
}
