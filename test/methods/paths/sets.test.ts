/** Path patching of several receivers and senders: all readers live is patching the node, the slow way reader by reader, and counts. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floats, type FloatArray } from '../../../src/graph';
import { isParallel, reads, readersOf, writersOf, type Reader, type Writer } from '../../../src/methods/nodes';
import { Paths, type Sender } from '../../../src/methods/paths/paths';
import { Model, type Hook } from '../../../src/model';
import { blockSite, siteName, type BlockSite, type Site } from '../../../src/vocabulary/sites';
import { GOLDEN_BLOCKS } from '../../golden/fixture';
import { CANCELLING, cancellingModel } from '../../planted/circuits';
import { ORIGINAL, PAIRS, type PromptPair } from '../patching/pairs';

const metric = { positive: 4, negative: 21 };
/** One token is another, so that every token has a counterpart. */
const EQUAL: PromptPair = ['another token', ORIGINAL.map((id, i) => (i === 2 ? 8 : id)), ORIGINAL, ORIGINAL.map((_, i) => i)];

describe.each(GOLDEN_BLOCKS)('%s', (fixture) => {
  let model: Model;
  beforeAll(async () => {
    model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
  });
  afterAll(() => model.release());

  const read = ([, base, source, sourceOf]: PromptPair, receivers: readonly Reader[], throughMlps = false) =>
    Paths.read(model, { base, source, sourceOf, metric, receivers, throughMlps });

  async function difference(prompt: readonly number[], hooks: readonly Hook[] = []): Promise<number> {
    const { data } = await model.logits(await model.run([prompt], { hooks }), [prompt.length - 1]);
    return data[metric.positive] - data[metric.negative];
  }

  async function activation(prompt: readonly number[], site: Site, hooks: readonly Hook[] = []): Promise<FloatArray> {
    return (await model.run([prompt], { read: [site], hooks })).sites.get(siteName(site))!;
  }

  /** Copies the vectors of some heads, or all of it, from another run's activation at tokens that have a counterpart. */
  function copied(activation: FloatArray, from: FloatArray, sourceOf: readonly (number | null)[], head: number | null): FloatArray {
    const data = activation.data.slice();
    const [, , first, second = 1] = activation.shape;
    const size = first * second;
    const [start, end] = head === null ? [0, size] : [head * second, (head + 1) * second];
    sourceOf.forEach((at, position) => {
      if (at !== null) data.set(from.data.subarray(at * size + start, at * size + end), position * size + start);
    });
    return floats(data, activation.shape);
  }

  /** The site that a writer is patched at, and its head there. */
  function placeOf(writer: Writer): [Site, number | null] {
    if (writer.kind === 'embed') return [blockSite(0, 'hook_resid_pre'), null];
    return writer.kind === 'mlp' ? [blockSite(writer.layer, 'hook_mlp_out'), null] : [blockSite(writer.layer, 'attn.hook_z'), writer.head];
  }

  test('all readers of a node live: patching the node', async () => {
    const { layers, heads } = model.shape;
    const nodes: Writer[] = [
      { kind: 'embed' },
      { kind: 'head', layer: 0, head: heads - 1 },
      { kind: 'mlp', layer: 0 },
      { kind: 'head', layer: layers - 1, head: 0 },
    ];
    let moved = 0;
    for (const pair of [PAIRS[0], PAIRS[1]]) {
      const [, base, source, sourceOf] = pair;
      for (const node of nodes) {
        const behind = readersOf(model.shape).filter((reader) => reads(model.architecture, reader, node));
        const [site, head] = placeOf(node);
        const there = await activation(source, site);
        const edit = (own: FloatArray) => copied(own, there, sourceOf, head);
        const expected = await difference(base, [{ site, edit }]);
        for (const throughMlps of [false, true]) {
          const paths = await read(pair, behind, throughMlps);
          const [{ metric: found }] = await paths.patch([[node]]);
          expect(Math.abs(found - expected), `${JSON.stringify(node)}, ${throughMlps}`).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected)));
          moved = Math.max(moved, Math.abs(found - paths.baseMetric));
        }
      }
    }
    expect(moved).toBeGreaterThan(1e-4);
  });

  test('all that write to all that read, and the last of these alone: the source', async () => {
    const [, , source] = EQUAL;
    for (const receivers of [readersOf(model.shape), readersOf(model.shape).slice(-2)]) {
      const paths = await read(EQUAL, receivers);
      expect(paths.writers()).toEqual(writersOf(model.shape));
      expect((await paths.patch([paths.writers()]))[0].metric).toBeCloseTo(await difference(source), 4);
    }
  });

  test.each([[false], [true]])('the slow way, reader by reader, each of the run as it is by then; through MLPs %s', async (throughMlps) => {
    const { layers, heads, keyValueHeads } = model.shape;
    const [, base, source, sourceOf] = PAIRS[0];
    const parallel = isParallel(model.architecture);
    const last = layers - 1;
    const all: Reader[] = [
      { kind: 'mlp', layer: 0 },
      { kind: 'head', layer: last, head: keyValueHeads - 1, input: 'k' },
      { kind: 'head', layer: last, head: heads - 1, input: 'q' },
      { kind: 'head', layer: last, head: 0, input: 'v' },
      { kind: 'mlp', layer: last },
      { kind: 'logits' },
    ];
    const written: Writer[] = [
      { kind: 'embed' }, { kind: 'head', layer: 0, head: 0 }, { kind: 'mlp', layer: 0 }, { kind: 'head', layer: last, head: heads - 1 },
    ];
    // MLPs either send and receive, or pass on.
    const [receivers, senders] = throughMlps ? [all.filter(({ kind }) => kind !== 'mlp'), written.filter(({ kind }) => kind !== 'mlp')] : [all, written];
    const hooks: Hook[] = [];
    const inputOf = (reader: Reader): Site => {
      if (reader.kind === 'logits') return blockSite(last, 'hook_resid_post');
      return blockSite(reader.layer, reader.kind === 'mlp' && !parallel ? 'hook_resid_mid' : 'hook_resid_pre');
    };
    /** What a reader makes of another stream. */
    const madeOf = (reader: Exclude<Reader, { kind: 'logits' }>, stream: FloatArray) => {
      const site: BlockSite = reader.kind === 'mlp' ? 'hook_mlp_out' : `attn.hook_${reader.input}`;
      return activation(base, blockSite(reader.layer, site), [{ site: inputOf(reader), edit: () => stream }]);
    };
    /** The stream that a reader reads: the run's, and for each sender before it what it writes in the source less what it does in the run. */
    const input = async (reader: Reader): Promise<FloatArray> => {
      const stream = await activation(base, inputOf(reader), hooks);
      const data = stream.data.slice();
      const add = (after: FloatArray, before: FloatArray) => after.data.forEach((value, i) => (data[i] += value - before.data[i]));
      for (const sender of senders) {
        if (!reads(model.architecture, reader, sender)) continue;
        const [at, head] = placeOf(sender);
        const own = await activation(base, at, hooks);
        const exchanged = copied(own, await activation(source, at), sourceOf, head);
        if (sender.kind !== 'head') add(exchanged, own);
        else {
          const out = blockSite(sender.layer, 'hook_attn_out');
          add(await activation(base, out, [...hooks, { site: at, edit: () => exchanged }]), await activation(base, out, hooks));
        }
      }
      for (let layer = 0; throughMlps && layer < model.shape.layers; layer++) {
        const mlp = { kind: 'mlp', layer } as const;
        if (reads(model.architecture, reader, mlp)) add(await madeOf(mlp, await input(mlp)), await activation(base, blockSite(layer, 'hook_mlp_out'), hooks));
      }
      return floats(data, stream.shape);
    };
    let expected = NaN;
    const aligned = (own: FloatArray, made: FloatArray, head: number | null) =>
      copied(own, made, sourceOf.map((from, position) => (from === null ? null : position)), head);
    for (const reader of receivers) {
      const stream = await input(reader);
      if (reader.kind === 'logits') {
        expected = await difference(base, [...hooks, { site: blockSite(last, 'hook_resid_post'), edit: (own) => aligned(own, stream, null) }]);
        continue;
      }
      const site: BlockSite = reader.kind === 'mlp' ? 'hook_mlp_out' : `attn.hook_${reader.input}`;
      const made = await madeOf(reader, stream);
      hooks.push({ site: blockSite(reader.layer, site), edit: (own) => aligned(own, made, reader.kind === 'head' ? reader.head : null) });
    }
    const paths = await read(PAIRS[0], receivers, throughMlps);
    const [{ metric: found, changed }] = await paths.patch([senders]);
    expect(changed).toBe(true);
    expect(Math.abs(found - expected)).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected)));
    expect(Math.abs(found - paths.baseMetric)).toBeGreaterThan(1e-4);
    // In any order, and beside other sets in one batch.
    const turned = await read(PAIRS[0], [...receivers].reverse(), throughMlps);
    const ofLayer = Array.from({ length: heads }, (_, head): Sender => ({ kind: 'head', layer: last, head }));
    const embed: Sender = { kind: 'embed' };
    const [nothing, together, again, whole] = await turned.patch([[], [embed, ...ofLayer], senders, [embed, { kind: 'attention', layer: last }]]);
    expect(nothing).toEqual({ metric: turned.baseMetric, changed: false });
    expect(again.metric).toBeCloseTo(found, 5);
    expect(together.metric).toBeCloseTo(whole.metric, 4);
  });

  test('the base as its own source changes nothing, to the bit', async () => {
    const same: PromptPair = ['', ORIGINAL, ORIGINAL, ORIGINAL.map((_, i) => i)];
    const paths = await read(same, readersOf(model.shape), true);
    for (const result of await paths.patch([...paths.writers().map((one) => [one]), paths.writers()])) {
      expect(result).toEqual({ metric: paths.baseMetric, changed: false });
    }
  });
});

