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
  'mlp.hook_pre', // [b, t, mlp width] the gate before its activation function
  'mlp.hook_pre_linear', // [b, t, mlp width] the other factor of a gated MLP
  'mlp.hook_post', // [b, t, mlp width]
  'hook_mlp_out', // [b, t, width]
  'hook_resid_post', // [b, t, width]
] as const;
export type BlockSite = (typeof BLOCK_SITES)[number];
/** Sites that not every family has: none between attention and MLP where they are parallel, one factor only in an MLP without a gate. */
export type OptionalSite = 'hook_resid_mid' | 'mlp.hook_pre_linear';

/** Sites whose activations are the residual stream or are added to it as they are. */
export const RESIDUAL_SITES: readonly BlockSite[] = ['hook_resid_pre', 'hook_attn_out', 'hook_resid_mid', 'hook_mlp_out', 'hook_resid_post'];

export type Site =
  | { readonly kind: 'embed' }
  | { readonly kind: 'block'; readonly layer: number; readonly site: BlockSite }
  | { readonly kind: 'final' };

export function blockSite(layer: number, site: BlockSite): Site {
  return { kind: 'block', layer, site };
}

export function siteName(site: Site): string {
  if (site.kind === 'embed') return 'hook_embed';
  if (site.kind === 'final') return 'ln_final.hook_normalized';
  return `blocks.${site.layer}.${site.site}`;
}

/** The site with this name, for a model with so many layers. */
export function parseSite(name: string, layers: number): Site {
  if (name === 'hook_embed') return { kind: 'embed' };
  if (name === 'ln_final.hook_normalized') return { kind: 'final' };
  const [prefix, layer, ...rest] = name.split('.');
  const site = BLOCK_SITES.find((candidate) => candidate === rest.join('.'));
  const index = /^\d+$/.test(layer ?? '') ? Number(layer) : -1;
  if (prefix !== 'blocks' || !site) throw new Error(`'${name}' is not a site; sites look like blocks.0.hook_resid_pre`);
  if (index < 0 || index >= layers) throw new Error(`'${name}': the model has the layers 0 to ${layers - 1}`);
  return { kind: 'block', layer: index, site };
}
