/**
 * A circuit's graph as a document has it: parts of the model at places of the code, what flows between them, and how much of the model's
 * behaviour so many of them keep.
 */
import * as z from 'zod';
import { parseLatentName, shortLatentName } from '../../vocabulary/latent-name';
import { bulk, count, isCount, isList, isNumber, isObject, isText, number, orNull } from '../fields';

/** latent, error: of a sparse autoencoder, and what it leaves out; remainder: what all others together write. */
export const PART_KINDS = ['embed', 'head', 'mlp', 'latent', 'error', 'remainder', 'logits'] as const;
export type PartKind = (typeof PART_KINDS)[number];

/** What of a head reads. */
export const HEAD_INPUTS = ['q', 'k', 'v'] as const;
export type HeadInput = (typeof HEAD_INPUTS)[number];

export interface CircuitNode {
  /** Tells it from all others of the graph. */
  id: string;
  kind: PartKind;
  /** Null for the embedding and the logits. */
  layer: number | null;
  /** Of the head or the latent. */
  index: number | null;
  /** Of a latent or an error term: its autoencoder's, by its whole name. */
  site?: string;
  /** An index of the graph's places; null where places are not told apart. */
  place: number | null;
  /** Null where it is not known, as in some files from elsewhere. */
  score: number | null;
  /** Of a latent of an attribution graph: how active it is. */
  activation?: number;
  /** Of an attribution graph's nodes: the share of all influence that it and all more influential ones have. */
  influence?: number;
  /** As components are named: embed, L3H2, 3_mlp_out, logits; of a latent, what it stands for. */
  label: string;
}

/** A node in a sentence. */
export function partWords({ kind, layer, index, label, site }: CircuitNode): string {
  switch (kind) {
    case 'embed': return 'the embedding';
    case 'head': return `head ${layer}.${index}`;
    case 'mlp': return `MLP ${layer}`;
    case 'latent': return index === null ? label : `${label}, latent ${shortName(site, layer, index)}`;
    case 'error': return `what the SAE of ${site ?? `layer ${layer}`} leaves out`;
    case 'remainder': return `all others${layer === null ? '' : ` of layer ${layer}`} together`;
    case 'logits': return 'the logits';
  }
}

/** Sites of graphs from elsewhere are whatever these say. */
function shortName(site: string | undefined, layer: number | null, index: number): string {
  if (site === undefined) return `${layer}.${index}`;
  const ref = parseLatentName(`${site}/${index}`);
  return ref ? shortLatentName(ref) : `${site}/${index}`;
}

export interface CircuitEdge {
  /** Ids of nodes. */
  from: string;
  to: string;
  score: number;
  /** Where a head reads. */
  input: HeadInput | null;
  /** remainder: what all edges that are left out carry together. */
  kind: 'edge' | 'remainder';
  /**
   * Where several heads share the keys or values that are read: those heads, by their numbers, with each one's part of the score where that
   * is known, which sum up to it. Left out where a head has its own.
   */
  shared?: { head: number; score: number | null }[];
}

/** Tells an edge from all others of its graph. */
export function edgeKey({ from, to, input }: Pick<CircuitEdge, 'from' | 'to' | 'input'>): string {
  return `${from} → ${to}${input === null ? '' : `.${input}`}`;
}

/** A column: one or several tokens, in the order of the program. */
export interface CircuitPlace {
  /** Positions among the reading's tokens. */
  tokens: number[];
  label: string;
  /** What it is, where several programs have such a place: "the number in line 3". */
  words?: string;
  /** In the file, in UTF-16 units; null where it lies in none. */
  span: { start: number; end: number } | null;
}

/** What is kept of the behaviour by the so many strongest. */
export interface MeasuredSize {
  size: number;
  /** Shares; null where there is none to divide by. */
  faithfulness: number | null;
  completeness: number | null;
  /** The faithfulness of as many drawn at random; null where none were. */
  random: number | null;
}

export interface CircuitGraph {
  nodes: CircuitNode[];
  edges: CircuitEdge[];
  places: CircuitPlace[];
  /** What `curve` counts: edges, or nodes without the logits and remainders; always those whose scores are largest in size. */
  by: 'nodes' | 'edges';
  /** By size, the smallest first. */
  curve: MeasuredSize[];
}

