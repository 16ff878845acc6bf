/** What can be renamed in a program, and where: by the compiler's own language service, which knows scopes. */
import ts from 'typescript';
import type { Change, Range } from '../messages';
import { ownerFor, printed, typeOf } from '../place';
import { libraryFile, pathOf, serviceHost, WITH_JAVASCRIPT } from '../program';
import { nameOf, othersOf, type Source } from '../variants';
import type { Named } from './names';

/** A declaration with all places of its name. */
export interface Renamable extends Named {
  /** Where it is declared. */
  at: Range;
  /** The changes that give it another name; null where the language service would touch another file. */
  rename: (name: string) => Change[] | null;
}

/** Declarations that are looked at: those nearest to the hole. */
const MOST_TARGETS = 60;

/** All that is declared in the text and can be renamed, what lies nearest to the hole first. */
export function renamables(source: Source, text: string, hole: Range): { file: ts.SourceFile; found: Renamable[] } {
  const name = nameOf(source);
  const service = ts.createLanguageService(serviceHost(new Map([...othersOf(source), [name, text]]), WITH_JAVASCRIPT), REGISTRY);
  const program = service.getProgram()!;
  const file = program.getSourceFile(pathOf(name))!;
  const checker = program.getTypeChecker();
  const distance = ({ at }: { at: Range }) => (at.end <= hole.start ? hole.start - at.end : at.start - hole.end);
  const found = declarationsIn(file).sort((a, b) => distance(a) - distance(b)).slice(0, MOST_TARGETS);
  return {
    file,
    found: found.map(({ node, of, at }) => ({
      name: node.text,
      of,
      at,
      type: of === 'type' ? '' : typeWords(checker, node),
      rename: (to) => changesOf(service, file, node, to),
    })),
  };
}

interface Declared {
  node: ts.Identifier;
  of: Named['of'];
  at: Range;
}

function declarationsIn(file: ts.SourceFile): Declared[] {
  const found: Declared[] = [];
  const visit = (node: ts.Node): void => {
    const { name } = node as { name?: ts.Node };
    const of = name && ts.isIdentifier(name) && name.text !== '' ? kindOf(node) : undefined;
    if (of) found.push({ node: name as ts.Identifier, of, at: { start: name!.getStart(file), end: name!.end } });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function kindOf(node: ts.Node): Named['of'] | undefined {
  if (ts.isParameter(node)) return node.name.getText() === 'this' || !isInFunction(node) ? undefined : 'parameter';
  if (ts.isBindingElement(node)) return ts.findAncestor(node, ts.isParameter) ? 'parameter' : 'variable';
  if (ts.isVariableDeclaration(node)) return node.initializer && ts.isFunctionLike(node.initializer) ? 'function' : 'variable';
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isMethodSignature(node)) return 'function';
  if (ts.isPropertyDeclaration(node) || ts.isPropertySignature(node) || ts.isAccessor(node)) return 'property';
  return TYPES.has(node.kind) ? 'type' : undefined;
}

const TYPES: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.ClassDeclaration, ts.SyntaxKind.InterfaceDeclaration, ts.SyntaxKind.TypeAliasDeclaration, ts.SyntaxKind.EnumDeclaration,
  ts.SyntaxKind.TypeParameter,
]);

/** Names in function types are for readers alone. */
const isInFunction = (node: ts.ParameterDeclaration) => 'body' in node.parent && node.parent.body !== undefined;

function typeWords(checker: ts.TypeChecker, name: ts.Identifier): string {
  const { parent } = name;
  const given = ts.isVariableDeclaration(parent) ? parent.initializer : undefined;
  const owner = ownerFor(given && ts.isFunctionLike(given) ? given : parent);
  const type = owner ? typeOf(checker, owner) : checker.getTypeAtLocation(name);
  return type ? printed(checker, checker.getBaseTypeOfLiteralType(type)) : '';
}

function changesOf(service: ts.LanguageService, file: ts.SourceFile, node: ts.Identifier, to: string): Change[] | null {
  const at = node.getStart(file);
  if (!service.getRenameInfo(file.fileName, at, {}).canRename) return null;
  const places = service.findRenameLocations(file.fileName, at, false, false, { providePrefixAndSuffixTextForRename: true });
  if (!places || places.some(({ fileName: other }) => other !== file.fileName)) return null;
  return places.map(({ textSpan: { start, length }, prefixText = '', suffixText = '' }) => (
    { start, end: start + length, replacement: prefixText + to + suffixText }));
}

/**
 * Gives the service the files of the library that other programs have, with a version, without which it would make its program anew for
 * each question.
 */
const REGISTRY: ts.DocumentRegistry = (() => {
  const LATEST = ts.ScriptTarget.ESNext;
  type Target = ts.ScriptTarget | ts.CreateSourceFileOptions | undefined;
  const acquire = (name: string, snapshot: ts.IScriptSnapshot, version: string, _kind?: ts.ScriptKind, target: Target = LATEST) =>
    Object.assign(libraryFile(name, target) ?? ts.createLanguageServiceSourceFile(name, snapshot, target, version, true), { version });
  const acquireDocument: ts.DocumentRegistry['acquireDocument'] = (name, _settings, ...rest) => acquire(name, ...rest);
  const acquireDocumentWithKey: ts.DocumentRegistry['acquireDocumentWithKey'] = (name, _path, _settings, _key, ...rest) =>
    acquire(name, ...rest);
  return {
    acquireDocument,
    acquireDocumentWithKey,
    updateDocument: acquireDocument,
    updateDocumentWithKey: acquireDocumentWithKey,
    getKeyForCompilationSettings: () => 'judge' as ts.DocumentRegistryBucketKey,
    releaseDocument: () => undefined,
    releaseDocumentWithKey: () => undefined,
    reportStats: () => '',
  };
})();
