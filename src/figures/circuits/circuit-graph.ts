/** A circuit as a graph: layers, divided into attention and MLP, against the places of the code. */
import { edgeAddress, nodeAddress, type CircuitOf } from '../../protocol/graphs/address';
import { partWords, type CircuitEdge, type CircuitGraph, type CircuitNode } from '../../protocol/graphs/circuit';
import type { Params } from '../../protocol/analyses';
import { circuitUses } from './circuit-uses';
import type { GraphEdge, GraphFigure, GraphFile, GraphNode, Row } from '../kinds/figure';
import { decimal, plain, visible } from '../kinds/text';

/** How the figure is named, and in which other formats it can be saved. */
export interface CircuitWords {
  name: string;
  title: string;
  about: string;
  unit: string;
  files?: readonly GraphFile[];
  /** Of what it is, where that is known: nodes and edges have addresses then. */
  of?: CircuitOf;
  /** What nodes that are left out are tried with; what the form says where left out. */
  trying?: Partial<Params<'ablation'>>;
  /** What edges between latents are patched with. */
  along?: Partial<Params<'latentPaths'>>;
  /** What can be asked of it where that is not what can be asked of a circuit. */
  uses?: GraphFigure['uses'];
  /** What each place is to the difference of both programs, in words, and the answers for and against which scores are. */
  zones?: { of: readonly string[]; positive: string; negative: string };
}

/** The parts of a layer, in the order in which they write. */
const PARTS = ['attn', 'mlp', 'resid'] as const;
type Part = (typeof PARTS)[number];
const PART_WORDS: Record<Part, string> = { attn: 'attention', mlp: 'MLP', resid: 'residual' };

function partOf({ kind, site = '' }: CircuitNode): Part {
  if (kind === 'head' || /attn|hook_z/.test(site)) return 'attn';
  return /resid/.test(site) ? 'resid' : 'mlp';
}

/** @param layers the model's */
export function circuitFigure(
  graph: CircuitGraph, layers: number, { of, trying = {}, along = {}, zones, uses, ...words }: CircuitWords,
): GraphFigure {
  const { nodes, edges, places, by, curve } = graph;
  const used = new Set(nodes.map(bandKey));
  const bands = [
    { key: 'embed', label: 'embedding', layer: -1 as number | null },
    ...Array.from({ length: layers }, (_, layer) => PARTS.map((part) => (
      { key: `${layer} ${part}`, label: `${layer} ${PART_WORDS[part]}`, layer }
    ))).flat().filter(({ key }) => !key.endsWith('resid') || used.has(key)),
    { key: 'logits', label: 'logits', layer: null },
  ];
  const rowOf = new Map(bands.map(({ key }, row) => [key, row]));
  const columns: GraphFigure['columns'] = places.map(({ tokens, label }) => (
    { position: tokens.at(-1) ?? null, tokens, label: visible(label) }
  ));
  if (nodes.some(({ place }) => place === null)) columns.push({ position: null, label: 'all places' });
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const figure: GraphFigure = {
    kind: 'graph', ...words, columns,
    bands: bands.map(({ label, layer }) => ({ label, layer })),
    nodes: nodes.map((node): GraphNode => ({
      id: node.id,
      label: plain(shortLabel(node)),
      words: plain(partWords(node)),
      column: node.place ?? columns.length - 1,
      row: rowOf.get(bandKey(node)) ?? 0,
      value: node.kind === 'logits' || node.kind === 'remainder' ? null : node.score,
      kind: node.kind === 'error' || node.kind === 'remainder' ? node.kind : 'plain',
      ...(node.kind === 'head' && node.index !== null && { head: node.index }),
      ...(of && { address: nodeAddress(node, places, of) }),
    })),
    edges: edges.map((edge): GraphEdge => ({
      from: edge.from, to: edge.to, value: edge.score,
      kind: edge.kind === 'remainder' || [edge.from, edge.to].some((id) => byId.get(id)?.kind === 'remainder')
        ? 'remainder' : [edge.from, edge.to].some((id) => byId.get(id)?.kind === 'error') ? 'error' : 'plain',
      ...(edge.input !== null && { input: edge.input }),
      ...(edge.shared && { note: `shared by the heads ${edge.shared.map(({ head }) => head).join(', ')}` }),
    })),
    format: (value) => decimal(value, 3),
    pruning: { by, curve },
    uses: uses ?? circuitUses(graph, () => figure, trying, along),
    ...(zones && { kin: kinOf(graph, zones) }),
    rows: () => edges.map((edge): Row => ({ ...edgeRow(edge, byId, places), ...(of && { address: edgeAddress(edge, byId, places, of) }) })),
  };
  return figure;
}

/** Nodes by what their place is to the edit, and by which answer they are for: the largest sums first. */
function kinOf({ nodes }: CircuitGraph, { of, positive, negative }: NonNullable<CircuitWords['zones']>): NonNullable<GraphFigure['kin']> {
  const kin = new Map<string, { members: string[]; sum: number }>();
  for (const { id, kind, place, score } of nodes) {
    if (place === null || score === null || score === 0 || kind === 'logits' || kind === 'remainder' || kind === 'error') continue;
    const name = `${of[place]}, for ${score < 0 ? positive : negative}`; // a patch from the twin takes the answer away
    const own = kin.get(name) ?? { members: [], sum: 0 };
    kin.set(name, own);
    own.members.push(id);
    own.sum += Math.abs(score);
  }
  return [...kin].sort(([, a], [, b]) => b.sum - a.sum).map(([name, { members }]) => ({ name, members }));
}

function bandKey(node: CircuitNode): string {
  if (node.kind === 'logits' || node.kind === 'embed') return node.kind;
  return node.layer === null ? 'embed' : `${node.layer} ${partOf(node)}`;
}

/** How often a latent is active, which, like all words, its whole name has. */
const DENSITY = / \(active at [\d.]+ % of tokens\)/;

function shortLabel({ kind, label, layer }: CircuitNode): string {
  if (kind === 'mlp') return `MLP ${layer}`;
  if (kind === 'error') return 'error';
  if (kind === 'remainder') return 'rest';
  if (kind !== 'latent') return label;
  return label.replace(DENSITY, '').replace(/^most at /, '').replace('the question’s last token', 'last token').replace('where the model answers', 'answers');
}

function edgeRow(
  { from, to, score, input, kind }: CircuitEdge, byId: ReadonlyMap<string, CircuitNode>, places: CircuitGraph['places'],
): Row {
  const end = (id: string) => {
    const { label, place: at, score: own } = byId.get(id)!;
    return { label, place: at === null ? null : places[at].label, tokens: at === null ? null : places[at].tokens.join(' '), own };
  };
  const [a, b] = [end(from), end(to)];
  return {
    from: a.label, fromPlace: a.place, fromTokens: a.tokens, fromScore: a.own,
    to: b.label, toPlace: b.place, toTokens: b.tokens, toScore: b.own, input, kind, score,
  };
}
