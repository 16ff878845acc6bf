/** How much of a graph is seen, and what stands together in it. */
import { expect, test } from 'vitest';
import { circuitFigure } from '../../src/figures/circuits/circuit-graph';
import type { GraphFigure, GraphNode } from '../../src/figures/kinds/figure';
import { grouped, named, NO_NOTES, proposedGroups, readNotes } from '../../src/figures/kinds/graph-groups';
import { drawnEdges, firstSize, largestSize, measuredAt, mostShown, pruned, sizesOf } from '../../src/figures/kinds/graph-pruning';
import { measuredWords, sizeWords } from '../../webview/figures/graph/size';
import { sampleCircuit } from './sample-circuit';

const words = { name: 'circuit', title: 'A circuit', about: '', unit: 'logits' };
const nodes = circuitFigure(sampleCircuit([...'print("x" + 21)'], 'nodes'), 8, words);
const edges = circuitFigure(sampleCircuit([...'print("x" + 21)'], 'edges'), 8, words);
const sum = (all: readonly { value: number | null }[]) => all.reduce((total, { value }) => total + (value ?? 0), 0);

test('so many nodes are the strongest, with the edges between them; what has no value does not count', () => {
  for (const size of [1, 7, 20, largestSize(nodes)]) {
    const kept = pruned(nodes, size);
    const valued = kept.nodes.filter(({ value }) => value !== null);
    expect(valued).toHaveLength(size);
    const least = Math.min(...valued.map(({ value }) => Math.abs(value!)));
    expect(nodes.nodes.filter(({ value }) => value !== null && Math.abs(value) > least).every((node) => valued.includes(node))).toBe(true);
    const ids = new Set(kept.nodes.map(({ id }) => id));
    expect(kept.edges).toEqual(nodes.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)));
  }
  expect(pruned(nodes, largestSize(nodes)).edges).toHaveLength(nodes.edges.length);
});

test('so many edges are the strongest, with their ends', () => {
  const kept = pruned(edges, 9);
  // What all others say comes with its end, and counts for nothing.
  const others = edges.nodes.find(({ kind }) => kind === 'remainder')!.id;
  const counted = edges.edges.filter(({ from }) => from !== others);
  expect(largestSize(edges)).toBe(counted.length);
  expect(kept.edges.filter(({ from }) => from !== others)).toHaveLength(9);
  expect(pruned(edges, counted.length).edges).toHaveLength(edges.edges.length);
  expect(new Set(kept.nodes.map(({ id }) => id))).toEqual(new Set(kept.edges.flatMap(({ from, to }) => [from, to])));
});

test('what is pinned stays, with its edges to what else is there', () => {
  for (const figure of [nodes, edges]) {
    const shown = pruned(figure, 5).nodes;
    const weakest = figure.nodes.find((node) => node.value !== null && !shown.includes(node) && figure.edges.some(({ from }) => from === node.id))!;
    const kept = pruned(figure, 5, [weakest.id]);
    expect(kept.nodes).toContain(weakest);
    const ids = new Set(kept.nodes.map(({ id }) => id));
    const own = figure.edges.filter(({ from, to }) => (from === weakest.id || to === weakest.id) && ids.has(from) && ids.has(to));
    expect(kept.edges.filter((edge) => own.includes(edge))).toHaveLength(own.length);
  }
});

test('sizes hold all that were measured, and one says what was measured there, or at the nearest', () => {
  const { curve } = nodes.pruning!;
  expect(curve.every(({ size }) => sizesOf(nodes).includes(size))).toBe(true);
  expect(sizesOf(nodes).at(-1)).toBe(largestSize(nodes));
  expect(measuredAt(curve, 20)!.size).toBe(20);
  expect(measuredAt(curve, 6)!.size).toBe(5);
  expect(measuredAt(curve, 8)!.size).toBe(10);
  expect(measuredAt([], 8)).toBeNull();
  const figure: GraphFigure = { ...nodes, pruning: { by: 'nodes', curve: [{ size: 5, faithfulness: 0.5, completeness: 0.25, random: null }] } };
  expect(sizeWords(figure, 5)).toBe(`5 of ${largestSize(nodes)} nodes`);
  expect(measuredWords(figure, 5)).toBe('Measured at this size: faithfulness 0.50, completeness 0.25.');
  expect(measuredWords(figure, 9)).toBe('Not measured at this size; at the nearest one that was, 5: faithfulness 0.50, completeness 0.25.');
  expect(measuredWords({ ...figure, pruning: { by: 'nodes', curve: [] } }, 9)).toBe('How faithful so many are has not been measured.');
});

