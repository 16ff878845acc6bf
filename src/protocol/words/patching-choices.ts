/** The sites and directions of patching, and what they mean to a reader: for the panel and for the quick picks. */
import type { PatchingDirection } from '../explanation';

export const SITES: readonly { site: string; meaning: string }[] = [
  { site: 'hook_resid_pre', meaning: 'the residual stream before each layer' },
  { site: 'hook_resid_mid', meaning: 'the residual stream between attention and MLP' },
  { site: 'hook_resid_post', meaning: 'the residual stream after each layer' },
  { site: 'hook_attn_out', meaning: 'what attention adds to the residual stream' },
  { site: 'hook_mlp_out', meaning: 'what the MLP adds to the residual stream' },
  { site: 'attn.hook_z', meaning: 'the mixed values of all heads, before the output projection' },
  { site: 'mlp.hook_post', meaning: 'the neurons of the MLP, after the activation function' },
];

export const DIRECTIONS: readonly { direction: PatchingDirection; meaning: string }[] = [
  { direction: 'denoising', meaning: 'the original’s activations are put into the variant’s run: what is enough to restore the answer' },
  { direction: 'noising', meaning: 'the variant’s activations are put into the original’s run: what the answer cannot do without' },
];
