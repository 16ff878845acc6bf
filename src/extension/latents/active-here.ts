/** The latents that are active at the token under the cursor, as a list of found ones. */
import type * as vscode from 'vscode';
import type { EngineClient, RequestOptions } from '../engine/client';
import { tokenAt } from '../code/token-effects';
import { questionSettings } from '../settings/question-settings';
import { nameOf } from '../code/target';
import type { Found, ViewSearch } from '../../protocol/pages/latents-view';
import type { SiteName } from '../../vocabulary/sites';

/** Latents listed of one SAE, and of each of several. */
const OF_ONE = 32;
const OF_EACH = 4;

/**
 * @param sites of the SAEs to ask, one after the other
 * @throws when there is no token
 */
export async function activeHere(
  engine: EngineClient,
  document: vscode.TextDocument,
  offset: number,
  search: ViewSearch,
  sites: readonly SiteName[],
  { signal, onProgress }: Required<RequestOptions>,
): Promise<Found> {
  const asked = { file: nameOf(document), text: document.getText(), range: null, question: await questionSettings(document.uri) };
  const count = sites.length === 1 ? OF_ONE : OF_EACH;
  const hits: Found['hits'] = [];
  let token: Found['token'] = null;
  let total = 0;
  for (const [done, site] of sites.entries()) {
    if (sites.length > 1) onProgress({ stage: 'Reading the code', done, total: sites.length });
    const { tokens, active, counts, latents } = await engine.request('activations', { ...asked, site, count, around: offset }, { signal });
    const position = tokenAt({ tokens }, offset);
    if (position === null) throw new Error('There is no token at the cursor. Place it in the code.');
    const { start, text } = tokens[position];
    token = { text, line: document.positionAt(start!).line + 1 };
    total += counts[position];
    const described = new Map(latents.map((latent) => [latent.latent, latent]));
    const here = active[position].map(({ latent, activation }) => ({ ...described.get(latent)!, activation, density: null, promotes: [] }));
    hits.push(...here);
  }
  return { search, hits: ranked(hits), total, token };
}

/** By the share of the largest activation that is known of each: activations of different SAEs are not on one scale. */
function ranked(hits: Found['hits']): Found['hits'] {
  if (hits.some(({ maximum }) => !maximum)) return hits; // as they came: each SAE's own, the largest first
  const share = ({ activation, maximum }: Found['hits'][number]) => activation! / maximum!;
  return hits.sort((a, b) => share(b) - share(a));
}
