/** Circuits in the field's formats: what is written is read again, and what comes from elsewhere is not believed. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { CircuitGraph } from '../../src/protocol/graphs/circuit';
import { circuitFiles } from '../../src/figures/circuits/circuit-files';
import { circuitFigure } from '../../src/figures/circuits/circuit-graph';
import { openGraph } from '../../src/protocol/graphs/opened';
import { isEapIg, readEapIg, writeEapIg, type EapIgShape } from '../../src/protocol/graphs/eap-ig';
import { isNeuronpedia, readNeuronpedia, remarkNeuronpedia, writeNeuronpedia } from '../../src/protocol/graphs/neuronpedia';
import { sampleCircuit } from '../figures/sample-circuit';

const tokens = [...'print("x" + 21)'];
const circuit = sampleCircuit(tokens);
/** As the format allows: without latents' error terms. */
const plain: CircuitGraph = {
  ...circuit,
  nodes: circuit.nodes.filter(({ kind }) => kind !== 'error'),
  edges: circuit.edges.filter(({ from, to }) => [from, to].every((id) => circuit.nodes.find((node) => node.id === id)!.kind !== 'error')),
};
const SHAPE: EapIgShape = { layers: 8, heads: 4, parallel: false, width: 128 };
const kept = { nodes: new Set(plain.nodes.slice(0, 9).map(({ id }) => id)), edges: new Set(plain.edges.slice(0, 7)) };
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

