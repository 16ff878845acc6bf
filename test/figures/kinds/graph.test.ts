import { expect, test } from 'vitest';
import { renderFigure } from '../../../src/cli/render/figures';
import { styleFor } from '../../../src/cli/render/style';
import { circuitFigure } from '../../../src/figures/circuits/circuit-graph';
import type { GraphFigure, GraphNode } from '../../../src/figures/kinds/figure';
import { nodeWords, positionsText } from '../../../src/figures/kinds/graph';
import { grouped } from '../../../src/figures/kinds/graph-groups';
import { ANALYSES, type Params } from '../../../src/protocol/analyses';
import { circuitMisfit, type CircuitNode } from '../../../src/protocol/graphs/circuit';
import { PRINTED } from '../../../webview/ui/colours';
import { labelLines, LABELS, planned } from '../../../webview/figures/graph/layout';
import { graphPicture } from '../../../webview/figures/graph/paint';
import { neighbour } from '../../../webview/figures/graph/sheet';
import { svgPicture } from '../../../webview/figures/picture';
import { sampleCircuit } from '../sample-circuit';

const node = (id: string, column: number, row: number, more: Partial<GraphNode> = {}): GraphNode => ({ id, label: id, column, row, value: null, kind: 'plain', ...more });
const FIGURE: GraphFigure = {
  kind: 'graph', name: 'small', title: 'A small graph', about: 'Made up.', unit: 'logits',
  columns: ['a', 'b', 'c', 'd', 'e', 'f'].map((label, position) => ({ position, label })),
  bands: [{ label: 'layer 0', layer: 0 }, { label: 'layer 1', layer: 1 }],
  nodes: [node('p', 1, 0), node('q', 1, 0, { kind: 'error' }), node('r', 1, 1), node('s', 4, 1, { value: 2 })],
  edges: [
    { from: 'p', to: 's', value: -2, kind: 'plain', note: 'by hand' },
    { from: 'q', to: 's', value: 1, kind: 'error', input: 'k' },
    { from: 'p', to: 'r', value: 0.5, kind: 'remainder' },
  ],
  format: (value) => value.toFixed(1),
  rows: () => [],
};
const CIRCUIT = circuitFigure(sampleCircuit([...'print("x" + 21)']), 8, { name: 'circuit', title: 'A circuit', about: 'Made up.', unit: 'logits' });
const theme = { ...PRINTED, mono: 'monospace', sans: 'sans-serif' };

test('columns without nodes fold into gaps that say how many', () => {
  const { columns, gaps, width } = planned(FIGURE);
  expect(gaps.map(({ columns: folded }) => folded)).toEqual([1, 2, 1]);
  expect(columns.map(({ column }) => column)).toEqual([1, 4]);
  const strips = [...columns, ...gaps].sort((a, b) => a.x - b.x);
  expect(strips[0].x).toBe(LABELS);
  strips.slice(1).forEach(({ x }, i) => expect(x).toBeCloseTo(strips[i].x + strips[i].width));
  expect(width).toBeGreaterThan(strips.at(-1)!.x + strips.at(-1)!.width);
});

test('rows without nodes are narrow, and many of them share the room of two', () => {
  const bands = Array.from({ length: 9 }, (_, row) => ({ label: `row ${row}`, layer: row }));
  const place = (rows: number[]) => planned({ ...FIGURE, bands, nodes: rows.map((row) => node(`n${row}`, 1, row)), edges: [] }).bands;
  const [few, many] = [place([0, 3, 8]), place([0, 8])];
  expect(few.map(({ label }) => label)).toEqual(['row 0', 'row 1', 'row 2', 'row 3', null, null, null, '… 4 rows', 'row 8']);
  expect(many[7].label).toBe('… 7 rows');
  expect(many[0].y - many[8].y).toBeCloseTo(many[8].height + 2 * few[1].height);
  for (const placed of [few, many]) placed.slice(1).forEach(({ y, height }, i) => expect(y + height).toBeCloseTo(placed[i].y));
});

test('a node says what it is and what flows in and out, the strongest first', () => {
  expect(nodeWords(FIGURE, FIGURE.nodes[3])).toEqual({
    title: 's at “e” (token 4), layer 1: 2.0',
    lines: ['from p at “b” (token 1), layer 0: -2.0, by hand', 'from q at “b” (token 1), layer 0: 1.0, as keys, error term'],
  });
  expect(nodeWords(FIGURE, FIGURE.nodes[0]).lines).toEqual(['to s at “e” (token 4), layer 1: -2.0, by hand', 'to r at “b” (token 1), layer 1: 0.5, all others together']);
  expect(nodeWords(FIGURE, FIGURE.nodes[1]).title).toBe('q at “b” (token 1), layer 0 (error term)');
  expect(positionsText([7, 3, 4, 5])).toBe('3–5, 7');
});

