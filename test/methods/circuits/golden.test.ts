/** Edges and circuits against PyTorch in float64, where each reader has a stream of its own (test/golden/circuits.py). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EdgeCircuits } from '../../../src/methods/circuits/edge-circuits';
import { EdgeScores } from '../../../src/methods/circuits/edges';
import { readerName, type EdgeWriter } from '../../../src/methods/circuits/graph';
import { NodeCircuits } from '../../../src/methods/circuits/node-circuits';
import { nodeEdges, type Node } from '../../../src/methods/circuits/node-edges';
import { nodeScoresOf } from '../../../src/methods/circuits/node-scores';
import { meanReplacement, zeroReplacement } from '../../../src/methods/circuits/replacement';
import { Model } from '../../../src/model';

interface Reference {
  writers: string[];
  readers: string[];
  metrics: [number, number];
  scores: { steps: number | null; edges: number[][]; nodes: number[] }[];
  at: Record<string, number[][]>;
  nodes: { has: string; others: 'source' | 'mean' | 'zero'; metric: number }[];
  edges: { has: string; metric: number }[];
  between: {
    nodes: [number | 'logits', number][];
    edges: [number, number, 'q' | 'k' | 'v' | null, number][];
    rest: [number, 'q' | 'k' | 'v' | null, number][];
  };
}

interface Pair {
  base: number[];
  source: number[];
  sourceOf: (number | null)[];
  metric: { positive: number; negative: number };
}

const golden = path.resolve('test/fixtures/golden');
const { pair, third, models } = JSON.parse(readFileSync(path.join(golden, 'circuits.json'), 'utf8')) as {
  pair: Pair;
  third: { tokens: number[]; sourceOf: (number | null)[] };
  models: Record<string, Reference>;
};

const writerName = (writer: EdgeWriter): string =>
  writer.kind === 'embed' ? writer.kind : `${writer.layer}.${writer.kind === 'head' ? writer.head : writer.kind}`;
const bit = (has: string, at: number) => ((parseInt(has[at >> 2], 16) >> (3 - (at & 3))) & 1) === 1;

describe.each(Object.entries(models))('%s', (fixture, expected) => {
  const largest = (rows: readonly (readonly number[])[]) => Math.max(...rows.flat().map(Math.abs));
  let model: Model;
  beforeAll(async () => {
    model = await Model.load(path.join(golden, fixture), { threads: 1 });
  });
  afterAll(() => model.release());

  test.each(expected.scores)('scores of edges and of nodes, points: $steps', async ({ steps, edges, nodes }) => {
    const options = { ...pair, steps: steps ?? undefined };
    const found = await EdgeScores.read(model, options);
    expect(found.writers.map(writerName)).toEqual(expected.writers);
    expect(found.readers.map(readerName)).toEqual(expected.readers);
    expect(found.baseMetric).toBeCloseTo(expected.metrics[0], 4);
    expect(found.sourceMetric).toBeCloseTo(expected.metrics[1], 4);
    const within = 1e-4 * largest(edges);
    const close = (value: number, reference: number, what: string) =>
      expect(Math.abs(value - reference), `${what}: ${value}, not ${reference}`).toBeLessThan(within);
    edges.forEach((row, reader) => {
      expect(found.readBy(reader)).toBe(row.length);
      row.forEach((score, writer) =>
        close(found.score(writer, reader), score, `${expected.writers[writer]} -> ${expected.readers[reader]}`));
    });
    const { scores } = await nodeScoresOf(model, options);
    nodes.forEach((score, writer) => close(scores[writer].reduce((sum, value) => sum + value, 0), score, expected.writers[writer]));
    if (steps !== null) return;
    for (const [reader, rows] of Object.entries(expected.at)) {
      rows.forEach((row, writer) => row.forEach((score, position) => {
        const at = found.positions.indexOf(position);
        const own = at < 0 ? 0 : found.scoreAt(writer, expected.readers.indexOf(reader), at);
        close(own, score, `${expected.writers[writer]} -> ${reader} at ${position}`);
      }));
    }
  });

  test('what circuits of nodes and of edges do alone', async () => {
    const { base, source, sourceOf, metric } = pair;
    const other = { tokens: source, sourceOf };
    const nodes = await NodeCircuits.read(model, base, metric);
    const replacements = {
      source: await meanReplacement(model, nodes.run, [other]),
      mean: await meanReplacement(model, nodes.run, [other, third]),
      zero: zeroReplacement(model, nodes.run),
    };
    const byNodes: number[] = [];
    for (const { has, others } of expected.nodes) {
      byNodes.push(...await nodes.metrics([(writer, position) => bit(has, writer * base.length + position)], replacements[others]));
    }
    const edges = await EdgeCircuits.read(model, base, metric);
    const readers = expected.readers.length;
    const byEdges = await edges.metrics(expected.edges.map(({ has }) =>
      (writer, reader, position) => bit(has, (writer * readers + reader) * base.length + position)), replacements.source);
    const references = [...expected.nodes, ...expected.edges].map((one) => one.metric);
    const unit = largest([expected.metrics, references]);
    [...byNodes, ...byEdges].forEach((value, i) => {
      expect(Math.abs(value - references[i]), `circuit ${i}: ${value}, not ${references[i]}`).toBeLessThan(1e-4 * unit);
      expect(Math.abs(value - expected.metrics[0])).toBeGreaterThan(1e-4 * unit);
    });
  });

  test('edges between nodes at tokens', async () => {
    const { nodes, edges, rest } = expected.between;
    const found = await nodeEdges(model, pair, nodes.map(([writer, position]): Node => ({ writer, position })));
    const within = 1e-4 * largest([[...edges, ...rest].map((row) => row.at(-1) as number)]);
    const all = [...edges, ...rest.map((row): [null, ...typeof row] => [null, ...row])];
    for (const [from, to, input, score] of all) {
      const own = found.filter((one) => one.from === from && one.to === to && one.input === input);
      expect(own.length, `${from} -> ${to} ${input}`).toBeLessThanOrEqual(1);
      expect(Math.abs((own[0]?.score ?? 0) - score), `${from} -> ${to} ${input}`).toBeLessThan(within);
    }
    const names = new Set(all.map(([from, to, input]) => `${from} ${to} ${input}`));
    expect(found.every(({ from, to, input }) => names.has(`${from} ${to} ${input}`))).toBe(true);
  });
});
