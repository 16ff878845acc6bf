/** Edges of a circuit, really patched one by one in the explained program, beside their scores. */
import { agreement } from '../../../methods/circuits/agreement';
import { EdgeCircuits } from '../../../methods/circuits/edge-circuits';
import { EdgeScores } from '../../../methods/circuits/edges';
import { readerName } from '../../../methods/circuits/graph';
import { patchLatentEdges } from '../../../methods/circuits/latent-edge-patches';
import type { Feature } from '../../../methods/circuits/features';
import { headLoadings, type LatentEdge } from '../../../methods/circuits/latent-edges';
import type { PlacedPair, Working } from '../../../methods/circuits/places';
import { meanReplacement } from '../../../methods/circuits/replacement';
import type { LoadedSae } from '../../../sae';
import type { Part } from '../../../protocol/analyses';
import { shortLatentName } from '../../../vocabulary/latent-name';
import { shortSite } from '../../../vocabulary/sites';
import { rounded } from '../../session/rounded';
import { writerName } from './circuit-names';
import type { Asking, Reading } from '../reading';

type Check = Part<'circuit'>['check'];
type Carried = Part<'circuit'>['carried'];

/** Heads that are named of an edge. */
const MOST_HEADS = 4;

/** The largest edges of whole parts, each at its token: all edges but this one are as they were. */
export async function checkedEdges(
  reading: Reading, pair: PlacedPair, count: number, { signal, onProgress, runs }: Asking & Pick<Working, 'runs'>,
): Promise<Check> {
  if (count === 0) return checkOf([]);
  const { loaded: { model } } = reading;
  const scores = await EdgeScores.read(model, { ...pair, signal, runs });
  const all = scores.largestAt(count);
  const circuits = await EdgeCircuits.read(model, pair.base, pair.metric, signal, runs);
  const twin = await meanReplacement(model, circuits.run, [{ tokens: pair.source, sourceOf: pair.sourceOf }], signal, runs);
  const metrics = await circuits.metrics(all.map(({ writer, reader, position }) =>
    (w, r, at) => w !== writer || r !== reader || at !== position), twin, signal, (done, total) => onProgress?.('Patching edges', done, total));
  const at = placeIn(reading);
  return checkOf(all.map(({ writer, reader, position, score }, i) => ({
    ...named(writerName(scores.writers[writer]), readerName(scores.readers[reader])),
    position: at(position), score: rounded(score), change: rounded(metrics[i] - circuits.baseMetric),
  })));
}

/** The largest edges between latents and errors of a circuit; and of the largest from one token to another the heads that carry them. */
export async function checkedLatentEdges(
  reading: Reading,
  pair: PlacedPair,
  saes: readonly LoadedSae[],
  { nodes, edges }: { readonly nodes: readonly (Feature | 'logits')[]; readonly edges: readonly LatentEdge[] },
  count: number,
  { signal, onProgress }: Asking,
): Promise<{ check: Check; carried: Carried }> {
  const { loaded: { model } } = reading;
  const all = edges
    .flatMap(({ from, to, score }) => (from === null ? [] : [{ from: nodes[from] as Feature, to: nodes[to], score }]))
    .sort((a, b) => Math.abs(b.score) - Math.abs(a.score));
  const largest = all.slice(0, count);
  const options = { ...pair, saes, signal };
  const changes = await patchLatentEdges(model, { ...options, onProgress: (done, total) => onProgress?.('Patching edges', done, total) }, largest);
  const end = pair.base.length - 1;
  const readAt = (to: Feature | 'logits') => (to === 'logits' ? end : to.position);
  const at = placeIn(reading);
  const ends = ({ from, to }: (typeof all)[number]) => ({
    ...named(featureName(from), featureName(to)),
    position: at(from.position), ...(readAt(to) !== from.position && { readAt: at(readAt(to)) }),
  });
  const crossing = all.filter(({ from, to }) => readAt(to) !== from.position).slice(0, count);
  const loadings = await headLoadings(model, options, crossing);
  return {
    check: checkOf(largest.map((edge, i) => ({ ...ends(edge), score: rounded(edge.score), change: rounded(changes[i]) }))),
    carried: crossing.map((edge, i) => ({
      ...ends(edge),
      score: rounded(edge.score),
      heads: [...loadings[i]].sort((a, b) => Math.abs(b.score) - Math.abs(a.score)).slice(0, MOST_HEADS)
        .map(({ layer, head, score }) => ({ head: `L${layer}H${head}`, score: rounded(score) })),
    })),
  };
}

function checkOf(edges: Check['edges']): Check {
  const { correlation, ...signs } = agreement(edges.map(({ score, change }) => [score, change]));
  return { edges, correlation: correlation === null ? null : rounded(correlation), ...signs };
}

function named(from: string, to: string) {
  return { name: `${from} → ${to}`, from, to };
}

function featureName(node: Feature | 'logits'): string {
  if (node === 'logits') return node;
  const { sae: { config: { site } }, latent } = node;
  return latent === null ? `${shortSite(site)} error` : shortLatentName({ site, latent });
}

/** Positions of the reading's tokens; null for those behind them. */
function placeIn({ program: { tokens } }: Reading): (position: number) => number | null {
  return (position) => (position < tokens.length ? position : null);
}
