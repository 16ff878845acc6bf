import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { architectureFor, type Architecture, type ModelShape } from '../../../src/architectures';
import { blockFlops, estimateLoad, measuredSpeed, memoryBytes, sweepFlops } from '../../../src/engine/models/estimate';
import { patchPositions } from '../../../src/methods/patching/patching';
import { Model } from '../../../src/model';
import { smallModel, type SmallModel } from '../small-model';

let small: SmallModel;
let model: Model;
beforeAll(async () => {
  small = await smallModel();
  model = await Model.load(small.folder, { threads: 1 });
});
afterAll(async () => {
  await model.release();
  await small.remove();
});

/** By hand, for Llama: products with weights, then scores and mixing over all keys. With `lastOnly` keys and values are still of every position. */
function llamaBlock({ width, heads, keyValueHeads, headSize, mlpWidth }: ModelShape, batch: number, positions: number, past: number, lastOnly: boolean): number {
  const from = lastOnly ? 1 : positions;
  const keysAndValues = 2 * positions * width * keyValueHeads * headSize;
  const queriesAndOut = 2 * from * width * heads * headSize;
  const mlp = 3 * from * width * mlpWidth;
  const attention = 2 * from * heads * headSize * (past + positions);
  return 2 * batch * (keysAndValues + queriesAndOut + mlp + attention);
}

describe('operations of a block', () => {
  test.each([[1, 7, 0], [4, 5, 9]])('batch %i, %i positions after %i', (batch, positions, past) => {
    for (const lastOnly of [false, true]) {
      expect(blockFlops(model.architecture, lastOnly)({ batch, positions, past })).toBe(llamaBlock(model.shape, batch, positions, past, lastOnly));
    }
  });
});

test.each([3, 12, 70])('a sweep over %i tokens is counted as its blocks are really run', async (tokens) => {
  let flops = 0;
  const run = vi.spyOn(model, 'runBlock').mockImplementation(function (this: Model, layer, resid, feeds, options) {
    flops += llamaBlock(this.shape, resid.shape[0], resid.shape[1], options.past?.keys.shape[2] ?? 0, options.lastOnly ?? false);
    return Model.prototype.runBlock.call(this, layer, resid, feeds, options);
  });
  const ids = (first: number) => Array.from({ length: tokens }, (_, i) => (i === 0 ? first : 20 + (i % 50)));
  const [base, source] = [ids(5), ids(6)];
  await patchPositions(model, { base, source, sourceOf: base.map((_, i) => i), metric: { positive: 7, negative: 8 } });
  run.mockRestore();
  expect(flops).toBeGreaterThan(0);
  expect(sweepFlops(model.architecture, tokens)).toBe(flops);
});

/** SmolLM2-135M's config.json, as far as it matters. */
const smollm: Architecture = architectureFor({
  model_type: 'llama', hidden_size: 576, num_hidden_layers: 30, num_attention_heads: 9, num_key_value_heads: 3, intermediate_size: 1536,
  vocab_size: 49152, max_position_embeddings: 8192, tie_word_embeddings: true,
});

test('memory is the weights in float32, and room that grows with the prompt', () => {
  const parameters = 134_515_008;
  const [short, long] = [10, 1000].map((tokens) => memoryBytes(smollm.shape, parameters, tokens));
  expect(memoryBytes(smollm.shape, 2 * parameters, 10) - short).toBe(4 * parameters);
  expect(short - 4 * parameters).toBeLessThan(5e8); // the process and little else
  const residuals = 2 * 30 * 990 * 576 * 4; // both runs', of each further token, are surely kept
  expect(long - short).toBeGreaterThan(residuals);
  expect(long - short).toBeLessThan(10 * residuals);
});

test('seconds are operations by speed, for a prompt that the model can read', async () => {
  const { sweep, memory, machine, free } = await estimateLoad(smollm, 134_515_008, 1e9);
  expect(sweep).toEqual({ tokens: 100, seconds: sweepFlops(smollm, 100) / 1e9 });
  expect(free ?? 0).toBeLessThan(machine);
  expect(memory).toBeGreaterThan(4 * 134_515_008);
  const { sweep: shorter } = await estimateLoad({ ...model.architecture, shape: { ...model.shape, context: 30 } }, 1000, 1e9);
  expect(shorter.tokens).toBe(30);
});

test('the speed is measured once, and is one that a processor can have', async () => {
  const speed = await measuredSpeed();
  expect(speed).toBeGreaterThan(1e8);
  expect(speed).toBeLessThan(1e14);
  expect(await measuredSpeed()).toBe(speed);
});
