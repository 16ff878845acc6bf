/** What windows need to know of a TypeScript file: its annotations and what they name, as the checker finds it. */
import ts from 'typescript';
import type { Declaration, Range, Site, SourceModule } from './row';
import { isLibrary } from '../../snippets/judge/program';
import { keywordTypes } from './vocabulary';

/** Longer answers are left out. */
const MOST_TYPE = 60;
/** Characters of a declaration's head. */
const MOST_HEAD = 220;

export function typescriptModule(file: ts.SourceFile, checker: ts.TypeChecker): SourceModule {
  const { text } = file;
  const sites: Site[] = [];
  const names: Range[] = [];
  const declaredAt = new Map<string, number[]>();
  const declarations = new Map<string, Declaration>();
  const language = file.fileName.endsWith('x') ? 'tsx' : 'typescript';

  const add = (name: ts.Node, type: ts.TypeNode | undefined, site: Site['site'], removable: boolean, unit: ts.Node) => {
    if (!type || !ts.isIdentifier(name)) return;
    const range = { start: type.getStart(file), end: type.end };
    const written = text.slice(range.start, range.end);
    const colon = text.lastIndexOf(':', range.start);
    if (written.length > MOST_TYPE || written.includes('\n') || text.slice(colon, range.start) !== ': ') return;
    const { kind, uses } = named(type, written);
    const cut = removable ? { start: colon, end: range.end } : null;
    sites.push({ ...range, cut, site, name: name.text, kind, uses, unit: { start: unit.getStart(file, true), end: unit.end } });
  };

  const named = (type: ts.TypeNode, written: string): Pick<Site, 'kind' | 'uses'> => {
    if (keywordTypes('typescript').has(written)) return { kind: 'keyword', uses: [] };
    const uses: string[] = [];
    let kind: Site['kind'] = 'compound';
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && (ts.isTypeReferenceNode(node.parent) || ts.isExpressionWithTypeArguments(node.parent))) {
        const from = refer(node);
        if (from !== 'library') uses.push(node.text);
        if (node.parent === type && written === node.text) kind = from === 'library' ? 'library' : 'named';
      }
      ts.forEachChild(node, visit);
    };
    visit(type);
    return { kind, uses: [...new Set(uses)] };
  };

  /** Where a type's name leads; the package's own declarations are kept. */
  const refer = (name: ts.Identifier): 'library' | 'own' | 'unknown' => {
    let symbol = checker.getSymbolAtLocation(name);
    const imported = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    if (symbol && imported) symbol = checker.getAliasedSymbol(symbol);
    const found = symbol?.declarations?.find((one) => isTypeDeclaration(one));
    if (!found) {
      if (imported) declarations.set(name.text, { head: '', importLine: `import type { ${name.text} } from './${fileWord(name.text)}';`, parameter: false });
      return 'unknown';
    }
    if (isLibrary(found.getSourceFile())) return 'library';
    if (!declarations.has(name.text)) {
      const where = found.getSourceFile() === file ? fileWord(name.text) : found.getSourceFile().fileName.replace(/^.*\/|\.tsx?$/g, '');
      const parameter = ts.isTypeParameterDeclaration(found);
      // Where it is imported under another name, its declaration would mislead.
      const own = parameter || found.name?.text === name.text;
      declarations.set(name.text, {
        head: own ? headOf(found) : '', importLine: `import type { ${name.text} } from './${where}';`, parameter,
      });
    }
    return 'own';
  };

  const visit = (node: ts.Node, unit: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text !== '') names.push({ start: node.getStart(file), end: node.end });
    if ((isTypeDeclaration(node) || ts.isImportSpecifier(node) || ts.isImportClause(node)) && node.name) {
      declaredAt.set(node.name.text, [...(declaredAt.get(node.name.text) ?? []), node.name.getStart(file)]);
    }
    let inner = unit;
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      inner = ts.isVariableDeclaration(node.parent) && ts.isVariableStatement(node.parent.parent.parent) ? node.parent.parent.parent : node;
      for (const parameter of node.parameters) {
        // The parameter of an arrow without brackets would need them.
        if (parameter.name.getText(file) !== 'this') add(parameter.name, parameter.type, 'parameter', true, inner);
      }
      const name = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
      if (name && !ts.isConstructorDeclaration(node)) add(name, node.type, 'return', true, inner);
    } else if (ts.isVariableDeclaration(node)) {
      add(node.name, node.type, 'variable', node.initializer !== undefined, statementOf(node) ?? unit);
    } else if (ts.isPropertyDeclaration(node) || ts.isPropertySignature(node)) {
      add(node.name, node.type, 'property', false, isTypeDeclaration(node.parent) ? node.parent : unit);
    } else if (ts.isStatement(node) && node.parent === file) inner = node;
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  // A variable is read in its function, or by itself at the top of a file.
  const statementOf = (node: ts.VariableDeclaration) =>
    ts.isVariableStatement(node.parent.parent) && node.parent.parent.parent === file ? node.parent.parent : undefined;
  visit(file, file);
  return { language, file: file.fileName.replace('/package/', ''), text, sites, comments: commentsOf(text, language), names, declaredAt, declarations };
}

