/** The code around a place: the declarations that it stands in, and what to read with it when the whole file is too long. */
import ts from 'typescript';
import type { Around, Enclosing, JudgedLanguage, Range } from './messages';
import { children, functionName } from './place';
import { parsed } from './sites';

/**
 * Readings are ranges of whole lines in the order of the file; better ones first, each with less than the one before: the file; the
 * top-level statement with all that it refers to, and what that refers to; with what it refers to itself; of a class its head, properties
 * and the member with what these refer to; the statement alone; of a class those parts alone; the innermost function. No names are looked
 * up, so a name that is declared twice counts twice.
 */
export function around(language: JudgedLanguage, text: string, offset: number): Around {
  const file = parsed(language, text);
  const enclosing: Enclosing[] = [];
  let innermost: ts.Node | undefined;
  for (let at: ts.Node | undefined = file; at; at = children(at).find((child) => child.getStart(file) <= offset && offset <= child.end)) {
    const described = describe(file, at);
    if (described) enclosing.unshift({ start: at.getStart(file, true), end: at.end, ...described });
    if (described?.kind === 'function' || described?.kind === 'method') innermost = at;
  }
  const statements = file.statements.map((node) => ({ node, binds: bindsOf(node), uses: usesOf([node]) }));
  const own = statements.find(({ node }) => node.getStart(file, true) <= offset && offset <= node.end);
  const types = file.statements.flatMap((node) => typeHead(file, node) ?? []).map((range) => wholeLines(file, range));
  if (!own) return { enclosing, types, readings: text.trim() === '' ? [] : [[{ start: 0, end: text.length }]] };
  const binding = (uses: ReadonlySet<string>) => statements.filter(({ binds }) => binds.some((name) => uses.has(name)));
  const direct = (uses: ReadonlySet<string>) => binding(uses).map(({ node }) => node);
  const needed = new Set([own]);
  for (const one of needed) for (const other of binding(one.uses)) needed.add(other);
  const parts = memberParts(file, own.node, offset);
  const partUses = usesOf(parts.flatMap(({ node }) => node ?? []));
  const nodes: (readonly (ts.Node | Range)[])[] = [
    [{ start: 0, end: text.length }],
    [...needed].map(({ node }) => node),
    [own.node, ...direct(own.uses)],
    ...(parts.length > 0 ? [[...parts, ...direct(partUses).filter((node) => node !== own.node)]] : []),
    [own.node],
    parts,
    ...(innermost ? [[innermost]] : []),
  ];
  const readings: Range[][] = [];
  for (const ranges of nodes.filter((of) => of.length > 0).map((of) => merged(of.map((one) => wholeLines(file, one))))) {
    const last = readings.at(-1);
    if (!last || size(ranges) < size(last)) readings.push(ranges);
  }
  return { enclosing, types, readings };
}

/** A declaration of a type; of a class what is before its first method. */
function typeHead(file: ts.SourceFile, node: ts.Statement): Range | undefined {
  const start = node.getStart(file);
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isEnumDeclaration(node)) return { start, end: node.end };
  if (!ts.isClassDeclaration(node)) return undefined;
  const method = node.members.find((member) => !ts.isPropertyDeclaration(member));
  if (!method) return { start, end: node.end };
  return { start, end: file.text.slice(0, method.getStart(file, true)).trimEnd().length };
}

const size = (ranges: readonly Range[]) => ranges.reduce((sum, { start, end }) => sum + end - start, 0);

function describe(file: ts.SourceFile, node: ts.Node): Omit<Enclosing, 'start' | 'end'> | undefined {
  if (ts.isClassStaticBlockDeclaration(node)) return undefined;
  if (ts.isFunctionLike(node) && 'body' in node && node.body) {
    const isMember = ts.isClassElement(node) || ts.isObjectLiteralElement(node);
    return { kind: isMember ? 'method' : 'function', name: functionName(node) };
  }
  const kind = KINDS.get(node.kind);
  const { name } = node as { name?: ts.Node };
  if (kind) return { kind, name: name?.getText(file) ?? '' };
  return node.parent === file && ts.isStatement(node) ? { kind: 'statement', name: bindsOf(node)[0] ?? '' } : undefined;
}

