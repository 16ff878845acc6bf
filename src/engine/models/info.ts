/** What is known about a model without opening it, and why it could not be opened. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseJson } from '../../checkpoints/strict-json';
import { architectureFor, type Architecture } from '../../architectures';
import { openCheckpoint, type Checkpoint } from '../../checkpoints/checkpoint';
import { locateWeights } from '../../model/weights';
import type { ModelInfo, NamedModel } from '../../protocol/models/models';
import { modelFolders, type ModelFolders } from '../../store/places/folders';
import { MANIFEST } from '../../store/places/manifest';
import { bytesOfFiles, CONFIG, lackingFiles, TOKENIZER } from '../../store/places/model-folder';
import { resolveModel, type FoundModel } from '../../store/resolve';
import { estimateLoad } from './estimate';
import { ggufInfo } from './gguf-info';
import { packageModelFolder } from '../session/load';

/** Of config.json and tokenizer_config.json; the latter lists a thousand added tokens in some. */
const MOST_BYTES = 10e6;

/** @throws a sentence when there is no such model; what is wrong with one that is there is in its problems */
export async function modelInfo({ model, from = null }: NamedModel, folders: ModelFolders = modelFolders()): Promise<ModelInfo> {
  const found = await resolveModel(model, { from, folders });
  const at = found.place === 'package' ? packageModelFolder(found.name) : found.path;
  const { architecture, ...rest } = found.format === 'gguf' ? await ofGguf(at) : await ofFolder(at);
  const { parameters } = rest;
  const { layers, width, heads, keyValueHeads, vocabulary, context } = architecture?.shape ?? {};
  return {
    ...identity(found),
    path: at,
    ...rest,
    layers: layers ?? null,
    width: width ?? null,
    heads: heads ?? null,
    keyValueHeads: keyValueHeads ?? null,
    vocabulary: vocabulary ?? null,
    context: context ?? null,
    sites: [...(architecture?.sites ?? [])],
    estimate: architecture && parameters !== null && rest.problems.length === 0 ? await estimateLoad(architecture, parameters) : null,
  };
}

function identity({ name, place, format, path: at, commit }: FoundModel): Pick<ModelInfo, 'reference' | 'place' | 'format' | 'commit'> {
  return { reference: place === null ? at : name, place, format, commit };
}

interface Known extends Pick<ModelInfo, 'problems' | 'family' | 'parameters' | 'dtypes' | 'bytes' | 'tokenizer' | 'chatTemplate'> {
  architecture: Architecture | null;
}

async function ofFolder(folder: string): Promise<Known> {
  const problems: string[] = [];
  const attempt = async <T>(work: () => T | Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      problems.push((error as Error).message);
      return null;
    }
  };
  const lacking = (await attempt(() => lackingFiles(folder))) ?? [];
  if (lacking.length > 0) problems.push(`${folder} lacks ${lacking.slice(0, 5).join(', ')}. Download the model again.`);
  const config = lacking.includes(CONFIG) ? null : await attempt(() => readJson(folder, CONFIG));
  const architecture = config === null ? null : await attempt(() => architectureFor(config));
  const checkpoint = lacking.some((name) => name.endsWith('.safetensors')) ? null : await attempt(() => openCheckpoint(folder));
  if (architecture && checkpoint) await attempt(() => locateWeights(architecture, checkpoint));
  const type = (config as { model_type?: unknown } | null)?.model_type;
  return {
    problems,
    family: typeof type === 'string' ? type : null,
    ...(checkpoint ? weightsOf([...checkpoint.tensors.values()]) : { parameters: null, dtypes: [] }),
    bytes: await bytesOf(folder, checkpoint),
    tokenizer: !lacking.includes(TOKENIZER),
    chatTemplate: (await attempt(() => hasChatTemplate(folder))) ?? false,
    architecture,
  };
}

/** A model's folder may hold other things too, such as the package's SAEs, which are in folders of their own. */
async function bytesOf(folder: string, checkpoint: Checkpoint | null): Promise<number> {
  const weights = new Set(checkpoint?.files.map(({ name }) => name));
  return bytesOfFiles(folder, (name) => weights.has(name) || (/\.(?:json|jinja)$/.test(name) && name !== MANIFEST));
}

async function ofGguf(file: string): Promise<Known> {
  const { size: bytes } = await stat(file);
  try {
    const { family, config, tensors, tokenizer, chatTemplate, problems } = await ggufInfo(file);
    let architecture: Architecture | null = null;
    try {
      if (config) architecture = architectureFor(config);
    } catch (error) {
      problems.push((error as Error).message);
    }
    const stored = tensors.map(({ type, shape, length }) => ({ dtype: type, shape, length }));
    return { problems, family, ...weightsOf(stored), bytes, tokenizer, chatTemplate, architecture };
  } catch (error) {
    const problems = [(error as Error).message];
    return { problems, family: null, parameters: null, dtypes: [], bytes, tokenizer: false, chatTemplate: false, architecture: null };
  }
}

interface StoredWeight {
  dtype: string;
  shape: readonly number[];
  /** Bytes. */
  length: number;
}

/** Numbers in all weights, and how they are stored, most bytes first. */
function weightsOf(tensors: readonly StoredWeight[]): Pick<ModelInfo, 'parameters' | 'dtypes'> {
  const bytes = new Map<string, number>();
  let parameters = 0;
  for (const { dtype, shape, length } of tensors) {
    parameters += shape.reduce((product, size) => product * size, 1);
    bytes.set(dtype, (bytes.get(dtype) ?? 0) + length);
  }
  return { parameters, dtypes: [...bytes].sort(([, a], [, b]) => b - a).map(([dtype]) => dtype) };
}

async function hasChatTemplate(folder: string): Promise<boolean> {
  const there = (name: string) => stat(path.join(folder, name)).then((info) => info.isFile(), () => false);
  if (await there('chat_template.jinja')) return true;
  if (!(await there('tokenizer_config.json'))) return false;
  return Boolean(((await readJson(folder, 'tokenizer_config.json')) as { chat_template?: unknown } | null)?.chat_template);
}

async function readJson(folder: string, name: string): Promise<unknown> {
  const file = path.join(folder, name);
  const { size } = await stat(file);
  if (size > MOST_BYTES) throw new Error(`${file} is ${size} bytes, over the limit of ${MOST_BYTES}.`);
  try {
    return parseJson(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} ${(error as Error).message}.`, { cause: error });
  }
}
