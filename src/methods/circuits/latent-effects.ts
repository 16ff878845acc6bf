/** Latents of SAEs at places, over many pairs: their scores pair by pair, what they add directly, and what patching one really changes. */
import type { Model } from '../../model';
import { saeInput, type LoadedSae } from '../../sae';
import { siteName } from '../../vocabulary/sites';
import { lastMetrics } from '../prediction/last-metrics';
import { attributeLatents } from '../latents/attribution';
import { directEffects } from '../latents/direct-effect';
import { patchLatents, type LatentSetting } from '../latents/patching';
import { requireStream } from './features';
import type { PlacedPair, Working } from './places';
import { differing } from './points';

/** A latent at a place, and what it is and does in each pair: a missing pair is one in which it is the same in both programs there. */
export interface LatentOfPairs {
  readonly sae: LoadedSae;
  readonly latent: number;
  readonly place: number;
  /** By the pair's index: sums over the place's tokens, activations too. */
  readonly byPair: ReadonlyMap<number, LatentInPair>;
}

export interface LatentInPair {
  readonly base: number;
  readonly source: number;
  /** What the twin's activation would change the metric by, to first order, and what of it goes straight to the logits. */
  readonly score: number;
  readonly direct: number;
}

/** Every latent that differs anywhere; gradients are those at the base alone. */
export async function latentsOfPairs(
  model: Model, pairs: readonly PlacedPair[], saes: readonly LoadedSae[], { signal, onProgress }: Working,
): Promise<LatentOfPairs[]> {
  requireStream(saes, model);
  const found = new Map<string, LatentOfPairs & { byPair: Map<number, LatentInPair> }>();
  for (const [i, pair] of pairs.entries()) {
    const positions = new Set(differing(pair).filter((position) => pair.placeOf[position] !== null));
    const sourceOf = pair.sourceOf.map((from, at) => (positions.has(at) ? from : null));
    const { top, gradients } = await attributeLatents(model, {
      ...pair, sourceOf, saes, error: true, mode: 'pass-through', top: Infinity, signal,
    });
    const direct = await directEffects(model, gradients, pair.metric, top);
    top.forEach(({ sae, latent, position, base, source, attribution }, at) => {
      const place = pair.placeOf[position]!;
      const key = `${sae.config.site} ${latent} ${place}`;
      if (!found.has(key)) found.set(key, { sae, latent, place, byPair: new Map() });
      const { byPair } = found.get(key)!;
      const known = byPair.get(i) ?? { base: 0, source: 0, score: 0, direct: 0 };
      byPair.set(i, {
        base: known.base + base, source: known.source + source,
        score: known.score + attribution, direct: known.direct + (direct[at] ?? 0),
      });
    });
    onProgress?.(i + 1, pairs.length);
  }
  return [...found.values()];
}

/** Pairs that have a place with tokens at which the programs can differ, by place. */
export function pairsHaving(pairs: readonly PlacedPair[], places: number): number[] {
  const having = new Array<number>(places).fill(0);
  for (const pair of pairs) {
    const own = new Set(differing(pair).map((position) => pair.placeOf[position]));
    for (const place of own) if (place !== null) having[place]++;
  }
  return having;
}

/**
 * Of each pair the change of the metric where one latent has its twin's activation, [latents], all else running on from it: null where the
 * place has no token in the pair, or several, as patches are made at one token each.
 */
export async function patchPlacedLatents(
  model: Model, pairs: readonly PlacedPair[], latents: readonly LatentOfPairs[], saes: readonly LoadedSae[],
  { signal, onProgress }: Working,
): Promise<(number | null)[][]> {
  const changes: (number | null)[][] = [];
  for (const [i, { base, metric, placeOf, sourceOf }] of pairs.entries()) {
    const tokensOf = (place: number) => placeOf.flatMap((one, at) => (one === place && sourceOf[at] !== null ? [at] : []));
    // Where both programs have the same activation, a patch changes nothing.
    const own = latents.map(({ place }) => (tokensOf(place).length === 1 ? 0 : null) as number | null);
    const open = latents.flatMap(({ sae, latent, place, byPair }, at): { at: number; setting: LatentSetting }[] => {
      const here = byPair.get(i);
      if (!here || own[at] === null) return [];
      return [{ at, setting: { sae, latent, position: tokensOf(place)[0], head: null, value: here.source } }];
    });
    const patched = await patchLatents(model, base, metric, open.map(({ setting }) => setting), { saes, error: true, signal });
    const [unpatched] = await lastMetrics(model, [{ tokens: base, metric }], [], signal);
    open.forEach(({ at }, k) => (own[at] = patched[k] - unpatched));
    changes.push(own);
    onProgress?.(i + 1, pairs.length);
  }
  return changes;
}

/** Activations of latents, [latents, places + 1]. */
export interface PlacedActivations {
  readonly base: number[][];
  readonly source: number[][];
}

/**
 * How active latents are in both programs, by place: of a place's tokens the largest, and the mean over the pairs that have it. The last
 * column is of all tokens without a place, those before the first difference.
 */
export async function activationsByPlace(
  model: Model, pairs: readonly PlacedPair[], latents: readonly Pick<LatentOfPairs, 'sae' | 'latent'>[], places: number,
  { signal, onProgress }: Working,
): Promise<PlacedActivations> {
  const saes = [...new Set(latents.map(({ sae }) => sae))];
  const table = () => latents.map(() => new Array<number>(places + 1).fill(0));
  const sums = { base: table(), source: table() };
  const having = { base: new Array<number>(places + 1).fill(0), source: new Array<number>(places + 1).fill(0) };
  for (const [i, pair] of pairs.entries()) {
    const columns = pair.placeOf.map((place) => place ?? places);
    // A token of the twin is at the place of that beside which it stands; one beside none is at no place.
    const there = pair.source.map((_, position) => {
      const at = pair.sourceOf.indexOf(position);
      return at < 0 ? null : columns[at];
    });
    for (const [program, placed] of [['base', columns], ['source', there]] as const) {
      for (const column of new Set(placed)) if (column !== null) having[program][column]++;
      const run = await model.run([pair[program]], { read: saes.map(({ site }) => site), signal });
      for (const sae of saes) {
        const own = latents.flatMap((one, at) => (one.sae === sae ? [at] : []));
        const read = await saeInput(sae, model, run.sites.get(siteName(sae.site))!);
        const { data } = await sae.someLatents(read, own.map((at) => latents[at].latent));
        own.forEach((at, k) => {
          const largest = new Map<number, number>();
          placed.forEach((column, position) => {
            if (column !== null) largest.set(column, Math.max(largest.get(column) ?? 0, data[position * own.length + k]));
          });
          for (const [column, activation] of largest) sums[program][at][column] += activation;
        });
      }
    }
    onProgress?.(i + 1, pairs.length);
  }
  const means = (program: 'base' | 'source') =>
    sums[program].map((row) => row.map((sum, column) => (having[program][column] === 0 ? 0 : sum / having[program][column])));
  return { base: means('base'), source: means('source') };
}
