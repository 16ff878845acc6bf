/** Programs that a request names by their files: whole files, or folders of Python files by name. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { SourceText } from './program';

const MOST_FILES = 500;
const MOST_BYTES = 1_000_000;

/** @throws a sentence that names what is not there, or is no code */
export async function programFiles(given: readonly string[]): Promise<SourceText[]> {
  const files: string[] = [];
  for (const one of given) {
    const info = await stat(one).catch(() => null);
    if (!info) throw new Error(`${one} is not there. Name a Python file, or a folder that holds some.`);
    if (!info.isDirectory()) files.push(one);
    else {
      const inside = (await readdir(one)).filter((name) => name.endsWith('.py')).sort();
      if (inside.length === 0) throw new Error(`${one} holds no Python files.`);
      files.push(...inside.map((name) => path.join(one, name)));
    }
    if (files.length > MOST_FILES) throw new Error(`These are more than ${MOST_FILES} programs; name fewer.`);
  }
  const sources: SourceText[] = [];
  for (const file of files) {
    const info = await stat(file);
    if (!info.isFile()) throw new Error(`${file} is no file that can be read as text. Name Python files.`);
    const { size } = info;
    if (size > MOST_BYTES) throw new Error(`${file} has ${size} bytes, more than any model here reads. Name a smaller program.`);
    const text = await readFile(file, 'utf8');
    if (text.includes('\0')) throw new Error(`${file} is no text. Name Python files.`);
    if (text.trim() === '') throw new Error(`${file} is empty; there is no code to read.`);
    sources.push({ file, text, folder: path.dirname(file) });
  }
  return sources;
}
