import { describe, expect, test } from 'vitest';
import { BLOCK_SITES, blockSite, blockSiteAmong, blockSiteName, isSiteName, layerOf, longSite, parseSite, shortSite, siteName, siteOf, HEAD_PATCH_SITES, PATCH_SITES, type Site } from '../../src/vocabulary/sites';

const ALL: Site[] = [{ kind: 'embed' }, ...BLOCK_SITES.flatMap((site) => [blockSite(0, site), blockSite(11, site)]), { kind: 'final' }];

describe('a site', () => {
  test.each(ALL.map((site) => [siteName(site), site] as const))('%s is read back from its whole and its short name', (name, site) => {
    expect(siteOf(name)).toEqual(site);
    expect(siteOf(shortSite(name))).toEqual(site);
    expect(longSite(shortSite(name))).toBe(name);
    expect(isSiteName(name)).toBe(true);
    expect(parseSite(name, 12)).toEqual(site);
  });

  test('short names have no two meanings', () => {
    const short = ALL.map((site) => shortSite(siteName(site)));
    expect(new Set(short).size).toBe(ALL.length);
    expect(short.slice(0, 2)).toEqual(['embed', '0.resid_pre']);
    expect(short.at(-1)).toBe('ln_final.normalized');
    expect(shortSite(blockSiteName(2, 'attn.hook_z'))).toBe('2.attn.z');
  });

  test('has a layer, or lies before or behind them', () => {
    expect(ALL.map((site) => layerOf(siteName(site)))).toEqual([-1, ...BLOCK_SITES.flatMap(() => [0, 11]), null]);
  });

  test.each(['', 'nowhere', 'blocks.0', 'blocks.0.', 'blocks.0.hook_nothing', 'blocks.-1.hook_z', 'blocks.0.attn', 'blocks.1e1.hook_mlp_out', 'blocks.0.hook_mlp_out ', '0.hook'])('"%s" is none', (name) => {
    expect(siteOf(name)).toBeNull();
    expect(isSiteName(name)).toBe(false);
    expect(() => parseSite(name, 12)).toThrow(`'${name}' is not a site; sites look like blocks.0.hook_resid_pre`);
  });

  test('is known among some by a short name, which no two of them share', () => {
    expect(['q', 'attn.q', 'attn.hook_q', 'pattern', 'resid_pre', 'hook_q'].map((name) => blockSiteAmong(name, HEAD_PATCH_SITES))).toEqual(
      ['attn.hook_q', 'attn.hook_q', 'attn.hook_q', 'attn.hook_pattern', null, null],
    );
    for (const sites of [HEAD_PATCH_SITES, PATCH_SITES]) {
      expect(sites.map((site) => blockSiteAmong(site.replace(/^.*hook_/, ''), sites))).toEqual(sites);
    }
  });

  test('is named in one way only in documents', () => {
    expect(isSiteName('0.resid_pre')).toBe(false);
    expect(isSiteName('blocks.007.hook_resid_pre')).toBe(false);
    expect(isSiteName(7)).toBe(false);
    expect(() => parseSite('blocks.12.hook_resid_pre', 12)).toThrow("'blocks.12.hook_resid_pre': the model has the layers 0 to 11");
  });
});
