/** Circuits of latents over many pairs of programs: nodes are latents of SAEs, and what these leave out, at places (see places.ts). */
import type { Model } from '../../model';
import type { LoadedSae } from '../../sae';
import { attributeLatents } from '../latents/attribution';
import type { Ablation } from './ablation';
import { LatentCircuits, type ErrorMode, type Instead } from './latent-circuits';
import type { LatentSources } from './latent-sources';
import { requireStream, type Feature } from './features';
import { counterparts, runOf, tokensOf, type Answering, type PlacedPair, type Run, type SomeNodes, type Working } from './places';
import { differing } from './points';
import type { Ranking } from './selection';

/** A latent at a place; null for the error of its SAE there. */
export interface PlacedFeature {
  readonly sae: LoadedSae;
  readonly latent: number | null;
  readonly place: number;
}

export interface ScoredFeature extends PlacedFeature {
  /** The mean over the pairs that have the place of what the twin's activation would change the metric by, summed over its tokens. */
  readonly score: number;
}

export interface FeatureScores {
  /** Those with any score: a latent that no pair has in other strength than its twin is none. Errors are. */
  readonly nodes: readonly ScoredFeature[];
  readonly metrics: readonly { readonly base: number; readonly source: number }[];
}

/** @throws as `latentEdges` does */
export async function scoreFeatures(
  model: Model,
  pairs: readonly PlacedPair[],
  saes: readonly LoadedSae[],
  { steps, signal, onProgress }: Working & { readonly steps?: number },
): Promise<FeatureScores> {
  requireStream(saes, model);
  const sums = new Map<string, { node: PlacedFeature; sum: number }>();
  const having = new Map<number, number>();
  const metrics: { base: number; source: number }[] = [];
  for (const [done, pair] of pairs.entries()) {
    const positions = new Set(differing(pair).filter((position) => pair.placeOf[position] !== null));
    const sourceOf = pair.sourceOf.map((from, at) => (positions.has(at) ? from : null));
    const found = await attributeLatents(model, { ...pair, sourceOf, saes, error: true, mode: 'pass-through', steps, top: Infinity, signal });
    const add = (sae: LoadedSae, latent: number | null, position: number, score: number) => {
      const place = pair.placeOf[position]!;
      const key = `${sae.config.site} ${latent} ${place}`;
      const known = sums.get(key) ?? { node: { sae, latent, place }, sum: 0 };
      known.sum += score;
      sums.set(key, known);
    };
    for (const { sae, latent, position, attribution } of found.top) add(sae, latent, position, attribution);
    for (const { sae, rows } of found.saes) for (const { position, error } of rows) add(sae, null, position, error!);
    for (const place of new Set([...positions].map((position) => pair.placeOf[position]!))) having.set(place, (having.get(place) ?? 0) + 1);
    metrics.push({ base: found.baseMetric, source: found.sourceMetric });
    onProgress?.(done + 1, pairs.length);
  }
  return { nodes: [...sums.values()].map(({ node, sum }) => ({ ...node, score: sum / having.get(node.place)! })), metrics };
}

/** By size, or what supports the base's answer first: a patch from the twin takes the answer away, so that has a negative score. */
export function rankedFeatures({ nodes }: FeatureScores, ranking: Ranking): ScoredFeature[] {
  const value = ({ score }: ScoredFeature) => (ranking === 'absolute' ? Math.abs(score) : -score);
  return [...nodes].sort((a, b) => value(b) - value(a));
}

/** The nodes at the tokens of a pair. */
export function featuresIn<N extends PlacedFeature>({ placeOf }: PlacedPair, nodes: readonly N[]): (N & Feature)[] {
  const positions = new Map<number, number[]>();
  placeOf.forEach((place, position) => {
    if (place !== null) positions.set(place, [...(positions.get(place) ?? []), position]);
  });
  return nodes.flatMap((node) => (positions.get(node.place) ?? []).map((position) => ({ ...node, position })));
}

/** What stands for latents and errors that are left out, and of which programs means are. */
export interface LatentAblation {
  readonly kind: Ablation;
  readonly programs: readonly PlacedPair[];
  readonly sources: LatentSources;
}

function insteadOf({ kind, programs, sources }: LatentAblation, pair: PlacedPair, i: number): Instead {
  const of = (other: PlacedPair) => ({ tokens: other.base, sourceOf: counterparts(pair, other) });
  if (kind === 'zero') return 'nothing';
  if (kind === 'counterfactual') return { programs: [{ tokens: pair.source, sourceOf: pair.sourceOf }], sources };
  return { programs: kind === 'mean' ? programs.map(of) : [of(programs[(i + 1) % programs.length])], sources };
}

/**
 * Runs circuits alone in each of the pairs, all other latents as in the twin, or what else stands for them; of each pair the empty circuit
 * has none of its errors, too.
 * @param errors what those are that are no part of a circuit
 */
export async function runFeatureCircuits(
  model: Model,
  pairs: readonly PlacedPair[],
  saes: readonly LoadedSae[],
  circuits: readonly (SomeNodes<PlacedFeature> & { readonly errors: ErrorMode })[],
  { signal, onProgress, answers, ablation }: Answering & { readonly ablation?: LatentAblation },
): Promise<Run[]> {
  const runs: Run[] = [];
  for (const [i, pair] of pairs.entries()) {
    const source = { tokens: pair.source, sourceOf: pair.sourceOf };
    const read = await LatentCircuits.read(model, pair.base, source, pair.metric, saes, signal, ablation && insteadOf(ablation, pair, i));
    const here = circuits.map(({ nodes, ...how }) => ({ ...how, nodes: featuresIn(pair, nodes) }));
    const tokens = tokensOf(pair, { answers });
    const empty = { nodes: [], errors: ablation?.kind === 'zero' ? 'zero' : 'twin' } as const;
    runs.push(runOf([await read.wholeLogits(tokens), ...await read.logits([empty, ...here], tokens, signal)]));
    onProgress?.(i + 1, pairs.length);
  }
  return runs;
}
