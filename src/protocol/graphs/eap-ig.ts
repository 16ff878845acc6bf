/**
 * The graph format of EAP-IG (github.com/hannamw/EAP-IG, `Graph.to_json` of July 2025), which MIB's circuit track takes as well: edges
 * between `input`, `a0.h0`, `m0` and `logits`, heads' readers as `a0.h0<q>`. It knows no places: scores are sums over them. What a reader
 * made of a graph is kept beside that, as `notes`, which EAP-IG's reader passes over.
 */
import { checked, isFlag, isNumber, isObject, said } from '../fields';
import * as z from 'zod';
import { graphNotes, LONGEST_NAME, type GraphNotes } from './notes';
import { HEAD_INPUTS, type CircuitEdge, type CircuitGraph, type CircuitNode, type HeadInput } from './circuit';

/** What the format says of the model. */
export interface EapIgShape {
  layers: number;
  heads: number;
  /** Whether attention and MLP read the same stream. */
  parallel: boolean;
  /** Of the residual stream. */
  width: number;
}

/** Which parts are of the circuit: ids of nodes, and edges. */
export interface Kept {
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<CircuitEdge>;
}

/** A graph with all edges of a model of 0.5 B parameters has 12 MB. */
export const MOST_BYTES = 100_000_000;
const MOST_LAYERS = 1000;

const headName = (layer: number, head: number) => `a${layer}.h${head}`;

/** In the order in which EAP-IG makes them. */
function nodeNames({ layers, heads }: EapIgShape): string[] {
  const layer = (_: unknown, l: number) => [...Array.from({ length: heads }, (__, h) => headName(l, h)), `m${l}`];
  return ['input', ...Array.from({ length: layers }, layer).flat(), 'logits'];
}

/** The format's name of a node. @throws a sentence where it has none */
function nameOf({ kind, layer, index, label }: CircuitNode): string {
  if (kind === 'embed') return 'input';
  if (kind === 'logits') return kind;
  if (kind === 'mlp') return `m${layer}`;
  if (kind === 'head') return headName(layer!, index!);
  throw new Error(`EAP-IG’s format has the embedding, heads, MLPs and the logits only; this graph has ${label}. Save it in Neuronpedia’s.`);
}

/**
 * All nodes, and those edges that the graph has: EAP-IG takes others for edges that score 0 and are in no circuit. What norms behind a
 * layer leave over (remainders) has no name there, and is left out. Notes on a part at several places are put together.
 * @throws a sentence where the graph has what the format cannot say
 */
export function writeEapIg({ nodes, edges }: CircuitGraph, shape: EapIgShape, kept: Kept, notes: GraphNotes = NONE): string {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const scores = new Map<string, number>();
  const inGraph = new Set<string>(['input', 'logits']);
  for (const node of nodes) {
    if (node.kind === 'remainder') continue;
    const name = nameOf(node);
    if (kept.nodes.has(node.id)) inGraph.add(name);
    if (node.score !== null && node.kind !== 'logits') scores.set(name, (scores.get(name) ?? 0) + node.score);
  }
  const made = new Map<string, { score: number; in_graph: boolean }>();
  const add = (name: string, score: number, isIn: boolean) => {
    const before = made.get(name);
    made.set(name, { score: (before?.score ?? 0) + score, in_graph: isIn || (before?.in_graph ?? false) });
  };
  for (const edge of edges) {
    const [from, to] = [byId.get(edge.from)!, byId.get(edge.to)!];
    if (edge.kind === 'remainder' || from.kind === 'remainder' || to.kind === 'remainder') continue;
    const isIn = kept.edges.has(edge);
    if (edge.shared && edge.input !== 'q') {
      for (const { head, score } of edge.shared) {
        if (score === null) throw new Error('EAP-IG’s format gives each head keys and values of its own; ask for this graph with a part for each head.');
        add(`${nameOf(from)}->${headName(to.layer!, head)}<${edge.input}>`, score, isIn);
      }
    } else add(`${nameOf(from)}->${nameOf(to)}${edge.input === null ? '' : `<${edge.input}>`}`, edge.score, isIn);
  }
  const order = new Map(edgeNames(shape).map((name, i) => [name, i]));
  const strange = [...made.keys()].find((name) => !order.has(name));
  if (strange !== undefined) throw new Error(`The edge ${strange} does not lead on in a model of ${shape.layers} layers and ${shape.heads} heads.`);
  return JSON.stringify({
    cfg: { n_layers: shape.layers, n_heads: shape.heads, parallel_attn_mlp: shape.parallel, d_model: shape.width },
    nodes: Object.fromEntries(nodeNames(shape).map((name) => {
      const score = scores.get(name);
      return [name, { in_graph: inGraph.has(name), ...(score !== undefined && { score }) }];
    })),
    edges: Object.fromEntries([...made].sort(([a], [b]) => order.get(a)! - order.get(b)!)),
    ...(isEmpty(notes) ? {} : { notes: notesOn(notes, byId) }),
  });
}

const NONE: GraphNotes = { pinned: [], names: {}, groups: [] };

function isEmpty({ pinned, names, groups }: GraphNotes): boolean {
  return pinned.length === 0 && Object.keys(names).length === 0 && groups.length === 0;
}

/** By the format's names: what several nodes of one part are called is said once, and a part is of the first group that has any of them. */
function notesOn({ pinned, names, groups }: GraphNotes, byId: ReadonlyMap<string, CircuitNode>): GraphNotes {
  const own = (ids: readonly string[]) => [...new Set(ids.flatMap((id) => {
    const node = byId.get(id);
    return node && node.kind !== 'remainder' ? [nameOf(node)] : [];
  }))];
  const called = new Map<string, Set<string>>();
  for (const [id, name] of Object.entries(names)) for (const part of own([id])) called.set(part, (called.get(part) ?? new Set()).add(name));
  const taken = new Set<string>();
  return {
    pinned: own(pinned),
    names: Object.fromEntries([...called].map(([part, all]) => [part, [...all].join('; ').slice(0, LONGEST_NAME)])),
    groups: groups.flatMap(({ name, members }) => {
      const some = own(members).filter((part) => !taken.has(part));
      for (const part of some) taken.add(part);
      return some.length === 0 ? [] : [{ name, members: some }];
    }),
  };
}

