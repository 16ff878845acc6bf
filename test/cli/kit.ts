/** Runs commands in this process, with what they write kept. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Io } from '../../src/cli/io';
import { runCli } from '../../src/cli/program';

export interface Ran {
  code: number;
  out: string;
  err: string;
}

export async function run(args: readonly string[], change: Partial<Io> = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const io: Io = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    columns: 80,
    colours: 'none',
    line: null,
    signal: new AbortController().signal,
    ...change,
  };
  const code = await runCli(args, io);
  return { code, out, err };
}

export interface Folder {
  /** Writes a file and gives its path. */
  write(name: string, content: string | Uint8Array): Promise<string>;
  path(name: string): string;
  remove(): Promise<void>;
}

export async function temporaryFolder(): Promise<Folder> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'latent-lens-cli-'));
  const at = (name: string) => path.join(folder, name);
  return {
    path: at,
    write: async (name, content) => {
      await writeFile(at(name), content);
      return at(name);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
