/** A made-up circuit in the shape of real ones: eight layers of four heads, a program that adds a text and a number. */
import { Random } from '../../src/corpus/random';
import type { CircuitEdge, CircuitGraph, CircuitNode } from '../../src/protocol/graphs/circuit';

const LAYERS = 8;
const HEADS = 4;

/** @param places labels of the tokens, in their order */
export function sampleCircuit(places: readonly string[], by: CircuitGraph['by'] = 'nodes'): CircuitGraph {
  const random = new Random('circuit');
  const last = places.length - 1;
  const at = (share: number) => Math.round(share * last);
  const [quote, text, number] = [at(0.2), at(0.35), at(0.6)];
  const nodes: CircuitNode[] = [];
  const add = (kind: CircuitNode['kind'], layer: number | null, index: number | null, place: number, score: number): CircuitNode => {
    const label = kind === 'head' ? `L${layer}H${index}` : kind === 'mlp' ? `${layer}_mlp_out` : kind === 'error' ? `${layer}_mlp_out error` : kind;
    const node = { id: `${label}@${place}`, kind, layer, index, place, score, label, ...(kind === 'error' && { site: `blocks.${layer}.hook_mlp_out` }) };
    nodes.push(node);
    return node;
  };
  for (const place of [quote, text, number, last]) add('embed', null, null, place, random.float() - 0.3);
  for (let layer = 0; layer < LAYERS; layer++) {
    for (let head = 0; head < HEADS; head++) {
      for (const place of [text, number, last]) if (random.float() < 0.35) add('head', layer, head, place, (random.float() - 0.4) * (place === last ? 2 : 1));
    }
    for (const place of [quote, number, last]) if (random.float() < 0.6) add('mlp', layer, null, place, (random.float() - 0.4) * 1.4);
  }
  add('error', 5, null, last, 0.12);
  const rest = add('remainder', 3, null, last, 0.05);
  add('logits', null, null, last, 2.4);
  const order = ({ kind, layer }: CircuitNode) => (kind === 'embed' ? -1 : kind === 'logits' ? 2 * LAYERS : 2 * layer! + (kind === 'head' ? 0 : 1));
  const edges: CircuitEdge[] = [];
  for (const to of nodes) {
    for (const from of nodes) {
      if (order(from) >= order(to) || to.kind === 'error' || to.kind === 'remainder' || (to.kind !== 'head' && from.place !== to.place)) continue;
      if (from.place! > to.place! || random.float() > 0.4) continue;
      const input = to.kind === 'head' ? (from.place === to.place ? 'q' : random.pick(['k', 'v'] as const)) : null;
      edges.push({ from: from.id, to: to.id, score: 0.5 * from.score! * (random.float() + 0.1), input, kind: from === rest ? 'remainder' : 'edge' });
    }
  }
  const most = by === 'nodes' ? nodes.length - 2 : edges.length;
  const sizes = [1, 2, 5, 10, 20, 40, most].filter((size, i, all) => size <= most && all.indexOf(size) === i);
  return {
    nodes, edges, by,
    places: places.map((label, i) => ({ tokens: [i], label, span: { start: i, end: i + 1 } })),
    curve: sizes.map((size) => {
      const share = Math.log(size + 1) / Math.log(most + 1);
      return { size, faithfulness: share ** 0.5, completeness: 1 - share, random: share ** 3 };
    }),
  };
}
