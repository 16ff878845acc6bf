/** A circuit of latents of SAEs, and of what these leave out. */
import { findAmong, type Circuit, type CircuitAsked } from '../../../methods/circuits/find';
import { shareOf } from '../../../methods/circuits/faithfulness';
import { readsStream, type Feature } from '../../../methods/circuits/features';
import { latentEdges, type LatentEdge } from '../../../methods/circuits/latent-edges';
import {
  featuresIn, rankedFeatures, runFeatureCircuits, scoreFeatures, type FeatureScores, type PlacedFeature, type ScoredFeature,
} from '../../../methods/circuits/latent-places';
import type { LoadedSae } from '../../../sae';
import type { Params, Part } from '../../../protocol/analyses';
import type { Tried } from '../../../protocol/analyses/ablation';
import { CIRCUIT_SITES, type CircuitSites } from '../../../protocol/analyses/circuit';
import type { CircuitGraph, CircuitNode } from '../../../protocol/graphs/circuit';
import { shortLatentName } from '../../../vocabulary/latent-name';
import { layerOf, shortSite } from '../../../vocabulary/sites';
import { rounded } from '../../session/rounded';
import { checkedLatentEdges } from './circuit-check';
import { EdgeSums, LOGITS, MOST_FOR_EDGES, orNone } from './circuit-graph';
import type { CircuitPairs } from './circuit-pairs';
import { Unanswerable, type Asking, type Reading } from '../reading';
import { claimOf, leavingOutLatents, toldNode, type TriedOptions } from './tried';

export interface LatentsFound {
  readonly found: Circuit<ScoredFeature>;
  readonly graph: CircuitGraph;
  /** Of each node; null for those that are not drawn. */
  readonly ids: readonly (string | null)[];
  readonly errors: Part<'circuit'>['errors'];
  readonly linear: Part<'circuit'>['linear'];
  readonly check: Part<'circuit'>['check'];
  readonly carried: Part<'circuit'>['carried'];
  readonly problems: readonly string[];
  readonly claim: (options: TriedOptions) => Promise<Tried | null>;
}

/** Nodes that are drawn, those with the largest scores: what the others of a circuit say is summed up. */
const MOST_DRAWN = 300;
/** In how many pairs latents and errors are tried apart. */
const MOST_APART = 8;

const SITES: Readonly<Record<CircuitSites, RegExp>> = {
  all: /./, resid: /hook_resid_(pre|mid|post)$/, attn: /hook_attn_out$/, mlp: /hook_mlp_out$/, outputs: /hook_(attn|mlp)_out$/,
};

/**
 * The open SAEs whose latents can be nodes. Unless others are asked for those of what is written: what one of the stream holds, the next
 * ones hold again, so that with these a circuit has every latent several times.
 * @throws Unanswerable where there is none
 */
export async function circuitSaes({ session }: Reading, asked: CircuitSites | null): Promise<{ saes: LoadedSae[]; sites: CircuitSites }> {
  const saes = await session.saes();
  const of = (sites: CircuitSites) => saes.filter((sae) => readsStream(sae) && SITES[sites].test(sae.config.site));
  const sites = asked ?? (of('outputs').length > 0 ? 'outputs' : 'all');
  const some = of(sites);
  if (some.length > 0) return { saes: some, sites };
  throw new Unanswerable(`${saes.length === 0 ? 'No SAEs are open' : `Of the open SAEs there are none of those that are asked for: ${CIRCUIT_SITES[sites]}`}, so there are no latents that a circuit could be made of. Name a folder that has such SAEs with --sae.`);
}

export async function ofLatents(
  reading: Reading, pairs: CircuitPairs, params: Params<'circuit'>, asked: CircuitAsked, { signal, onProgress }: Asking,
): Promise<LatentsFound> {
  const { model } = reading.loaded;
  if (params.ablation !== 'counterfactual') {
    throw new Error('In a circuit of latents all others are what they are in the near twin: ask for the ablation “counterfactual”, and say what errors are.');
  }
  const { saes, sites } = await circuitSaes(reading, params.sites);
  const scores = await scoreFeatures(model, pairs.finding, saes, {
    steps: asked.steps, signal, onProgress: (done, total) => asked.onProgress?.('scores', done, total),
  });
  const found = await findAmong<ScoredFeature>({
    orders: { absolute: rankedFeatures(scores, 'absolute'), signed: rankedFeatures(scores, 'signed') },
    score: ({ score }) => score,
    run: (some, circuits, working) =>
      runFeatureCircuits(model, some, saes, circuits.map((one) => ({ ...one, errors: params.errors })), working),
  }, pairs.finding, pairs.trying, asked);
  onProgress?.('Reading edges');
  const drawn = [...found.nodes].sort((a, b) => Math.abs(b.score) - Math.abs(a.score)).slice(0, MOST_DRAWN);
  const isDrawn = new Set(drawn);
  const { graph, first } = await graphOf(reading, saes, pairs, { ...found, nodes: drawn }, { signal, onProgress });
  return {
    found,
    graph,
    ...await checkedLatentEdges(reading, pairs.finding[0], saes, first, params.check, { signal, onProgress }),
    ids: found.nodes.map((node) => (isDrawn.has(node) ? idOf(node) : null)),
    errors: await errorsOf(reading, saes, pairs, scores, { mode: params.errors, sites }, { signal, onProgress }),
    linear: linearOf(saes, scores),
    problems: await (await reading.session.book()).problems(saes),
    claim: (options) => {
      const latents = (some: readonly ScoredFeature[]) => some.filter(({ latent }) => latent !== null);
      const ordered = latents(found.nodes).sort((a, b) => Math.abs(b.score) - Math.abs(a.score));
      const tell = ({ sae: { config: { site } }, latent, place }: ScoredFeature) => toldNode(`${site}/${latent}`, `latent ${shortLatentName({ site, latent: latent! })}`, place, pairs);
      const leaving = leavingOutLatents<ScoredFeature>(model, saes, options.ablation, pairs);
      return claimOf(leaving, ordered, tell, latents(found.ranked), pairs, options);
    },
  };
}

