/** A TypeScript program of texts that are given and the language's library, and of nothing else: no other file is looked for. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const OPTIONS: ts.CompilerOptions = {
  noEmit: true,
  strict: true,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  allowImportingTsExtensions: true,
  jsx: ts.JsxEmit.Preserve,
  lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  skipLibCheck: true,
};

/** JavaScript is read, with the types in its comments, and not checked. */
export const WITH_JAVASCRIPT: ts.CompilerOptions = { ...OPTIONS, allowJs: true, checkJs: false };

/** The compiler's own, beside it also where the build puts both (`dist/judge`). */
const libraryFolder = path.dirname(ts.getDefaultLibFilePath({}));
const libraryFiles = new Map<string, ts.SourceFile>();

/** A file of the library, read once: programs share it. Undefined for any other file. */
export function libraryFile(name: string, version: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile | undefined {
  if (path.dirname(name) !== libraryFolder) return undefined;
  let file = libraryFiles.get(name);
  if (!file) libraryFiles.set(name, (file = ts.createSourceFile(name, readFileSync(name, 'utf8'), version)));
  return file;
}

/** Files that versions of the code import, as the next question has mostly the same. */
const recent = new Map<string, ts.SourceFile>();
const MOST_RECENT = 200;

function ownFile(name: string, text: string, version: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile {
  if (path.posix.basename(name).startsWith('judged-')) return ts.createSourceFile(name, text, version, true);
  const known = recent.get(name);
  if (known?.text === text) return known;
  if (recent.size >= MOST_RECENT) recent.clear();
  const file = ts.createSourceFile(name, text, version, true);
  recent.set(name, file);
  return file;
}

/** @param files the text of each by its path in the package; a file that is none of these is not found */
export function programOf(files: ReadonlyMap<string, string>, options: ts.CompilerOptions = OPTIONS): ts.Program {
  const own = new Map([...files].map(([name, text]) => [pathOf(name), text]));
  const folders = foldersOf(own.keys());
  const host: ts.CompilerHost = {
    getSourceFile(name, version) {
      const text = own.get(name);
      return text === undefined ? libraryFile(name, version) : ownFile(name, text, version);
    },
    getDefaultLibFileName: (given) => path.join(libraryFolder, ts.getDefaultLibFileName(given)),
    getDefaultLibLocation: () => libraryFolder,
    writeFile: () => undefined,
    getCurrentDirectory: () => '/package',
    getDirectories: () => [],
    fileExists: (name) => own.has(name),
    readFile: (name) => own.get(name),
    directoryExists: (name) => folders.has(name),
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
  };
  return ts.createProgram([...own.keys()], options, host);
}

/** The same for the language service. */
export function serviceHost(files: ReadonlyMap<string, string>, options: ts.CompilerOptions): ts.LanguageServiceHost {
  const own = new Map([...files].map(([name, text]) => [pathOf(name), text]));
  const folders = foldersOf(own.keys());
  const read = (name: string) => own.get(name) ?? libraryFile(name, ts.ScriptTarget.ESNext)?.text;
  return {
    getCompilationSettings: () => options,
    getScriptFileNames: () => [...own.keys()],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const content = read(name);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => '/package',
    getDefaultLibFileName: (given) => path.join(libraryFolder, ts.getDefaultLibFileName(given)),
    fileExists: (name) => own.has(name),
    readFile: (name) => own.get(name),
    directoryExists: (name) => folders.has(name),
    getDirectories: () => [],
    useCaseSensitiveFileNames: () => true,
  };
}

/** What a program calls a file. */
export const pathOf = (name: string) => path.posix.join('/package', name);

function foldersOf(names: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const name of names) for (let at = path.posix.dirname(name); !folders.has(at); at = path.posix.dirname(at)) folders.add(at);
  return folders;
}

/** The files of `programOf`, without the library's. */
export function ownFiles(program: ts.Program): ts.SourceFile[] {
  return program.getSourceFiles().filter(({ fileName }) => fileName.startsWith('/package/'));
}

export const isLibrary = (file: ts.SourceFile) => path.dirname(file.fileName) === libraryFolder;
