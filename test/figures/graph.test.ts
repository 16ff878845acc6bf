import { expect, test } from 'vitest';
import { renderFigure } from '../../src/cli/render/figures';
import { styleFor } from '../../src/cli/render/style';
import type { GraphFigure, GraphNode } from '../../src/figures/figure';
import { GAP, layOut, nodeWords } from '../../src/figures/graph';
import { PRINTED } from '../../webview/ui/colours';
import { graphPicture } from '../../webview/figures/graph/graph';
import { planned } from '../../webview/figures/graph/paint';
import { svgPicture } from '../../webview/figures/picture';

const node = (id: string, column: number, row: number, more: Partial<GraphNode> = {}): GraphNode => ({ id, label: id, column, row, value: null, kind: 'plain', ...more });
const FIGURE: GraphFigure = {
  kind: 'graph', name: 'small', title: 'A small graph', about: 'Made up.', unit: 'logits',
  columns: ['a', 'b', 'c', 'd', 'e', 'f'].map((label, position) => ({ position, label })),
  bands: [{ label: 'layer 0', layer: 0 }, { label: 'layer 1', layer: 1 }],
  nodes: [node('p', 1, 0), node('q', 1, 0, { kind: 'error' }), node('r', 1, 1), node('s', 4, 1, { value: 2 })],
  edges: [
    { from: 'p', to: 's', value: -2, kind: 'plain', note: 'by hand' },
    { from: 'q', to: 's', value: 1, kind: 'error' },
    { from: 'p', to: 'r', value: 0.5, kind: 'remainder' },
  ],
  format: (value) => value.toFixed(1),
  rows: () => [],
};

test('columns without nodes fold, those of one place stand side by side, and others are in their middle', () => {
  const { placed, columns, gaps, width } = layOut(FIGURE);
  expect(gaps).toEqual([{ x: 0, columns: 1 }, { x: GAP + 2, columns: 2 }, { x: 2 * GAP + 3, columns: 1 }]);
  expect(columns).toEqual([{ column: 1, x: GAP, width: 2 }, { column: 4, x: 2 * GAP + 2, width: 1 }]);
  expect(Object.fromEntries(placed.map(({ node: { id }, x }) => [id, x]))).toEqual({ p: GAP, q: GAP + 1, r: GAP + 0.5, s: 2 * GAP + 2 });
  expect(width).toBeCloseTo(3 * GAP + 3);
});

test('a node says what it is and what flows in and out, the strongest first', () => {
  expect(nodeWords(FIGURE, FIGURE.nodes[3])).toEqual({
    title: 's (token 4) at layer 1: 2.0',
    lines: ['from p (token 1) at layer 0: -2.0, by hand', 'from q (token 1) at layer 0: 1.0 (error term)'],
  });
  expect(nodeWords(FIGURE, FIGURE.nodes[0]).lines).toEqual(['to s (token 4) at layer 1: -2.0, by hand', 'to r (token 1) at layer 1: 0.5 (all others together)']);
  expect(nodeWords(FIGURE, FIGURE.nodes[1]).title).toBe('q (token 1) at layer 0 (error term)');
});

test('nodes do not overlap, and lie within the picture', () => {
  const { boxes, width, height } = planned(FIGURE);
  boxes.forEach((a, i) => {
    expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height).toBe(true);
    for (const b of boxes.slice(i + 1)) expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true);
  });
});

test('in a picture the sign is the colour, the size the width, and error and remainder are dashed', () => {
  const theme = { ...PRINTED, mono: 'monospace', sans: 'sans-serif' };
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
      layer 0  1 p         → 4 s  ██████  -2.0  by hand
      layer 0  1 q (error) → 4 s  ███      1.0  error term
      layer 0  1 p         → 1 r  █▌       0.5  all others"
  `);
});
