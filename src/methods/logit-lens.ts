/** The logit lens (nostalgebraist 2020): the final norm and unembedding applied to the residual stream after every layer. */
import { blockSite, siteName, type Site } from '../architectures';
import { readOut, type Model } from '../model';

export interface Lens {
  /** The sites read, bottom up: the embedding, then each layer's hook_resid_post. */
  sites: string[];
  positions: number;
  /** [layer][position] → most probable tokens, most probable first. */
  top: { id: number; probability: number; logit: number }[][][];
  /** [layer][position][answer]: the first token of each answer, in the order given. */
  answers: { logit: number; logProbability: number; rank: number }[][][];
}

export async function logitLens(
  model: Model,
  prompt: readonly number[],
  answers: readonly number[],
  { topK = 10, signal, onProgress }: { topK?: number; signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<Lens> {
  const sites: Site[] = [{ kind: 'embed' }];
  for (let layer = 0; layer < model.shape.layers; layer++) sites.push(blockSite(layer, 'hook_resid_post'));
  const run = await model.run([prompt], { read: sites, signal });
  const rows = prompt.map((_, position) => position);
  const lens: Lens = { sites: sites.map(siteName), positions: prompt.length, top: [], answers: [] };
  for (const [layer, site] of lens.sites.entries()) {
    const readouts = await readOut(model, run.sites.get(site)!, rows, { topK, answers, signal });
    lens.top.push(readouts.map(({ top }) => top.map((token) => ({ ...token }))));
    lens.answers.push(readouts.map((readout) => readout.answers.map((answer) => ({ ...answer }))));
    onProgress?.(layer + 1, lens.sites.length);
  }
  return lens;
}
