/** Checkpoints that hold an unembedding although it is tied. */
import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCheckpoint } from '../../src/checkpoints/checkpoint';
import { readTensor } from '../../src/checkpoints/safetensors';
import { writeSafetensors } from '../../src/checkpoints/write-safetensors';
import { Model } from '../../src/model';
import { readGolden, type Golden } from '../golden/fixture';
import { expectClose } from './close';

const EMBEDDING = 'model.embed_tokens.weight';
let golden: Golden;
let folder: string;
beforeAll(async () => {
  golden = await readGolden('llama-mha-tied');
  folder = await mkdtemp(path.join(os.tmpdir(), 'latent-lens-tied-'));
  await copyFile(path.join(golden.folder, 'config.json'), path.join(folder, 'config.json'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The fixture with an lm_head.weight, which `change` makes of the embedding; and with so many rows of the embedding. */
async function withUnembedding(change: (embedding: Float32Array) => void): Promise<void> {
  const { tensors } = await openCheckpoint(golden.folder);
  const all = await Promise.all([...tensors.values()].map(async (tensor) => ({ name: tensor.name, shape: tensor.shape, data: await readTensor(tensor) })));
  const { shape, data } = all.find(({ name }) => name === EMBEDDING)!;
  const unembedding = data.slice();
  change(unembedding);
  await writeSafetensors(path.join(folder, 'model.safetensors'), [...all, { name: 'lm_head.weight', shape, data: unembedding }]);
}

test('the embedding again is passed over', async () => {
  await withUnembedding(() => undefined);
  expect((await stat(path.join(folder, 'model.safetensors'))).size).toBeGreaterThan((await stat(path.join(golden.folder, 'model.safetensors'))).size);
  const model = await Model.load(folder);
  const { tokens, values } = golden.prompts[0];
  const run = await model.run([tokens]);
  expectClose((await model.logits(run, tokens.map((_, i) => i))).data, values.get('logits')!.data, 'logits');
  await model.release();
});

test.each([0, -1])('another one is refused, if only number %i differs', async (at) => {
  await withUnembedding((embedding) => {
    embedding[at < 0 ? embedding.length + at : at] += 1;
  });
  await expect(Model.load(folder)).rejects.toThrow(
    /the unembedding is the embedding, but 'lm_head.weight' differs from 'model.embed_tokens.weight'. Set tie_word_embeddings to false/,
  );
});
