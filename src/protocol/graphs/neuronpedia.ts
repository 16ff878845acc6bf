/**
 * Neuronpedia's attribution graphs, as circuit-tracer writes them too (graph-schema.json, draft-07, schema_version 1). What the format does
 * not know of a circuit (through which input a head reads, scores of nodes) stands in fields named `latent_lens`, which it allows.
 */
import * as z from 'zod';
import { checked, isCount, isList, isNumber, isObject, isText, orNull, said } from '../fields';
import {
  HEAD_INPUTS, MOST_EDGES, MOST_NODES, PART_KINDS, type CircuitEdge, type CircuitGraph, type CircuitNode, type CircuitPlace, type PartKind,
} from './circuit';

/** What Neuronpedia takes at most. */
export const MOST_BYTES = 100 * 1024 * 1024;

/** Pins and groups, as a reader made them. */
export interface Marked {
  pinned: readonly string[];
  groups: readonly { name: string; members: readonly string[] }[];
}

export interface NeuronpediaWords {
  /** The model's id, as Neuronpedia knows it. */
  model: string;
  layers: number;
  /** A name for the graph. */
  slug: string;
  prompt: string;
  /** The text of each token. */
  tokens: readonly string[];
  /** The answer whose score it is about, and its probability where that is known. */
  answer: { text: string; probability: number | null };
  description: string;
}

const plainName = (name: string) => name.replace(/[^\w.-]+/g, '-').replace(/^-+|-+$/g, '') || 'graph';

/** The same circuit and words give the same text. */
export function writeNeuronpedia({ nodes, edges, places }: CircuitGraph, words: NeuronpediaWords, { pinned, groups }: Marked): string {
  const { model, layers, slug, prompt, tokens, answer, description } = words;
  const last = tokens.length - 1;
  return JSON.stringify({
    metadata: {
      slug: plainName(slug), scan: plainName(model), prompt_tokens: tokens, prompt, schema_version: 1,
      info: { description, generator: { name: 'Latent Lens' } },
      latent_lens: { layers, places: places.map(({ tokens: at, label, span }) => ({ tokens: at, label, span })) },
    },
    qParams: { ...marks({ pinned, groups }), linkType: 'both', clickedId: '', sg_pos: '' },
    nodes: nodes.map((node) => {
      const { id, kind, layer, place, score, label, site, activation, influence } = node;
      const position = place === null ? last : (places[place].tokens.at(-1) ?? last);
      return {
        node_id: id, feature: featureOf(node), layer: layerText(node, layers), ctx_idx: position, jsNodeId: id,
        feature_type: isReplaced(node) ? TRANSCODED : TYPES[kind],
        ...(influence !== undefined && { influence }), ...(activation !== undefined && { activation }),
        clerp: kind === 'logits' ? `Output "${answer.text}" (p=${answer.probability?.toFixed(3) ?? 'unknown'})` : label,
        ...(kind === 'logits' && { ...(answer.probability !== null && { token_prob: answer.probability }), is_target_logit: true }),
        latent_lens: { kind, layer, place, score, label, ...(site !== undefined && { site }) },
      };
    }),
    links: edges.map(({ from, to, score, input, kind, shared }) => ({
      source: from, target: to, weight: score,
      ...((input !== null || kind === 'remainder' || shared) && { latent_lens: { input, kind, ...(shared && { shared }) } }),
    })),
  });
}

/** What the format calls latents of transcoders, of one layer too. */
const TRANSCODED = 'cross layer transcoder';

/** Whether a latent stands for a part of an MLP, in an attribution graph. */
function isReplaced({ kind, activation }: CircuitNode): boolean {
  return kind === 'latent' && activation !== undefined;
}

/** Of a transcoder's latent its number paired with that of its layer, as the format has it (Cantor). */
function featureOf(node: CircuitNode): number | null {
  const { layer, index } = node;
  return isReplaced(node) ? ((layer! + index!) * (layer! + index! + 1)) / 2 + index! : index;
}

/** Pins and groups as the format has them: its page shows groups of what is pinned. */
function marks({ pinned, groups }: Marked): { pinnedIds: string[]; supernodes: string[][] } {
  return {
    pinnedIds: [...new Set([...pinned, ...groups.flatMap(({ members }) => members)])],
    supernodes: groups.map(({ name, members }) => [name, ...members]),
  };
}

/** A graph that was read, with other pins, groups and labels, and else as it was. @param document the parsed JSON, which has been read */
export function remarkNeuronpedia(document: unknown, marked: Marked, names: Readonly<Record<string, string>>): string {
  const { qParams, nodes, ...others } = document as { qParams: object; nodes: Node[] };
  const labelled = nodes.map((node) => (Object.hasOwn(names, node.node_id) ? { ...node, clerp: names[node.node_id] } : node));
  return JSON.stringify({ ...others, qParams: { ...qParams, ...marks(marked) }, nodes: labelled });
}

