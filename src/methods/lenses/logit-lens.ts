/** The logit lens (nostalgebraist 2020): the final norm and unembedding applied to the residual stream after every layer. */
import type { FloatArray } from '../../graph';
import { readOut, type Model, type RunResult } from '../../model';
import { blockSite, siteName, type Site, type SiteName } from '../../vocabulary/sites';

export interface Lens {
  /** The sites read, bottom up: the embedding, then each layer's hook_resid_post. */
  sites: SiteName[];
  positions: number;
  /** [layer][position] → most probable tokens, most probable first. */
  top: { id: number; probability: number; logit: number }[][][];
  /** [layer][position][answer]: the first token of each answer, in the order given. */
  answers: { logit: number; logProbability: number; rank: number }[][][];
}

export interface LensOptions {
  topK?: number;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/** What a run has to have read for `logitLens`. */
export function lensSites({ shape: { layers } }: Model): Site[] {
  return [{ kind: 'embed' }, ...Array.from({ length: layers }, (_, layer) => blockSite(layer, 'hook_resid_post'))];
}

/** @param run of one prompt */
export function logitLens(model: Model, run: RunResult, answers: readonly number[], options: LensOptions = {}): Promise<Lens> {
  const sites = lensSites(model).map(siteName);
  return readLens(model, sites, run.layout.positions, (row) => run.sites.get(sites[row])!, answers, options);
}

/**
 * A lens of any kind.
 * @param stream of each row, what the final norm and the unembedding are applied to, [1, positions, width]
 */
export async function readLens(
  model: Model,
  sites: SiteName[],
  positions: number,
  stream: (row: number) => FloatArray | Promise<FloatArray>,
  answers: readonly number[],
  { topK = 10, signal, onProgress }: LensOptions = {},
): Promise<Lens> {
  const rows = Array.from({ length: positions }, (_, position) => position);
  const lens: Lens = { sites, positions, top: [], answers: [] };
  for (const row of sites.keys()) {
    const readouts = await readOut(model, await stream(row), rows, { topK, answers, signal });
    lens.top.push(readouts.map(({ top }) => top.map((token) => ({ ...token }))));
    lens.answers.push(readouts.map((readout) => readout.answers.map((answer) => ({ ...answer }))));
    onProgress?.(row + 1, sites.length);
  }
  return lens;
}
