/** Versions of one text in one program: modules that do not see each other, and share the library's types, which take most of the time. */
import path from 'node:path';
import ts from 'typescript';
import type { JudgedLanguage } from './messages';
import { pathOf, programOf, WITH_JAVASCRIPT } from './program';

export interface Source {
  language: JudgedLanguage;
  files?: Readonly<Record<string, string>>;
  /** Of the code, among the other files. */
  folder?: string;
}

export interface Variant {
  program: ts.Program;
  checker: ts.TypeChecker;
  file: ts.SourceFile;
}

const EXTENSIONS: Record<JudgedLanguage, string> = { typescript: 'ts', tsx: 'tsx', javascript: 'js', jsx: 'jsx' };

export const fileName = (language: JudgedLanguage, at: number | string = 0) => `judged-${at}.${EXTENSIONS[language]}`;

/** What a version of the code is called. */
export function nameOf({ language, folder = '' }: Source, at: number | string = 0): string {
  return path.posix.join(folder.replaceAll('\\', '/'), fileName(language, at));
}

/** The other files by their paths. */
export function othersOf({ files = {} }: Source): Map<string, string> {
  return new Map(Object.entries(files).map(([name, text]) => [path.posix.normalize(name.replaceAll('\\', '/')), text]));
}

/** @returns the version of that number, each time the same program but where versions declare what all modules see */
export function variantsOf(source: Source, texts: readonly string[]): (at: number) => Variant {
  const others = othersOf(source);
  const made = (numbers: readonly number[]): ts.Program =>
    programOf(new Map([...others, ...numbers.map((at) => [nameOf(source, at), texts[at]] as const)]), WITH_JAVASCRIPT);
  const variant = (program: ts.Program, at: number): Variant => {
    return { program, checker: program.getTypeChecker(), file: program.getSourceFile(pathOf(nameOf(source, at)))! };
  };
  if (texts.some((text) => /\bdeclare\s+(?:global|module)\b|\bglobalThis\b/.test(text))) return (at) => variant(made([at]), at);
  const all = made(texts.map((_, at) => at));
  return (at) => variant(all, at);
}

/** Errors as the compiler finds them, with their places. */
export interface Found {
  code: number;
  message: string;
  /** From 1. */
  line: number;
  start: number;
}

const MOST_MESSAGE = 500;

/** Implicit `any`, JSX without types among them (7005 to 7057 but for code that is never reached), and modules that were not given. */
const isExpected = (code: number) => (code >= 7005 && code <= 7057 && (code < 7027 || code > 7030)) || MISSING_MODULE.has(code);
const MISSING_MODULE: ReadonlySet<number> = new Set([2307, 2792, 2732, 2875, 2882]);

export function errorsOf({ program, file }: Variant): Found[] {
  const all = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  const counted = all.filter(({ category, code }) => category === ts.DiagnosticCategory.Error && !isExpected(code));
  return counted.map(({ code, messageText, start = 0 }) => ({
    code,
    message: ts.flattenDiagnosticMessageText(messageText, '\n').slice(0, MOST_MESSAGE),
    line: file.getLineAndCharacterOfPosition(start).line + 1,
    start,
  }));
}

/** Whether the compiler checks the file: JavaScript only where it asks for it. */
export function isChecked({ file }: Variant): boolean {
  return !/\.jsx?$/.test(file.fileName) || (file as { checkJsDirective?: { enabled: boolean } }).checkJsDirective?.enabled === true;
}

/** Modules that the file imports and that are not there. */
export function unresolvedOf({ program, file }: Variant): string[] {
  const missing = program.getSemanticDiagnostics(file).filter(({ code }) => MISSING_MODULE.has(code));
  const written = missing.map(({ start = 0, length = 0 }) => file.text.slice(start, start + length));
  return [...new Set(written.map((name) => name.replace(/^['"`]|['"`]$/g, '')))];
}
