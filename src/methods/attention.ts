/** Attention patterns (Vaswani et al. 2017): which tokens each head reads. */
import type { FloatArray } from '../graph';
import type { Model } from '../model';
import { blockSite, siteName } from '../vocabulary/sites';

/**
 * The share of each head's attention at one token that every token gets, [layer][head][token]: each row sums to 1, and is 0 behind the
 * token and, in layers with a window, beyond it. Of grouped queries each head has its own row.
 *
 * Layer by layer, as the patterns of all layers together would be layers · heads · tokens² numbers.
 */
export async function attentionFrom(
  model: Model,
  ids: readonly number[],
  position: number,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<number[][][]> {
  const { layers, heads } = model.shape;
  const read = ids.slice(0, position + 1); // what follows is read by nothing before it
  const weights: number[][][] = [];
  let resid: FloatArray | undefined;
  for (let layer = 0; layer < layers; layer++) {
    const site = blockSite(layer, 'attn.hook_pattern');
    const run = await model.run([read], { ...(resid && { from: { layer, resid } }), until: layer + 1, read: [site], signal });
    resid = run.resid;
    const { data } = run.sites.get(siteName(site))!; // [1, heads, tokens, tokens]
    const size = read.length;
    const row = (head: number) => data.subarray((head * size + position) * size, (head * size + size) * size);
    weights.push(Array.from({ length: heads }, (_, head) => [...row(head), ...ids.slice(size).map(() => 0)]));
    onProgress?.(layer + 1, layers);
    await new Promise((resolve) => setImmediate(resolve)); // lets a cancellation arrive
  }
  return weights;
}
