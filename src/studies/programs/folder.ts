/** Code of a folder as programs: each annotation that is written, or each Python file. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { languageIdOf, type Languages } from '../../engine/languages';
import type { StudyProgram } from '../../protocol/studies/program';
import { fileProblem } from '../../protocol/words/file-problem';
import { changed } from '../../snippets/judge/changes';

const MOST_FILES = 50_000;
/** Longer files are data, or made by a program. */
const MOST_CHARACTERS = 300_000;
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '__pycache__', 'dist', 'build', 'site-packages', 'venv']);

/** Keywords of either language that are types. */
const KEYWORDS: ReadonlySet<string> = new Set([
  'any', 'unknown', 'never', 'void', 'null', 'undefined', 'string', 'number', 'boolean', 'bigint', 'symbol', 'object',
  'str', 'int', 'float', 'bool', 'bytes', 'None', 'list', 'dict', 'set', 'tuple', 'complex',
]);

export interface CodeFile {
  /** From the folder on, with forward slashes. */
  file: string;
  text: string;
  language: string;
  /** SHA-256 of the text, hexadecimal. */
  sha256: string;
}

/** The files of code in a folder, in the order of their names, without packages that it has installed. */
export async function* codeFiles(folder: string): AsyncGenerator<CodeFile> {
  let count = 0;
  for await (const file of filesIn(folder)) {
    const language = languageIdOf(file);
    if (language === null || file.endsWith('.d.ts')) continue;
    if (++count > MOST_FILES) throw new Error(`${folder} holds more than ${MOST_FILES.toLocaleString('en-US')} files of code; name a folder inside it.`);
    const text = (await readFile(file, 'utf8')).replace(/\r\n?/g, '\n');
    if (text.length > MOST_CHARACTERS || text.includes('\0') || text.trim() === '') continue;
    yield { file: path.relative(folder, file).replaceAll(path.sep, '/'), text, language, sha256: createHash('sha256').update(text).digest('hex') };
  }
}

async function* filesIn(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: Error) => {
    throw new Error(fileProblem(error, folder) ?? error.message, { cause: error });
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED.has(entry.name)) yield* filesIn(at);
    else if (entry.isFile()) yield at;
  }
}

/** Every annotation that is written in a file; none where it cannot be read. */
export async function annotationsIn(
  { file, text, language }: CodeFile, languages: Languages, signal?: AbortSignal,
): Promise<StudyProgram[]> {
  const known = languages.of(language);
  if (!known) return [];
  const sites = await known.sites(text, signal);
  return sites.filter(({ written }) => written !== null).map(({ site, name, written, hole, changes }): StudyProgram => ({
    id: `${file}:${hole.start}`, language, code: changed(text, changes), hole, truth: written!.trim(), kind: kindOf(written!.trim()), site, name, file,
  }));
}

function kindOf(type: string): string {
  return KEYWORDS.has(type) ? 'keyword' : /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(type) ? 'name' : 'compound';
}

/** The programs of a folder. @throws a sentence where it holds none */
export async function folderPrograms(folder: string, types: boolean, languages: Languages, signal?: AbortSignal): Promise<StudyProgram[]> {
  const info = await stat(folder).catch(() => null);
  if (!info?.isDirectory()) throw new Error(`${folder} is no folder. Name one that holds code.`);
  const programs: StudyProgram[] = [];
  for await (const one of codeFiles(folder)) {
    signal?.throwIfAborted();
    if (types) programs.push(...(await annotationsIn(one, languages, signal)));
    else if (one.language === 'python') programs.push({ id: one.file, language: 'python', code: one.text, hole: null, truth: null, file: one.file });
  }
  if (programs.length === 0) throw new Error(`${folder} holds ${types ? 'no annotations of types in TypeScript or Python' : 'no Python files'}.`);
  return programs;
}
