/** A model whose weight files are links to other folders: it computes what it computes where they are its own. */
import { cp, mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Model } from '../../src/model';
import { readGolden } from '../golden/fixture';

test('weights in three folders', async () => {
  const { folder, prompts } = await readGolden('llama-sharded');
  const root = await mkdtemp(path.join(os.tmpdir(), 'latent-lens-linked-'));
  try {
    const linked = path.join(root, 'model');
    await cp(folder, linked, { recursive: true });
    for (const [i, name] of ['model-00001-of-00003.safetensors', 'model-00002-of-00003.safetensors'].entries()) {
      const elsewhere = await mkdtemp(path.join(root, `disk-${i}-`));
      await rename(path.join(linked, name), path.join(elsewhere, name));
      await symlink(path.join(elsewhere, name), path.join(linked, name));
    }
    const logits: Float32Array[] = [];
    for (const one of [folder, linked]) {
      const model = await Model.load(one);
      logits.push((await model.logits(await model.run([prompts[0].tokens]), [0, 1])).data);
      await model.release();
    }
    expect(logits[1]).toEqual(logits[0]);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