/** More than anybody reads; sums of what is left out stay in the remainders. */
export const MOST_NODES = 20_000;
export const MOST_EDGES = 1_000_000;

const oneOf = (words: readonly string[]) => (value: unknown): boolean => words.includes(value as string);

const isNode = (value: unknown): boolean => isObject(value) && isText(value.id) && oneOf(PART_KINDS)(value.kind)
  && [value.layer, value.index, value.place].every(orNull(isCount))
  && (value.site === undefined || isText(value.site)) && orNull(isNumber)(value.score) && isText(value.label)
  && [value.activation, value.influence].every((given) => given === undefined || isNumber(given));
const isShare = (value: unknown): boolean => isObject(value) && isCount(value.head) && orNull(isNumber)(value.score);
const isEdge = (value: unknown): boolean => isObject(value) && isText(value.from) && isText(value.to) && isNumber(value.score)
  && orNull(oneOf(HEAD_INPUTS))(value.input) && oneOf(['edge', 'remainder'])(value.kind)
  && (value.shared === undefined || isList(isShare)(value.shared));
const isSpan = (value: unknown): boolean => isObject(value) && isCount(value.start) && isCount(value.end);
const isPlace = (value: unknown): boolean => isObject(value) && isList(isCount)(value.tokens) && isText(value.label)
  && (value.words === undefined || isText(value.words))
  && orNull(isSpan)(value.span);
const atMost = (most: number, check: (value: unknown) => boolean) => (value: unknown): boolean =>
  isList(check)(value) && (value as unknown[]).length <= most;

const nullable = (type: string) => ({ type: [type, 'null'] });
const list = (properties: Record<string, unknown>) => ({ type: 'array', items: { type: 'object', properties } });

/** For the part of an analysis that finds one. */
export const circuitGraph = z.object({
  nodes: bulk<CircuitNode[]>(atMost(MOST_NODES, isNode), list({
    id: { type: 'string' }, kind: { enum: PART_KINDS }, layer: nullable('integer'), index: nullable('integer'), place: nullable('integer'),
    site: { type: 'string' }, score: nullable('number'), label: { type: 'string' },
    activation: { type: 'number' }, influence: { type: 'number' },
  })),
  edges: bulk<CircuitEdge[]>(atMost(MOST_EDGES, isEdge), list({
    from: { type: 'string' }, to: { type: 'string' }, score: { type: 'number' }, input: { enum: [...HEAD_INPUTS, null] },
    kind: { enum: ['edge', 'remainder'] }, shared: list({ head: { type: 'integer' }, score: nullable('number') }),
  })),
  places: bulk<CircuitPlace[]>(isList(isPlace), list({
    tokens: { type: 'array', items: { type: 'integer' } }, label: { type: 'string' }, words: { type: 'string' },
    span: { type: ['object', 'null'], properties: { start: { type: 'integer' }, end: { type: 'integer' } } },
  })),
  by: z.enum(['nodes', 'edges']),
  curve: z.array(z.object({ size: count, faithfulness: number.nullable(), completeness: number.nullable(), random: number.nullable() })),
});

/** Whether a graph belongs to a reading, and to itself: the name of the first field that does not, or undefined. */
export function circuitMisfit(
  { nodes, edges, places, curve }: CircuitGraph, { tokens, layers }: { tokens: number; layers: number },
): string | undefined {
  const ids = new Set(nodes.map(({ id }) => id));
  if (ids.size < nodes.length) return 'nodes';
  if (nodes.some(({ layer, place }) => (layer !== null && layer >= layers) || (place !== null && place >= places.length))) return 'nodes';
  if (edges.some(({ from, to }) => from === to || !ids.has(from) || !ids.has(to))) return 'edges';
  if (places.some((place) => place.tokens.some((position) => position >= tokens))) return 'places';
  return curve.some(({ size }, i) => i > 0 && size <= curve[i - 1].size) ? 'curve' : undefined;
}
