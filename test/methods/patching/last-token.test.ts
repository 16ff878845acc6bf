/** Changes of the residual stream at the last token: the same as whole runs with hooks, and what must come of planted ones. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changedNext, readLastToken, type LastTokenChange } from '../../../src/methods/patching/last-token';
import { randomVector, steeringHooks } from '../../../src/methods/steering/steering';
import { Model, readOut } from '../../../src/model';
import { smallModel, type SmallModel } from '../../engine/small-model';

const IDS = [5, 9, 17, 3, 22, 8, 40, 12];
let small: SmallModel;
let model: Model;
beforeAll(async () => {
  small = await smallModel();
  model = await Model.load(small.folder);
});
afterAll(async () => {
  await model.release();
  await small.remove();
});

test('a vector added before a layer does what it does in a run of all tokens', async () => {
  const { layers, width } = model.shape;
  const base = await readLastToken(model, IDS);
  const changes: LastTokenChange[] = Array.from({ length: 3 * layers }, (_, i) => ({ layer: i % layers, vector: randomVector(width, 3 + i, i), add: true }));
  const next = await changedNext(model, base, IDS.length, changes);
  for (const [i, { layer, vector }] of changes.entries()) {
    const hooks = steeringHooks({ site: 'hook_resid_pre', vectors: new Map([[layer, vector]]), factor: 1, at: (position) => position === IDS.length - 1 });
    const { resid } = await model.run([IDS], { hooks });
    const [{ top: [{ id }] }] = await readOut(model, resid, [IDS.length - 1], { topK: 1 });
    expect(next[i], `change ${i}`).toBe(id);
  }
  expect(new Set(next).size).toBeGreaterThan(1);
});

test('nothing, and its own stream, change nothing; the stream of a prompt that ends otherwise makes it that prompt', async () => {
  const { layers, width } = model.shape;
  const ends = Array.from({ length: 12 }, (_, i) => 30 + 3 * i);
  const prompts = ends.map((end) => [...IDS.slice(0, -1), end]);
  const read = await Promise.all(prompts.map((ids) => readLastToken(model, ids)));
  expect(new Set(read.map(({ next }) => next)).size).toBeGreaterThan(2);
  const every = Array.from({ length: layers }, (_, layer) => layer);
  for (const one of read) {
    const own = [
      ...every.map((layer) => ({ layer, vector: one.resid[layer], add: false })), ...every.map((layer) => ({ layer, vector: new Float32Array(width), add: true })),
    ];
    expect(await changedNext(model, one, IDS.length, own)).toEqual(own.map(() => one.next));
    // What lies before the token is the same in both, so that all of the difference is in the stream at it.
    const others = read.flatMap((other) => every.map((layer) => ({ layer, vector: other.resid[layer], add: false })));
    const wanted = read.flatMap(({ next }) => every.map(() => next));
    // From layer 1 on the keys and values of the token itself are computed from what was put in.
    expect(await changedNext(model, one, IDS.length, others)).toEqual(wanted);
  }
});