test('no more are shown than can be followed, however large a graph is', () => {
  const large: GraphFigure = {
    ...nodes,
    nodes: Array.from({ length: 1000 }, (_, i): GraphNode => ({ id: `n${i}`, label: '', column: 0, row: 0, value: i, kind: 'plain' })),
    edges: Array.from({ length: 2000 }, (_, i) => ({ from: `n${i % 999}`, to: 'n999', value: i % 2 === 0 ? i : -i, kind: 'plain' as const })),
  };
  expect([sizesOf(large).at(-1), mostShown(large), largestSize(large)]).toEqual([150, 150, 1000]);
  expect(sizeWords(large, 12)).toBe('12 of 1000 nodes (150 are shown at most; the CSV has all)');
  const drawn = drawnEdges(large.edges);
  expect([drawn.length, Math.min(...drawn.map(({ value }) => Math.abs(value)))]).toEqual([600, 1400]);
  expect(drawnEdges(nodes.edges)).toBe(nodes.edges);
});

test('at first as few are shown as are faithful enough', () => {
  const at = (faithfulness: number[]): GraphFigure =>
    ({ ...nodes, pruning: { by: 'nodes', curve: faithfulness.map((one, i) => ({ size: i + 3, faithfulness: one, completeness: null, random: null })) } });
  expect(firstSize(at([0.2, 0.91, 0.97]))).toBe(4);
  expect(firstSize(at([0.2]))).toBe(24);
});

test('a group’s value is the sum of its members’, and its edges are the sums of theirs', () => {
  const members = nodes.nodes.filter(({ kind, value }) => kind === 'plain' && value !== null).slice(3, 9).map(({ id }) => id);
  const { nodes: all, edges: between } = grouped(nodes, [{ name: 'mine', members }], nodes.format);
  const group = all.find((node) => node.members)!;
  expect(group).toMatchObject({ label: 'mine', members });
  expect(group.value).toBeCloseTo(sum(nodes.nodes.filter(({ id }) => members.includes(id))), 12);
  expect(all).toHaveLength(nodes.nodes.length - members.length + 1);
  for (const other of all.filter((node) => !node.members)) {
    const into = (graph: typeof between, ids: readonly string[]) => sum(graph.filter(({ from, to }) => ids.includes(from) && to === other.id));
    expect(into(between, [group.id])).toBeCloseTo(into(nodes.edges, members), 12);
    const out = (graph: typeof between, ids: readonly string[]) => sum(graph.filter(({ from, to }) => ids.includes(to) && from === other.id));
    expect(out(between, [group.id])).toBeCloseTo(out(nodes.edges, members), 12);
  }
  const inside = nodes.edges.filter(({ from, to }) => members.includes(from) && members.includes(to));
  expect(sum(between)).toBeCloseTo(sum(nodes.edges) - sum(inside), 12);
  expect(new Set(between.map(({ from, to, kind, input }) => `${from} ${to} ${kind} ${input}`)).size).toBe(between.length);
});

test('nodes of one band and place whose edges are alike are proposed, and others are not', () => {
  const node = (id: string, column = 0): GraphNode => ({ id, label: id, column, row: 0, value: 1, kind: 'plain' });
  const edge = (from: string, to: string, value: number) => ({ from, to, value, kind: 'plain' as const });
  const graph = {
    nodes: [node('a'), node('b'), node('c'), node('far', 1)],
    edges: [edge('a', 'x', 2), edge('a', 'y', 1), edge('b', 'x', 4), edge('b', 'y', 2.5), edge('c', 'x', -2), edge('c', 'y', -1), edge('far', 'x', 2), edge('far', 'y', 1)],
  };
  const [proposal, ...others] = proposedGroups(graph, []);
  expect(others).toEqual([]);
  expect(proposal.members).toEqual(['a', 'b']);
  expect(proposal.cosine).toBeCloseTo(10.5 / (Math.sqrt(5) * Math.hypot(4, 2.5)), 12);
  expect(proposedGroups(graph, [{ name: 'taken', members: ['a'] }])).toEqual([]);
  // What is of one kind comes first, as far as it is seen and free.
  const kin = [{ name: 'At the end, for x', members: ['far', 'c', 'gone'] }, { name: 'Before the edit, for x', members: ['a', 'gone'] }];
  expect(proposedGroups({ ...graph, kin }, [])).toEqual([{ name: 'At the end, for x', members: ['far', 'c'], cosine: null }, proposal]);
});

test('what was kept of a graph is taken as far as it fits', () => {
  const [a, b] = nodes.nodes.map(({ id }) => id);
  const kept = { pinned: [a, 'gone', 3], names: { [a]: 'mine', gone: 'x', [b]: '' }, groups: [{ name: 'g', members: [a, a, 'gone'] }, { name: 'h', members: [a] }, { name: 4 }, null] };
  expect(readNotes(JSON.parse(JSON.stringify(kept)), nodes)).toEqual({ pinned: [a], names: { [a]: 'mine' }, groups: [{ name: 'g', members: [a] }] });
  for (const nothing of [undefined, null, 3, 'x', [], { pinned: 3, names: [], groups: {} }]) expect(readNotes(nothing, nodes)).toEqual(NO_NOTES);
  expect(named(nodes, { [a]: 'mine' }).nodes[0]).toMatchObject({ id: a, label: 'mine', words: 'mine (the embedding)' });
});
