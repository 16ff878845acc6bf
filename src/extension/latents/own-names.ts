/** Latents that the user has named, found by their names and notes. */
import type { Annotations } from './annotations';
import type { EngineClient, RequestOptions } from '../engine/client';
import type { LatentHits } from '../../protocol/documents/latents';
import type { Found, ViewSearch } from '../../protocol/pages/latents-view';
import { sameLatent } from '../../vocabulary/latent-name';

/** As many names are looked at. */
const MOST = 20;

type Hits = Found['hits'];

/** Those in whose name, note or site all words of the query occur, as the engine's own search has it for descriptions. */
export async function ownNames(
  engine: Pick<EngineClient, 'request'>,
  annotations: Pick<Annotations, 'all'>,
  { query, site }: ViewSearch,
  options: RequestOptions,
): Promise<Hits> {
  const matching = annotations.all().filter((own) => (site === null || own.site === site) && holdsWords(`${own.name} ${own.note} ${own.site}`, query));
  const hits: Hits = [];
  for (const ref of matching.slice(0, MOST)) {
    const { description, maximum, facts, promotes } = await engine.request('latent', { site: ref.site, latent: ref.latent }, options);
    const about = { description, maximum, density: facts?.density ?? null, promotes: (promotes ?? []).map(({ text }) => text) };
    hits.push({ site: ref.site, latent: ref.latent, ...about, activation: null });
  }
  return hits;
}

/** The user's own first, each once. The total counts those that the engine did not find by the same words. */
export function withOwn(own: Hits, { hits, total }: LatentHits, query: string): { hits: Hits; total: number } {
  const others = hits.filter((hit) => !own.some((named) => sameLatent(hit, named)));
  const more = own.filter(({ description, site }) => !holdsWords(`${description?.text ?? ''} ${site}`, query));
  return { hits: [...own, ...others.map((hit) => ({ ...hit, activation: null }))], total: total + more.length };
}

function holdsWords(text: string, query: string): boolean {
  const lower = text.toLowerCase();
  return query.toLowerCase().split(/\s+/).every((word) => lower.includes(word));
}
