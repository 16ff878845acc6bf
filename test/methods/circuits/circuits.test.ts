/** Circuits of nodes and of edges: the whole is the model, none is the replacement, and both forms agree; on every kind of family. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floats } from '../../../src/graph';
import { EdgeCircuits } from '../../../src/methods/circuits/edge-circuits';
import { EdgeScores } from '../../../src/methods/circuits/edges';
import { areas, shareOf } from '../../../src/methods/circuits/faithfulness';
import { readersOf, writersOf, type EdgeReader, type EdgeWriter } from '../../../src/methods/circuits/graph';
import { NodeCircuits } from '../../../src/methods/circuits/node-circuits';
import { meanReplacement, zeroReplacement } from '../../../src/methods/circuits/replacement';
import { greedy, pruned, type EdgeGraph } from '../../../src/methods/circuits/selection';
import { uniformFrom } from '../../../src/random';
import { Model } from '../../../src/model';
import { blockSite, siteName } from '../../../src/vocabulary/sites';
import { INDUCTION, inductionModel } from '../../planted/circuits';
import { PAIRS } from '../patching/pairs';

const metric = { positive: 4, negative: 21 };
const ALIGNED = { base: [3, 14, 15, 9, 26, 5, 31, 7], source: [3, 14, 8, 9, 26, 11, 31, 7] };
const FAMILIES = ['gpt2', 'gpt_neox', 'gptj', 'gemma2', 'gemma3', 'qwen3', 'gpt_bigcode', 'phi3'];

/** Who has the inputs that a reader is one of: heads that share keys and values share these. */
function writes(reader: EdgeReader, model: Model): (writer: EdgeWriter) => boolean {
  const { heads, keyValueHeads } = model.shape;
  return (writer) => {
    if (reader.kind === 'logits') return true;
    if (writer.kind === 'embed' || writer.layer !== reader.layer || writer.kind === 'remainder') return false;
    if (reader.kind === 'mlp' || writer.kind === 'mlp') return reader.kind === writer.kind;
    const head = reader.input === 'q' ? writer.head : Math.floor((writer.head * keyValueHeads) / heads);
    return head === reader.head;
  };
}

