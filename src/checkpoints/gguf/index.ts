/** Opening a GGUF file: it is converted once, into an ordinary model folder in a cache. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { CheckpointError } from '../checkpoint-error';
import { parseStrictObject } from '../strict-json';
import { convertGguf, type ConvertOptions } from './convert';
import { hashStart, openRegular, readHeader } from './header';

export interface OpenGgufOptions extends ConvertOptions {
  /** The folder that holds converted models; made if it is not there. */
  cache: string;
}

/** In each converted folder: what it was made from, and what it consists of. */
export const INDEX_FILE = 'gguf-source.json';

/** Of what is written; another one means converting again. */
const FORMAT = 1;

interface Index {
  format: number;
  source: { path: string; bytes: number; modified: number; headerBytes: number; headerSha256: string };
  /** Bytes of each file. */
  files: Record<string, number>;
}

/**
 * The model folder of a GGUF file: `<cache>/<name>-<hash of its path>/`, with `config.json`, `tokenizer.json`,
 * `tokenizer_config.json`, `model.safetensors` and {@link INDEX_FILE}. Made when it is not there, or when the file has
 * another size, time or header than then. What was quantised becomes fp32: 5 to 8 times the size of a 4-bit file.
 *
 * A conversion that fails or is aborted leaves no such folder.
 * @returns the folder's absolute path
 * @throws CheckpointError with a sentence that says what cannot be read; the signal's reason when aborted
 */
export async function openGguf(file: string, options: OpenGgufOptions): Promise<string> {
  const path = resolve(file);
  const { handle, info } = await openRegular(path);
  try {
    const cache = resolve(options.cache);
    const folder = join(cache, folderName(await realpath(path)));
    const source = { path, bytes: info.size, modified: info.mtimeMs };
    if (await isCurrent(folder, source, handle)) return folder;

    const header = readHeader(handle, path, info.size);
    await mkdir(cache, { recursive: true });
    await removeAbandoned(folder);
    const temporary = `${folder}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
    try {
      await mkdir(temporary);
      const files = await convertGguf(handle, header, temporary, options);
      const after = await handle.stat();
      if (after.size !== info.size || after.mtimeMs !== info.mtimeMs) throw new CheckpointError(path, 'changed while it was read; try again.');
      const headerSha256 = await hashStart(handle, header.bytes);
      const index: Index = { format: FORMAT, source: { ...source, headerBytes: header.bytes, headerSha256 }, files };
      await writeFile(join(temporary, INDEX_FILE), `${JSON.stringify(index, null, 2)}\n`);
      await rm(folder, { recursive: true, force: true });
      await rename(temporary, folder);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      // Another process may have been faster with the same file.
      if (options.signal?.aborted || !(await isCurrent(folder, source, handle))) throw error;
    }
    return folder;
  } finally {
    await handle.close();
  }
}

/** Readable, one for each path, and harmless as a file name on every system. */
function folderName(path: string): string {
  const stem = basename(path).replace(/\.gguf$/i, '').replace(/[^A-Za-z0-9._-]/g, '_').replace(/^[._]+/, '').slice(0, 80);
  return `${stem || 'model'}-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`;
}

/** Whether a folder holds all of what this very file was converted to. */
async function isCurrent(folder: string, source: Pick<Index['source'], 'bytes' | 'modified'>, handle: FileHandle): Promise<boolean> {
  const bytes = await readFile(join(folder, INDEX_FILE)).catch(() => undefined);
  if (!bytes) return false;
  try {
    const { format, source: then, files } = parseStrictObject(bytes) as unknown as Index;
    if (format !== FORMAT || then.bytes !== source.bytes || then.modified !== source.modified) return false;
    for (const [name, size] of Object.entries(files)) {
      if ((await stat(join(folder, name))).size !== size) return false;
    }
    return (await hashStart(handle, then.headerBytes)) === then.headerSha256;
  } catch {
    return false; // damaged, or not of ours: converted again
  }
}

/** Removes what processes that are gone had begun. */
async function removeAbandoned(folder: string): Promise<void> {
  const begin = `${basename(folder)}.`;
  for (const name of await readdir(join(folder, '..'))) {
    const owner = name.startsWith(begin) ? /^(\d+)-[0-9a-f]{8}\.tmp$/.exec(name.slice(begin.length))?.[1] : undefined;
    if (owner !== undefined && !isRunning(Number(owner))) await rm(join(folder, '..', name), { recursive: true, force: true });
  }
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}


