/** Which SAEs latents are scored of where none are chosen: those of the layers in which patching moves the difference between tokens. */
import { layersOf, layersText, movesOf } from '../../../findings/patching';
import { patchPositions } from '../../../methods/patching/patching';
import type { LoadedSae } from '../../../sae';
import type { Pair } from '../../twins/pair';
import { measuredEffect } from '../findings';
import { explainedSweep } from '../patching/patching';
import type { Asking, Reading } from '../reading';

export interface ScoredLayers {
  readonly saes: readonly LoadedSae[];
  /** Null where all take part. */
  readonly layers: number[] | null;
  /** What is to be said of that; none where all take part as nothing moves. */
  readonly sentences: readonly string[];
}

const SITE = 'hook_resid_pre';

/** @param asked what `Reading.pair` made the pair of */
export async function layersThatMove(
  reading: Reading,
  pair: Pair,
  saes: readonly LoadedSae[],
  { against, answers }: { readonly against: unknown; readonly answers: unknown },
  { signal, onProgress }: Asking,
): Promise<ScoredLayers> {
  const { model, tokenizer } = reading.loaded;
  // The sweep that the analysis of patching makes by default.
  const key = [against ?? null, SITE, 'denoising', answers, 1];
  const runs = pair.runs('denoising');
  const { base, source, sourceOf } = runs;
  const result = reading.sweep(key) ?? await patchPositions(model, {
    base, source, sourceOf, metric: pair.logits, site: SITE, signal, onProgress: (done, total) => onProgress?.('Patching', done, total),
  });
  reading.keepSweep(key, result);
  const effect = measuredEffect(explainedSweep(pair, runs, true, result, tokenizer));
  const moves = movesOf({ site: SITE, direction: 'denoising', effect });
  if (moves.length === 0) return { saes, layers: null, sentences: [] };
  const layers = layersOf(moves);
  const some = saes.filter(({ site }) => site.kind === 'block' && layers.includes(site.layer));
  const where = `${layersText(moves)}, where patching moves the difference from token to token`;
  if (some.length === saes.length) return { saes, layers: null, sentences: [] };
  if (some.length === 0) return { saes, layers: null, sentences: [`None of the open SAEs is of ${where}, so all take part.`] };
  return { saes: some, layers, sentences: [`Latents are those of ${where}; the others are there with all SAEs (--sites all).`] };
}