describe('EAP-IG', () => {
  const written = writeEapIg(plain, SHAPE, kept);
  const file = JSON.parse(written) as { cfg: object; nodes: Record<string, { in_graph: boolean; score?: number }>; edges: Record<string, { score: number; in_graph: boolean }> };

  it('has its names and order, all nodes, and no score of the logits', () => {
    expect(file.cfg).toEqual({ n_layers: 8, n_heads: 4, parallel_attn_mlp: false, d_model: 128 });
    expect(Object.keys(file.nodes)).toHaveLength(2 + 8 * 5);
    expect(Object.keys(file.nodes).slice(0, 7)).toEqual(['input', 'a0.h0', 'a0.h1', 'a0.h2', 'a0.h3', 'm0', 'a1.h0']);
    expect(Object.keys(file.nodes).at(-1)).toBe('logits');
    expect(file.nodes.logits).toEqual({ in_graph: true });
    for (const name of Object.keys(file.edges)) expect(name).toMatch(/^(input|m\d|a\d\.h\d)->(logits|m\d|a\d\.h\d<[qkv]>)$/);
  });

  it('sums over places', () => {
    const heads = plain.nodes.filter(({ kind, layer, index }) => kind === 'head' && layer === 2 && index === 2);
    expect(file.nodes['a2.h2'].score).toBeCloseTo(sum(heads.map(({ score }) => score!)), 12);
    const real = plain.edges.filter(({ kind }) => kind === 'edge');
    expect(sum(Object.values(file.edges).map(({ score }) => score))).toBeCloseTo(sum(real.map(({ score }) => score)), 10);
  });

  it('says which are of the circuit', () => {
    const names = Object.entries(file.nodes).filter(([, { in_graph: isIn }]) => isIn).map(([name]) => name);
    expect(names).toContain('input');
    expect(names.length).toBeLessThan(9 + 3);
    expect(Object.values(file.edges).filter(({ in_graph: isIn }) => isIn).length).toBeGreaterThan(0);
  });

  it('is read again, and written again as it was', () => {
    const read = readEapIg(JSON.parse(written), 'x.json');
    expect(read.shape).toEqual(SHAPE);
    expect(writeEapIg(read.graph, read.shape, read.kept)).toBe(written);
    expect(isEapIg(JSON.parse(written))).toBe(true);
    expect(read.graph.by).toBe('edges');
  });

  it('keeps what a reader made of it, by its own names, and nothing where there is nothing', () => {
    expect(JSON.parse(written)).not.toHaveProperty('notes');
    const first = plain.nodes.find(({ kind }) => kind === 'head')!;
    const second = { ...first, id: 'the same elsewhere', place: 0, score: 0 };
    const graph = { ...plain, nodes: [...plain.nodes, second] };
    const head = `a${first.layer}.h${first.index}`;
    const mlp = plain.nodes.find(({ kind }) => kind === 'mlp')!;
    const notes = {
      pinned: [first.id, second.id, mlp.id], names: { [first.id]: 'reads the number', [second.id]: 'moves it on' },
      groups: [{ name: 'heads', members: [first.id] }, { name: 'again', members: [second.id] }, { name: 'rest', members: [second.id, mlp.id] }],
    };
    const text = writeEapIg(graph, SHAPE, kept, notes);
    const read = readEapIg(JSON.parse(text), 'x.json');
    const name = `m${mlp.layer}`;
    expect(read.notes).toEqual({
      pinned: [head, name], names: { [head]: 'reads the number; moves it on' },
      groups: [{ name: 'heads', members: [head] }, { name: 'rest', members: [name] }],
    });
    expect(writeEapIg(read.graph, read.shape, read.kept, read.notes)).toBe(text);
    expect(openGraph(text, 'x.json').marked).toEqual(read.notes);
    const { notes: _, ...rest } = JSON.parse(text) as Record<string, unknown>;
    expect(rest).toEqual(JSON.parse(written));
  });

  it('gives shared keys and values to each head where their parts are known, and says so where they are not', () => {
    const head = plain.nodes.find(({ kind, index }) => kind === 'head' && index === 3)!;
    const edge = (second: number | null): CircuitGraph => ({
      ...plain,
      edges: [{ from: plain.nodes[0].id, to: head.id, score: 3, input: 'k', kind: 'edge', shared: [{ head: 2, score: 1 }, { head: 3, score: second }] }],
    });
    const { edges } = JSON.parse(writeEapIg(edge(2), SHAPE, { nodes: new Set(), edges: new Set() })) as typeof file;
    expect(Object.fromEntries(Object.entries(edges).map(([name, { score }]) => [name, score]))).toEqual({
      [`input->a${head.layer}.h2<k>`]: 1, [`input->a${head.layer}.h3<k>`]: 2,
    });
    expect(() => writeEapIg(edge(null), SHAPE, kept)).toThrow('each head keys and values of its own');
  });

  it('refuses what it cannot say', () => {
    expect(() => writeEapIg(circuit, SHAPE, kept)).toThrow('this graph has 5_mlp_out error');
    expect(() => writeEapIg(plain, { ...SHAPE, layers: 3 }, kept)).toThrow(/does not lead on in a model of 3 layers/);
  });

  const wrong: [string, (value: typeof file & Record<string, unknown>) => unknown, string][] = [
    ['no cfg', ({ nodes, edges }) => ({ nodes, edges }), 'x.json: "cfg" is missing'],
    ['a layer too many', (value) => ({ ...value, cfg: { ...value.cfg, n_layers: 2 } }), 'has a node a2.h0'],
    ['too large', (value) => ({ ...value, cfg: { ...value.cfg, n_layers: 1e9 } }), '"cfg.n_layers"'],
    ['another name', (value) => ({ ...value, edges: { 'input->a0.h0': { score: 1, in_graph: true } } }), 'edges named as input->a0.h0<q>'],
    ['a text as a score', (value) => ({ ...value, edges: { 'input->m0': { score: '1', in_graph: true } } }), 'each with score and in_graph'],
    ['backwards', (value) => ({ ...value, edges: { 'm3->m1': { score: 1, in_graph: true } } }), 'the edge m3->m1 does not lead on'],
    ['nowhere', (value) => ({ ...value, edges: { 'm3->m9': { score: 1, in_graph: true } } }), 'a node m9 that is not there'],
    ['notes of another kind', (value) => ({ ...value, notes: { pinned: 'm1' } }), '"notes.pinned"'],
    ['a list', () => [], 'x.json is'],
  ];
  it.each(wrong)('does not believe a file with %s', (_, change, sentence) => {
    expect(() => readEapIg(change(structuredClone(file) as never), 'x.json')).toThrow(sentence);
  });
});

describe('a graph that is opened from a file', () => {
  const eapIg = writeEapIg(plain, SHAPE, kept);

  it('is of the format that it looks like', () => {
    expect(openGraph(eapIg, 'x.json')).toMatchObject({ format: 'EAP-IG', layers: 8, shape: SHAPE, title: null });
    const answer = { text: 'TypeError', probability: 0.5 };
    const words = { model: 'm', layers: 8, slug: 's', prompt: tokens.join(''), tokens, answer, description: '' };
    expect(openGraph(writeNeuronpedia(circuit, words, { pinned: [], groups: [] }), 'x.json')).toMatchObject({ format: 'Neuronpedia', title: 's', model: 'm', layers: 8 });
  });

  it.each([['', 'x.json is no JSON.'], ['[]', 'x.json is no graph that can be shown'], ['{"cfg":{},"nodes":{},"edges":{}}', '"cfg.n_layers" is missing']])('says what is wrong with %s', (text, sentence) => {
    expect(() => openGraph(text, 'x.json')).toThrow(sentence);
  });

  it('is drawn, and saved as it was with what the reader made of it', () => {
    const opened = openGraph(eapIg, 'x.json');
    const figure = circuitFigure(opened.graph, opened.layers, { name: 'graph', title: 'x', about: '', unit: 'weight', files: circuitFiles(opened.graph, null, opened.shape) });
    expect(figure.columns).toEqual([{ position: null, label: 'all places' }]);
    const [file] = figure.files!;
    const all = JSON.parse(file.content({ pinned: [], names: {}, groups: [] }, figure)) as { edges: Record<string, { score: number; in_graph: boolean }> };
    const before = JSON.parse(eapIg) as typeof all;
    expect(Object.values(all.edges).every(({ in_graph: isIn }) => isIn)).toBe(true);
    expect(Object.entries(all.edges).map(([name, { score }]) => [name, score])).toEqual(Object.entries(before.edges).map(([name, { score }]) => [name, score]));
  });
});

