/** Which stretch of a wide graph is seen first: what all leads to, with as much as can be of what flows strongest. */
import type { GraphEdge, GraphNode } from '../../../src/figures/kinds/figure';
import { LABELS, MARGIN, type GraphPlan } from './layout';

/**
 * How far a picture is scrolled to the right, in pixels.
 * @param width of what is seen, under the left of which the names of rows lie
 */
export function firstSight(
  { nodes, edges }: { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] },
  { boxes, width: whole }: Pick<GraphPlan, 'boxes' | 'width'>,
  width: number,
): number {
  const most = Math.max(0, whole - width);
  const boxOf = new Map(boxes.map((box) => [box.id, box]));
  const drawn = nodes.filter(({ id }) => boxOf.has(id));
  if (most === 0 || drawn.length === 0) return 0;
  const isIn = (id: string, left: number) => {
    const box = boxOf.get(id);
    return box !== undefined && box.x >= left + LABELS && box.x + box.width <= left + width;
  };
  const top = Math.max(...drawn.map(({ row }) => row));
  const ends = drawn.filter(({ row }) => row === top);
  const strength = (left: number) => edges.reduce((sum, { from, to, value }) => (
    isIn(from, left) && isIn(to, left) ? sum + Math.abs(value) : sum), 0);
  const [{ id: main }] = ends.sort((a, b) => Math.abs(b.value ?? 0) - Math.abs(a.value ?? 0));
  // Each box at the right end of what is seen, or at its left; where as much is seen, the one further to the right.
  const tries = [most, ...boxes.flatMap(({ x, width: own }) => [x + own + MARGIN - width, x - LABELS - MARGIN])]
    .map((left) => Math.round(Math.min(most, Math.max(0, left))))
    .filter((left) => isIn(main, left));
  const found = [...new Set(tries)].map((left) => ({ left, strength: strength(left) }));
  if (found.length === 0) return Math.min(most, Math.max(0, boxOf.get(main)!.x - LABELS - MARGIN));
  const strongest = Math.max(...found.map((one) => one.strength));
  return Math.max(...found.filter((one) => one.strength >= 0.999 * strongest).map(({ left }) => left));
}
