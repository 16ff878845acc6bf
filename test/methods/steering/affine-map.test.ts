/** Affine maps: what they do on paper, a tuned lens's translators as maps, and files that are refused. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSafetensors } from '../../../src/checkpoints/write-safetensors';
import { floats } from '../../../src/graph';
import { mapped, readAffineMaps } from '../../../src/methods/steering/affine-map';
import { writeTunedLens } from '../../../src/methods/lenses/tuned-lens-folder';
import { randomFloats } from '../../graph/check';

const MODEL = { sha256: 'abc', width: 3, layers: 2 };
let folder: string;
beforeAll(async () => void (folder = await mkdtemp(path.join(os.tmpdir(), 'latent-lens-map-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

test('W h + b, and h + W h + b where the card says so', async () => {
  const file = path.join(folder, 'map.safetensors');
  const weight = [1, 0, 2, 0, 1, 0, -1, 0, 3];
  await writeSafetensors(file, [
    { name: 'weight', shape: [3, 3], data: Float32Array.from(weight) }, { name: 'bias', shape: [3], data: Float32Array.of(0.5, 0, -1) },
  ]);
  await expect(readAffineMaps(file, MODEL)).rejects.toThrow('has no card beside it');
  const card = (more: object) => writeFile(path.join(folder, 'map.json'), JSON.stringify({ format: 'latent-lens/affine-map', version: 1, ...more }));
  await card({ residual: false });
  const map = (await readAffineMaps(file, MODEL)).of(null)!;
  expect([...mapped(map, Float32Array.of(1, 2, 3))]).toEqual([7.5, 2, 7]);
  await card({ residual: true });
  expect([...mapped((await readAffineMaps(file, MODEL)).of(1)!, Float32Array.of(1, 2, 3))]).toEqual([8.5, 4, 10]);
  await card({});
  await expect(readAffineMaps(file, MODEL)).rejects.toThrow('is not the card of a map');
  await card({ residual: true, model: { sha256: 'other' } });
  await expect(readAffineMaps(file, MODEL)).rejects.toThrow('other weights');
  await card({ residual: true });
  await expect(readAffineMaps(file, { ...MODEL, width: 4 })).rejects.toThrow("'weight' is [3, 3]; a map of this model has [4, 4] there.");
  await expect(readAffineMaps(path.join(folder, 'nothing'), MODEL)).rejects.toThrow('is not there');
});

test('a tuned lens: the translator of the layer that the stream goes into, and nothing behind the last', async () => {
  const translators = [0, 1].map((layer) => ({ weight: floats(randomFloats(`w${layer}`, [3, 3], 1).data, [3, 3]), bias: floats(randomFloats(`b${layer}`, [3], 1).data, [3]) }));
  const lens = await mkdtemp(path.join(folder, 'lens-'));
  await writeTunedLens(lens, translators, 'small', 'F32');
  const maps = await readAffineMaps(lens, MODEL);
  expect(maps.kind).toBe('tuned lens');
  const h = Float32Array.of(0.2, -1, 4);
  const { weight, bias } = translators[1];
  const expected = h.map((own, row) => own + bias.data[row] + [0, 1, 2].reduce((sum, i) => sum + weight.data[3 * row + i] * h[i], 0));
  mapped(maps.of(1)!, h).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
  expect([...mapped(maps.of(2)!, h)]).toEqual([...h]);
  expect(maps.of(null)).toBeNull();
});
