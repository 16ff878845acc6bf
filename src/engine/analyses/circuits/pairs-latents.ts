/** Latents over many pairs: their scores at places, what patching them really changes, and where they are active. */
import { readsStream } from '../../../methods/circuits/features';
import {
  activationsByPlace, latentsOfPairs, pairsHaving, patchPlacedLatents, type LatentInPair, type LatentOfPairs,
} from '../../../methods/circuits/latent-effects';
import type { Part } from '../../../protocol/analyses';
import type { LoadedSae } from '../../../sae';
import { latentName } from '../../../vocabulary/latent-name';
import { layerOf } from '../../../vocabulary/sites';
import { rounded } from '../../session/rounded';
import { orNone } from './circuit-graph';
import { agreementOf, drawnFrom, effectOf, mean, type Measured } from './pairs-effect';
import type { Reading } from '../reading';

type PairsPart = Part<'pairs'>;

/** SAEs whose latents write to the residual stream; none where the model has none. */
export async function streamSaes({ session }: Reading): Promise<LoadedSae[]> {
  return session.hasSaes ? (await session.saes()).filter(readsStream) : [];
}

export async function ofLatents(reading: Reading, measured: Measured, saes: readonly LoadedSae[]): Promise<PairsPart['latents']> {
  if (saes.length === 0) return null;
  const { model, pairs: some, controls, places, params: { top, seed }, working } = measured;
  const latents = await latentsOfPairs(model, some, saes, working('Scoring latents'));
  const having = pairsHaving(some, places);
  const sum = ({ byPair }: LatentOfPairs) => [...byPair.values()].reduce((total, { score }) => total + score, 0);
  const size = new Map(latents.map((one) => [one, Math.abs(sum(one) / having[one.place])]));
  const ranked = [...latents].sort((a, b) => size.get(b)! - size.get(a)!);
  const [largest, others] = [ranked.slice(0, top), drawnFrom(ranked.slice(top), top, seed)];
  const changes = await patchPlacedLatents(model, some, [...largest, ...others], saes, working('Patching latents'));
  const key = ({ sae, latent, place }: LatentOfPairs) => `${latentName({ site: sae.config.site, latent })} ${place}`;
  const other = new Map((await latentsOfPairs(model, controls, saes, working('Scoring latents with other words'))).map((one) => [key(one), one]));
  const refs = largest.map(({ sae, latent }) => ({ site: sae.config.site, latent }));
  const book = await reading.session.book();
  const [described, densities] = [await book.describe(refs), await book.densities(refs)];
  const column = (at: number) => changes.flatMap((row) => (row[at] === null ? [] : [row[at]]));
  const listed = largest.map((one, i): NonNullable<PairsPart['latents']>['top'][number] => {
    const { sae: { config: { site } }, latent, place, byPair } = one;
    const here = some.flatMap((pair, at) => (pair.placeOf.includes(place) ? [byPair.get(at) ?? null] : []));
    const valuesOf = (of: (own: LatentInPair) => number) => here.map((own) => (own ? of(own) : 0));
    const words = other.get(key(one));
    const controlOf = (of: (own: LatentInPair) => number) => controls.map((_, at) => {
      const own = words?.byPair.get(at);
      return own ? of(own) : 0;
    });
    const really = column(i);
    return {
      name: latentName({ site, latent }), site, latent, layer: layerOf(site), place,
      score: effectOf(valuesOf(({ score }) => score), controlOf(({ score }) => score)),
      patched: really.length === 0 ? null : effectOf(really, []),
      direct: effectOf(valuesOf((own) => own.direct), controlOf((own) => own.direct)),
      original: rounded(mean(valuesOf(({ base }) => base))),
      variant: rounded(mean(valuesOf(({ source }) => source))),
      activeIn: {
        original: rounded(mean(valuesOf(({ base }) => Number(base > 0)))),
        variant: rounded(mean(valuesOf(({ source }) => Number(source > 0)))),
      },
      description: described[i].description?.text ?? null,
      density: orNone(densities[i]),
    };
  });
  const drawn = others.flatMap((_, i) => (column(largest.length + i).length > 0 ? [Math.abs(mean(column(largest.length + i)))] : []));
  const once = listed.flatMap((one, i) => (listed.findIndex(({ name }) => name === one.name) === i ? [i] : []));
  const active = await activationsByPlace(model, some, once.map((i) => largest[i]), places, working('Reading where latents are active'));
  const table = (rows: readonly (readonly number[])[]) => rows.map((row) => row.map(rounded));
  return {
    total: latents.length,
    top: listed,
    random: drawn.length === 0 ? null : rounded(mean(drawn)),
    agreement: agreementOf(listed),
    firing: {
      latents: once.map((i) => ({ site: listed[i].site, latent: listed[i].latent, description: listed[i].description })),
      original: table(active.base), variant: table(active.source),
    },
  };
}