const TYPES: Record<PartKind, string> = {
  embed: 'embedding', logits: 'logit', error: 'mlp reconstruction error',
  head: 'unknown', mlp: 'unknown', latent: 'unknown', remainder: 'unknown',
};

function layerText({ kind, layer }: CircuitNode, layers: number): string {
  if (kind === 'embed') return 'E';
  return String(kind === 'logits' ? layers + 1 : (layer ?? 0));
}

interface Node {
  node_id: string;
  feature: number | null;
  layer: string | number;
  ctx_idx: number;
  feature_type: string;
  clerp: string;
  influence?: number | null;
  activation?: number | null;
  latent_lens?: Pick<CircuitNode, 'kind' | 'layer' | 'place' | 'score' | 'label' | 'site'>;
}

interface Link {
  source: string;
  target: string;
  weight: number;
  latent_lens?: Pick<CircuitEdge, 'input' | 'kind' | 'shared'>;
}

const isOwnNode = (value: unknown): boolean => isObject(value) && PART_KINDS.includes(value.kind as PartKind)
  && orNull(isCount)(value.layer) && orNull(isCount)(value.place) && orNull(isNumber)(value.score) && isText(value.label)
  && (value.site === undefined || isText(value.site));
const isNode = (value: unknown): boolean => isObject(value) && isText(value.node_id)
  && (value.feature === null || Number.isInteger(value.feature)) && (isText(value.layer) || isCount(value.layer)) && isCount(value.ctx_idx)
  && isText(value.feature_type) && isText(value.clerp) && (value.influence === undefined || orNull(isNumber)(value.influence))
  && (value.activation === undefined || orNull(isNumber)(value.activation))
  && (value.latent_lens === undefined || isOwnNode(value.latent_lens));
const isOwnLink = (value: unknown): boolean => isObject(value) && (value.input === null || HEAD_INPUTS.includes(value.input as 'q'))
  && (value.kind === 'edge' || value.kind === 'remainder')
  && (value.shared === undefined || isList((one) => isObject(one) && isCount(one.head) && orNull(isNumber)(one.score))(value.shared));
const isLink = (value: unknown): boolean => isObject(value) && isText(value.source) && isText(value.target) && isNumber(value.weight)
  && (value.latent_lens === undefined || isOwnLink(value.latent_lens));
const isSpan = (value: unknown): boolean => isObject(value) && isCount(value.start) && isCount(value.end);
const isPlace = (value: unknown): boolean => isObject(value) && isList(isCount)(value.tokens) && isText(value.label)
  && orNull(isSpan)(value.span);

const all = <T>(check: (value: unknown) => boolean, most: number, words: string) =>
  said(z.custom<T[]>((value) => isList(check)(value) && (value as unknown[]).length <= most), { words });

const MOST_LAYERS = 1000;
const MOST_TOKENS = 100_000;

const file = z.object({
  metadata: z.object({
    slug: z.string(), scan: z.string(), prompt: z.string(),
    prompt_tokens: all<string>(isText, MOST_TOKENS, 'a list of the prompt’s tokens'),
    latent_lens: z.object({
      layers: z.int().min(1).max(MOST_LAYERS), places: all<CircuitPlace>(isPlace, MOST_TOKENS, 'a list of places'),
    }).optional(),
  }),
  qParams: z.object({
    pinnedIds: all<string>(isText, MOST_NODES, 'a list of ids of nodes').default([]),
    supernodes: all<string[]>(isList(isText), MOST_NODES, 'a list of groups: a name, then ids of nodes').default([]),
  }),
  nodes: all<Node>(isNode, MOST_NODES, `a list of at most ${MOST_NODES} nodes with node_id, feature, layer, ctx_idx, feature_type and clerp`),
  links: all<Link>(isLink, MOST_EDGES, `a list of at most ${MOST_EDGES} links with source, target and weight`),
});

/** Whether a document looks like one of Neuronpedia's. */
export function isNeuronpedia(value: unknown): boolean {
  return isObject(value) && isObject(value.metadata) && isObject(value.qParams) && Array.isArray(value.nodes) && Array.isArray(value.links);
}

/** A graph from a file, and what there is to say about it. */
export interface NeuronpediaGraph {
  graph: CircuitGraph;
  slug: string;
  model: string;
  layers: number;
  prompt: string;
  marked: Marked;
  /** Sentences about what is not as the file has it. */
  notices: string[];
}

