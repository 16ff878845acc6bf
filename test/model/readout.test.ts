/** Logits that are no numbers. */
import { expect, test } from 'vitest';
import { floats } from '../../src/graph';
import { Model, readOut } from '../../src/model';
import { loadGolden } from '../golden/fixture';

test.each([NaN, Infinity])('a residual stream of %d is refused with what to do', async (value) => {
  const model = await Model.load((await loadGolden('gqa')).folder, { threads: 1 });
  const { width } = model.shape;
  const rows = new Float32Array(2 * width).fill(1);
  rows[width + 3] = value;
  const resid = floats(rows, [1, 2, width]);
  expect((await readOut(model, resid, [0], { topK: 1 }))[0].top).toHaveLength(1);
  await expect(readOut(model, resid, [0, 1], { topK: 1 })).rejects.toThrow(`no finite numbers. Download ${model.folder} again`);
  await model.release();
});
