/** Steering vectors in a file: a safetensors file with one tensor for each layer, named by its site, and a JSON card beside it. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { hashFile } from '../../checkpoints/checkpoint';
import { readSafetensorsHeader, readTensor } from '../../checkpoints/safetensors';
import { parseJson } from '../../checkpoints/strict-json';
import { writeSafetensors } from '../../checkpoints/write-safetensors';
import { checked, count, number, text } from '../../protocol/fields';
import { blockSiteName, RESIDUAL_SITES, type BlockSite } from '../../vocabulary/sites';

const FORMAT = 'latent-lens/vectors';
/** A card of thousands of layers is smaller. */
const MOST_CARD = 5_000_000;
const MOST_TOKENS = 100_000;
/** Bytes of a header with a name for each of thousands of layers. */
const MOST_HEADER = 1_000_000;

const set = z.object({ programs: count.min(1), files: z.array(text) });
const readAt = z.object({ ids: z.array(count).min(1).max(MOST_TOKENS), position: count })
  .refine(({ ids, position }) => position < ids.length, { error: 'its position lies behind its tokens.' });
const card = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  /** Of the safetensors file, and of the model's weights: hexadecimal. */
  sha256: text,
  model: z.object({ id: text, sha256: text, width: count, layers: count }),
  /** The question's id. */
  template: text,
  site: z.enum(RESIDUAL_SITES),
  layers: z.array(count).min(1),
  /** Where each program was read, as a place. */
  at: text,
  positive: set,
  negative: set,
  /**
   * In each layer: the vector's norm, and in how many of the pairs that it was not made from the positive program lies further along it
   * than the negative one, with the chance that a fair coin does so (sign test); null where no pair was held out.
   */
  quality: z.array(z.object({ layer: count, norm: number, heldOut: z.object({ pairs: count, agree: count, p: number }).nullable() })),
  /** Pairs that the vectors were not made from, as token ids and where each was read: for trying the vectors on. Older cards have none. */
  heldOut: z.object({ positive: z.array(readAt), negative: z.array(readAt) }).optional(),
  /** What the model answers more to the positive programs than to the negative ones, and the other way round, of those that made it. */
  answers: z.object({ toward: text, away: text }).nullable().optional(),
});
export type VectorsCard = z.output<typeof card>;

export interface SteeringVectors {
  card: VectorsCard;
  site: BlockSite;
  /** By layer, [width]. */
  vectors: ReadonlyMap<number, Float32Array>;
}

export function cardFile(file: string): string {
  return file.replace(/\.safetensors$/i, '') + '.json';
}

/** Writes both files. */
export async function writeVectors(
  file: string,
  vectors: ReadonlyMap<number, Float32Array>,
  told: Omit<VectorsCard, 'format' | 'version' | 'sha256' | 'layers'>,
): Promise<VectorsCard> {
  const tensors = [...vectors].map(([layer, data]) => ({ name: blockSiteName(layer, told.site), shape: [data.length], data }));
  await writeSafetensors(file, tensors, { metadata: { format: FORMAT, version: '1' } });
  const written: VectorsCard = { format: FORMAT, version: 1, sha256: await hashFile(file), ...told, layers: [...vectors.keys()] };
  await writeFile(cardFile(file), `${JSON.stringify(written, null, 2)}\n`);
  return written;
}

/** @throws a sentence that names the file, where it is damaged or of another model */
export async function readVectors(
  file: string,
  model: { id: string; sha256: string; width: number; layers: number },
): Promise<SteeringVectors> {
  const there = await stat(file).then((info) => info.isFile(), () => false);
  if (!there) throw new Error(`There is no file ${file}. Make one with latent-lens vectors make.`);
  const beside = cardFile(file);
  const size = await stat(beside).then((info) => (info.isFile() ? info.size : null), () => null);
  if (size === null) throw new Error(`${file} has no card beside it (${beside}), so it is not known what it steers. Make it with latent-lens vectors make.`);
  if (size > MOST_CARD) throw new Error(`${beside} is ${size} bytes, too many for a card of steering vectors.`);
  let json: unknown;
  try {
    json = parseJson(await readFile(beside, 'utf8'));
  } catch (error) {
    throw new Error(`${beside} ${(error as Error).message}.`, { cause: error });
  }
  const known = checked(card, json, beside);
  // A file of another size need not be read to be told apart, however large it is.
  const { size: bytes } = await stat(file);
  const fits = bytes <= 4 * known.layers.length * known.model.width + MOST_HEADER;
  if (!fits || known.sha256 !== (await hashFile(file))) throw new Error(`${file} is not the file that its card ${beside} is about. Make both again.`);
  if (known.model.sha256 !== model.sha256 || known.model.width !== model.width) {
    throw new Error(`${file} was made with ${known.model.id}, and the model in use, ${model.id}, has other weights. Open that model, or make vectors with this one.`);
  }
  const { tensors } = await readSafetensorsHeader(file);
  const vectors = new Map<number, Float32Array>();
  for (const layer of known.layers) {
    const name = blockSiteName(layer, known.site);
    const tensor = tensors.get(name);
    if (!tensor || layer >= model.layers || tensor.shape.length !== 1 || tensor.shape[0] !== model.width) {
      throw new Error(`${file}: ${name} is not a vector of ${model.width} numbers, as its card says.`);
    }
    const data = await readTensor(tensor);
    if (!data.every(Number.isFinite)) throw new Error(`${file}: ${name} holds something that is no finite number.`);
    vectors.set(layer, data);
  }
  return { card: known, site: known.site, vectors };
}
