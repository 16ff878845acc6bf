/**
 * Explanations of latents in Neuronpedia's exports (https://docs.neuronpedia.org/api-and-data/exports): batch-0.jsonl.gz and so on, an
 * object a line with modelId, layer, index and description. Read as a stream and without trust.
 */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { parseJson } from '../../checkpoints/strict-json';
import { CheckpointError } from '../../checkpoints/checkpoint-error';

/** An export has a batch for each 128 to 1024 latents, of a few megabytes; the widest SAEs have a million latents. */
export const EXPORT_LIMITS = { files: 10_000, bytes: 64e6, unpacked: 256e6, unpackedInAll: 8e9, line: 1_000_000, description: 500 };
/** Names of models and sources, as they stand in addresses. */
const NAME = /^(?!\.+$)[\w.-]{1,200}$/;

export interface Explained {
  readonly description: string;
  /** Its page. */
  readonly link: string;
}

/**
 * The first explanation of each latent in a folder with batches, or above its subfolder `explanations`. Longer descriptions are cut.
 * @throws CheckpointError naming the file and the line for anything that is too large, damaged or not of an SAE with `dSae` latents
 */
export async function readExplanations(folder: string, dSae: number, limits = EXPORT_LIMITS): Promise<Map<number, Explained>> {
  const explained = new Map<number, Explained>();
  let left = limits.unpackedInAll;
  for (const file of await batchesIn(folder, limits.files)) {
    const { size } = await stat(file);
    if (size > limits.bytes) throw new CheckpointError(file, `has ${size} bytes; a batch of explanations has at most ${limits.bytes}.`);
    let number = 0;
    for await (const { text, bytes } of linesOf(file, { ...limits, unpacked: Math.min(limits.unpacked, left) })) {
      left -= bytes;
      number++;
      if (text.trim() === '') continue;
      const found = parseLine(text, dSae, (problem) => new CheckpointError(`${file}, line ${number}`, problem));
      if (!found || explained.has(found.index)) continue;
      const { description, link } = found;
      const cut = description.length > limits.description ? `${description.slice(0, limits.description - 1)}…` : description;
      explained.set(found.index, { description: cut, link });
    }
  }
  return explained;
}

async function batchesIn(folder: string, most: number): Promise<string[]> {
  for (const at of [path.join(folder, 'explanations'), folder]) {
    const names = (await readdir(at).catch(() => [])).filter((name) => /^batch-\d+\.jsonl\.gz$/.test(name));
    if (names.length > most) throw new CheckpointError(at, `holds ${names.length} batches, over the limit of ${most}.`);
    if (names.length > 0) return names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).map((name) => path.join(at, name));
  }
  throw new CheckpointError(folder, "holds no batch-0.jsonl.gz, nor does its subfolder explanations; give the folder of a source in a Neuronpedia export.");
}

/** The lines of a gzipped file, with the bytes of each. What unpacks to too much is refused before it is in memory. */
async function* linesOf(file: string, limits: { unpacked: number; line: number }): AsyncGenerator<{ text: string; bytes: number }> {
  const unpacked = createReadStream(file).on('error', (error) => gunzip.destroy(error));
  const gunzip = createGunzip();
  let total = 0;
  let rest = Buffer.alloc(0);
  const line = (bytes: Buffer) => {
    if (bytes.length > limits.line) throw new CheckpointError(file, `has a line of over ${limits.line} bytes; it is no export of explanations.`);
    return { text: bytes.toString('utf8'), bytes: bytes.length };
  };
  try {
    for await (const chunk of unpacked.pipe(gunzip) as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (total > limits.unpacked) throw new CheckpointError(file, `unpacks to over ${limits.unpacked} bytes; it is no export of explanations.`);
      const bytes = Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
        yield line(bytes.subarray(start, end));
        start = end + 1;
      }
      rest = bytes.subarray(start);
      line(rest);
    }
    if (rest.length > 0) yield line(rest);
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    throw new CheckpointError(file, `cannot be unpacked (${(error as Error).message}); download it again.`, undefined, { cause: error });
  } finally {
    unpacked.destroy();
    gunzip.destroy();
  }
}

/** Null for a latent without a description. */
function parseLine(text: string, dSae: number, fail: (problem: string) => Error): (Explained & { index: number }) | null {
  let row: unknown;
  try {
    row = parseJson(text);
  } catch {
    throw fail('is not JSON; download the file again.');
  }
  const { modelId, layer, index: given, description } = (row ?? {}) as Record<string, unknown>;
  const index = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : given;
  if (typeof index !== 'number' || !Number.isInteger(index) || index < 0) throw fail('has no index of a latent.');
  if (index >= dSae) throw fail(`explains latent ${index}, but the SAE has ${dSae}; it belongs to another SAE.`);
  if (typeof modelId !== 'string' || typeof layer !== 'string' || !NAME.test(modelId) || !NAME.test(layer)) {
    throw fail('does not name the model and the layer as Neuronpedia does.');
  }
  if (typeof description !== 'string' || description.trim() === '') return null;
  const page = [modelId, layer, String(index)].map(encodeURIComponent).join('/');
  return { index, description: description.trim().replace(/\s+/g, ' '), link: `https://www.neuronpedia.org/${page}` };
}
