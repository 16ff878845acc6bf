/** Groups of nodes, which a reader makes or accepts: one node in their place, whose value and edges are the sums of theirs. */
import { LONGEST_NAME, type GraphNotes } from '../../protocol/graphs/notes';
import type { GraphEdge, GraphFigure, GraphNode } from './figure';

type Graph = Pick<GraphFigure, 'nodes' | 'edges'>;
type Group = GraphNotes['groups'][number];

export const NO_NOTES: GraphNotes = { pinned: [], names: {}, groups: [] };

/** Edges count by what they are and where they enter, so that queries are not added to keys. */
const edgeKey = ({ from, to, kind, input }: GraphEdge) => JSON.stringify([from, to, kind, input ?? '']);

/** An id that no node has. */
const groupId = (at: number) => `group ${at}`;

/**
 * A graph with groups in the place of their members. A group lies where its strongest member does; its value is the sum of theirs, and
 * an edge's that of all edges between both ends. What flows between members is told, and not drawn.
 */
export function grouped({ nodes, edges }: Graph, groups: readonly Group[], format: (value: number) => string): Graph {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const into = new Map<string, string>();
  const made = groups.flatMap(({ name, members: ids }, at): GraphNode[] => {
    const members = ids.flatMap((id) => byId.get(id) ?? []).filter(({ id }) => !into.has(id));
    if (members.length === 0) return [];
    for (const { id } of members) into.set(id, groupId(at));
    const { column, row, kind } = members.reduce((a, b) => (size(b) > size(a) ? b : a));
    const inside = edges.filter(({ from, to }) => into.get(from) === groupId(at) && into.get(to) === groupId(at));
    const between = inside.length === 0 ? '' : `; ${format(sum(inside))} flows between them`;
    return [{
      id: groupId(at), label: name, column, row,
      kind: members.every((member) => member.kind === kind) ? kind : 'plain',
      value: members.every(({ value }) => value === null) ? null : sum(members),
      words: `${name}, ${members.length} of the graph together (${members.map(({ label }) => label).join(', ')})${between}`,
      members: members.map(({ id }) => id),
    }];
  });
  const merged = new Map<string, GraphEdge>();
  for (const edge of edges) {
    const [from, to] = [into.get(edge.from) ?? edge.from, into.get(edge.to) ?? edge.to];
    if (from === to) continue;
    const whole = { ...edge, from, to };
    const key = edgeKey(to === edge.to ? whole : { ...whole, input: undefined });
    const before = merged.get(key);
    const members = [...(before ? (before.members ?? [before]) : []), edge];
    if (before) merged.set(key, { ...before, value: before.value + edge.value, members, note: `${members.length} edges together` });
    else if (from === edge.from && to === edge.to) merged.set(key, whole);
    else merged.set(key, { ...whole, ...(to !== edge.to && { input: undefined }), members });
  }
  return {
    nodes: [...nodes.filter(({ id }) => !into.has(id)), ...made],
    edges: [...merged.values()],
  };
}

const size = ({ value }: GraphNode) => Math.abs(value ?? 0);
const sum = (all: readonly { value: number | null }[]) => all.reduce((total, { value }) => total + (value ?? 0), 0);

/** Nodes whose effects point the same way, at least so much. */
const ALIKE = 0.8;

export interface Proposal {
  members: string[];
  /** Of what is told to be of one kind. */
  name?: string;
  /** The smallest cosine between the outgoing edges of two of them; null of what is told to be of one kind. */
  cosine: number | null;
}

/**
 * First nodes that are told to be of one kind, then nodes of one band and one column whose outgoing edges are alike, the strongest first;
 * of none that is in a group already.
 */
export function proposedGroups({ nodes, edges, kin = [] }: Graph & Pick<GraphFigure, 'kin'>, groups: readonly Group[], most = 8): Proposal[] {
  const free = new Set(nodes.map(({ id }) => id).filter((id) => !groups.some(({ members }) => members.includes(id))));
  const told = kin.map(({ name, members }): Proposal => ({ name, members: members.filter((id) => free.has(id)), cosine: null }));
  return [...told.filter(({ members }) => members.length > 1), ...alike({ nodes, edges }, groups)].slice(0, most);
}

