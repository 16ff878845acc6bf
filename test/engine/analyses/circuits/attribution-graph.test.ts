/** Attribution graphs of the explained program: what they sum to, how they are pruned and written, and what is refused. */
import { describe, expect, test } from 'vitest';
import { figuresOf } from '../../../../src/figures';
import { readNeuronpedia } from '../../../../src/protocol/graphs/neuronpedia';
import { writeTranscoder } from '../../../sae/kit';
import { resultOf } from '../../analysed';
import { fakePython } from '../../small-model';
import { openSmallSaes } from '../../small-saes';

const transcoders = (count: number) => async (_layers: number, width: number) =>
  Promise.all(Array.from({ length: count }, (_, layer) => writeTranscoder({ layer, site: 'ln2.hook_normalized', width, skip: true })));
const { session } = await openSmallSaes([], transcoders(3));
const { session: lacking } = await openSmallSaes([{ site: 'blocks.2.hook_mlp_out' }], transcoders(2));
const source = { file: 'weather.py', text: 'city = "Lisbon"\nprint("Temperature: " + 21)\n' };
const options = { label: fakePython };
const asked = (params: object) => resultOf(session, source, { prediction: {}, attributionGraph: params }, options);

test('a list of SAEs says which are transcoders', async () => {
  const { saes } = await lacking.listSaes();
  expect(saes.map(({ sae }) => /transcoder$/.test(sae!.architecture))).toEqual(saes.map(({ sae }) => sae!.site.includes('hook_normalized')));
  expect(saes.some(({ sae }) => /\btranscoder$/.test(sae!.architecture)) && saes.some(({ sae }) => !/transcoder/.test(sae!.architecture))).toBe(true);
});

describe('an attribution graph', () => {
  test('what each node is given sums to its activation, what the logits are given to their difference', async () => {
    for (const params of [{}, { nodes: 30 }, { nodeShare: 0.95, edgeShare: 0.8 }]) {
      const { value } = (await asked(params)).parts.attributionGraph!;
      const { graph, difference, uncapped, sums, gap } = value;
      expect(difference).toBe(uncapped);
      const all = Object.values(sums).reduce((sum, one) => sum + one, 0);
      expect(all).toBeCloseTo(uncapped, 4);
      expect(gap).toBeLessThan(1e-4);
      const given = new Map<string, number>();
      for (const { to, score } of graph.edges) given.set(to, (given.get(to) ?? 0) + score);
      expect(given.get('logits')).toBeCloseTo(uncapped, 4);
      const latents = graph.nodes.filter(({ kind }) => kind === 'latent');
      expect(latents.length).toBeGreaterThan(3);
      for (const { id, activation } of latents) expect(given.get(id), id).toBeCloseTo(activation!, 4);
      if ('nodes' in params) expect(value.latents).toBe(30);
      expect(value.active).toBeGreaterThan(30);
    }
  });

  test('the difference is that of the prediction', async () => {
    const { parts } = await asked({});
    const { metric: { positive, negative }, difference } = parts.attributionGraph!.value;
    const logit = (label: string) => parts.prediction!.value.answers.find((answer) => answer.label === label)!.logit;
    expect(difference).toBeCloseTo(logit(positive) - logit(negative), 4);
  });

  test('fewer are kept where less of the influence is asked for, and scores are of the whole', async () => {
    const [all, few] = [await asked({ nodeShare: 0.95 }), await asked({ nodeShare: 0.5 })].map(({ parts }) => parts.attributionGraph!.value);
    expect(few.graph.nodes.length).toBeLessThan(all.graph.nodes.length);
    expect([few.replacement, few.completeness]).toEqual([all.replacement, all.completeness]);
    expect(all.replacement).toBeGreaterThan(0);
    expect(all.completeness).toBeLessThan(1);
  });

  test('is written as circuit-tracer has such graphs, and read back as it was', async () => {
    const result = await asked({});
    const { graph } = result.parts.attributionGraph!.value;
    const [figure] = figuresOf('attributionGraph', result);
    if (figure.kind !== 'graph') throw new Error('no graph');
    const text = figure.files!.find(({ suffix }) => suffix === 'neuronpedia')!.content({ pinned: [], names: {}, groups: [] }, figure);
    const written = JSON.parse(text) as { nodes: { node_id: string; feature_type: string; feature: number; layer: string; influence?: number }[] };
    const latent = graph.nodes.find(({ kind, layer }) => kind === 'latent' && layer === 1)!;
    const own = written.nodes.find(({ node_id: id }) => id === latent.id)!;
    // Cantor's pairing of layer and number.
    expect(own).toMatchObject({ feature_type: 'cross layer transcoder', layer: '1', feature: ((1 + latent.index!) * (2 + latent.index!)) / 2 + latent.index! });
    expect(own.influence).toBe(latent.influence);
    const read = readNeuronpedia(JSON.parse(text), 'file').graph;
    expect(read.nodes).toEqual(graph.nodes);
    expect(read.edges).toEqual(graph.edges);
  });

  test('its latents can be ablated', async () => {
    const result = await asked({});
    const [figure] = figuresOf('attributionGraph', result);
    if (figure.kind !== 'graph') throw new Error('no graph');
    const node = figure.nodes.find(({ id }) => id.includes('ln2.hook_normalized/') && !id.includes('error'))!;
    const [use] = figure.uses!.node(node);
    expect(use.id).toBe('intervention');
    const { parts } = await resultOf(session, source, { prediction: {}, intervention: use.params as never }, options);
    expect(parts.intervention!.value.changes).toHaveLength(1);
    expect(figure.uses!.node(figure.nodes.find(({ kind }) => kind === 'error')!)).toEqual([]);
  });

  test('a layer without a transcoder is named', async () => {
    const { missing } = await resultOf(lacking, source, { prediction: {}, attributionGraph: {} }, options);
    expect(missing?.attributionGraph).toMatch(/^There is no transcoder of layer 2, and an attribution graph needs one of each layer’s MLP/);
  });
});
