import { describe, expect, it } from 'vitest';
import type { EngineClient } from '../../../src/extension/engine/client';
import { ownNames, withOwn } from '../../../src/extension/latents/own-names';
import type { LatentPage } from '../../../src/protocol/documents/latents';
import type { LatentRef } from '../../../src/vocabulary/latent-name';
import type { SiteName } from '../../../src/vocabulary/sites';

const annotation = (site: SiteName, latent: number, name: string, note = '') => ({ site, latent, name, note, scope: 'workspace' as const });
const annotations = { all: () => [annotation('blocks.0.hook_mlp_out', 1, 'Closing quote'), annotation('blocks.1.hook_mlp_out', 2, 'colon', 'after a quote'), annotation('blocks.1.hook_mlp_out', 3, '')] };
const asked: LatentRef[] = [];
const page = ({ site, latent }: LatentRef) => ({
  site, latent, description: { text: `number ${latent}`, source: 'automatic' }, maximum: latent, facts: { density: latent / 10 }, promotes: [{ id: 1, text: 'x', logit: 1 }],
}) as unknown as LatentPage;
const request = async (_: string, ref: LatentRef) => {
  asked.push(ref);
  return page(ref);
};
const engine = { request } as unknown as Pick<EngineClient, 'request'>;
const search = (query: string, site: SiteName | null = null) => ownNames(engine, annotations, { by: 'description', query, site }, {});

describe('names of the user’s own', () => {
  it('are found by all words, in name, note and site', async () => {
    const latents = async (...query: Parameters<typeof search>) => (await search(...query)).map(({ latent }) => latent);
    expect(await latents('QUOTE')).toEqual([1, 2]);
    expect(await latents('quote  after')).toEqual([2]);
    expect(await latents('quote', 'blocks.1.hook_mlp_out')).toEqual([2]);
    expect(await latents('bracket')).toEqual([]);
  });

  it('come with what the engine knows of them', async () => {
    asked.length = 0;
    const [hit] = await search('closing');
    expect(asked).toEqual([{ site: 'blocks.0.hook_mlp_out', latent: 1 }]);
    expect(hit).toEqual({ site: 'blocks.0.hook_mlp_out', latent: 1, description: { text: 'number 1', source: 'automatic' }, maximum: 1, density: 0.1, promotes: ['x'], activation: null });
  });

  it('come first, each once, and are counted once', async () => {
    const own = await search('quote');
    const engines = { site: 'blocks.2.hook_mlp_out' as const, latent: 9, description: { text: 'a quote', source: 'automatic' as const }, maximum: 1, density: 0.5, promotes: [] };
    const both = withOwn(own, { hits: [engines], total: 7 }, 'quote');
    expect(both.hits.map(({ latent }) => latent)).toEqual([1, 2, 9]);
    expect(both.total).toBe(9);
    const known = [{ ...own[0], description: { text: 'Quote', source: 'automatic' as const } }];
    expect(withOwn(known, { hits: known, total: 7 }, 'quote')).toMatchObject({ hits: [{ latent: 1 }], total: 7 });
  });
});
