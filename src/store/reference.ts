/** What a user writes to name a model. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { isHubId, isPlainPath, isRevision, quoted } from './names';

/** The model that comes with the package. */
export const PACKAGE_MODEL = 'python-errors';

export interface HubReference {
  kind: 'hub';
  /** `org/name` */
  id: string;
  /** A branch, a tag or a commit; null for `main`. */
  revision: string | null;
  /** A GGUF file of the repository. */
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

export type Reference = { kind: 'package' } | { kind: 'path'; path: string } | HubReference | OllamaReference;

export const GGUF_FILE = /\.gguf$/i;

const MOST_CHARACTERS = 4096;
const FORMS =
  'Give a folder, a .gguf file, org/name or org/name@revision for a model of the Hugging Face Hub, org/name:file.gguf for a GGUF file of one, or ollama:name.';

/**
 * Reads a reference: see ModelReference in src/protocol/models.ts for its forms.
 * @param from the folder that relative paths start from; null where there is none
 * @throws a sentence when it has none of the forms
 */
export function parseReference(text: string, from: string | null): Reference {
  const trimmed = text.trim();
  if (trimmed.length > MOST_CHARACTERS || hasControlCharacter(trimmed)) throw new Error(`${quoted(trimmed)} names no model. ${FORMS}`);
  if (trimmed === '' || trimmed === PACKAGE_MODEL) return { kind: 'package' };
  if (/^~[/\\]/.test(trimmed)) return { kind: 'path', path: path.join(homedir(), trimmed.slice(2)) };
  if (path.isAbsolute(trimmed) || /^(?:[/\\]|[a-z]:[/\\])/i.test(trimmed)) return { kind: 'path', path: path.normalize(trimmed) };
  if (trimmed.startsWith('ollama:')) return parseOllama(trimmed);
  const surelyPath = /^\.{1,2}(?:[/\\]|$)/.test(trimmed) || trimmed.includes('\\') || (GGUF_FILE.test(trimmed) && !trimmed.includes(':'));
  if (from !== null && (surelyPath || existsSync(path.resolve(from, trimmed)))) return { kind: 'path', path: path.resolve(from, trimmed) };
  if (surelyPath) throw new Error(`${quoted(trimmed)} is relative to a folder, but no folder that is trusted is open. Give the whole path.`);
  return parseHub(trimmed);
}

/** @throws a sentence when this is no reference to the Hub */
export function parseHub(text: string): HubReference {
  const match = /^([^/@:]+\/[^/@:]+)(?:\/([^@:]+))?(?:@([^:]+))?(?::(.+))?$/s.exec(text.trim());
  if (!match) throw new Error(`${quoted(text)} names no model. ${FORMS}`);
  const [, id, folder = null, revision = null, file = null] = match;
  if (!isHubId(id)) throw new Error(`${quoted(id)} is no name of a repository of the Hugging Face Hub, which is org/name with letters, digits, '-', '_' and '.'.`);
  if (revision !== null && !isRevision(revision)) throw new Error(`${quoted(revision)} is no revision; give a branch, a tag or a commit, as in ${id}@main.`);
  if (folder !== null && !isPlainPath(folder)) throw new Error(`${quoted(folder)} is no folder of a repository that could be kept here.`);
  if (file !== null && (!isPlainPath(file) || !GGUF_FILE.test(file))) throw new Error(`${quoted(file)} is no name of a .gguf file, as in ${id}:model-q8_0.gguf.`);
  if (file !== null && folder !== null) throw new Error(`${quoted(text)} names a folder and a file. Give the file with its folder: ${id}:${folder}/${file}.`);
  return { kind: 'hub', id, revision, file, folder };
}

/** `ollama:[host/][namespace/]name[:tag]` */
function parseOllama(text: string): OllamaReference {
  const [name, tag = 'latest', ...more] = text.slice('ollama:'.length).split(':');
  if (more.length > 0 || !isPlainPath(name) || name.split('/').length > 3 || !isPlainPath(tag) || tag.includes('/')) {
    throw new Error(`${quoted(text)} names no model of Ollama. Give ollama:name or ollama:name:tag, as ollama list shows them.`);
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
