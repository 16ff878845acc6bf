/** A checkpoint may hold an unembedding that its config.json says is the embedding. */
import { open } from 'node:fs/promises';
import type { Architecture } from '../architectures';
import type { Checkpoint } from '../checkpoints/checkpoint';
import type { StoredTensor } from '../checkpoints/safetensors';

/** So much is compared at the beginning, in the middle and at the end: what was trained apart differs everywhere. */
const SAMPLE = 65_536;

/** @throws a sentence when an unembedding that would be passed over is not the embedding: transformers 5 would use it, 4 would not */
export async function checkTiedUnembedding(architecture: Architecture, { folder, tensors }: Checkpoint): Promise<void> {
  const { embedding, weights, checkpoint: { prefix = '' } = {} } = architecture;
  const own = tensors.get(embedding) ?? tensors.get(embedding.slice(prefix.length));
  const unembedding = [...tensors.values()].find(({ name }) => /(^|\.)(lm_head|embed_out)\.weight$/.test(name));
  if (!own || !unembedding || weights.has('lm_head.weight') || weights.has(unembedding.name)) return;
  const alike = own.dtype === unembedding.dtype && own.length === unembedding.length;
  if (alike && (await sampled(own)).equals(await sampled(unembedding))) return;
  throw new Error(
    `${folder}: config.json says that the unembedding is the embedding, but '${unembedding.name}' differs from '${own.name}'. ` +
      'Set tie_word_embeddings to false in config.json if the model was trained with both.',
  );
}

async function sampled({ file, offset, length }: StoredTensor): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const starts = [0, Math.floor((length - SAMPLE) / 2), length - SAMPLE].map((start) => Math.max(start, 0));
    const parts: Buffer[] = [];
    for (const start of starts) {
      const size = Math.min(SAMPLE, length);
      parts.push((await handle.read(Buffer.alloc(size), 0, size, offset + start)).buffer);
    }
    return Buffer.concat(parts);
  } finally {
    await handle.close();
  }
}
