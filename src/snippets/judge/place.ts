/** A place for a type in a program: the type's node, what it is the type of, and the program without it. */
import ts from 'typescript';
import type { JudgedLanguage, Range, SiteKind } from './messages';

/** What has a type of its own that can be written. */
export interface Owner {
  site: SiteKind;
  node: ts.Node;
  name: string;
}

/** The outermost type of exactly that range; undefined where there is none. */
export function typeNodeAt(file: ts.SourceFile, { start, end }: Range): ts.TypeNode | undefined {
  const visit = (node: ts.Node): ts.TypeNode | undefined => {
    if (ts.isTypeNode(node) && node.getStart(file) === start && node.end === end) return node;
    return children(node).reduce<ts.TypeNode | undefined>((found, child) => found ?? (covers(child) ? visit(child) : undefined), undefined);
  };
  const covers = (node: ts.Node) => node.pos <= start && node.end >= end;
  return visit(file);
}

/** With the comments that hold JavaScript's types. */
export function children(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = ts.isSourceFile(node) || !(node.flags & ts.NodeFlags.JavaScriptFile) ? [] : [...(jsDocOf(node) ?? [])];
  ts.forEachChild(node, (child) => void found.push(child));
  return found;
}

/** The compiler keeps comments at the nodes below them, which its types do not say. */
const jsDocOf = (node: ts.Node): readonly ts.JSDoc[] | undefined => (node as { jsDoc?: readonly ts.JSDoc[] }).jsDoc;

/** What the type is written for; undefined for a type within another one or in an expression. */
export function ownerOf(type: ts.TypeNode): Owner | undefined {
  const { parent } = type;
  if (ts.isJSDocTypeExpression(parent)) return jsDocOwner(parent);
  if ((parent as { type?: ts.Node }).type !== type) return undefined;
  return ownerFor(parent);
}

function jsDocOwner(expression: ts.JSDocTypeExpression): Owner | undefined {
  const tag = expression.parent;
  if (ts.isJSDocParameterTag(tag)) {
    const name = tag.name.getText();
    const parameter = functionAt(hostOf(tag))?.parameters.find((one) => one.name.getText() === name);
    return parameter && ownerFor(parameter);
  }
  const host = ts.isJSDocTypeTag(tag) || ts.isJSDocReturnTag(tag) ? hostOf(tag) : undefined;
  if (ts.isJSDocReturnTag(tag)) {
    const found = functionAt(host);
    return found && ownerFor(found);
  }
  const declared = host && ts.isVariableStatement(host) ? host.declarationList.declarations[0] : host;
  return declared && ownerFor(declared);
}

/** What the comment with a tag stands above. */
const hostOf = (tag: ts.JSDocTag): ts.Node => tag.parent.parent;

/** The function that a comment above a statement is about. */
function functionAt(host: ts.Node | undefined): ts.SignatureDeclaration | undefined {
  if (!host) return undefined;
  if (ts.isFunctionLike(host)) return host;
  const value = ts.isVariableStatement(host) ? host.declarationList.declarations[0]?.initializer
    : ts.isPropertyAssignment(host) || ts.isPropertyDeclaration(host) ? host.initializer : undefined;
  return value && ts.isFunctionLike(value) ? value : undefined;
}

/** A node as what a type can be written for. */
export function ownerFor(node: ts.Node): Owner | undefined {
  if (ts.isParameter(node)) return { site: 'parameter', node, name: node.name.getText() };
  if (ts.isVariableDeclaration(node)) return { site: 'variable', node, name: node.name.getText() };
  if (ts.isPropertyDeclaration(node) || ts.isPropertySignature(node)) return { site: 'property', node, name: node.name.getText() };
  if (ts.isFunctionLike(node)) return { site: 'return', node, name: functionName(node) };
  return undefined;
}

/** Its own name, or that of what it is given to; '' where it has none. */
export function functionName(node: ts.SignatureDeclaration): string {
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  return functionNameNode(node)?.getText() ?? '';
}

export function functionNameNode({ name, parent }: ts.SignatureDeclaration): ts.Node | undefined {
  if (name) return name;
  const named = ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isPropertyAssignment(parent);
  return named ? parent.name : undefined;
}

/** The declaration of that kind that begins there, in another version of the program. */
export function sameOwner(file: ts.SourceFile, { site }: Pick<Owner, 'site'>, start: number): Owner | undefined {
  const visit = (node: ts.Node): Owner | undefined => {
    if (node.getStart(file) === start) {
      const owner = ownerFor(node);
      if (owner?.site === site) return owner;
    }
    let found: Owner | undefined;
    ts.forEachChild(node, (child) => {
      if (!found && child.pos <= start && child.end > start) found = visit(child);
    });
    return found;
  };
  return visit(file);
}

/** The type of what is declared; of a function what it returns. */
export function typeOf(checker: ts.TypeChecker, { node, site }: Owner): ts.Type | undefined {
  if (site !== 'return') return checker.getTypeAtLocation(node);
  const signature = checker.getSignatureFromDeclaration(node as ts.SignatureDeclaration);
  return signature && checker.getReturnTypeOfSignature(signature);
}

/** Longer types are cut. */
const MOST_PRINTED = 2_000;

export function printed(checker: ts.TypeChecker, type: ts.Type, at?: ts.Node): string {
  const text = checker.typeToString(type, at, ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope);
  return text.length > MOST_PRINTED ? `${text.slice(0, MOST_PRINTED)}…` : text;
}

/** The code without the annotation; `from` to `to` of the code with a type in the hole is left out. */
export interface Bare {
  text: string;
  from: number;
  to: (type: string) => number;
}

/** Null where something other than an annotation stands there, which cannot just go. */
export function bare(language: JudgedLanguage, before: string, after: string): Bare | null {
  const head = before.trimEnd();
  if (head.endsWith(':')) {
    const name = head.slice(0, -1).trimEnd().replace(/!$/, '');
    return { text: name + after, from: name.length, to: (type) => before.length + type.length };
  }
  if (language === 'typescript' || language === 'tsx') return null;
  const close = after.length - after.trimStart().length + 1;
  if (!head.endsWith('{') || after[close - 1] !== '}') return null;
  const tag = head.slice(0, -1).trimEnd().replace(/@type$/, '');
  return { text: tag + after.slice(close), from: tag.length, to: (type) => before.length + type.length + close };
}
