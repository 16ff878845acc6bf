import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { readZip } from './zip';

export interface CorpusOptions {
  /** Longest chunk in characters; 380 is about 120 tokens of this project's tokenizer. */
  maxCharacters?: number;
  /** Shortest chunk in characters. */
  minCharacters?: number;
}

/** Tables and generated data rather than code that people write. */
const SKIPPED = /^(encodings|pydoc_data|_pyodide|pyodide|_pyrepl|site-packages|lib2to3)\/|^_sysconfigdata|entities\.py$/;

/** Name and version of the package that the corpus comes from. */
export function corpusSource(): { name: string; version: string; file: string } {
  const manifest = createRequire(import.meta.url).resolve('pyodide/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return { name: 'pyodide', version, file: path.join(path.dirname(manifest), 'python_stdlib.zip') };
}

/**
 * Real Python for language modelling: functions, methods, class heads and runs of statements from the standard
 * library that ships in pyodide, dedented, without docstrings, comment blocks and licence texts; ASCII only.
 */
export function* corpusChunks(options: CorpusOptions = {}): Generator<string> {
  const { maxCharacters = 380, minCharacters = 40 } = options;
  for (const entry of readZip(corpusSource().file)) {
    if (!entry.name.endsWith('.py') || SKIPPED.test(entry.name)) continue;
    for (const chunk of chunksOf(clean(entry.read().toString('utf8')), maxCharacters)) {
      if (chunk.length >= minCharacters) yield chunk;
    }
  }
}

/** Source lines without docstrings, comment lines and repeated blank lines; tabs as four spaces. */
export function clean(source: string): string[] {
  const withoutDocstrings = source
    .replaceAll('\r\n', '\n')
    .replaceAll('\t', '    ')
    .replace(/^[ ]*[rRuU]?("""|''')[\s\S]*?\1[ ]*$/gm, '');
  const lines: string[] = [];
  for (const line of withoutDocstrings.split('\n')) {
    const text = line.trimEnd();
    if (/^\s*#/.test(text)) continue;
    if (text === '' && /(^|:)$/.test(lines.at(-1) ?? '')) continue;
    lines.push(text);
  }
  return lines;
}

/**
 * Cuts lines into pieces of at most `limit` characters. A piece starts at a statement, never inside brackets as
 * far as indentation tells, and what follows it at deeper indentation belongs to it while there is room.
 */
export function* chunksOf(lines: readonly string[], limit: number): Generator<string> {
  let start = 0;
  while (start < lines.length) {
    if (/^\s*([)\]},.]|$)/.test(lines[start])) {
      start++;
      continue;
    }
    const indent = indentOf(lines[start]);
    const isBlock = /^\s*(async |def |class |@)/.test(lines[start]);
    let end = start;
    let size = 0;
    while (end < lines.length) {
      const line = lines[end];
      if (line !== '' && end > start) {
        if (indentOf(line) < indent) break;
        // A new definition at the same level starts a new piece.
        if (indentOf(line) === indent && /^\s*(async |def |class |@)/.test(line) && !/^\s*@/.test(lines[end - 1])) break;
        if (isBlock && indentOf(line) === indent && !/^\s*([)\]}]|def |class |async |@)/.test(line)) break;
      }
      const length = Math.max(0, line.length - indent) + 1;
      if (size + length > limit) break;
      size += length;
      end++;
    }
    if (end === start) {
      start++; // a single line longer than the limit
      continue;
    }
    const chunk = lines
      .slice(start, end)
      .map((line) => line.slice(indent))
      .join('\n')
      .trimEnd();
    // eslint-disable-next-line no-control-regex
    if (!/[^\x0a\x20-\x7e]/.test(chunk)) yield chunk;
    start = end;
  }
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
