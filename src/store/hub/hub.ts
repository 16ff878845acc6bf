/** A repository of the Hub: what its revision stands for and which files it has, and which of them are fetched. */
import { quoteName } from '../../checkpoints/checkpoint-error';
import { parseJson } from '../../checkpoints/strict-json';
import { HubError } from './error';
import type { HubClient } from './client';
import { isStoredFile, MOST_FILES, type Selection, type StoredFile } from '../places/manifest';
import { CONFIG, INDEX, MOST_INDEX_BYTES, shardsOf, SINGLE, TOKENIZER } from '../places/model-folder';
import { isCommit, isHubId, isPlainPath } from '../names';
import { GGUF_FILE, hubReference, type HubReference } from '../reference';

export interface HubRepository {
  /** As the Hub spells it. */
  id: string;
  commit: string;
  licence: string | null;
  gated: boolean;
  /** In the folder that was asked for; files whose names could not be kept here are left out. */
  files: StoredFile[];
  /** Names of all files in it, also of those. */
  names: string[];
}

/** More than a page of a listing, a config or an index has. */
const MOST_PAGE_BYTES = 32e6;
const MOST_PAGES = 100;
const MOST_CONFIG_BYTES = 5e6;

/** Files of a model beside its weights. */
const SMALL = [CONFIG, 'generation_config.json', TOKENIZER, 'tokenizer_config.json', 'special_tokens_map.json', 'chat_template.jinja'];
/** Of a folder of SAEs. Pickles are never fetched. */
const SAE_FILE = /\.(?:json|safetensors|npz)$/;
/** Gemma Scope 2's texts beside the weights: up to a gigabyte, and not read here. */
const SAE_EXAMPLES = /(?:^|\/)examples\.safetensors$/;
const SHARD = /^model-\d{5}-of-\d{5}\.safetensors$/;
const PICKLE = /\.(?:bin|pt|pth|ckpt|pkl)$/;
const GGUF_PART = /-\d{5}-of-\d{5}\.gguf$/i;

/** Resolves a reference to a commit, and lists the folder that it is about. @throws HubError */
export async function lookUp(client: HubClient, reference: HubReference): Promise<HubRepository> {
  const { listFiles, modelInfo } = await import('@huggingface/hub');
  const { id, folder, file } = reference;
  const revision = reference.revision ?? 'main';
  let pages = 0;
  const fetch = async (input: string | URL | Request): Promise<Response> => {
    if (++pages > MOST_PAGES) throw new HubError(`${id} lists its files on more than ${MOST_PAGES} pages, which is not read.`);
    const url = String(input);
    if (!url.startsWith(`${client.endpoint}/`)) throw new HubError(`${new URL(client.endpoint).host} sends elsewhere for a list of files, which is not followed.`);
    const text = await readText(client, url, { id, revision, file: null }, MOST_PAGE_BYTES);
    const next = text.link === null ? undefined : { link: text.link };
    return new Response(text.body, { headers: { 'content-type': 'application/json', ...next } });
  };
  const repo = { name: id, hubUrl: client.endpoint, fetch };
  const info = await modelInfo({ ...repo, revision, additionalFields: ['sha', 'tags'] }).catch(readable);
  const { name, sha, tags, gated } = info;
  if (typeof name !== 'string' || !isHubId(name) || typeof sha !== 'string' || !isCommit(sha)) throw notAHub(client);
  const licence = Array.isArray(tags) ? tags.find((tag) => typeof tag === 'string' && tag.startsWith('license:')) : undefined;

  const path = folder ?? file?.split('/').slice(0, -1).join('/');
  const listing = { repo: name, hubUrl: client.endpoint, fetch };
  const files: StoredFile[] = [];
  const names: string[] = [];
  try {
    for await (const entry of listFiles({ ...listing, revision: sha, path: path || undefined, recursive: folder !== null })) {
      if (typeof entry?.path !== 'string') throw notAHub(client);
      if (entry.type !== 'file') continue;
      if (names.push(entry.path) > MOST_FILES) throw new HubError(`${id} lists more than ${MOST_FILES} files, which is not read.`);
      const hash = entry.lfs ? `sha256:${entry.lfs.oid}` : `git:${entry.oid}`;
      const stored = { name: entry.path, size: entry.lfs?.size ?? entry.size, hash };
      if (!isPlainPath(stored.name) || (path && !stored.name.startsWith(`${path}/`))) continue;
      if (!isStoredFile(stored)) throw new HubError(`${new URL(client.endpoint).host} lists ${quoteName(entry.path)} of ${id} without its size and hash, so it could not be checked.`);
      files.push(stored);
    }
  } catch (error) {
    if (path && error instanceof HubError && error.refusal === 'missing') throw new HubError(`${id} has no folder ${path} at ${revision}.`, 'missing');
    return readable(error);
  }
  return { id: name, commit: sha, licence: licence?.slice('license:'.length) ?? null, gated: gated !== false && gated !== undefined, files, names };
}

/**
 * The files to fetch, small ones first. Weights are safetensors, one file or the shards that the index names.
 * @throws HubError when there is nothing that could be opened, with what there is
 */