test.each([FIGURE, CIRCUIT])('$title: nodes lie in their rows and columns, apart from each other, and edges end at them', (figure) => {
  const { boxes, bands, columns, routes, width, height } = planned(figure);
  boxes.forEach((a, i) => {
    const { row, column } = figure.nodes[i];
    expect(a.y >= bands[row].y && a.y + a.height <= bands[row].y + bands[row].height).toBe(true);
    const { x, width: wide } = columns.find((one) => one.column === column)!;
    expect(a.x >= x && a.x + a.width <= x + wide).toBe(true);
    for (const b of boxes.slice(i + 1)) expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y !== b.y).toBe(true);
  });
  expect(routes).toHaveLength(figure.edges.length);
  const byId = new Map(boxes.map((box) => [box.id, box]));
  for (const { edge, points } of routes) {
    expect(points.every(({ x, y }) => x >= 0 && x <= width && y >= 0 && y <= height)).toBe(true);
    expect(points[0]).toEqual({ x: byId.get(edge.from)!.x + byId.get(edge.from)!.width / 2, y: byId.get(edge.from)!.y });
    expect(points.at(-1)!.y).toBe(byId.get(edge.to)!.y + byId.get(edge.to)!.height);
    const passed = points.slice(1, -1);
    expect(passed.every(({ x, y }) => boxes.every((box) => x <= box.x || x >= box.x + box.width || y <= box.y || y >= box.y + box.height))).toBe(true);
  }
});

test('a long label takes two lines, for which all nodes of the figure have room; a latent’s leaves out how often it is active', () => {
  const label = 'most at line break · where the model answers SyntaxError (active at 50 % of tokens)';
  const site = 'blocks.3.hook_mlp_out';
  const graph = sampleCircuit([...'abc']);
  const figure = circuitFigure({ ...graph, nodes: [...graph.nodes, { id: 'l', kind: 'latent', layer: 3, index: 8, site, place: 1, score: 1, label }] }, 8, { name: 'c', title: 'c', about: '', unit: 'logits' });
  const latent = figure.nodes.find(({ id }) => id === 'l')!;
  expect([latent.label, latent.words]).toEqual(['line break · answers SyntaxError', `${label}, latent 3.mlp_out/8`]);
  expect(labelLines(latent.label)).toEqual(['line break', 'answers SyntaxError']);
  expect(labelLines('say a capital of a country or a state')).toEqual(['say a capital of a', 'country or a state']);
  for (const short of ['L3H2', 'MLP 10', 'a name of 15 ch', 'x'.repeat(90)]) expect(labelLines(short)).toEqual([short]);
  const [usual, taller] = [planned(CIRCUIT), planned(figure)];
  expect(new Set(taller.boxes.map(({ height }) => height))).toEqual(new Set([usual.boxes[0].height + 14]));
  const tall = (plan: typeof usual) => Math.max(...plan.bands.map(({ height }) => height));
  expect(tall(taller)).toBe(tall(usual) + 14);
});

test('a circuit belongs to its reading', () => {
  const graph = sampleCircuit([...'abcdef']);
  expect(circuitMisfit(graph, { tokens: 6, layers: 8 })).toBeUndefined();
  expect(circuitMisfit(graph, { tokens: 5, layers: 8 })).toBe('places');
  expect(circuitMisfit(graph, { tokens: 6, layers: 7 })).toBe('nodes');
  expect(circuitMisfit({ ...graph, nodes: graph.nodes.slice(1) }, { tokens: 6, layers: 8 })).toBe('edges');
});

test('a head is ablated, or knocked out from what flows into it, and an edge patched at its reader and its source’s tokens', () => {
  const graph = sampleCircuit([...'print("x" + 21)']);
  const figure = circuitFigure(graph, 8, { name: 'circuit', title: 'A circuit', about: '', unit: 'logits' });
  const edge = graph.edges.find(({ input, from }) => input === 'k' && from.startsWith('L'))!;
  const [to, from] = [edge.to, edge.from].map((id) => graph.nodes.find((one) => one.id === id)!);
  const use = figure.uses!.edge(figure.edges.find((one) => one.from === edge.from && one.to === edge.to && one.input === 'k')!);
  expect(use).toEqual([{ title: 'Patch along this edge', id: 'pathPatching', params: { to: [`${to.layer}.${to.index}.k`], from: [`${from.layer}.${from.index}`], tokens: [`#${from.place}`] } }]);
  const [ablate, knockout] = figure.uses!.node(figure.nodes.find(({ id }) => id === edge.to)!);
  expect(ablate).toEqual({ title: 'Ablate it', id: 'ablation', params: { without: [`${to.layer}.${to.index}@#${to.place}`] } });
  expect(knockout).toMatchObject({ id: 'knockout', params: { heads: [`${to.layer}.${to.index}`], queries: [`#${to.place}`] } });
  expect((knockout.params as Params<'knockout'>).sources).toContain(`#${from.place}`);
});

