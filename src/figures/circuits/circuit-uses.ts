/** What can be asked of a circuit's nodes, groups and edges: each is an analysis with what it is told. */
import type { Params } from '../../protocol/analyses';
import type { CircuitEdge, CircuitGraph, CircuitNode } from '../../protocol/graphs/circuit';
import type { GraphEdge, GraphFigure, GraphNode, GraphUse } from '../kinds/figure';
import { columnPositions } from '../kinds/graph';

type ById = ReadonlyMap<string, CircuitNode>;

/** @param trying what nodes that are left out are tried with @param along the same of edges between latents */
export function circuitUses(
  graph: CircuitGraph, figure: () => GraphFigure, trying: Partial<Params<'ablation'>>, along: Partial<Params<'latentPaths'>> = {},
): NonNullable<GraphFigure['uses']> {
  const byId: ById = new Map(graph.nodes.map((node) => [node.id, node]));
  const own = ({ from, to, input }: GraphEdge) =>
    graph.edges.find((edge) => edge.from === from && edge.to === to && edge.input === (input ?? null));
  const group = (ids: readonly string[]) => ablations(graph, byId, ids, ids.length > 1 ? 'Ablate this group' : 'Ablate it', trying);
  return {
    node: (node) => (node.members ? group(node.members) : [...group([node.id]), ...knockouts(figure(), node)]),
    edge: ({ members, ...edge }) => {
      const edges = (members ?? [edge]).flatMap((one) => own(one) ?? []);
      return [...edgeUses(graph, edges, byId), ...latentUses(graph, edges, byId, along)];
    },
    group,
  };
}

const place = (position: number) => `#${position}`;

/** As ablation names nodes: at a token of their place, or at its number where the explained program has none there. */
function ablations({ places }: CircuitGraph, byId: ById, ids: readonly string[], title: string, trying: Partial<Params<'ablation'>>): GraphUse[] {
  const names = ids.flatMap((id) => {
    const node = byId.get(id);
    const name = node && nameOf(node);
    if (!name) return [];
    const { place: at } = node;
    return [at === null ? name : `${name}@${places[at].tokens.length > 0 ? place(places[at].tokens[0]) : at}`];
  });
  const sorts = new Set(ids.map((id) => byId.get(id)?.site !== undefined)); // latents are left out of another model than parts are
  if (names.length === 0 || sorts.size > 1) return [];
  return [{ title, id: 'ablation', params: { ...trying, without: names } }];
}

function nameOf(node: CircuitNode): string | null {
  if (node.kind === 'latent' && node.site !== undefined) return `${node.site}/${node.index}`;
  if (node.kind === 'error' && node.site !== undefined) return `${node.site}/error`;
  return senderOf(node);
}

/** What flows into a head, which no longer reads it. */
function knockouts(figure: GraphFigure, { id, head, column, row }: GraphNode): GraphUse[] {
  const { layer } = figure.bands[row];
  const queries = columnPositions(figure.columns[column]);
  if (head === undefined || layer === null || queries.length === 0) return [];
  const byId = new Map(figure.nodes.map((node) => [node.id, node]));
  const read = figure.edges.filter(({ to, input }) => to === id && (input === 'k' || input === 'v'))
    .flatMap(({ from }) => columnPositions(figure.columns[byId.get(from)!.column]));
  const sources = [...new Set(read)].filter((position) => !queries.includes(position)).sort((a, b) => a - b);
  if (sources.length === 0) return [];
  const params = { heads: [`${layer}.${head}`], sources: sources.map(place), queries: queries.map(place) };
  return [{ title: 'Knock out what it reads', id: 'knockout', params }];
}

/** Of several edges all writers at all their tokens, to all readers. */
function edgeUses({ places }: CircuitGraph, edges: readonly CircuitEdge[], byId: ById): GraphUse[] {
  const ends = edges.flatMap((edge) => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    const [receiver, sender] = [to ? receiverOf(to, edge) : null, from ? senderOf(from) : null];
    return edge.kind === 'remainder' || receiver === null || sender === null ? [] : [{ receiver, sender, at: from!.place }];
  });
  if (ends.length === 0 || ends.length < edges.length) return [];
  const everywhere = ends.some(({ at }) => at === null);
  const tokens = everywhere ? null : [...new Set(ends.flatMap(({ at }) => places[at!].tokens))].sort((a, b) => a - b).map(place);
  if (tokens?.length === 0) return [];
  const params = { to: [...new Set(ends.map(({ receiver }) => receiver))], from: [...new Set(ends.map(({ sender }) => sender))], tokens };
  return [{ title: edges.length > 1 ? 'Patch along these edges' : 'Patch along this edge', id: 'pathPatching', params }];
}

/** Between latents and errors, each at the tokens of its place. */
function latentUses({ places }: CircuitGraph, edges: readonly CircuitEdge[], byId: ById, along: Partial<Params<'latentPaths'>>): GraphUse[] {
  const names = (id: string, logits: boolean): string[] => {
    const node = byId.get(id);
    if (!node || (node.kind === 'logits' && logits)) return node ? [node.kind] : [];
    if ((node.kind !== 'latent' && node.kind !== 'error') || node.site === undefined || node.place === null) return [];
    return places[node.place].tokens.map((position) => `${nameOf(node)}@${place(position)}`);
  };
  const ends = edges.filter(({ kind }) => kind !== 'remainder').map(({ from, to }) => ({ from: names(from, false), to: names(to, true) }));
  if (ends.length === 0 || ends.length < edges.length || ends.some(({ from, to }) => from.length === 0 || to.length === 0)) return [];
  const params = { ...along, from: [...new Set(ends.flatMap(({ from }) => from))], to: [...new Set(ends.flatMap(({ to }) => to))] };
  return [{ title: edges.length > 1 ? 'Patch along these edges' : 'Patch along this edge', id: 'latentPaths', params }];
}

/** As path patching names writers. */
function senderOf({ kind, layer, index }: CircuitNode): string | null {
  if (kind === 'embed') return kind;
  if (kind === 'mlp') return `${layer}.mlp`;
  return kind === 'head' ? `${layer}.${index}` : null;
}

/** As path patching names readers: keys and values by the heads that have their own. */
function receiverOf({ kind, layer, index }: CircuitNode, { input, shared }: CircuitEdge): string | null {
  if (kind === 'logits') return kind;
  if (kind === 'mlp') return `${layer}.mlp`;
  if (kind !== 'head' || input === null) return null;
  return `${layer}.${shared && input !== 'q' ? Math.floor(Math.min(...shared.map(({ head }) => head)) / shared.length) : index}.${input}`;
}
