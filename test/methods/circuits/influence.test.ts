/** Influence, scores and pruning of attribution graphs, as circuit-tracer has them. */
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readSafetensorsHeader, readTensor } from '../../../src/checkpoints/safetensors';
import { graphScores, nodeInfluence, prune, type DirectEffects, type NodeCounts } from '../../../src/methods/circuits/influence';

const expected = new Map<string, Float32Array>();
beforeAll(async () => {
  const { tensors } = await readSafetensorsHeader(path.resolve('test/fixtures/golden/replacement-expected.safetensors'));
  for (const tensor of tensors.values()) expected.set(tensor.name, await readTensor(tensor));
});

function given(name: string): { effects: DirectEffects; counts: NodeCounts; weights: Float64Array } {
  const [latents, layers, tokens, outputs] = expected.get(`${name}/counts`)!;
  const size = latents + (layers + 1) * tokens + outputs;
  const matrix = expected.get(`${name}/matrix`)!;
  const isGiven = (node: number) => node < latents || node >= size - outputs;
  const weights = new Float64Array(size);
  weights.set(expected.get(`${name}/weights`)!, size - outputs);
  const rows = Array.from({ length: size }, (_, node) => (isGiven(node) ? matrix.subarray(node * size, (node + 1) * size) : null));
  return { effects: { size, rows }, counts: { latents, errors: layers * tokens, tokens, outputs }, weights };
}

describe.each(['random0', 'random1', 'random2'])('%s', (name) => {
  test('influence of nodes, and scores of the graph', () => {
    const { effects, counts, weights } = given(name);
    const influence = nodeInfluence(effects, weights);
    expected.get(`${name}/influence`)!.forEach((value, node) => expect(influence[node]).toBeCloseTo(value, 6));
    const [replacement, completeness] = expected.get(`${name}/scores`)!;
    const scores = graphScores(effects, counts, weights);
    expect(scores.replacement).toBeCloseTo(replacement, 6);
    expect(scores.completeness).toBeCloseTo(completeness, 6);
    // By hand: what all that comes in is worth is the weight of the outputs, as tokens and errors are all that begins.
    const begins = influence.slice(counts.latents, counts.latents + counts.errors + counts.tokens);
    expect(begins.reduce((sum, value) => sum + value, 0)).toBeLessThan(1 + 1e-9);
  });

  test.each([[0.8, 0.98], [0.5, 0.6], [0.95, 0.9]])('what is kept of %d of the nodes and %d of the edges', (nodeShare, edgeShare) => {
    const { effects, counts, weights } = given(name);
    const { nodes, edges, cumulative } = prune(effects, counts, weights, { nodeShare, edgeShare });
    const key = `${name}/${nodeShare}-${edgeShare}`;
    expect([...nodes]).toEqual([...expected.get(`${key}/nodes`)!]);
    const { size } = effects;
    expect(edges.flatMap((row) => [...(row ?? new Uint8Array(size))])).toEqual([...expected.get(`${key}/edges`)!]);
    // Where several nodes have the same influence, any order of these is right.
    const influence = nodeInfluence(effects, weights);
    expected.get(`${key}/cumulative`)!.forEach((value, node) => {
      if (influence.filter((other) => Math.abs(other - influence[node]) < 1e-9).length === 1) expect(cumulative[node]).toBeCloseTo(value, 6);
    });
  });
});

test('a graph with circles has none', () => {
  expect(() => nodeInfluence({ size: 2, rows: [[0, 1], [1, 0]] }, Float64Array.of(0, 1))).toThrow(/A graph with circles has no influences/);
});