test.each([
  { of: 'GPT-2 small', layers: 12, heads: 12, keyValueHeads: 12, counts: [157, 445, 32_491] },
  { of: 'Qwen2.5-0.5B', layers: 24, heads: 14, keyValueHeads: 2, counts: [361, 457, 79_813] },
])('nodes and edges of $of, as they are counted elsewhere', async ({ layers, heads, keyValueHeads, counts }) => {
  const model = await Model.load(path.resolve('test/fixtures/golden/llama-gqa'));
  const shape = { ...model.shape, layers, heads, keyValueHeads };
  const [writers, readers] = [writersOf(shape), readersOf(shape)];
  const architecture = { ...model.architecture, shape };
  const edges = readers.reduce((sum, reader) => sum + writers.filter((writer) => reads(architecture, reader, writer)).length, 0);
  expect([writers.length, readers.length, edges]).toEqual(counts);
  await model.release();
});

test('on paper: the writer to the eraser\'s values and to the logits, both live, is the writer patched: nothing moves', async () => {
  const model = await cancellingModel();
  const [base, source] = [[0, 5, 7, 3, 9, 2, 7], [0, 6, 7, 3, 9, 2, 7]];
  const { writer, eraser, logit } = CANCELLING;
  const receivers: Reader[] = [{ kind: 'head', ...eraser, input: 'v' }, { kind: 'logits' }];
  const options = { base, source, sourceOf: base.map((_, i) => i), metric: { positive: 6, negative: 5 }, throughMlps: false };
  const both = await Paths.read(model, { ...options, receivers });
  const values = await Paths.read(model, { ...options, receivers: receivers.slice(0, 1) });
  const set: Sender[] = [{ kind: 'head', ...writer }];
  expect((await both.patch([set]))[0].metric).toBeCloseTo(both.baseMetric, 3);
  expect((await values.patch([set]))[0].metric - values.baseMetric).toBeCloseTo(-2 * logit, 3);
  await model.release();
});
