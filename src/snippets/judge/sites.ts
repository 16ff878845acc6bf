/** All places for types of a text: annotations, and where they could be put in. Needs the syntax alone, however broken. */
import ts from 'typescript';
import type { Change, JudgedLanguage, SiteKind, SitesAnswer, TypeSite } from './messages';
import { functionName, functionNameNode, ownerFor } from './place';
import { fileName } from './variants';

export function parsed(language: JudgedLanguage, text: string): ts.SourceFile {
  return ts.createSourceFile(`/package/${fileName(language)}`, text, ts.ScriptTarget.ESNext, true);
}

/** In the order of the code. */
export function sitesOf(language: JudgedLanguage, text: string): SitesAnswer {
  const file = parsed(language, text);
  const sites: TypeSite[] = [];
  const isScript = language === 'javascript' || language === 'jsx';
  const visit = (node: ts.Node): void => {
    const found = isScript ? scriptSite(file, node) : siteAtNode(file, node);
    if (found) sites.push(found);
    ts.forEachChild(node, visit);
  };
  visit(file);
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly ts.Diagnostic[] };
  return { sites: sites.sort((a, b) => a.hole.start - b.hole.start), syntaxErrors: parseDiagnostics.length };
}

/** What a node itself has a place for, and the end of what the colon stands behind; undefined for none. */
interface Place {
  site: SiteKind;
  name: ts.Node;
  type: ts.TypeNode | undefined;
  /** Undefined where no annotation is allowed. */
  colon: number | undefined;
  /** Whether the code goes without the annotation. */
  optional: boolean;
}

function placeOf(file: ts.SourceFile, node: ts.Node): Place | undefined {
  if (ts.isParameter(node)) {
    const isOfFunction = ts.isFunctionLike(node.parent) && !ts.isIndexSignatureDeclaration(node.parent);
    // Parameters of JSDoc's function types have no name, which the compiler's types do not say.
    const name = node.name as ts.BindingName | undefined;
    if (!isOfFunction || !name || name.pos === name.end) return undefined;
    const colon = (node.questionToken ?? node.name).end;
    return { site: 'parameter', name: node.name, type: node.type, colon, optional: node.name.getText(file) !== 'this' };
  }
  if (ts.isVariableDeclaration(node)) {
    const { parent } = node;
    const inLoop = ts.isVariableDeclarationList(parent) && (ts.isForInStatement(parent.parent) || ts.isForOfStatement(parent.parent));
    if (ts.isCatchClause(parent) || inLoop || node.name.pos === node.name.end) return undefined;
    const colon = node.exclamationToken ? undefined : node.name.end;
    return { site: 'variable', name: node.name, type: node.type, colon, optional: node.initializer !== undefined };
  }
  if (ts.isPropertyDeclaration(node) || ts.isPropertySignature(node)) {
    const mark = ts.isPropertyDeclaration(node) ? (node.exclamationToken ?? node.questionToken) : node.questionToken;
    const optional = ts.isPropertyDeclaration(node) && node.initializer !== undefined;
    return { site: 'property', name: node.name, type: node.type, colon: (mark ?? node.name).end, optional };
  }
  if (ts.isFunctionLike(node) && !NO_RETURN.has(node.kind)) {
    const close = node.getChildren(file).find(({ kind }) => kind === ts.SyntaxKind.CloseParenToken);
    const colon = close && close.end > close.pos ? close.end : undefined;
    return { site: 'return', name: functionNameNode(node) ?? node, type: node.type, colon, optional: 'body' in node && node.body !== undefined };
  }
  return undefined;
}

const NO_RETURN: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.Constructor, ts.SyntaxKind.SetAccessor, ts.SyntaxKind.FunctionType,
  ts.SyntaxKind.ConstructorType, ts.SyntaxKind.ConstructSignature, ts.SyntaxKind.JSDocFunctionType,
]);

