/** Where latents are active in a whole text. */
import type { Firings } from '../../protocol/documents/latents';
import { saeInput, type LoadedSae } from '../../sae';
import { layerBehind, saeAt } from './active';
import type { LoadedModel } from '../session/load';
import type { Progress } from '../session/progress';
import { rounded } from '../session/rounded';
import type { Division } from '../reading/windows';
import { siteName } from '../../vocabulary/sites';
import type { LatentRef } from '../../vocabulary/latent-name';

/**
 * Reads the windows of a text, all sites in one run of each. Of an SAE that reads each head alone, a latent has the largest of its
 * heads' activations.
 * @throws a sentence when there is no SAE at a latent's site, or the SAE has no such latent
 */
export async function findFirings(
  { model }: LoadedModel,
  saes: readonly LoadedSae[],
  latents: readonly LatentRef[],
  { windows, skipped }: Division,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: Progress } = {},
): Promise<Firings> {
  const wanted = new Map<LoadedSae, number[]>();
  for (const { site, latent } of latents) {
    const sae = saeAt(saes, site, model.shape.layers);
    wanted.set(sae, [...new Set([...(wanted.get(sae) ?? []), latent])]);
  }
  const asked = [...wanted.keys()];
  const spans: Firings['spans'] = [];
  let read = 0;
  for (const [done, { ids, tokens }] of windows.entries()) {
    onProgress?.('Reading the code', done, windows.length);
    await new Promise((resolve) => setImmediate(resolve)); // lets a cancellation arrive
    signal?.throwIfAborted();
    const { sites } = await model.run([ids], { read: asked.map(({ site }) => site), until: layerBehind(asked, model), signal });
    const found: Firings['spans'][] = ids.map(() => []);
    for (const [sae, own] of wanted) {
      const { data, shape } = await sae.someLatents(await saeInput(sae, model, sites.get(siteName(sae.site))!), own);
      const heads = shape[0] / ids.length;
      for (const [position, { start, end, text }] of tokens.entries()) {
        if (start === null || end === null) continue;
        own.forEach((latent, i) => {
          const activation = Math.max(...Array.from({ length: heads }, (_, head) => data[(position * heads + head) * own.length + i]));
          if (activation > 0) found[position].push({ site: sae.config.site, latent, start, end, text, activation: rounded(activation) });
        });
      }
    }
    spans.push(...found.flat());
    read += tokens.filter(({ start }) => start !== null).length;
  }
  return { spans, tokens: read, skipped };
}
