/** The places of a decoder that can be read and edited, in TransformerLens's vocabulary: a closed set. */

/** Sites of one block, in the order they are computed. Shapes: b batch, t positions, h heads, s key positions. */
export const BLOCK_SITES = [
  'hook_resid_pre', // [b, t, width]
  'attn.hook_q', // [b, t, h, head] before rotary embedding
  'attn.hook_k', // [b, t, kv heads, head] before rotary embedding
  'attn.hook_v', // [b, t, kv heads, head]
  'attn.hook_pattern', // [b, h, t, s] after softmax
  'attn.hook_z', // [b, t, h, head]
  'hook_attn_out', // [b, t, width]
  'hook_resid_mid', // [b, t, width]
  'ln2.hook_normalized', // [b, t, width] what the MLP's norm makes of the stream, before the norm's weight and bias
  'mlp.hook_in', // [b, t, width] what the MLP reads, behind the norm
  'mlp.hook_pre', // [b, t, mlp width] the gate before its activation function
  'mlp.hook_pre_linear', // [b, t, mlp width] the other factor of a gated MLP
  'mlp.hook_post', // [b, t, mlp width]
  'hook_mlp_out', // [b, t, width]
  'hook_resid_post', // [b, t, width]
] as const;
export type BlockSite = (typeof BLOCK_SITES)[number];
/**
 * Sites that not every family has: none between attention and MLP where they are parallel, no norm of the MLP's own where it reads what
 * attention reads, one factor only in an MLP without a gate.
 */
export type OptionalSite = 'hook_resid_mid' | 'ln2.hook_normalized' | 'mlp.hook_pre_linear';

/** Sites whose activations are the residual stream or are added to it as they are. */
export const RESIDUAL_SITES: readonly BlockSite[] = ['hook_resid_pre', 'hook_attn_out', 'hook_resid_mid', 'hook_mlp_out', 'hook_resid_post'];

/** Sites that are patched position by position: with one vector, or one set of head vectors, a position. */
export const PATCH_SITES = [
  'hook_resid_pre', 'hook_resid_mid', 'hook_resid_post', 'hook_attn_out', 'hook_mlp_out', 'attn.hook_z', 'mlp.hook_post',
] as const satisfies readonly BlockSite[];
export type PatchSite = (typeof PATCH_SITES)[number];

export function isPatchSite(site: string): site is PatchSite {
  return (PATCH_SITES as readonly string[]).includes(site);
}

/** Sites whose vectors are made of heads, [b, t, heads, head]; of keys and values there may be fewer heads than of queries. */
export const HEAD_SITES = ['attn.hook_z', 'attn.hook_q', 'attn.hook_k', 'attn.hook_v'] as const satisfies readonly BlockSite[];
export type HeadSite = (typeof HEAD_SITES)[number];

/** What is patched of a single head: its part of such a vector, or what it reads. */
export const HEAD_PATCH_SITES = [...HEAD_SITES, 'attn.hook_pattern'] as const satisfies readonly BlockSite[];
export type HeadPatchSite = (typeof HEAD_PATCH_SITES)[number];

export type Site =
  | { readonly kind: 'embed' }
  | { readonly kind: 'block'; readonly layer: number; readonly site: BlockSite }
  | { readonly kind: 'final' };

const EMBED = 'hook_embed';
const FINAL = 'ln_final.hook_normalized';
/** A site by its whole name, as documents have it. */
export type SiteName = typeof EMBED | typeof FINAL | `blocks.${number}.${BlockSite}`;

export function blockSite(layer: number, site: BlockSite): Site {
  return { kind: 'block', layer, site };
}

export function siteName(site: Site): SiteName {
  if (site.kind === 'embed') return EMBED;
  if (site.kind === 'final') return FINAL;
  return blockSiteName(site.layer, site.site);
}

/** "blocks.2.hook_resid_post". */
export function blockSiteName<S extends BlockSite>(layer: number, site: S): `blocks.${number}.${S}` {
  return `blocks.${layer}.${site}`;
}

export function isSiteName(text: unknown): text is SiteName {
  const site = typeof text === 'string' ? siteOf(text) : null;
  return site !== null && siteName(site) === text;
}

/** "2.resid_post" for "blocks.2.hook_resid_post"; "embed" and "ln_final.normalized" for what lies before and behind the blocks. */
export function shortSite(name: SiteName): string {
  return name.replace(/^blocks\./, '').replace(/(^|\.)hook_/, '$1');
}

const ELSEWHERE = new Map<string, Site>(([EMBED, FINAL] as const).flatMap((name) => {
  const site: Site = { kind: name === EMBED ? 'embed' : 'final' };
  return [[name, site], [shortSite(name), site]];
}));
const IN_BLOCK = new Map<string, BlockSite>(BLOCK_SITES.flatMap((site) => [[site, site], [site.replace('hook_', ''), site]]));

/** The site with a whole or a short name, in a model with however many layers; null for anything else. */
export function siteOf(name: string): Site | null {
  const [, layer, inBlock] = /^(?:blocks\.)?(\d{1,4})\.(.+)$/.exec(name) ?? [];
  const site = IN_BLOCK.get(inBlock ?? '');
  return site ? blockSite(Number(layer), site) : (ELSEWHERE.get(name) ?? null);
}

/** A site, read from a whole or a short name. */
export function longSite(name: string): SiteName | null {
  const site = siteOf(name);
  return site && siteName(site);
}

/** Which of these sites is meant by a whole or a short name: "attn.hook_q", "attn.q" or "q"; null for none of them. */
export function blockSiteAmong<S extends BlockSite>(name: string, sites: readonly S[]): S | null {
  const names = (site: S): string[] => [site, site.replace('hook_', ''), site.replace(/^.*hook_/, '')];
  return sites.find((site) => names(site).includes(name)) ?? null;
}

export function isBlockSite(text: string): text is BlockSite {
  return (BLOCK_SITES as readonly string[]).includes(text);
}

/** The layer that a site belongs to; -1 for the embedding, and null behind the last one. */
export function layerOf(name: SiteName): number | null {
  const site = siteOf(name)!;
  return site.kind === 'block' ? site.layer : site.kind === 'embed' ? -1 : null;
}

/**
 * The site with this name, whole or short, for a model with so many layers.
 * @throws a sentence that names it, when there is no such site or layer
 */
export function parseSite(name: string, layers: number): Site {
  const site = siteOf(name);
  if (!site) throw new Error(`'${name}' is not a site; sites look like blocks.0.hook_resid_pre`);
  if (site.kind === 'block' && site.layer >= layers) throw new Error(`'${name}': the model has the layers 0 to ${layers - 1}`);
  return site;
}