export async function filesToFetch(client: HubClient, repository: HubRepository, wanted: Selection): Promise<StoredFile[]> {
  const { id, files, names } = repository;
  const whole = hubReference({ ...wanted, id, revision: null });
  if (wanted.file !== null) {
    if (GGUF_PART.test(wanted.file)) throw new HubError(`${wanted.file} is one of several parts of a GGUF file; files in parts cannot be read. Choose one that is whole.`);
    const file = files.find(({ name }) => name === wanted.file);
    if (file) return [file];
    throw new HubError(`${id} has no file ${wanted.file}.${ggufHint(repository)}`, 'missing');
  }
  if (wanted.folder !== null) {
    const chosen = files.filter(({ name }) => SAE_FILE.test(name) && !SAE_EXAMPLES.test(name));
    if (chosen.some(({ name }) => /\.(?:safetensors|npz)$/.test(name))) return distinct(bySize(chosen), id);
    throw new HubError(`${whole} holds no SAE in safetensors or npz${names.some((name) => PICKLE.test(name)) ? ', only pickles, which can run code when they are read' : ''}.`);
  }
  const find = (name: string) => files.find((file) => file.name === name);
  const lead = ` of ${id}`;
  if (!find(CONFIG)) throw new HubError(`${id} is no model of transformers: it has no ${CONFIG}.${ggufHint(repository)}`);
  const small = SMALL.flatMap((name) => find(name) ?? []);
  const single = find(SINGLE);
  if (single) return distinct([...small, single], id);
  const index = find(INDEX);
  if (index) {
    const text = await readFileText(client, repository, INDEX, MOST_INDEX_BYTES);
    const shards = shardsOf(text).map((name) => {
      const shard = find(name);
      if (shard) return shard;
      throw new HubError(`The index${lead} names ${name}, which the repository does not have. Another revision may be whole.`);
    });
    return distinct([...small, index, ...shards], id);
  }
  const pickled = names.some((name) => PICKLE.test(name)) ? ', only files that can run code when they are read. A revision such as refs/pr/1 may have them' : '';
  throw new HubError(`${id} has no weights as safetensors${pickled}.${ggufHint(repository)}`);
}

/** The same by names alone, for a repository whose index may not be read yet. */
export function filesByName({ files }: HubRepository): StoredFile[] {
  return files.filter(({ name }) => SMALL.includes(name) || name === SINGLE || name === INDEX || SHARD.test(name));
}

export function ggufFiles({ files }: HubRepository): StoredFile[] {
  return files.filter(({ name }) => GGUF_FILE.test(name) && !GGUF_PART.test(name));
}

/** config.json, parsed. @throws HubError */
export async function readConfig(client: HubClient, repository: HubRepository): Promise<unknown> {
  const text = await readFileText(client, repository, CONFIG, MOST_CONFIG_BYTES);
  try {
    return parseJson(text);
  } catch (error) {
    throw new HubError(`${CONFIG} of ${repository.id} ${(error as Error).message}.`, undefined, { cause: error });
  }
}

async function readFileText(client: HubClient, { id, commit }: HubRepository, file: string, most: number): Promise<string> {
  const url = `${client.endpoint}/${id}/resolve/${commit}/${file}`;
  return (await readText(client, url, { id, revision: commit, file }, most)).body;
}

async function readText(client: HubClient, url: string, wanted: Parameters<HubClient['get']>[1], most: number): Promise<{ body: string; link: string | null }> {
  const response = await client.get(url, wanted);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > most) throw new HubError(`${new URL(url).host} sends more than ${most / 1e6} MB for ${wanted.file ?? `the list of ${wanted.id}`}, which is not read.`);
    chunks.push(chunk);
  }
  return { body: Buffer.concat(chunks).toString('utf8'), link: response.headers.get('link') };
}

export function ggufHint(repository: HubRepository): string {
  const [first, ...more] = ggufFiles(repository);
  if (!first) return '';
  return ` It has GGUF files: ${repository.id}:${first.name}${more.length > 0 ? ` and ${more.length} more` : ''}.`;
}

function bySize(files: readonly StoredFile[]): StoredFile[] {
  return [...files].sort((a, b) => a.size - b.size);
}

/** Two names that differ in case only would be one file on some systems. */
function distinct(files: StoredFile[], id: string): StoredFile[] {
  const seen = new Map<string, string>();
  for (const { name } of files) {
    const before = seen.get(name.toLowerCase());
    if (before !== undefined) throw new HubError(`${id} has ${before} and ${name}, which are one file on some systems.`);
    seen.set(name.toLowerCase(), name);
  }
  return files;
}

function notAHub(client: HubClient): HubError {
  return new HubError(`${new URL(client.endpoint).host} does not answer like a Hugging Face Hub. Check HF_ENDPOINT.`);
}

/** What @huggingface/hub throws of its own is about answers that are no JSON, or not what they should be. */
function readable(error: unknown): never {
  if (error instanceof HubError || (error as Error).name === 'AbortError') throw error;
  if (error instanceof SyntaxError || error instanceof TypeError) throw new HubError(`The Hub's answer could not be read (${error.message.slice(0, 100)}). Check HF_ENDPOINT.`, undefined, { cause: error });
  throw error;
}
