import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CheckpointError, quoteName } from './checkpoint-error';
import { MAX_HEADER_BYTES, MAX_TENSORS, readSafetensorsHeader } from './safetensors';
import type { StoredTensor } from './safetensors';
import { isObject, parseStrictObject } from './strict-json';

/** Llama 3.1 405B, one of the most finely cut models, has 191 shards. */
export const MAX_SHARDS = 5000;

const SINGLE = 'model.safetensors';
const INDEX = 'model.safetensors.index.json';

/** The weights of a model folder as Hugging Face serves it. */
export interface Checkpoint {
  /** Absolute path. */
  folder: string;
  tensors: ReadonlyMap<string, StoredTensor>;
  /** Bytes of all tensors. */
  bytes: number;
  /** The weight files in name order; `path` is absolute with symbolic links resolved. */
  files: readonly WeightFile[];
}

export interface WeightFile {
  name: string;
  path: string;
}

/**
 * Opens `model.safetensors`, or else the shards that `model.safetensors.index.json` names. Only headers are read.
 * Throws a {@link CheckpointError} that names the file and the tensor when anything is missing, damaged or suspicious.
 */
export async function openCheckpoint(folder: string): Promise<Checkpoint> {
  const root = resolve(folder);
  const info = await stat(root).catch(() => undefined);
  if (!info) throw new CheckpointError(root, 'does not exist; give the folder that holds the model.');
  if (!info.isDirectory()) throw new CheckpointError(root, 'is not a folder; give the folder that holds the model.');

  if (await exists(join(root, SINGLE))) {
    const file = await locate(root, SINGLE);
    const { tensors } = await readSafetensorsHeader(file.path);
    return assemble(root, [file], tensors);
  }
  if (await exists(join(root, INDEX))) return openShards(root);
  const pickled = await exists(join(root, 'pytorch_model.bin'));
  const hint = pickled
    ? 'its pytorch_model.bin cannot be read safely, get the safetensors version'
    : 'download the model again';
  throw new CheckpointError(root, `has neither ${SINGLE} nor ${INDEX}; ${hint}.`);
}

/**
 * SHA-256 in hexadecimal, as read from disk now. One file: its own digest, the one the Hub shows. Shards: the digest of
 * the lines `sha256sum` prints for them in name order.
 */
export async function hashCheckpoint(checkpoint: Checkpoint, options: { signal?: AbortSignal } = {}): Promise<string> {
  const digests: string[] = [];
  for (const { path } of checkpoint.files) digests.push(await hashFile(path, options.signal));
  if (digests.length === 1) return digests[0]!;
  const lines = checkpoint.files.map(({ name }, i) => `${digests[i]}  ${name}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}

/** SHA-256 of a file in hexadecimal. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, { signal });
  return hash.digest('hex');
}

async function openShards(root: string): Promise<Checkpoint> {
  const index = await locate(root, INDEX);
  const weightMap = await readWeightMap(index.path);
  const shards = [...new Set(weightMap.values())].sort();
  if (shards.length > MAX_SHARDS) {
    throw new CheckpointError(index.path, `names ${shards.length} shards, over the limit of ${MAX_SHARDS}.`);
  }
  const tensors = new Map<string, StoredTensor>();
  const files: WeightFile[] = [];
  for (const shard of shards) {
    const file = await locate(root, shard);
    files.push(file);
    for (const [name, tensor] of (await readSafetensorsHeader(file.path)).tensors) {
      const expected = weightMap.get(name);
      if (expected !== shard) {
        const where = expected === undefined ? 'is not in the index' : `belongs in ${expected} by the index`;
        throw new CheckpointError(file.path, `${where} (${INDEX}).`, name);
      }
      tensors.set(name, tensor);
    }
  }
  for (const [name, shard] of weightMap) {
    if (!tensors.has(name)) {
      throw new CheckpointError(join(root, shard), `is missing, though ${INDEX} places it there.`, name);
    }
  }
  return assemble(root, files, tensors);
}

/** In the Hub's cache, which `hf download --local-dir` once linked to: a file that is named by its hash. */
const BLOB = /[/\\]blobs[/\\](?:[0-9a-f]{2}[/\\])?(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Tensor name → shard name. */
async function readWeightMap(path: string): Promise<Map<string, string>> {
  const info = await stat(path);
  if (!info.isFile()) throw new CheckpointError(path, 'is not a file.');
  if (info.size > MAX_HEADER_BYTES) {
    throw new CheckpointError(path, `has ${info.size} bytes, over the limit of ${MAX_HEADER_BYTES}.`);
  }
  let index: Record<string, unknown>;
  try {
    index = parseStrictObject(await readFile(path));
  } catch (error) {
    throw new CheckpointError(path, `${(error as Error).message}.`, undefined, { cause: error });
  }
  const map = index['weight_map'];
  if (!isObject(map)) throw new CheckpointError(path, 'has no weight_map from tensor names to shard files.');
  const entries = Object.entries(map);
  if (entries.length > MAX_TENSORS) {
    throw new CheckpointError(path, `lists ${entries.length} tensors, over the limit of ${MAX_TENSORS}.`);
  }
  for (const [name, shard] of entries) {
    // A plain file name: no separator, drive letter, "..", hidden file or control character.
    if (typeof shard !== 'string' || !/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,250}\.safetensors$/.test(shard)) {
      const shown = quoteName(typeof shard === 'string' ? shard : JSON.stringify(shard));
      const problem = `is placed in ${shown}, which is not the plain name of a .safetensors file.`;
      throw new CheckpointError(path, problem, name);
    }
  }
  return new Map(entries as [string, string][]);
}

/**
 * Resolves a file of the model folder. A link may lead anywhere, as sessions open where a file really lies, but only to what is plainly
 * meant as such a file: a folder of someone else's must not have any file of this machine read as weights.
 */
async function locate(root: string, name: string): Promise<WeightFile> {
  const link = join(root, name);
  let path: string;
  try {
    path = await realpath(link);
  } catch (error) {
    throw new CheckpointError(link, 'does not exist; download the model again.', undefined, { cause: error });
  }
  const home = await realpath(root);
  const allowed = [home];
  // The Hub's own cache is the one layout with links: <model>/snapshots/<revision>/<file> → <model>/blobs/<digest>,
  // which huggingface_hub 2 makes a link to a place that all models share: <cache>/blobs/<first two of hash>/<hash>.
  const model = dirname(dirname(home));
  if (basename(dirname(home)) === 'snapshots') allowed.push(join(model, 'blobs'));
  if (basename(dirname(home)) === 'snapshots' && basename(model).startsWith('models--')) allowed.push(join(dirname(model), 'blobs'));
  const meant = extname(path) === extname(name) || BLOB.test(path);
  if (!meant && !allowed.some((folder) => isInside(path, folder))) {
    const problem = `is a symbolic link out of the model folder, to ${path}, which is not called a ${extname(name)} file; link to one that is, or make a hard link.`;
    throw new CheckpointError(link, problem);
  }
  return { name, path };
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
}

function assemble(folder: string, files: WeightFile[], tensors: ReadonlyMap<string, StoredTensor>): Checkpoint {
  if (tensors.size === 0) throw new CheckpointError(folder, 'has weight files without a single tensor.');
  let bytes = 0;
  for (const tensor of tensors.values()) bytes += tensor.length;
  return { folder, tensors, bytes, files };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
