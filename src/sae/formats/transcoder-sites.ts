/** The sites of transcoders as files name them. */
import type { StoredSaeConfig } from '../config';

type Sites = Pick<StoredSaeConfig, 'site' | 'output' | 'beforeOutNorm'>;

/**
 * TransformerLens has two more names: hook_mlp_in is a copy of the stream before the MLP's norm, and mlp.hook_out what the MLP gives before
 * a norm that stands behind it.
 */
export function transcoderSites(input: string, output: string): Sites {
  return {
    site: input.replace(/\.hook_mlp_in$/, '.hook_resid_mid'),
    output: output.replace(/\.mlp\.hook_out$/, '.hook_mlp_out'),
    beforeOutNorm: /\.mlp\.hook_out$/.test(output),
  };
}
