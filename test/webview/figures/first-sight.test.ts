/** Which stretch of a wide graph is seen first. */
import { expect, test } from 'vitest';
import { LABELS, MARGIN, type Box } from '../../../webview/figures/graph/layout';
import { firstSight } from '../../../webview/figures/graph/sight';

const box = (id: string, x: number): Box => ({ id, x, y: 0, width: 40, height: 22 });
const node = (id: string, row: number) => ({ id, row, label: id, words: id, column: 0, value: null, kind: 'plain' as const });
const edge = (from: string, to: string, value: number) => ({ from, to, value, kind: 'plain' as const });
const nodes = [node('far', 0), node('near', 1), node('logits', 9), node('rest', 0)];
const boxes = [box('far', 100), box('near', 900), box('logits', 1100), box('rest', 2400)];

test('what all leads to, with the strongest that there is room for, and not the end of the picture', () => {
  const edges = [edge('far', 'logits', 5), edge('near', 'logits', -3), edge('rest', 'logits', 1)];
  const left = firstSight({ nodes, edges }, { boxes, width: 2600 }, 500);
  for (const x of [900, 1100]) expect(x >= left + LABELS && x + 40 <= left + 500).toBe(true);
  expect(left).toBe(900 - LABELS - MARGIN); // as far to the right as both are seen
  expect(firstSight({ nodes, edges }, { boxes, width: 2600 }, 1200)).toBe(100 - LABELS - MARGIN); // room for the strongest
  expect(firstSight({ nodes, edges }, { boxes, width: 2600 }, 3000)).toBe(0);
});

test('where it lies at the end that is the end; without edges and without nodes it is some place', () => {
  const last = { nodes: nodes.slice(0, 3), edges: [edge('near', 'logits', 1)] };
  expect(firstSight(last, { boxes: boxes.slice(0, 3), width: 1150 }, 500)).toBe(650);
  expect(firstSight({ ...last, edges: [] }, { boxes: boxes.slice(0, 3), width: 1150 }, 500)).toBe(650);
  expect(firstSight({ nodes: [], edges: [] }, { boxes: [], width: 1150 }, 500)).toBe(0);
});
