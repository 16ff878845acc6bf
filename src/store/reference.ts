/** What a user writes to name a model. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { hubNameOf } from '../protocol/models/hub-address';
import { quoteName } from '../checkpoints/checkpoint-error';
import { isPackageModel, packageModelFor, type PackageModel } from '../vocabulary/package-models';
import { isHubId, isPlainPath, isRevision } from './names';

export interface HubReference {
  kind: 'hub';
  /** `org/name` */
  id: string;
  /** A branch, a tag or a commit; null for `main`. */
  revision: string | null;
  /** A GGUF file of the repository, or how it is quantised (`Q4_K_M`) until its files are known. */
  file: string | null;
  /** A folder of SAEs in the repository. */
  folder: string | null;
}

export interface OllamaReference {
  kind: 'ollama';
  /** `name`, `namespace/name` or `host/namespace/name` */
  name: string;
  tag: string;
}

export type Reference = { kind: 'package'; name: PackageModel } | { kind: 'path'; path: string } | HubReference | OllamaReference;

export const GGUF_FILE = /\.gguf$/i;
/** As llama.cpp and Ollama name one of a repository's GGUF files. */
const QUANTISATION = /^(?:UD-)?(?:I?Q\d\w*|TQ\d\w*|MXFP4\w*|BF16|FP?16|FP?32)$/i;

type Endpoint = string | null | undefined;

const MOST_CHARACTERS = 4096;
const FORMS =
  'Give a folder, a .gguf file, org/name or org/name@revision for a model of the Hugging Face Hub, org/name:file.gguf for a GGUF file of one, or ollama:name.';

/**
 * Reads a reference: see ModelReference in src/protocol/models/models.ts for its forms.
 * @param from the folder that relative paths start from; null where there is none
 * @param endpoint of the Hub whose addresses are understood beside huggingface.co's
 * @throws a sentence when it has none of the forms
 */
export function parseReference(text: string, from: string | null, endpoint: Endpoint = process.env.HF_ENDPOINT): Reference {
  const trimmed = text.trim();
  if (trimmed.length > MOST_CHARACTERS || hasControlCharacter(trimmed)) throw new Error(`${quoteName(trimmed)} names no model. ${FORMS}`);
  if (trimmed === '') return { kind: 'package', name: packageModelFor(false) };
  if (isPackageModel(trimmed)) return { kind: 'package', name: trimmed };
  if (/^~[/\\]/.test(trimmed)) return { kind: 'path', path: path.join(homedir(), trimmed.slice(2)) };
  if (path.isAbsolute(trimmed) || /^(?:[/\\]|[a-z]:[/\\])/i.test(trimmed)) return { kind: 'path', path: path.normalize(trimmed) };
  if (trimmed.startsWith('ollama:')) return parseOllama(trimmed);
  const there = from !== null && existsSync(path.resolve(from, trimmed)) ? path.resolve(from, trimmed) : null;
  if (there !== null) return { kind: 'path', path: there };
  if (hubNameOf(trimmed, endpoint) !== trimmed) return parseHub(trimmed, endpoint);
  const surelyPath = /^\.{1,2}(?:[/\\]|$)/.test(trimmed) || trimmed.includes('\\') || (GGUF_FILE.test(trimmed) && !trimmed.includes(':'));
  if (from !== null && surelyPath) return { kind: 'path', path: path.resolve(from, trimmed) };
  if (surelyPath) throw new Error(`${quoteName(trimmed)} is relative to a folder, but no folder that is trusted is open. Give the whole path.`);
  return parseHub(trimmed, endpoint);
}

/** @throws a sentence when this is no reference to the Hub */
export function parseHub(text: string, endpoint: Endpoint = process.env.HF_ENDPOINT): HubReference {
  const match = /^([^/@:]+\/[^/@:]+)(?:\/([^@:]+))?(?:@([^:]+))?(?::(.+))?$/s.exec(hubNameOf(text.trim(), endpoint));
  if (!match) throw new Error(`${quoteName(text)} names no model. ${FORMS}`);
  const [, id, folder = null, revision = null, file = null] = match;
  if (!isHubId(id)) throw new Error(`${quoteName(id)} is no name of a repository of the Hugging Face Hub, which is org/name with letters, digits, '-', '_' and '.'.`);
  if (revision !== null && !isRevision(revision)) throw new Error(`${quoteName(revision)} is no revision; give a branch, a tag or a commit, as in ${id}@main.`);
  if (folder !== null && !isPlainPath(folder)) throw new Error(`${quoteName(folder)} is no folder of a repository that could be kept here.`);
  if (file !== null && !QUANTISATION.test(file) && (!isPlainPath(file) || !GGUF_FILE.test(file))) {
    throw new Error(`${quoteName(file)} is no name of a .gguf file, as in ${id}:model-q8_0.gguf, nor of how one is quantised, as in ${id}:Q4_K_M.`);
  }
  if (file !== null && folder !== null) throw new Error(`${quoteName(text)} names a folder and a file. Give the file with its folder: ${id}:${folder}/${file}.`);
  return { kind: 'hub', id, revision, file, folder };
}

/**
 * The reference with the file that it means, where it says how one is quantised: that whose name ends so.
 * @param names of the repository's files
 * @returns null where there is none, or several
 */
export function withFile(reference: HubReference, names: readonly string[]): HubReference | null {
  const { file: wanted } = reference;
  if (wanted === null || GGUF_FILE.test(wanted)) return reference;
  const ends = (name: string) => GGUF_FILE.test(name) && !/mmproj/i.test(name) && name.slice(0, -'.gguf'.length).toLowerCase().endsWith(wanted.toLowerCase());
  // Not Q4_0 in IQ4_0, and UD-Q4_0 only where it is asked for.
  const exact = names.filter((name) => ends(name) && !/[a-z0-9]$|UD-$/i.test(name.slice(0, -'.gguf'.length - wanted.length)));
  return exact.length === 1 ? { ...reference, file: exact[0]! } : null;
}

/** `ollama:[host/][namespace/]name[:tag]` */
function parseOllama(text: string): OllamaReference {
  const [name, tag = 'latest', ...more] = text.slice('ollama:'.length).split(':');
  if (more.length > 0 || !isPlainPath(name) || name.split('/').length > 3 || !isPlainPath(tag) || tag.includes('/')) {
    throw new Error(`${quoteName(text)} names no model of Ollama. Give ollama:name or ollama:name:tag, as ollama list shows them.`);
  }
  return { kind: 'ollama', name, tag };
}

export function hubReference({ id, revision, file, folder }: Omit<HubReference, 'kind'>): string {
  const main = revision === null || revision === 'main';
  return `${id}${folder === null ? '' : `/${folder}`}${main ? '' : `@${revision}`}${file === null ? '' : `:${file}`}`;
}

export function ollamaReference({ name, tag }: Omit<OllamaReference, 'kind'>): string {
  return `ollama:${name}${tag === 'latest' ? '' : `:${tag}`}`;
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((char) => char < ' ' || char === '\x7f');
}
