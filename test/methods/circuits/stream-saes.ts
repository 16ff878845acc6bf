/** SAEs at sites of any small model's stream: some sites have none, so that ways through them go on. */
import { openSae, type LoadedSae } from '../../../src/sae';
import type { Model } from '../../../src/model';
import { isParallel } from '../../../src/methods/circuits/graph';
import { writeSae, type SaeSpec } from '../../sae/kit';

/** In the order in which they come along the stream. */
const KINDS: readonly SaeSpec[] = [
  { architecture: 'topk', cfg: { k: 6 } },
  { architecture: 'jumprelu', offset: 0.5 },
  { architecture: 'gated' },
  { cfg: { normalize_activations: 'constant_norm_rescale' } },
  {},
  { cfg: { normalize_activations: 'layer_norm' } },
];

interface Some {
  /** Latents of each. */
  readonly dSae?: number;
  /** Of all kinds those two from this one on, in turn: sessions are what takes time. */
  readonly two?: number;
}

export async function openStreamSaes(model: Model, { dSae = 30, two }: Some = {}): Promise<LoadedSae[]> {
  const { layers, width } = model.shape;
  const last = layers - 1;
  const sites: (readonly [site: string, kind: number])[] = [
    ['blocks.0.hook_attn_out', 0], ['blocks.0.hook_mlp_out', 1], ['blocks.0.hook_resid_post', 2],
    [`blocks.${last}.hook_attn_out`, 3],
    ...(layers > 2 ? [['blocks.1.hook_mlp_out', 4], [`blocks.${last - 1}.hook_resid_post`, 4]] as const : []),
    ...(isParallel(model) ? [] : [[`blocks.${last}.hook_resid_mid`, 4]] as const),
    [`blocks.${last}.hook_mlp_out`, 4], [`blocks.${last}.hook_resid_post`, 5],
  ];
  return Promise.all(sites.map(async ([site, kind], i) =>
    openSae(await writeSae({ ...KINDS[two === undefined ? kind : (two + (i % 2)) % KINDS.length], site, dIn: width, dSae }))));
}