const list = (items: object) => ({ type: 'array', items });
const text = { type: 'string' };
/** The published shape (graph-schema.json of Neuronpedia's, draft-07): its fields, types and what is required. */
const PUBLISHED = {
  type: 'object', required: ['metadata', 'qParams', 'nodes', 'links'],
  properties: {
    metadata: {
      type: 'object', required: ['slug', 'scan', 'prompt_tokens', 'prompt'],
      properties: {
        slug: text, scan: text, prompt_tokens: list(text), prompt: text, node_threshold: { type: 'number' },
        feature_details: { type: 'object', properties: { feature_json_base_url: text, neuronpedia_source_set: text, neuronpedia_lorsa_source_set: text } },
        info: {
          type: 'object',
          properties: {
            description: text, creator_name: text, creator_url: text, source_urls: { type: 'array' }, create_time_ms: { type: 'number' },
            generator: { type: 'object', properties: { name: text, version: text, url: text, email: text } },
          },
        },
      },
    },
    qParams: { type: 'object', properties: { pinnedIds: list(text), supernodes: { type: 'array' }, linkType: text, clickedId: text, sg_pos: text } },
    nodes: list({
      type: 'object', required: ['node_id', 'feature', 'layer', 'ctx_idx', 'feature_type', 'jsNodeId', 'clerp'],
      properties: {
        node_id: text, feature: { type: ['integer', 'null'] }, layer: { type: ['string', 'integer'] }, ctx_idx: { type: 'integer' },
        feature_type: text, jsNodeId: text, clerp: text, influence: { type: ['number', 'null'] }, activation: { type: ['number', 'null'] },
      },
    }),
    links: list({ type: 'object', required: ['source', 'target', 'weight'], properties: { source: text, target: text, weight: { type: 'number' } } }),
  },
} as const;