function alike({ nodes, edges }: Graph, groups: readonly Group[]): (Proposal & { cosine: number })[] {
  const taken = new Set(groups.flatMap(({ members }) => members));
  const outgoing = new Map<string, Map<string, number>>();
  const candidates = new Set(nodes.map(({ id }) => id).filter((id) => !taken.has(id)));
  for (const { from, to, input = '', value } of edges) {
    if (!candidates.has(from)) continue;
    const vector = outgoing.get(from) ?? new Map<string, number>();
    const key = JSON.stringify([to, input]);
    outgoing.set(from, vector.set(key, (vector.get(key) ?? 0) + value));
  }
  const cells = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    if (taken.has(node.id) || !outgoing.has(node.id) || node.kind !== 'plain') continue;
    const cell = JSON.stringify([node.row, node.column]);
    cells.set(cell, [...(cells.get(cell) ?? []), node]);
  }
  const found = [...cells.values()].flatMap((inCell) => {
    const clusters: { members: string[]; cosine: number; value: number }[] = [];
    for (const node of [...inCell].sort((a, b) => size(b) - size(a))) {
      const cosines = (cluster: { members: string[] }) =>
        Math.min(...cluster.members.map((id) => cosine(outgoing.get(id)!, outgoing.get(node.id)!)));
      const fits = clusters.find((cluster) => cosines(cluster) >= ALIKE);
      if (!fits) clusters.push({ members: [node.id], cosine: 1, value: size(node) });
      else [fits.cosine, fits.value] = [Math.min(fits.cosine, cosines(fits)), fits.value + size(node)];
      fits?.members.push(node.id);
    }
    return clusters.filter(({ members }) => members.length > 1);
  });
  return found.sort((a, b) => b.value - a.value).map(({ members, cosine: least }) => ({ members, cosine: least }));
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const dot = [...a].reduce((total, [key, value]) => total + value * (b.get(key) ?? 0), 0);
  const length = (of: ReadonlyMap<string, number>) => Math.hypot(...of.values());
  return length(a) * length(b) === 0 ? 0 : dot / (length(a) * length(b));
}

/** What was kept of a graph, as far as it fits it: it may be anything, or of another graph. */
export function readNotes(kept: unknown, { nodes }: Graph): GraphNotes {
  if (typeof kept !== 'object' || kept === null) return NO_NOTES;
  const ids = new Set(nodes.map(({ id }) => id));
  const { pinned, names, groups } = kept as Partial<Record<keyof GraphNotes, unknown>>;
  const known = (list: unknown): string[] => (Array.isArray(list) ? [...new Set(list.filter((id): id is string => typeof id === 'string' && ids.has(id)))] : []);
  const isName = (name: unknown): name is string => typeof name === 'string' && name.length > 0 && name.length <= LONGEST_NAME;
  const taken = new Set<string>();
  return {
    pinned: known(pinned),
    names: typeof names === 'object' && names !== null
      ? Object.fromEntries(Object.entries(names).filter((entry): entry is [string, string] => ids.has(entry[0]) && isName(entry[1])))
      : {},
    groups: (Array.isArray(groups) ? groups : []).flatMap((group: unknown): Group[] => {
      const { name, members: given } = (group ?? {}) as { name?: unknown; members?: unknown };
      const members = known(given).filter((id) => !taken.has(id));
      if (!isName(name) || members.length === 0) return [];
      for (const id of members) taken.add(id);
      return [{ name, members }];
    }),
  };
}

/** Nodes by the names that the reader gave them. */
export function named<G extends Graph>(graph: G, names: Readonly<Record<string, string>>): G {
  const nodes = graph.nodes.map((node): GraphNode =>
    (Object.hasOwn(names, node.id) ? { ...node, label: names[node.id], words: `${names[node.id]} (${node.words ?? node.label})` } : node));
  return { ...graph, nodes };
}
