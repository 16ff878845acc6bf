/** The type at the beginning of a text that a model wrote: as much as is a type, as the compiler reads `let x: TEXT`. */
import ts from 'typescript';
import type { SiteKind } from './messages';

/** What stands behind the first so many characters is no type that anyone would write. */
const MOST_TEXT = 2_000;
/** Beginnings of what is no whole type that are tried. */
const MOST_TRIED = 100;

/**
 * The longest type at the beginning, without white space around it; null where there is none.
 * @param site of a function's return also `x is T`
 */
export function cutType(text: string, site: SiteKind | null = null): string | null {
  const found = beginning(text.slice(0, MOST_TEXT), site)?.text;
  if (!found) return null;
  // Where the text ends early it may be no type: then the longest beginning that is one.
  const ends = tokenEnds(found).slice(-MOST_TRIED).reverse();
  return ends.map((end) => found.slice(0, end)).find((part) => isType(part, site)) ?? null;
}

/** Whether a text is one type and nothing else. */
export function isType(text: string, site: SiteKind | null = null): boolean {
  const found = beginning(text, site);
  return found !== undefined && found.faults === 0 && found.text === text.trim();
}

/** What the parser takes as the type, and how much it finds wrong in all of the text. */
function beginning(text: string, site: SiteKind | null): { text: string; faults: number } | undefined {
  const head = site === 'return' ? 'declare function f(x: any): ' : 'let x: ';
  const file = ts.createSourceFile('type.ts', head + text, ts.ScriptTarget.ESNext, false);
  const [statement] = file.statements;
  const declared = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0] : statement;
  const { type } = declared as { type?: ts.TypeNode };
  const found = type && text.slice(0, type.end - head.length).trim();
  // The parser's own list, which the compiler's types do not say.
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly ts.Diagnostic[] };
  return found ? { text: found, faults: parseDiagnostics.length + file.statements.length - 1 } : undefined;
}

function tokenEnds(text: string): number[] {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, true, ts.LanguageVariant.Standard, text);
  const ends: number[] = [];
  while (scanner.scan() !== ts.SyntaxKind.EndOfFileToken) ends.push(scanner.getTokenEnd());
  return ends;
}
