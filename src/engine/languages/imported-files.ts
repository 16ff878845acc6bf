/**
 * The files that a file imports, and those that these import, as far as they lie in one folder: relative imports of TypeScript and
 * JavaScript, read and not run. A path that leads out of the folder, by its dots or by a link, is not followed; nor is one to something
 * that is no file, or too large.
 */
import { constants } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { TypeJudge } from '../../snippets/judge/judge';

/** Where a file lies that may import others. */
export interface Project {
  /** Only files in this folder are read. */
  root: string;
  file: string;
}

export interface ImportedFiles {
  /** By their paths from the root, with slashes. */
  files: Readonly<Record<string, string>>;
  /** Of the file that imports them, from the root. */
  folder: string;
  /** Whether all that was looked for is still as it was. */
  isCurrent: () => Promise<boolean>;
}

const MOST_FILES = 100;
const MOST_CHARACTERS = 2_000_000;
const MOST_BYTES = 300_000;
/** Imports of one file that are looked for. */
const MOST_IMPORTS = 200;

/** What may stand for a path without an end, the first that is there; and for one that ends as what is made of TypeScript does. */
const ENDS = ['.ts', '.tsx', '.d.ts', '/index.ts', '/index.tsx', '/index.d.ts', '.js', '.jsx', '/index.js'] as const;
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.d.ts', '.js'], '.jsx': ['.tsx', '.d.ts', '.jsx'], '.mjs': ['.mts', '.d.mts', '.mjs'], '.cjs': ['.cts', '.d.cts', '.cjs'],
};
const WHOLE = /\.(?:[cm]?ts|tsx)$/;

/**
 * @param text of the file itself, as the editor has it
 * @throws a sentence where the file does not lie in the folder
 */
export async function importedFiles(judge: Pick<TypeJudge, 'imports'>, { root, file }: Project, text: string, signal?: AbortSignal): Promise<ImportedFiles> {
  const top = await realpath(root);
  const own = path.join(await realpath(path.dirname(file)), path.basename(file));
  if (!isInside(top, own)) throw new Error(`${file} does not lie in ${root}. Name a folder that holds it.`);
  const nameOf = (at: string) => path.relative(top, at).split(path.sep).join('/');
  const found = new Map<string, string>();
  const stamps = new Map<string, string>();
  let characters = 0;
  let pending: { at: string; text: string }[] = [{ at: own, text }];
  while (pending.length > 0 && found.size < MOST_FILES) {
    const imports = await judge.imports(pending.map((one) => one.text), signal);
    const wanted = pending.flatMap(({ at }, i) => imports[i].slice(0, MOST_IMPORTS).map((name) => path.resolve(path.dirname(at), name)));
    pending = [];
    for (const base of new Set(wanted)) {
      signal?.throwIfAborted();
      for (const at of candidates(base).filter((one) => isInside(top, one))) {
        if (found.size >= MOST_FILES || found.has(nameOf(at))) break;
        stamps.set(at, await stampOf(at));
        const content = at === own ? text : await readInside(top, at);
        if (content === null || characters + content.length > MOST_CHARACTERS) continue;
        characters += content.length;
        found.set(nameOf(at), content);
        pending.push({ at, text: content });
        break;
      }
    }
  }
  const isCurrent = async () => {
    for (const [at, stamp] of stamps) if ((await stampOf(at)) !== stamp) return false;
    return true;
  };
  return { files: Object.fromEntries(found), folder: nameOf(path.dirname(own)), isCurrent };
}

function candidates(base: string): string[] {
  const end = path.extname(base);
  const sources = SOURCES[end]?.map((source) => base.slice(0, -end.length) + source) ?? [];
  return [...sources, ...(WHOLE.test(base) ? [base] : []), ...ENDS.map((more) => base + more)];
}

function isInside(folder: string, file: string): boolean {
  const way = path.relative(folder, file);
  return way !== '' && way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

/** Null for what is not there, lies elsewhere behind a link, is no file, no text, or too large. */
async function readInside(top: string, at: string): Promise<string | null> {
  try {
    const real = await realpath(at);
    if (!isInside(top, real) || !(await stat(real)).isFile()) return null;
    const handle = await open(real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const info = await handle.stat();
      if (!info.isFile() || info.size > MOST_BYTES) return null;
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(MOST_BYTES + 1), 0, MOST_BYTES + 1, 0);
      const content = buffer.toString('utf8', 0, bytesRead);
      return bytesRead > MOST_BYTES || content.includes('\0') ? null : content;
    } finally {
      await handle.close();
    }
  } catch {
    return null; // a file that cannot be read is as one that is not there: its types are not known, which is said
  }
}

async function stampOf(at: string): Promise<string> {
  return stat(at).then(({ mtimeMs, size }) => `${mtimeMs} ${size}`, () => '');
}