describe.each(['llama-gqa', 'llama-mqa', ...FAMILIES.map((name) => `families/${name}`)])('%s', (fixture) => {
  let model: Model;
  beforeAll(async () => {
    model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
  });
  afterAll(() => model.release());

  test('all of it is the model, and none of it the source, in which every token has its counterpart', async () => {
    const { base, source } = ALIGNED;
    const sourceOf = base.map((_, i) => i);
    const { sourceMetric, baseMetric } = await EdgeScores.read(model, { base, source, sourceOf, metric });
    expect(Math.abs(sourceMetric - baseMetric)).toBeGreaterThan(1e-3);
    const nodes = await NodeCircuits.read(model, base, metric);
    const replacement = await meanReplacement(model, nodes.run, [{ tokens: source, sourceOf }]);
    const [whole, none] = await nodes.metrics([() => true, () => false], replacement);
    expect(whole).toBe(nodes.baseMetric);
    expect(none).toBeCloseTo(sourceMetric, 4);
    const edges = await EdgeCircuits.read(model, base, metric);
    // All but what the last MLP reads at the first token, which nothing reads: nearly all is computed.
    const idle = edges.readers.length - 2;
    const [all, nearly, empty] = await edges.metrics([() => true, (_, reader, at) => reader !== idle || at > 0, () => false], replacement);
    expect(all).toBe(edges.baseMetric);
    expect(nearly).toBeCloseTo(baseMetric, 4);
    expect(empty).toBeCloseTo(sourceMetric, 4);
  });

  test.each(PAIRS)('all edges among nodes are the circuit of these nodes: %s', async (...pair) => {
    const [, base, source, sourceOf] = pair;
    const nodes = await NodeCircuits.read(model, base, metric);
    const replacement = await meanReplacement(model, nodes.run, [{ tokens: source, sourceOf }]);
    const edges = await EdgeCircuits.read(model, base, metric);
    const [writers, readers] = [writersOf(model), readersOf(model)];
    const uniform = uniformFrom(5);
    for (let trial = 0; trial < 3; trial++) {
      // A norm behind the heads knows no share of one of them: there they stay together, with what it leaves.
      const together = /gemma[23]/.test(model.architecture.family);
      const drawn = new Map<string, boolean>();
      const inside = writers.map((writer) => base.map((_, at) => {
        const key = together && writer.kind !== 'embed' && writer.kind !== 'mlp' ? `${writer.layer} ${at}` : `${JSON.stringify(writer)} ${at}`;
        const known = drawn.get(key) ?? uniform() < 0.6;
        drawn.set(key, known);
        return known;
      }));
      const [byNodes] = await nodes.metrics([(writer, at) => inside[writer][at]], replacement);
      // What a node outside gets does not matter, as its edges are not there.
      const [byEdges] = await edges.metrics([(writer, _, at) => inside[writer][at]], replacement);
      expect(byEdges).toBeCloseTo(byNodes, 4);
      expect(byNodes).not.toBeCloseTo(nodes.baseMetric, 4);
    }
    expect(readers.every((reader) => reader.kind === 'logits' || writers.some(writes(reader, model)))).toBe(true);
  });

  test('pruned edges change nothing; circuits grown from the logits are joined to them', async () => {
    const [base, source, sourceOf] = [ALIGNED.base, ALIGNED.source, ALIGNED.base.map((_, i) => i)];
    const scores = await EdgeScores.read(model, { base, source, sourceOf, metric });
    const count = scores.readers.length;
    const edges = scores.readers.flatMap((_, reader) => Array.from({ length: scores.readBy(reader) }, (__, writer) => writer * count + reader));
    const graph: EdgeGraph = {
      ...scores, of: (edge) => ({ writer: Math.floor(edge / count), reader: edge % count, place: 0 }), seen: [[0]], open: false, still: true,
    };
    const size = (edge: number) => Math.abs(scores.score(graph.of(edge).writer, graph.of(edge).reader));
    const ranked = edges.sort((a, b) => size(b) - size(a));
    const circuits = await EdgeCircuits.read(model, base, metric);
    const replacement = await meanReplacement(model, circuits.run, [{ tokens: source, sourceOf }]);
    const keeps = (some: readonly number[]) => {
      const names = new Set(some);
      return (writer: number, reader: number) => names.has(writer * count + reader);
    };
    const grown = greedy(ranked, graph);
    expect(graph.of(grown[0]).reader).toBe(count - 1);
    // Whatever is grown speaks to the logits: only what a writer gets may still be lacking. It is the largest that does.
    const isReached = (edge: number, before: readonly number[]) => {
      const { reader } = graph.of(edge);
      return reader === count - 1 || before.some((one) => writes(scores.readers[reader], model)(scores.writers[graph.of(one).writer]));
    };
    for (let at = 0; at < 40; at++) {
      const before = grown.slice(0, at);
      expect(grown[at]).toBe(ranked.find((edge) => !before.includes(edge) && isReached(edge, before)));
    }
    expect([...grown].sort((a, b) => a - b)).toEqual([...edges].filter((edge) => isReached(edge, grown)).sort((a, b) => a - b));
    for (const many of [4, 12, 40]) {
      const best = ranked.slice(0, many);
      const kept = pruned(best, graph);
      expect(kept.length).toBeLessThanOrEqual(best.length);
      const [before, after] = await circuits.metrics([keeps(best), keeps(kept)], replacement);
      expect(after).toBeCloseTo(before, 4);
    }
  });

  test('nodes: one left out is a patch of it; zero and mean replacements are what they say', async () => {
    const [, base, source, sourceOf] = PAIRS[0];
    const nodes = await NodeCircuits.read(model, base, metric);
    const replacement = await meanReplacement(model, nodes.run, [{ tokens: source, sourceOf }]);
    const mean = await meanReplacement(model, nodes.run, [{ tokens: source, sourceOf }, { tokens: base, sourceOf: base.map((_, i) => i) }]);
    const layer = model.shape.layers - 2;
    const writer = writersOf(model).findIndex((one) => one.kind === 'mlp' && one.layer === layer);
    const last = base.length - 1;
    const site = blockSite(layer, 'hook_mlp_out');
    const { width } = model.shape;
    const there = (await model.run([source], { read: [site] })).sites.get(siteName(site))!.data.slice(sourceOf[last]! * width);
    const own = (await model.run([base], { read: [site] })).sites.get(siteName(site))!.data.slice(last * width);
    for (const [how, value] of [
      [replacement, there], [zeroReplacement(model, nodes.run), new Float32Array(width)], [mean, own.map((x, i) => (x + there[i]) / 2)],
    ] as const) {
      const [metricWithout] = await nodes.metrics([(w, at) => w !== writer || at !== last], how);
      const edit = ({ data, shape }: { data: Float32Array; shape: readonly number[] }) => {
        const copy = data.slice();
        copy.set(value, last * width);
        return floats(copy, shape);
      };
      const { data } = await model.logits(await model.run([base], { hooks: [{ site, edit }] }), [last]);
      expect(metricWithout).toBeCloseTo(data[metric.positive] - data[metric.negative], 4);
    }
  });
});

test('on paper: the three edges of induction and the tokens that they read are the circuit', async () => {
  const model = await inductionModel();
  const [base, source] = [[0, 5, 7, 3, 9, 2, 5], [0, 6, 7, 3, 9, 2, 5]];
  const sourceOf = base.map((_, i) => i);
  const asked = { positive: 7, negative: 3 };
  const circuits = await EdgeCircuits.read(model, base, asked);
  const twin = await meanReplacement(model, circuits.run, [{ tokens: source, sourceOf }]);
  const { previous, induction } = INDUCTION;
  const has = (writer: number, reader: number) => {
    const [w, r] = [circuits.writers[writer], circuits.readers[reader]];
    if (r.kind === 'logits') return w.kind === 'head' && w.layer === induction.layer && w.head === induction.head;
    if (r.kind !== 'head') return false;
    if (r.layer === previous.layer) return w.kind === 'embed' && r.head === previous.head;
    if (r.head !== induction.head) return false;
    return r.input === 'k' ? w.kind === 'head' && w.layer === previous.layer && w.head === previous.head : w.kind === 'embed';
  };
  const [alone, without, none] = await circuits.metrics([has, (writer, reader) => !has(writer, reader), () => false], twin);
  expect(shareOf(alone, none, circuits.baseMetric)).toBeCloseTo(1, 3);
  expect(shareOf(without, none, circuits.baseMetric)).toBeCloseTo(0, 2);
  await model.release();
});

test('shares are refused where whole and empty hardly differ; areas under a curve', () => {
  expect(shareOf(1, 0, 2)).toBe(0.5);
  expect(shareOf(1, 2, 2.05)).toBeNull();
  expect(shareOf(30.2, 30, 31)).toBeNull();
  const points = [{ size: 0, faithfulness: 0 }, { size: 0.5, faithfulness: 1.5 }, { size: 1, faithfulness: 1 }];
  expect(areas(points).cpr).toBeCloseTo(0.375 + 0.625, 10);
  expect(areas(points).cmd).toBeCloseTo((1 + 0.5) / 2 * 0.5 + (0.5 + 0) / 2 * 0.5, 10);
});