/** By the whole name of the site, so that an id is an address, too. */
function idOf({ sae, latent, place }: PlacedFeature): string {
  return `${sae.config.site}/${latent ?? 'error'}@${place}`;
}

async function graphOf(
  { loaded: { model }, session }: Reading,
  saes: readonly LoadedSae[],
  pairs: CircuitPairs,
  found: Circuit<ScoredFeature>,
  { signal, onProgress }: Asking,
): Promise<{ graph: CircuitGraph; first: { nodes: (Feature | 'logits')[]; edges: LatentEdge[] } }> {
  const latents = found.nodes.flatMap(({ sae: { config: { site } }, latent }) => (latent === null ? [] : [{ site, latent }]));
  const described = await (await session.book()).describe(latents);
  let next = 0;
  const nodes = found.nodes.map((node): CircuitNode => {
    const { sae: { config: { site } }, latent, place, score } = node;
    const description = latent === null ? null : (described[next++].description?.text ?? null);
    return {
      id: idOf(node), kind: latent === null ? 'error' : 'latent', layer: layerOf(site), index: latent, site, place, score: rounded(score),
      label: latent === null ? `${shortSite(site)} error` : (description ?? shortLatentName({ site, latent })),
    };
  });
  const some = pairs.finding.slice(0, MOST_FOR_EDGES);
  const sums = new EdgeSums();
  const read: { nodes: (Feature | 'logits')[]; edges: LatentEdge[] }[] = [];
  for (const [i, pair] of some.entries()) {
    const placed = featuresIn(pair, found.nodes);
    const ids = [...placed.map(idOf), LOGITS];
    const own = { nodes: [...placed, 'logits' as const], edges: await latentEdges(model, { ...pair, saes, signal }, [...placed, 'logits']) };
    if (i === 0) read.push(own);
    const { edges } = own;
    for (const { from, to, score } of edges) sums.add(from === null ? null : ids[from], ids[to], null, score);
    onProgress?.('Reading edges', i + 1, some.length);
  }
  return { graph: sums.graph(nodes, pairs, found, some.length), first: read[0] };
}

/** What latents do alone, all of them, with errors as in the twin, and what errors do alone, with latents as in the twin. */
async function errorsOf(
  { loaded: { model } }: Reading,
  saes: readonly LoadedSae[],
  { trying }: CircuitPairs,
  { nodes }: FeatureScores,
  { mode, sites }: Pick<NonNullable<Part<'circuit'>['errors']>, 'mode' | 'sites'>,
  { signal }: Asking,
): Promise<Part<'circuit'>['errors']> {
  const all = nodes.filter(({ latent }) => latent === null);
  const runs = await runFeatureCircuits(model, trying.slice(0, MOST_APART), saes, [
    { nodes: all, invert: true, errors: 'twin' }, { nodes: all, errors: 'twin' },
  ], { signal });
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [empty, whole] = [mean(runs.map((run) => run.empty)), mean(runs.map((run) => run.whole))];
  const share = (i: number) => orNone(shareOf(mean(runs.map(({ metrics }) => metrics[i])), empty, whole));
  const size = (some: readonly ScoredFeature[]) => some.reduce((sum, { score }) => sum + Math.abs(score), 0);
  return { sites, mode, latentsAlone: share(0), errorsAlone: share(1), scores: rounded(size(all) / Math.max(1e-12, size(nodes))) };
}

/** All nodes of one SAE of the stream stand for the whole difference, where it is before all that answers: the first. */
function linearOf(saes: readonly LoadedSae[], { nodes, metrics }: FeatureScores): Part<'circuit'>['linear'] {
  const first = saes.find(({ site }) => site.kind === 'block' && site.site.startsWith('hook_resid'));
  if (!first) return null;
  const sum = nodes.reduce((total, { sae, score }) => total + (sae === first ? score : 0), 0);
  return { sum: rounded(sum), difference: rounded(metrics.reduce((total, { base, source }) => total + source - base, 0) / metrics.length) };
}