describe('Neuronpedia', () => {
  const words = {
    model: 'models/python errors', layers: 8, slug: 'temperature.py: why?', prompt: tokens.join(''), tokens,
    answer: { text: 'TypeError', probability: 0.98765 }, description: 'A circuit.',
  };
  const [a, b, c] = circuit.nodes.map(({ id }) => id);
  const marked = { pinned: [a], groups: [{ name: 'both', members: [b, c] }] };
  const written = writeNeuronpedia(circuit, words, marked);
  const file = JSON.parse(written) as Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

  it('has the published shape, and names that its page takes', () => {
    const published = z.fromJSONSchema(PUBLISHED as never);
    expect(published.safeParse(file)).toMatchObject({ success: true });
    expect(published.safeParse({ ...file, links: [{ source: a, target: b }] }).success).toBe(false);
    expect(published.safeParse({ ...file, nodes: [{ ...file.nodes[0], feature: 'x' }] }).success).toBe(false);
    expect(file.metadata).toMatchObject({ slug: 'temperature.py-why', scan: 'models-python-errors', schema_version: 1 });
    expect(file.nodes.at(-1)).toMatchObject({ feature_type: 'logit', layer: '9', clerp: 'Output "TypeError" (p=0.988)' });
    for (const { layer, ctx_idx: at } of file.nodes) {
      expect(String(layer)).toMatch(/^(E|\d+)$/);
      expect(at).toBeLessThan(tokens.length);
    }
    expect(file.qParams).toEqual({ pinnedIds: [a, b, c], supernodes: [['both', b, c]], linkType: 'both', clickedId: '', sg_pos: '' });
  });

  it('is read again: nodes, links, places and what the reader made of it', () => {
    const read = readNeuronpedia(JSON.parse(written), 'x.json');
    expect(read.graph).toEqual({ ...circuit, curve: [] });
    expect(read).toMatchObject({ layers: 8, prompt: words.prompt, notices: [], marked: { pinned: [a, b, c], groups: marked.groups } });
    const again = JSON.parse(writeNeuronpedia(read.graph, words, read.marked)) as typeof file;
    expect(again).toEqual(file);
    expect(isNeuronpedia(file)).toBe(true);
  });

  /** As circuit-tracer writes them. */
  const foreign = () => ({
    metadata: { slug: 'dallas', scan: 'gemma-2-2b', transcoder_list: [], prompt_tokens: ['<bos>', 'The', ' capital'], prompt: 'The capital', node_threshold: 0.8, schema_version: 1 },
    qParams: { pinnedIds: ['3_17_2', 'gone'], supernodes: [['capital', '3_17_2']], linkType: 'both', clickedId: '', sg_pos: '' },
    nodes: [
      { node_id: 'E_651_1', feature: 1, layer: 'E', ctx_idx: 1, feature_type: 'embedding', jsNodeId: 'E_651-1', clerp: 'Emb: "The"', influence: null, activation: null },
      { node_id: '3_17_2', feature: 227, layer: '3', ctx_idx: 2, feature_type: 'cross layer transcoder', jsNodeId: '3_17-0', clerp: 'capitals', influence: 0.4, activation: 9.4 },
      { node_id: '4_-1_2', feature: -1, layer: '4', ctx_idx: 2, feature_type: 'mlp reconstruction error', jsNodeId: '4_-1-2', clerp: '', influence: 0.7 },
      { node_id: '27_99_2', feature: 99, layer: '27', ctx_idx: 2, feature_type: 'logit', token_prob: 0.5, is_target_logit: true, jsNodeId: 'L_99-2', clerp: 'Output "Austin" (p=0.500)' },
    ],
    links: [{ source: 'E_651_1', target: '3_17_2', weight: 2.5 }, { source: '3_17_2', target: '27_99_2', weight: -1 }, { source: '4_-1_2', target: '27_99_2', weight: 3 }],
  });

  it('reads graphs of circuit-tracer', () => {
    const { graph, marked: made, layers, notices } = readNeuronpedia(foreign(), 'x.json');
    expect(graph.nodes.map(({ id, kind, layer, index, place, score, label }) => [id, kind, layer, index, place, score, label])).toEqual([
      ['E_651_1', 'embed', null, null, 1, null, 'Emb: "The"'],
      ['3_17_2', 'latent', 3, 17, 2, 0.6, 'capitals'],
      ['4_-1_2', 'error', 4, null, 2, 1 - 0.7, '4_-1_2'],
      ['27_99_2', 'logits', null, null, 2, null, 'Output "Austin" (p=0.500)'],
    ]);
    expect(graph.edges.map(({ from, to, score }) => [from, to, score])).toEqual(foreign().links.map(({ source, target, weight }) => [source, target, weight]));
    expect([made, layers, notices, graph.by]).toEqual([{ pinned: ['3_17_2'], groups: [{ name: 'capital', members: ['3_17_2'] }] }, 5, [], 'nodes']);
  });

  it('keeps a file from elsewhere as it is, with what the reader made of it', () => {
    const [first, second, ...others] = foreign().nodes;
    const value = { ...foreign(), own: 1 };
    const again: unknown = JSON.parse(remarkNeuronpedia(value, { pinned: ['E_651_1'], groups: [] }, { '3_17_2': 'mine' }));
    expect(again).toEqual({
      ...value, nodes: [first, { ...second, clerp: 'mine' }, ...others], qParams: { ...value.qParams, pinnedIds: ['E_651_1'], supernodes: [] },
    });
  });

  const wrong: [string, (value: ReturnType<typeof foreign>) => unknown, string][] = [
    ['no links', ({ links: _, ...value }) => value, 'x.json: "links" is missing'],
    ['a link to nowhere', (value) => ({ ...value, links: [{ source: 'x', target: '3_17_2', weight: 1 }] }), 'link 0 leads to a node "x" that is not there'],
    ['a token that is not there', (value) => ({ ...value, metadata: { ...value.metadata, prompt_tokens: ['a'] } }), 'is at token 1, and there are 1'],
    ['a weight that is none', (value) => ({ ...value, links: [{ source: 'E_651_1', target: '3_17_2', weight: null }] }), 'links with source, target and weight'],
    ['a strange layer', (value) => ({ ...value, nodes: value.nodes.map((node) => ({ ...node, layer: '1e9' })) }), 'lies in layer "1e9"'],
    ['a node without an id', (value) => ({ ...value, nodes: [{}] }), '"nodes"'],
    ['a text', () => 'x', 'x.json is'],
  ];
  it.each(wrong)('does not believe a file with %s', (_, change, sentence) => {
    expect(() => readNeuronpedia(change(foreign()), 'x.json')).toThrow(sentence);
  });

  it('says which nodes and links cannot be shown', () => {
    const value = foreign();
    value.nodes.push({ ...value.nodes[1] });
    value.links.push({ source: '3_17_2', target: '3_17_2', weight: 1 });
    const { graph, notices } = readNeuronpedia(value, 'x.json');
    expect([graph.nodes.length, graph.edges.length]).toEqual([4, 3]);
    expect(notices).toHaveLength(2);
  });
});