test('a group is left out as its members, and patched along the edges of all of them; latents are left out by their names', () => {
  const graph = sampleCircuit([...'print("x" + 21)']);
  const figure = circuitFigure(graph, 8, { name: 'circuit', title: 'A circuit', about: '', unit: 'logits', trying: { prompts: 8, seed: 4 } });
  const to = graph.nodes.find(({ kind }) => kind === 'logits')!;
  const into = graph.edges.filter((edge) => edge.to === to.id && edge.kind === 'edge' && !edge.from.includes('error'));
  const members = into.slice(0, 2).map(({ from }) => from);
  const group = grouped(figure, [{ name: 'both', members }], figure.format);
  const node = group.nodes.find((one) => one.members)!;
  const names = members.map((id) => graph.nodes.find((one) => one.id === id)!).map(({ kind, layer, index, place }) =>
    ({ at: `#${place}`, name: kind === 'embed' ? 'embed' : kind === 'mlp' ? `${layer}.mlp` : `${layer}.${index}` }));
  expect(figure.uses!.node(node)).toEqual([{ title: 'Ablate this group', id: 'ablation', params: { prompts: 8, seed: 4, without: names.map(({ at, name }) => `${name}@${at}`) } }]);
  const along = group.edges.find((edge) => edge.from === node.id && edge.to === to.id)!;
  expect(along.members).toHaveLength(2);
  expect(figure.uses!.edge(along)).toMatchObject([{ title: 'Patch along these edges', params: { to: ['logits'], from: names.map(({ name }) => name) } }]);
  const site = 'blocks.3.hook_mlp_out';
  const latent: CircuitNode = { id: `${site}/17@0`, kind: 'latent', layer: 3, index: 17, site, place: 0, score: 1, label: 'x' };
  const places = [{ tokens: [], label: 'a place that only others have', span: null }];
  const ofLatents = circuitFigure({ ...graph, nodes: [latent, { ...latent, id: `${site}/error@0`, kind: 'error', index: null }], edges: [], places }, 8, { name: 'c', title: 'c', about: '', unit: 'logits' });
  const asked = ofLatents.nodes.map((one) => ofLatents.uses!.node(one)[0].params);
  expect(asked).toEqual([{ without: [`${site}/17@0`] }, { without: [`${site}/error@0`] }]);
  for (const params of asked) expect(ANALYSES.ablation.params.safeParse(params).success).toBe(true);
});

test('what can be asked of nodes and edges is what the analyses take', () => {
  const { nodes, edges, uses } = CIRCUIT;
  const asked = [...nodes.flatMap(uses!.node), ...edges.flatMap(uses!.edge)];
  expect(new Set(asked.map(({ id }) => id))).toEqual(new Set(['ablation', 'knockout', 'pathPatching']));
  for (const { id, params } of asked) expect(ANALYSES[id].params.safeParse(params)).toMatchObject({ success: true });
});

test('keys and values that heads share are named by the head that has them', () => {
  const graph = sampleCircuit([...'print("x" + 21)']);
  const [to, from] = [graph.nodes.find(({ kind, index }) => kind === 'head' && index === 3)!, graph.nodes[0]];
  const shared = [{ head: 2, score: null }, { head: 3, score: null }];
  const figure = circuitFigure({ ...graph, edges: [{ from: from.id, to: to.id, score: 1, input: 'v', kind: 'edge', shared }] }, 8, { name: 'c', title: 'c', about: '', unit: 'logits' });
  expect(figure.uses!.edge(figure.edges[0])[0].params).toMatchObject({ to: [`${to.layer}.1.v`] });
});

test('arrow keys lead along a row, and to the nearest node of the next row that has any', () => {
  const box = (id: string, x: number, y: number) => ({ id, x, y, width: 10, height: 10 });
  const boxes = [box('a', 0, 50), box('b', 40, 50), box('c', 90, 50), box('d', 30, 0)];
  expect(['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'Home', 'End'].map((key) => neighbour(boxes, 'b', key))).toEqual(['c', 'a', 'd', null, 'a', 'c']);
  expect(neighbour(boxes, 'd', 'ArrowDown')).toBe('b');
});

test('in a picture the sign is the colour, the size the width, and error and remainder are dashed', () => {
  const svg = svgPicture(graphPicture(FIGURE, theme, { title: 'A small graph', subtitle: [] }), (text) => 7 * text.length);
  const curves = [...svg.matchAll(/<path d="[^"]*C[^>]*>/g)].map(([path]) => path);
  expect(curves).toHaveLength(3);
  expect(curves.map((path) => /stroke="([^"]*)"/.exec(path)![1])).toEqual([theme.positive, theme.positive, theme.negative]);
  expect(curves.map((path) => Number(/stroke-width="([^"]*)"/.exec(path)![1]))).toEqual([2.25, 3.5, 6]);
  expect(curves.map((path) => path.includes('stroke-dasharray'))).toEqual([true, true, false]);
});

test('the terminal has the strongest edges, aligned', () => {
  expect(renderFigure(FIGURE, styleFor('none'), 80)).toMatchInlineSnapshot(`
    "A small graph
      Made up.
      logits
      layer 0  1 p         → 4 s    ██████  -2.0  by hand
      layer 0  1 q (error) → 4 s.k  ███      1.0  error term
      layer 0  1 p         → 1 r    █▌       0.5  all others"
  `);
});