/**
 * A graph of Neuronpedia's or circuit-tracer's, which may come from anywhere. Where nodes have an influence, which is cumulative, they
 * score 1 minus it, so that the most influential ones score most; else nodes have no scores, and the graph is pruned by its links.
 * @param value the parsed JSON @param what names the file @throws a sentence
 */
export function readNeuronpedia(value: unknown, what: string): NeuronpediaGraph {
  const { metadata, qParams, nodes: given, links } = checked(file, value, what);
  const { slug, scan, prompt, prompt_tokens: tokens, latent_lens: own } = metadata;
  const notices: string[] = [];
  const places = own?.places ?? tokens.map((label, position): CircuitPlace => ({ tokens: [position], label, span: null }));
  const byId = new Map<string, CircuitNode>();
  for (const node of given) if (!byId.has(node.node_id)) byId.set(node.node_id, nodeOf(node, what));
  const nodes = [...byId.values()];
  if (nodes.length < given.length) {
    const twice = `${given.length - nodes.length} of its nodes have an id that another one has already`;
    notices.push(`${twice}, so that their links cannot be told apart; the first of each is shown.`);
  }
  const strange = nodes.find(({ place }) => place !== null && place >= places.length);
  if (strange) throw new Error(`${what}: the node ${strange.id} is at token ${strange.place}, and there are ${places.length}.`);
  const edges = links.map(({ source, target, weight, latent_lens: more }, i): CircuitEdge => {
    const lost = [source, target].find((id) => !byId.has(id));
    if (lost !== undefined) throw new Error(`${what}: link ${i} leads to a node ${JSON.stringify(lost)} that is not there.`);
    const { input = null, kind = 'edge', shared } = more ?? {};
    return { from: source, to: target, score: weight, input, kind, ...(shared && { shared }) };
  });
  const leading = edges.filter(({ from, to }) => from !== to);
  if (leading.length < edges.length) {
    notices.push(`${edges.length - leading.length} of its links lead from a node to itself; they are not shown.`);
  }
  const known = (ids: readonly string[]) => ids.filter((id) => byId.has(id));
  const deepest = nodes.reduce((most, { layer }) => Math.max(most, (layer ?? -1) + 1), 1);
  const groups = qParams.supernodes.map(([name, ...ids]) => ({ name, members: known(ids) }));
  const scored = nodes.some(({ kind, score }) => kind !== 'logits' && score !== null);
  return {
    graph: { nodes, edges: leading, places, by: scored ? 'nodes' : 'edges', curve: [] },
    slug, model: scan, prompt, layers: Math.max(own?.layers ?? 1, deepest), notices,
    marked: {
      pinned: known(qParams.pinnedIds),
      groups: groups.filter(({ name, members }) => name !== undefined && members.length > 0),
    },
  };
}

const KINDS: Record<string, PartKind> = { embedding: 'embed', logit: 'logits', 'mlp reconstruction error': 'error', 'lorsa error': 'error' };

function nodeOf(node: Node, what: string): CircuitNode {
  const { node_id: id, feature, layer, ctx_idx: place, feature_type: type, clerp, influence, activation, latent_lens: own } = node;
  const kind = own?.kind ?? (Object.hasOwn(KINDS, type) ? KINDS[type] : 'latent');
  const number = kind === 'embed' || kind === 'logits' ? null : Number(layer);
  if (number !== null && !(Number.isInteger(number) && number >= 0 && number <= MOST_LAYERS)) {
    throw new Error(`${what}: the node ${JSON.stringify(id)} lies in layer ${JSON.stringify(layer)}; it must be a number from 0 to ${MOST_LAYERS}.`);
  }
  // An error term and a token have no number of their own, whatever stands there.
  const numbered = (kind === 'latent' || kind === 'head') && feature !== null && feature >= 0;
  const index = !numbered ? null : own && type !== TRANSCODED ? feature : unpaired(feature, number!);
  const measured = {
    ...(typeof activation === 'number' && { activation }), ...(typeof influence === 'number' && { influence }),
  };
  if (own) {
    const { layer: ownLayer, place: ownPlace, score, label, site } = own;
    return { id, kind, layer: ownLayer, index, place: ownPlace, score, label, ...(site !== undefined && { site }), ...measured };
  }
  const score = kind === 'logits' || influence === undefined || influence === null ? null : 1 - influence;
  return { id, kind, layer: number, index, place, score, label: clerp === '' ? id : clerp };
}

/** The number of a latent in its layer: the format pairs both, (l + f)(l + f + 1)/2 + f (Cantor); what is no pair stands for itself. */
function unpaired(feature: number, layer: number): number {
  const sum = Math.floor((Math.sqrt(8 * feature + 1) - 1) / 2);
  const index = feature - (sum * (sum + 1)) / 2;
  return sum - index === layer ? index : feature;
}
