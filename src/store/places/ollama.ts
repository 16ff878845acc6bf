/** Ollama's store: manifests/HOST/NAMESPACE/NAME/TAG names layers, whose content lies in blobs/sha256-…. It is read, and never changed. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseJson } from '../../checkpoints/strict-json';
import { entriesOf } from './entries';
import { isPlainName } from '../names';
import { ollamaReference, type OllamaReference } from '../reference';

const HOST = 'registry.ollama.ai';
const NAMESPACE = 'library';
const MODEL = 'application/vnd.ollama.image.model';
const ADAPTER = 'application/vnd.ollama.image.adapter';
const MOST_MANIFEST_BYTES = 1e6;
const MOST_MODELS = 2000;

export interface OllamaModel {
  name: string;
  tag: string;
  /** The GGUF file. */
  path: string;
  bytes: number;
}

/** @throws a sentence when there is no such model, or it is none that can be opened */
export async function findOllama(folders: readonly string[], reference: OllamaReference): Promise<OllamaModel> {
  for (const folder of folders) {
    const manifest = path.join(folder, 'manifests', ...partsOf(reference.name), reference.tag);
    if (await isFile(manifest)) return readModel(folder, manifest, reference);
  }
  const { models, problems } = await listOllama(folders);
  const there = models.map(ollamaReference);
  const list = problems.length > 0 && there.length === 0 ? problems[0] : there.length > 0 ? `It has ${there.slice(0, 20).join(', ')}.` : `No models were found in ${folders.join(' or ')}; set OLLAMA_MODELS if they are elsewhere.`;
  throw new Error(`Ollama has no model ${reference.name}:${reference.tag}. ${list}`);
}

/** Models that can be read, and what is wrong with others. */
export async function listOllama(folders: readonly string[]): Promise<{ models: OllamaModel[]; problems: string[] }> {
  const models: OllamaModel[] = [];
  const problems: string[] = [];
  for (const folder of folders) {
    const manifests = await manifestsBelow(path.join(folder, 'manifests')).catch((error: Error) => {
      problems.push(error.message);
      return [];
    });
    for (const parts of manifests) {
      const reference = { name: nameOf(parts.slice(0, 3)), tag: parts[3] };
      if (models.some(({ name, tag }) => name === reference.name && tag === reference.tag)) continue; // the folder before has it
      try {
        models.push(await readModel(folder, path.join(folder, 'manifests', ...parts), reference));
      } catch (error) {
        problems.push((error as Error).message);
      }
    }
  }
  return { models, problems };
}

async function readModel(folder: string, manifest: string, { name, tag }: Omit<OllamaReference, 'kind'>): Promise<OllamaModel> {
  const refuse = (why: string): never => {
    throw new Error(`${manifest}: ${why}`);
  };
  const { size } = await stat(manifest);
  if (size > MOST_MANIFEST_BYTES) refuse(`has ${size} bytes, more than a manifest of Ollama may have.`);
  let layers: unknown;
  try {
    layers = (parseJson(await readFile(manifest, 'utf8')) as { layers?: unknown } | null)?.layers;
  } catch {
    return refuse('is not valid JSON. Pull the model again with Ollama.');
  }
  if (!Array.isArray(layers)) return refuse('names no layers. Pull the model again with Ollama.');
  const all = layers as ({ mediaType?: unknown; digest?: unknown } | null)[];
  const of = (type: string) => all.filter((layer) => layer?.mediaType === type);
  if (of(ADAPTER).length > 0) refuse('is a model with an adapter on top, which is not supported. Use the model under it.');
  const [layer, ...more] = of(MODEL);
  if (!layer || more.length > 0) return refuse(`has ${more.length === 0 ? 'no model' : 'several models'} among its layers, which is not supported.`);
  const digest = typeof layer.digest === 'string' ? /^sha256:([0-9a-f]{64})$/.exec(layer.digest)?.[1] : undefined;
  if (digest === undefined) return refuse('names its model by no SHA-256. Pull the model again with Ollama.');
  const blob = path.join(folder, 'blobs', `sha256-${digest}`);
  const info = await stat(blob).catch(() => undefined);
  if (!info?.isFile()) return refuse(`its model is missing (${blob}). Pull it again: ollama pull ${name}:${tag}.`);
  return { name, tag, path: blob, bytes: info.size };
}

/** [host, namespace, name] */
function partsOf(name: string): string[] {
  const parts = name.split('/');
  return [...[HOST, NAMESPACE].slice(0, 3 - parts.length), ...parts];
}

function nameOf(parts: readonly string[]): string {
  const [host, namespace, name] = parts;
  if (host !== HOST) return parts.join('/');
  return namespace === NAMESPACE ? name : `${namespace}/${name}`;
}

/** [host, namespace, name, tag] of each. */
async function manifestsBelow(root: string): Promise<string[][]> {
  let level: string[][] = [[]];
  for (let depth = 0; depth < 4; depth++) {
    const next: string[][] = [];
    for (const parts of level) {
      for (const entry of await entriesOf(path.join(root, ...parts))) {
        const fits = depth === 3 ? entry.isFile() : entry.isDirectory();
        if (fits && isPlainName(entry.name) && next.length < MOST_MODELS) next.push([...parts, entry.name]);
      }
    }
    level = next;
  }
  return level;
}

function isFile(file: string): Promise<boolean> {
  return stat(file).then((info) => info.isFile(), () => false);
}
