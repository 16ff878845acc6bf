/** Attention's sparse patterns, norms of values and head scores, against the whole patterns and weights of models of each kind. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCheckpoint } from '../../../src/checkpoints/checkpoint';
import { readTensor } from '../../../src/checkpoints/safetensors';
import { floats } from '../../../src/graph';
import { LEAST_KEPT, MOST_KEPT, patternChanges, Patterns, patternsByLayer, sparsePattern, valueNorms } from '../../../src/methods/attention/attention';
import { headScores } from '../../../src/methods/attention/head-scores';
import { Model, type Hook } from '../../../src/model';
import { blockSite, siteName } from '../../../src/vocabulary/sites';
import { INDUCTION, inductionModel } from '../../planted/circuits';

const FIXTURES = path.resolve('test/fixtures/golden');
const IDS = [3, 14, 15, 9, 26, 5, 31, 7, 3, 14, 2, 11, 8, 26, 5];
const millionths = (value: number) => Math.round(value * 1e6);

describe.each(['llama-mha-tied', 'llama-gqa', 'llama-mqa', 'families/gpt2', 'families/gpt_neox', 'families/gemma2'])('%s', (fixture) => {
  const open = () => Model.load(path.join(FIXTURES, fixture), { threads: 1 });

  test('what is kept of a row are the largest shares of the whole run, and with the rest it is 1 to the last digit', async () => {
    const model = await open();
    const { layers, heads } = model.shape;
    const sites = Array.from({ length: layers }, (_, layer) => blockSite(layer, 'attn.hook_pattern'));
    const whole = await model.run([IDS], { read: sites });
    const size = IDS.length;
    let seen = 0;
    for await (const { layer, patterns } of patternsByLayer(model, IDS)) {
      const { data } = whole.sites.get(siteName(sites[layer]))!;
      const window = model.architecture.windows[layer] ?? size;
      for (let head = 0; head < heads; head++) {
        const { sources, weights, rest, sink, entropy } = sparsePattern(patterns, head);
        for (let query = 0; query < size; query++) {
          const row = [...data.subarray((head * size + query) * size, (head * size + query + 1) * size)];
          const largest = row.map((share, at) => ({ share, at })).filter(({ share }) => share >= LEAST_KEPT).sort((a, b) => b.share - a.share).slice(0, MOST_KEPT);
          expect(sources[query].length).toBe(largest.length);
          sources[query].forEach((at, i) => {
            expect(Math.abs(weights[query][i] - row[at])).toBeLessThan(5e-6);
            expect(Math.abs(row[at] - largest[i].share)).toBeLessThan(1e-6);
            expect(at).toBeLessThanOrEqual(query);
            expect(at).toBeGreaterThan(query - window);
          });
          expect(weights[query].map(millionths).reduce((a, b) => a + b, 0) + millionths(rest[query])).toBe(1e6);
          expect(rest[query]).toBeGreaterThanOrEqual(0);
          expect(sink[query]).toBeCloseTo(row[0], 5);
          expect(entropy[query]).toBeCloseTo(-row.reduce((sum, share) => sum + (share > 0 ? share * Math.log(share) : 0), 0), 4);
        }
        seen++;
      }
    }
    expect(seen).toBe(layers * heads);
    await model.release();
  });

  test('the norm of a value is the length of what the head alone writes of it', async () => {
    const model = await open();
    const { heads, keyValueHeads, headSize } = model.shape;
    for await (const { layer, values } of patternsByLayer(model, IDS)) {
      const norms = await valueNorms(model, layer, values);
      const [z, out] = [blockSite(layer, 'attn.hook_z'), blockSite(layer, 'hook_attn_out')];
      const written = async (head: number | null) => {
        const edit: Hook['edit'] = ({ data, shape }) => {
          const only = new Float32Array(data.length);
          if (head === null) return floats(only, shape);
          const group = Math.floor((head * keyValueHeads) / heads);
          IDS.forEach((_, at) => {
            const from = (at * keyValueHeads + group) * headSize;
            only.set(values.data.subarray(from, from + headSize), (at * heads + head) * headSize);
          });
          return floats(only, shape);
        };
        return (await model.run([IDS], { hooks: [{ site: z, edit }], read: [out], until: layer + 1 })).sites.get(siteName(out))!;
      };
      const weights = fixture === 'families/gemma2' ? await gemmaSlices(layer) : null;
      const nothing = await written(null);
      for (let head = 0; head < heads; head++) {
        const { data, shape: [, , width] } = await written(head);
        IDS.forEach((_, at) => {
          let square = 0;
          for (let i = 0; i < width; i++) square += (data[at * width + i] - nothing.data[at * width + i]) ** 2;
          // Behind a norm this is not linear: there the weights are multiplied out.
          const expected = weights ? weights(head, values.data.subarray((at * keyValueHeads + Math.floor((head * keyValueHeads) / heads)) * headSize)) : Math.sqrt(square);
          expect(Math.abs(norms[head][at] - expected), `${layer}.${head} at ${at}`).toBeLessThan(1e-4 * (1 + expected));
        });
      }
    }
    await model.release();

    async function gemmaSlices(layer: number) {
      const { tensors } = await openCheckpoint(path.join(FIXTURES, fixture));
      const read = async (name: string) => readTensor(tensors.get(`model.layers.${layer}.${name}.weight`)!);
      const [out, norm] = [await read('self_attn.o_proj'), await read('post_attention_layernorm')];
      return (head: number, v: Float32Array) => {
        const inputs = heads * headSize;
        return Math.hypot(...Array.from({ length: norm.length }, (_, i) => {
          let sum = 0;
          for (let j = 0; j < headSize; j++) sum += Number(out[i * inputs + head * headSize + j]) * v[j];
          return sum * (1 + Number(norm[i]));
        }));
      };
    }
  });

  test('a score is the mean attention to the pairs, less what an even reading within the window gives', async () => {
    const model = await open();
    const pairs = new Map(IDS.map((_, query): [number, number[]] => [query, query < 2 ? [] : [query - 2, ...(query > 9 ? [query - 9] : [])]]).filter(([, keys]) => keys.length > 0));
    const { own } = await headScores(model, IDS, { own: pairs });
    let apart = 0;
    for await (const { layer, patterns } of patternsByLayer(model, IDS)) {
      const window = model.architecture.windows[layer] ?? Infinity;
      const rows = [...pairs].map(([query, keys]) => ({ query, keys: keys.filter((key) => query - key < window) })).filter(({ keys }) => keys.length > 0);
      const even = rows.reduce((sum, { query, keys }) => sum + keys.length / Math.min(query + 1, window), 0) / rows.length;
      expect(own.rows[layer]).toBe(rows.length);
      expect(own.uniform[layer]).toBeCloseTo(even, 10);
      for (let head = 0; head < patterns.heads; head++) {
        const mean = rows.reduce((sum, { query, keys }) => sum + keys.reduce((all, key) => all + patterns.row(head, query)[key], 0), 0) / rows.length;
        expect(own.score[layer][head]).toBeCloseTo(mean - even, 10);
        apart = Math.max(apart, Math.abs(own.score[layer][head] - own.random[layer][head]));
      }
    }
    expect(apart).toBeGreaterThan(1e-3);
    expect((await headScores(model, IDS, { own: pairs })).own).toEqual(own);
    await model.release();
  });
});

test('changes between programs are those of tokens side by side, signed', () => {
  const before = new Patterns(Float32Array.from([1, 0, 0, 0.5, 0.5, 0, 0.2, 0.3, 0.5]), 1, 3);
  const after = new Patterns(Float32Array.from([1, 0, 0, 0, 0.9, 0.1, 0, 0, 0.1, 0.2, 0.7, 0, 0.6, 0.1, 0.1, 0.2]), 1, 4);
  // The variant has one token more, its second.
  const { sources, changes } = patternChanges(before, after, 0, [0, 2, 3]);
  expect(sources).toEqual([[], [0, 1], [0, 2, 1]]);
  expect(changes).toEqual([[], [-0.4, 0.2], [0.4, -0.3, -0.2]]);
  expect(patternChanges(before, before, 0, [0, 1, 2]).changes).toEqual([[], [], []]);
  expect(patternChanges(before, after, 0, [0, null, 3]).sources).toEqual([[], [], [0, 2]]);
});

test('planted: the previous-token head and the induction head give all of their attention to their pairs, and random pairs get none', async () => {
  const model = await inductionModel();
  const prompt = [0, 5, 7, 3, 9, 2, 7, 3, 9, 2];
  const previous = new Map(prompt.flatMap((_, at): [number, number[]][] => (at > 0 ? [[at, [at - 1]]] : [])));
  const induction = new Map<number, number[]>([[6, [3]], [7, [4]], [8, [5]], [9, [6]]]);
  const scores = await headScores(model, prompt, { previous, induction });
  for (const [name, { layer, head }] of [['previous', INDUCTION.previous], ['induction', INDUCTION.induction]] as const) {
    const { score, uniform, random, rows } = scores[name];
    expect(rows[layer]).toBe(name === 'previous' ? 9 : 4);
    expect(score[layer][head] + uniform[layer]).toBeCloseTo(1, 5);
    expect(random[layer][head]).toBeLessThan(0.5);
    score.forEach((row, l) => row.forEach((value, h) => (l !== layer || h !== head) && expect(value, `${name} ${l}.${h}`).toBeLessThan(0.1)));
  }
  await model.release();
});
