/** A circuit's graph from the edges of several pairs of programs: their means, the largest of them, and what all others carry. */
import type { Circuit } from '../../../methods/circuits/find';
import type { CircuitEdge, CircuitGraph, CircuitNode } from '../../../protocol/graphs/circuit';
import { rounded } from '../../session/rounded';
import type { CircuitPairs } from './circuit-pairs';

/** In how many of the pairs that a circuit was found in its edges are read: their means are steady by then. */
export const MOST_FOR_EDGES = 8;
/** Edges that are drawn; what the others carry is summed up. */
const MOST_EDGES = 600;

export const LOGITS = 'logits';
export const REST = 'rest';

/** Sums of edges between nodes, by their ids. */
export class EdgeSums {
  private readonly sums = new Map<string, CircuitEdge>();

  /** @param from null for what all others say */
  add(from: string | null, to: string, input: CircuitEdge['input'], score: number): void {
    if (from === to) return;
    const own = from === null ? null : input;
    const key = `${from ?? REST} ${own} ${to}`;
    const edge = this.sums.get(key);
    if (edge) edge.score += score;
    else this.sums.set(key, { from: from ?? REST, to, input: own, kind: from === null ? 'remainder' : 'edge', score });
  }

  /** @param pairs over how many the edges are summed */
  graph(kept: readonly CircuitNode[], pairs: CircuitPairs, { curve }: Pick<Circuit<unknown>, 'curve'>, count: number): CircuitGraph {
    const all = () => [...this.sums.values()].map((edge) => ({ ...edge, score: edge.score / count }));
    const edges = all().filter(({ kind }) => kind === 'edge').sort((a, b) => Math.abs(b.score) - Math.abs(a.score));
    for (const { to, score } of edges.splice(MOST_EDGES)) this.add(null, to, null, score * count);
    return circuitGraphOf('nodes', kept, [...edges, ...all().filter(({ kind }) => kind === 'remainder')], pairs, curve);
  }
}

/** With the logits, and with a node for all others where an edge comes from there. */
export function circuitGraphOf(
  by: CircuitGraph['by'],
  kept: readonly CircuitNode[],
  edges: readonly CircuitEdge[],
  { finding, places }: CircuitPairs,
  curve: Circuit<unknown>['curve'],
): CircuitGraph {
  const special = { layer: null, index: null, score: null } as const;
  const last = finding[0].placeOf[finding[0].base.length - 1];
  const nodes: CircuitNode[] = [...kept, { id: LOGITS, kind: 'logits', ...special, place: last, label: 'logits' }];
  if (edges.some(({ from }) => from === REST)) nodes.push({ id: REST, kind: 'remainder', ...special, place: null, label: 'all others' });
  return {
    nodes,
    edges: edges.map((edge) => ({ ...edge, score: rounded(edge.score) })),
    places: [...places],
    by,
    curve: curve.map(({ nodes: size, faithfulness, completeness, random }) => ({
      size, faithfulness: orNone(faithfulness), completeness: orNone(completeness), random: orNone(random),
    })),
  };
}

export function orNone(share: number | null): number | null {
  return share === null ? null : rounded(share);
}