const KINDS: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.ClassDeclaration, 'class'], [ts.SyntaxKind.ClassExpression, 'class'], [ts.SyntaxKind.InterfaceDeclaration, 'interface'],
  [ts.SyntaxKind.TypeAliasDeclaration, 'type'], [ts.SyntaxKind.EnumDeclaration, 'enum'], [ts.SyntaxKind.ModuleDeclaration, 'namespace'],
]);

/** The names that a top-level statement gives to the file. */
function bindsOf(statement: ts.Statement): string[] {
  const names: string[] = [];
  const add = (name: ts.Node | undefined): void => {
    if (!name) return;
    if (ts.isIdentifier(name)) names.push(name.text);
    else ts.forEachChild(name, (child) => void (ts.isBindingElement(child) && add(child.name)));
  };
  if (ts.isVariableStatement(statement)) statement.declarationList.declarations.forEach(({ name }) => add(name));
  else if (ts.isImportDeclaration(statement)) {
    const { name, namedBindings } = statement.importClause ?? {};
    add(name);
    if (namedBindings && ts.isNamespaceImport(namedBindings)) add(namedBindings.name);
    else namedBindings?.elements.forEach((element) => add(element.name));
  } else add((statement as { name?: ts.Node }).name);
  return names;
}

/** All names that stand for something declared, in types and in values. */
function usesOf(nodes: readonly ts.Node[]): Set<string> {
  const uses = new Set<string>();
  const pending = [...nodes];
  for (let at = pending.pop(); at; at = pending.pop()) {
    pending.push(...children(at));
    if (ts.isIdentifier(at) && !isMemberName(at)) uses.add(at.text);
  }
  return uses;
}

function isMemberName(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent) || ts.isJsxAttribute(parent)) return parent.name === name;
  if (ts.isQualifiedName(parent)) return parent.right === name;
  if (ts.isBindingElement(parent)) return parent.propertyName === name;
  return (ts.isClassElement(parent) || ts.isTypeElement(parent) || ts.isPropertyAssignment(parent)) && parent.name === name;
}

interface Part extends Range {
  node?: ts.Node;
}

/** Of a class its head, its properties, the member with the place, and its end; nothing where it is no class, or the place in no method. */
function memberParts(file: ts.SourceFile, statement: ts.Statement, offset: number): Part[] {
  if (!ts.isClassDeclaration(statement)) return [];
  const member = statement.members.find((one) => one.getStart(file, true) <= offset && offset <= one.end);
  if (!member || ts.isPropertyDeclaration(member)) return [];
  const open = file.text.lastIndexOf('{', statement.members[0].getStart(file, true));
  const head = { start: statement.getStart(file, true), end: open + 1 };
  const heads = [...(statement.typeParameters ?? []), ...(statement.heritageClauses ?? [])].map((node) => ({ ...head, node }));
  const kept = statement.members.filter((one) => one === member || ts.isPropertyDeclaration(one));
  const members = kept.map((node) => ({ start: node.getStart(file, true), end: node.end, node }));
  return [head, ...heads, ...members, { start: statement.end - 1, end: statement.end }];
}

/** Widened to whole lines, without white space at the end. */
function wholeLines(file: ts.SourceFile, of: ts.Node | Range): Range {
  const [from, to] = 'kind' in of ? [of.getStart(file, true), of.end] : [of.start, of.end];
  const start = file.text.lastIndexOf('\n', from - 1) + 1;
  const line = file.text.indexOf('\n', to);
  return { start: from === 0 ? 0 : start, end: start + file.text.slice(start, line < 0 ? undefined : line).trimEnd().length };
}

/** In the order of the file; those that touch or overlap in one. */
function merged(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && start <= last.end + 1) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}
