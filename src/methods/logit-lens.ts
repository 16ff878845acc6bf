/** The logit lens (nostalgebraist 2020): the final norm and unembedding applied to the residual stream after every layer. */
import { readOut, type Model, type RunResult } from '../model';
import { blockSite, siteName, type Site, type SiteName } from '../vocabulary/sites';

export interface Lens {
  /** The sites read, bottom up: the embedding, then each layer's hook_resid_post. */
  sites: SiteName[];
  positions: number;
  /** [layer][position] → most probable tokens, most probable first. */
  top: { id: number; probability: number; logit: number }[][][];
  /** [layer][position][answer]: the first token of each answer, in the order given. */
  answers: { logit: number; logProbability: number; rank: number }[][][];
}

/** What a run has to have read for `logitLens`. */
export function lensSites({ shape: { layers } }: Model): Site[] {
  return [{ kind: 'embed' }, ...Array.from({ length: layers }, (_, layer) => blockSite(layer, 'hook_resid_post'))];
}

/** @param run of one prompt */
export async function logitLens(
  model: Model,
  run: RunResult,
  answers: readonly number[],
  { topK = 10, signal, onProgress }: { topK?: number; signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<Lens> {
  const { positions } = run.layout;
  const rows = Array.from({ length: positions }, (_, position) => position);
  const lens: Lens = { sites: lensSites(model).map(siteName), positions, top: [], answers: [] };
  for (const [layer, site] of lens.sites.entries()) {
    const readouts = await readOut(model, run.sites.get(site)!, rows, { topK, answers, signal });
    lens.top.push(readouts.map(({ top }) => top.map((token) => ({ ...token }))));
    lens.answers.push(readouts.map((readout) => readout.answers.map((answer) => ({ ...answer }))));
    onProgress?.(layer + 1, lens.sites.length);
  }
  return lens;
}
