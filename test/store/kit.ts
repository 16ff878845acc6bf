/** Folders and a small repository for tests of the store. */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { addModel, hubModel, type AddOptions } from '../../src/store/add';
import type { ModelFolders } from '../../src/store/places/folders';
import { HubServer } from './hub-server';

/** Seeded bytes, so that a part of them is never right by chance. */
export function bytes(count: number, seed = 1): Buffer {
  const data = Buffer.alloc(count);
  let state = seed;
  for (let i = 0; i < count; i++) data[i] = (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 16;
  return data;
}

export const WEIGHTS = bytes(300_000);
export const CONFIG_JSON = '{"model_type": "llama"}';
export const model = () => ({ 'config.json': CONFIG_JSON, 'tokenizer.json': bytes(4000, 2), 'model.safetensors': WEIGHTS, 'README.md': 'A model.' });

export interface Fixture {
  server: HubServer;
  root: string;
  folders: ModelFolders;
  add: (reference: string, options?: AddOptions) => ReturnType<typeof addModel>;
  look: (reference: string, options?: AddOptions) => ReturnType<typeof hubModel>;
  /** Where the store keeps a repository's files. */
  folderOf: (id: string, commit: string) => string;
}

/** A Hub and an empty store, anew for each test. */
export function storeFixture(): Fixture {
  const fixture = {} as Fixture;
  beforeAll(async () => {
    fixture.server = await HubServer.start();
  });
  beforeEach(async () => {
    fixture.server.reset();
    fixture.root = await mkdtemp(path.join(os.tmpdir(), 'latent-lens-store-'));
    const at = (name: string) => path.join(fixture.root, name);
    fixture.folders = { store: at('store'), huggingface: at('huggingface'), ollama: [at('ollama')] };
    await mkdir(at('elsewhere'));
    const common = () => ({ endpoint: fixture.server.endpoint, folders: fixture.folders, retryMs: 1 });
    fixture.add = (reference, options) => addModel(reference, { ...common(), ...options });
    fixture.look = (reference, options) => hubModel(reference, { ...common(), ...options });
    fixture.folderOf = (id, commit) => path.join(fixture.folders.store, 'hub', `models--${id.replace('/', '--')}`, commit);
  });
  afterEach(() => rm(fixture.root, { recursive: true, force: true }));
  afterAll(() => fixture.server.stop());
  return fixture;
}

/** All files below a folder, with `/`, sorted. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const files = entries.filter((entry) => !entry.isDirectory());
  return files.map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)).replaceAll(path.sep, '/')).sort();
}