type TypeDeclaration =
  | ts.InterfaceDeclaration | ts.ClassDeclaration | ts.TypeAliasDeclaration | ts.EnumDeclaration | ts.TypeParameterDeclaration;

function isTypeDeclaration(node: ts.Node): node is TypeDeclaration {
  return (
    ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isEnumDeclaration(node) ||
    ts.isTypeParameterDeclaration(node)
  );
}

/** A declaration cut to some of its members; '' where nothing short can be said. */
function headOf(node: TypeDeclaration): string {
  const file = node.getSourceFile();
  const text = (from: number, to: number) => file.text.slice(from, to);
  if (ts.isTypeParameterDeclaration(node)) {
    const owner = node.parent;
    const from = owner.getStart(file);
    const body = 'body' in owner && owner.body ? owner.body.getStart(file) : 'members' in owner ? file.text.indexOf('{', node.end) : -1;
    const head = body > from ? text(from, body).trim() : '';
    return head === '' || head.length > MOST_HEAD ? '' : `${plain(head)} {`;
  }
  const whole = withoutComments(text(node.getStart(file), node.end));
  if (ts.isTypeAliasDeclaration(node)) return whole.length > MOST_HEAD ? '' : plain(whole);
  if (!ts.isClassDeclaration(node) && whole.length <= MOST_HEAD) return plain(whole);
  const open = file.text.indexOf('{', node.members.length > 0 ? Math.max(node.name?.end ?? 0, node.members.pos - 1) : (node.name?.end ?? 0));
  const header = plain(withoutComments(text(node.getStart(file), open)).trim());
  if (open < 0 || header.length > MOST_HEAD) return '';
  let out = `${header} {`;
  for (const member of node.members) {
    const end = 'body' in member && member.body ? (member.body as ts.Node).getStart(file) : member.end;
    let line = withoutComments(text(member.getStart(file), end)).trim();
    if (ts.isPropertyDeclaration(member) && member.initializer) line = text(member.getStart(file), member.type?.end ?? member.name.end);
    if (line === '' || line.includes('\n') || out.length + line.length > MOST_HEAD) continue;
    out += `\n  ${line}${/[;,]$/.test(line) ? '' : ts.isEnumDeclaration(node) ? ',' : ';'}`;
  }
  return `${out}\n}`;
}

const plain = (head: string) => head.replace(/^(?:export |default |declare )+/, '');
const withoutComments = (code: string) => code.replace(/^[ \t]*\/\*[^]*?\*\/[ \t]*\n?/gm, '').replace(/[ \t]*\/\/[^\n]*$/gm, '').replace(/\n\s*\n/g, '\n');
const fileWord = (name: string) => name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '-').toLowerCase();

/** Comments, by the scanner: outside strings, templates and regular expressions as far as it can tell without the grammar. */
function commentsOf(text: string, language: 'typescript' | 'tsx'): Range[] {
  const comments: Range[] = [];
  const variant = language === 'tsx' ? ts.LanguageVariant.JSX : ts.LanguageVariant.Standard;
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, false, variant, text);
  const braces: boolean[] = []; // whether a brace was opened by a template's ${
  let before = ts.SyntaxKind.Unknown;
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (token === ts.SyntaxKind.SlashToken || token === ts.SyntaxKind.SlashEqualsToken) {
      if (!endsExpression(before)) token = scanner.reScanSlashToken();
    } else if (token === ts.SyntaxKind.TemplateHead) braces.push(true);
    else if (token === ts.SyntaxKind.OpenBraceToken) braces.push(false);
    else if (token === ts.SyntaxKind.CloseBraceToken && braces.pop()) {
      token = scanner.reScanTemplateToken(false);
      if (token === ts.SyntaxKind.TemplateMiddle) braces.push(true);
    }
    if (token === ts.SyntaxKind.SingleLineCommentTrivia || token === ts.SyntaxKind.MultiLineCommentTrivia) {
      comments.push({ start: scanner.getTokenStart(), end: scanner.getTokenEnd() });
    } else if (token > ts.SyntaxKind.LastTriviaToken) before = token;
  }
  return comments;
}

function endsExpression(token: ts.SyntaxKind): boolean {
  return (
    token === ts.SyntaxKind.Identifier || token === ts.SyntaxKind.NumericLiteral || token === ts.SyntaxKind.StringLiteral ||
    token === ts.SyntaxKind.CloseParenToken || token === ts.SyntaxKind.CloseBracketToken || token === ts.SyntaxKind.CloseBraceToken ||
    token === ts.SyntaxKind.ThisKeyword || token === ts.SyntaxKind.TemplateTail || token === ts.SyntaxKind.NoSubstitutionTemplateLiteral
  );
}