function siteAtNode(file: ts.SourceFile, node: ts.Node): TypeSite | undefined {
  const place = placeOf(file, node);
  if (!place) return undefined;
  const { site, name, type } = place;
  const described = {
    site,
    name: ts.isFunctionLike(name) ? '' : ts.isFunctionLike(node) ? functionName(node) : name.getText(file),
    nameRange: { start: name.getStart(file), end: ts.isFunctionLike(name) ? name.getStart(file) : name.end },
    declaration: { start: node.getStart(file), end: node.end },
  };
  if (type) {
    if (type.pos === type.end) return undefined; // a colon with nothing behind it
    const hole = { start: type.getStart(file), end: type.end };
    const colon = file.text.lastIndexOf(':', hole.start);
    const removal = place.optional ? { start: colon, end: hole.end, replacement: '' } : null;
    return { ...described, hole, written: file.text.slice(hole.start, hole.end), changes: [], removal };
  }
  const arrow = ts.isArrowFunction(node) ? node : ts.isArrowFunction(node.parent) ? node.parent : undefined;
  const brackets = [ts.SyntaxKind.OpenParenToken, ts.SyntaxKind.CloseParenToken];
  const isOpen = arrow?.parameters.length === 1 && !arrow.getChildren(file).some(({ kind }) => brackets.includes(kind));
  if (isOpen && (site === 'return' || node === arrow.parameters[0])) return { ...described, ...inBrackets(file, arrow, site), written: null, removal: null };
  if (place.colon === undefined) return undefined;
  return { ...described, hole: at(place.colon + 2), written: null, changes: [put(place.colon, ': ')], removal: null };
}

/** `x => …` has to become `(x: TYPE) => …` or `(x): TYPE => …`. */
function inBrackets(file: ts.SourceFile, arrow: ts.ArrowFunction, site: SiteKind): Pick<TypeSite, 'hole' | 'changes'> {
  const [parameter] = arrow.parameters;
  const [start, { end }] = [parameter.getStart(file), parameter];
  if (site === 'return') return { changes: [put(start, '('), put(end, '): ')], hole: at(end + 4) };
  return { changes: [put(start, '('), put(end, ': )')], hole: at(end + 3) };
}

const at = (offset: number) => ({ start: offset, end: offset });
const put = (offset: number, replacement: string): Change => ({ start: offset, end: offset, replacement });

/** In JavaScript types stand in comments: in those of JSDoc that are there, or in one before the parameter, variable or function. */
function scriptSite(file: ts.SourceFile, node: ts.Node): TypeSite | undefined {
  const place = placeOf(file, node);
  const owner = place && ownerFor(node);
  if (!owner) return undefined;
  const { site, name } = place;
  const described = {
    site,
    name: owner.name,
    nameRange: { start: name.getStart(file), end: ts.isFunctionLike(name) ? name.getStart(file) : name.end },
    declaration: { start: node.getStart(file), end: node.end },
  };
  const type = site === 'return' ? ts.getJSDocReturnType(node) : ts.getJSDocType(node);
  if (type && ts.isJSDocTypeExpression(type.parent)) {
    const hole = { start: type.getStart(file), end: type.end };
    return { ...described, hole, written: file.text.slice(hole.start, hole.end), changes: [], removal: null };
  }
  if (type || hasComment(node)) return undefined;
  const holder = site === 'return' ? statementOf(node) : name;
  if (!holder || (ts.isArrowFunction(node.parent) && site === 'parameter' && file.text[node.parent.getStart(file)] !== '(')) return undefined;
  const start = holder.getStart(file);
  // Before a statement or a member a comment counts as its own only on another line than what stands before.
  const lead = (site === 'return' || site === 'property') && /\S[ \t]*$/.test(file.text.slice(Math.max(0, start - 200), start)) ? '\n' : '';
  const before = `${lead}/** @${site === 'return' ? 'returns' : 'type'} {`;
  return { ...described, hole: at(start + before.length), written: null, changes: [put(start, `${before}} */ `)], removal: null };
}

const hasComment = (node: ts.Node) => ts.getJSDocCommentsAndTags(node).length > 0;

/** Where a comment about a function stands. */
function statementOf(node: ts.Node): ts.Node | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isGetAccessor(node)) return node;
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) && ts.isVariableStatement(parent.parent.parent)) return parent.parent.parent;
  return ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent) ? parent : undefined;
}
