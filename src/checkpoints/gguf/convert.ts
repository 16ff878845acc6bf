/** Writes a GGUF file's model as the folder that Hugging Face would serve. */
import { open, statfs, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { CheckpointError } from '../checkpoint-error';
import { byteLength } from '../dtype';
import { encodeHeader } from '../write-safetensors';
import { familyOf, Options } from './families';
import type { GgufHeader } from './header';
import { planTensors, type PlannedTensor } from './plan';
import { pieces, readNumbers } from './tensors';
import { rebuildTokenizer } from './tokenizer';

export interface ConvertOptions {
  signal?: AbortSignal;
  /** Bytes of model.safetensors that are written, of all. */
  onProgress?: (done: number, total: number) => void;
}

/** `rope_freqs` and the like have a number for each pair of a head. */
const MAX_ROPE_NUMBERS = 4096;
/** Room for the other files, and so that a disk is not filled to the last byte. */
const SPARE_BYTES = 256 << 20;

/**
 * Writes `config.json`, `tokenizer.json`, `tokenizer_config.json` and `model.safetensors` into an empty folder.
 * @returns the bytes of each file, by name
 * @throws CheckpointError with a sentence for a model, tensor or tokenizer that is not known, or a disk without room
 */
export async function convertGguf(
  handle: FileHandle,
  header: GgufHeader,
  folder: string,
  options: ConvertOptions = {},
): Promise<Record<string, number>> {
  const { family, architecture } = familyOf(header);
  const modelOptions = new Options(header.metadata, architecture);
  const config = family.config({ options: modelOptions, header, ropeTensors: await ropeTensors(handle, header) });
  modelOptions.refuseUnknown();
  const plan = planTensors(header, family, config);
  const tokenizer = rebuildTokenizer(header.metadata, architecture, config['vocab_size'] as number);

  const total = plan.reduce((sum, { dtype, shape }) => sum + byteLength(dtype, product(shape)), 0);
  await checkRoom(header.file, folder, total);
  return {
    'config.json': await writeJson(folder, 'config.json', config),
    'tokenizer.json': await writeJson(folder, 'tokenizer.json', tokenizer.file),
    'tokenizer_config.json': await writeJson(folder, 'tokenizer_config.json', tokenizer.config),
    'model.safetensors': await writeWeights(handle, header.file, plan, join(folder, 'model.safetensors'), total, options),
  };
}

async function ropeTensors(handle: FileHandle, header: GgufHeader): Promise<Map<string, Float32Array>> {
  const found = new Map<string, Float32Array>();
  for (const source of header.tensors.values()) {
    if (!/^rope_\w+\.weight$/.test(source.name)) continue;
    if (product(source.shape) > MAX_ROPE_NUMBERS) throw new CheckpointError(header.file, 'is too large for what its name says.', source.name);
    found.set(source.name, await readNumbers(handle, header.file, source));
  }
  return found;
}

async function writeWeights(
  handle: FileHandle,
  file: string,
  plan: readonly PlannedTensor[],
  path: string,
  total: number,
  { signal, onProgress }: ConvertOptions,
): Promise<number> {
  const head = encodeHeader(file, plan, { format: 'pt' });
  const out = await open(path, 'wx');
  try {
    await out.writeFile(head);
    let done = 0;
    for (const planned of plan) {
      for await (const piece of pieces(handle, file, planned)) {
        signal?.throwIfAborted();
        await out.writeFile(piece);
        done += piece.length;
        onProgress?.(done, total);
      }
    }
    await out.sync();
    return head.length + done;
  } finally {
    await out.close();
  }
}

async function writeJson(folder: string, name: string, value: object): Promise<number> {
  const text = Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
  await writeFile(join(folder, name), text, { flag: 'wx' });
  return text.length;
}

async function checkRoom(file: string, folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const needed = bytes + SPARE_BYTES;
  if (free >= needed) return;
  const gigabytes = (count: number) => (count / 1e9).toFixed(1);
  throw new CheckpointError(
    file,
    `becomes ${gigabytes(bytes)} GB when it is unpacked to be read, but ${gigabytes(free)} GB are free where it would go (${folder}); ` +
      'free some, or keep models on another disk.',
  );
}

function product(shape: readonly number[]): number {
  return shape.reduce((result, size) => result * size, 1);
}
