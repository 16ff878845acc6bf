/**
 * The logit lens while the model writes: what every layer would write in the place of each token that is written (nostalgebraist 2020,
 * read behind the prompt).
 */
import { generate, readOut, type Model } from '../../model';
import { siteName, type SiteName } from '../../vocabulary/sites';
import { lensSites, type Lens } from './logit-lens';

export interface GenerationLens {
  /** What is written, always the most probable token, each with its probability. */
  tokens: { id: number; probability: number }[];
  /** The embedding, then each layer's hook_resid_post. */
  sites: SiteName[];
  /** [site][written token], read at the token before it: the most probable tokens, most probable first. */
  top: Lens['top'];
  /** [site][written token]: the written token itself. */
  written: { probability: number; rank: number }[][];
}

export interface GenerationLensOptions {
  maxTokens: number;
  /** Writing ends before one of these. */
  stop?: readonly number[];
  topK?: number;
  signal?: AbortSignal;
  /** @param done tokens that are written, and then sites that are read; `total` at most */
  onProgress?: (done: number, total: number) => void;
}

/** The text is written first, and then read once, behind the prompt's cache: attention sees no later token, so that is what was seen. */
export async function generationLens(model: Model, prompt: readonly number[], options: GenerationLensOptions): Promise<GenerationLens> {
  const { maxTokens, stop, topK = 5, signal, onProgress } = options;
  const sites = lensSites(model);
  const names = sites.map(siteName);
  const total = maxTokens + names.length;
  const tokens: GenerationLens['tokens'] = [];
  const onToken = (id: number, probability: number) => {
    tokens.push({ id, probability });
    onProgress?.(tokens.length, total);
  };
  const prefilled = await model.run([prompt], { read: sites, cache: true, signal });
  const ids = await generate(model, prompt, { maxTokens, stop, prefilled, signal, onToken });
  const lens: GenerationLens = { tokens, sites: names, top: names.map(() => []), written: names.map(() => []) };
  if (ids.length === 0) return lens;
  const wanted = [...new Set(ids)];
  const behind = ids.length > 1 ? await model.run([ids.slice(0, -1)], { past: prefilled.cache, read: sites, signal }) : null;
  for (const [row, name] of names.entries()) {
    const read = { topK, answers: wanted, signal };
    const first = await readOut(model, prefilled.sites.get(name)!, [prompt.length - 1], read);
    const rest = behind ? await readOut(model, behind.sites.get(name)!, ids.slice(1).map((_, i) => i), read) : [];
    for (const [at, { top, answers }] of [...first, ...rest].entries()) {
      const { logProbability, rank } = answers[wanted.indexOf(ids[at])];
      lens.top[row].push(top.map((token) => ({ ...token })));
      lens.written[row].push({ probability: Math.exp(logProbability), rank });
    }
    onProgress?.(maxTokens + row + 1, total);
  }
  return lens;
}