/** All edges of a model, in the order in which EAP-IG makes them. */
function edgeNames({ layers, heads, parallel }: EapIgShape): string[] {
  const names: string[] = [];
  const stream = ['input'];
  for (let layer = 0; layer < layers; layer++) {
    const own = Array.from({ length: heads }, (_, head) => headName(layer, head));
    const mlp = `m${layer}`;
    for (const from of stream) {
      for (const to of own) for (const input of HEAD_INPUTS) names.push(`${from}->${to}<${input}>`);
      if (parallel) names.push(`${from}->${mlp}`);
    }
    stream.push(...own);
    if (!parallel) for (const from of stream) names.push(`${from}->${mlp}`);
    stream.push(mlp);
  }
  return [...names, ...stream.map((from) => `${from}->logits`)];
}

const NODE = /^(?:input|logits|m(\d{1,4})|a(\d{1,4})\.h(\d{1,4}))$/;
const EDGE = /^(input|m\d{1,4}|a\d{1,4}\.h\d{1,4})->(?:(logits|m\d{1,4})|(a\d{1,4}\.h\d{1,4})<([qkv])>)$/;

const records = (check: (name: string, value: Record<string, unknown>) => boolean, words: string) =>
  said(z.custom<Record<string, { score?: number; in_graph: boolean }>>((value) =>
    isObject(value) && Object.entries(value).every(([name, one]) => isObject(one) && isFlag(one.in_graph) && check(name, one))), { words });

const file = z.object({
  cfg: z.object({
    n_layers: z.int().min(1).max(MOST_LAYERS), n_heads: z.int().min(1).max(MOST_LAYERS),
    parallel_attn_mlp: z.boolean(), d_model: z.int().min(1).max(1_000_000),
  }),
  nodes: records((name, { score }) => NODE.test(name) && (score === undefined || isNumber(score)), 'nodes named input, a0.h0, m0 and logits, each with in_graph'),
  edges: records((name, { score }) => EDGE.test(name) && isNumber(score), 'edges named as input->a0.h0<q> or m0->logits, each with score and in_graph'),
  notes: graphNotes.optional(),
});

/** Whether a document looks like one of EAP-IG's. */
export function isEapIg(value: unknown): boolean {
  return isObject(value) && isObject(value.cfg) && isObject(value.nodes) && isObject(value.edges);
}

/**
 * A graph of EAP-IG's, which may come from anywhere. A node that has no score has none; places and a curve are not in the format.
 * @param value the parsed JSON @param what names the file @throws a sentence
 */
export function readEapIg(value: unknown, what: string): { graph: CircuitGraph; shape: EapIgShape; kept: Kept; notes: GraphNotes } {
  const { cfg, nodes: given, edges: between, notes = NONE } = checked(file, value, what);
  const shape = { layers: cfg.n_layers, heads: cfg.n_heads, parallel: cfg.parallel_attn_mlp, width: cfg.d_model };
  const nodes = Object.entries(given).map(([name, { score = null }]) => nodeOf(name, score));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const strange = nodes.find(({ layer, kind, index }) => (layer !== null && layer >= shape.layers) || (kind === 'head' && index! >= shape.heads));
  if (strange) throw new Error(`${what} has a node ${strange.id}, and a model of ${shape.layers} layers and ${shape.heads} heads.`);
  const isKept = Object.entries(given).filter(([, { in_graph: isIn }]) => isIn);
  const kept = { nodes: new Set(isKept.map(([name]) => name)), edges: new Set<CircuitEdge>() };
  const edges = Object.entries(between).map(([name, { score, in_graph: isIn }]): CircuitEdge => {
    const [, from, plain, head, input] = EDGE.exec(name)!;
    const to = plain ?? head;
    for (const id of [from, to]) if (!byId.has(id)) throw new Error(`${what}: the edge ${name} leads to a node ${id} that is not there.`);
    if (depth(byId.get(from)!, shape) >= depth(byId.get(to)!, shape)) throw new Error(`${what}: the edge ${name} does not lead on.`);
    const edge: CircuitEdge = { from, to, score: score!, input: (input as HeadInput | undefined) ?? null, kind: 'edge' };
    if (isIn) kept.edges.add(edge);
    return edge;
  });
  return { graph: { nodes, edges, places: [], by: 'edges', curve: [] }, shape, kept, notes };
}

/** Nodes read only what lies deeper; in a parallel block neither of attention and MLP reads the other. */
function depth({ kind, layer }: CircuitNode, { layers, parallel }: EapIgShape): number {
  if (kind === 'embed') return -1;
  return kind === 'logits' ? 2 * layers : 2 * layer! + (kind === 'mlp' && !parallel ? 1 : 0);
}

function nodeOf(id: string, score: number | null): CircuitNode {
  const [, mlp, layer, head] = NODE.exec(id)!;
  if (head !== undefined) return { id, kind: 'head', layer: Number(layer), index: Number(head), place: null, score, label: `L${layer}H${head}` };
  if (mlp !== undefined) return { id, kind: 'mlp', layer: Number(mlp), index: null, place: null, score, label: `${mlp}_mlp_out` };
  const kind = id === 'input' ? 'embed' : 'logits';
  return { id, kind, layer: null, index: null, place: null, score, label: kind };
}
