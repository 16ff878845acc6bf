/** Small random SAEs in folders that are gone after the tests. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { writeSafetensors, type NamedArray } from '../../src/checkpoints/write-safetensors';
import { randomFloats } from '../graph/check';

let root: Promise<string> | undefined;
let count = 0;
afterAll(async () => {
  if (root) await rm(await root, { recursive: true, force: true });
});

export async function saeFolder(...parts: string[]): Promise<string> {
  const base = await (root ??= mkdtemp(path.join(os.tmpdir(), 'latent-lens-sae-')));
  const folder = path.join(base, String(count++), ...parts);
  await mkdir(folder, { recursive: true });
  return folder;
}

export interface SaeSpec {
  site?: string;
  dIn?: number;
  dSae?: number;
  architecture?: 'standard' | 'gated' | 'topk' | 'jumprelu';
  /** Added to every number of b_enc: with a large one all latents are active, and the SAE has no kinks. */
  offset?: number;
  /** The size of W_enc's numbers. */
  gain?: number;
  /** Merged into cfg.json; a key that is undefined is left out. */
  cfg?: Record<string, unknown>;
  /** Replaces, adds or (undefined) leaves out weights. */
  weights?: Record<string, NamedArray | undefined>;
}

export const named = (name: string, shape: readonly number[], scale = 1): NamedArray => ({ name, shape, data: randomFloats(name, shape, scale).data });

/** Writes an SAE as SAELens 6 does; by default a standard one for blocks.1.hook_resid_post of the fixture model llama-gqa. */
export async function writeSae(spec: SaeSpec = {}): Promise<string> {
  const { site = 'blocks.1.hook_resid_post', dIn = 24, dSae = 30, architecture = 'standard', offset = 0, gain = 0.4, cfg, weights } = spec;
  const folder = await saeFolder();
  const random = (name: string, shape: readonly number[], scale: number): NamedArray => ({ name, shape, data: randomFloats(`${site} ${name}`, shape, scale).data });
  const all: Record<string, NamedArray | undefined> = {
    W_enc: random('W_enc', [dIn, dSae], gain), W_dec: random('W_dec', [dSae, dIn], 0.12), b_dec: random('b_dec', [dIn], 0.3),
  };
  for (const name of architecture === 'gated' ? ['b_gate', 'b_mag', 'r_mag'] : ['b_enc']) all[name] = random(name, [dSae], 0.4);
  if (all.b_enc) all.b_enc = { ...all.b_enc, data: all.b_enc.data.map((value) => value + offset) };
  if (architecture === 'jumprelu') all.threshold = { ...random('threshold', [dSae], 0.4), data: random('threshold', [dSae], 0.4).data.map(Math.abs) };
  const list = Object.values({ ...all, ...weights }).filter((array) => array !== undefined);
  await writeSafetensors(path.join(folder, 'sae_weights.safetensors'), list);
  const config = {
    architecture, d_in: dIn, d_sae: dSae, dtype: 'float32', apply_b_dec_to_input: true, normalize_activations: 'none', reshape_activations: 'none',
    ...(architecture === 'topk' && { k: 6 }), metadata: { hook_name: site, model_name: 'llama-gqa', prepend_bos: false }, ...cfg,
  };
  await writeFile(path.join(folder, 'cfg.json'), JSON.stringify(config));
  return folder;
}

export interface TranscoderSpec {
  layer: number;
  site: string;
  width: number;
  skip?: boolean;
  dSae?: number;
}

/** Writes a transcoder of a layer's MLP as SAELens 6 does. */
export async function writeTranscoder({ layer, site, width, skip = false, dSae = 20 }: TranscoderSpec): Promise<string> {
  const folder = await saeFolder();
  const random = (name: string, shape: readonly number[], scale: number): NamedArray => ({ name, shape, data: randomFloats(`${layer} ${name}`, shape, scale).data });
  await writeSafetensors(path.join(folder, 'sae_weights.safetensors'), [
    random('W_enc', [width, dSae], 0.4), random('b_enc', [dSae], 0.4), random('W_dec', [dSae, width], 0.2), random('b_dec', [width], 0.3),
    ...(skip ? [random('W_skip', [width, width], 0.15)] : []),
  ]);
  await writeFile(path.join(folder, 'cfg.json'), JSON.stringify({
    d_in: width, d_out: width, d_sae: dSae, dtype: 'float32', architecture: skip ? 'skip_transcoder' : 'transcoder',
    apply_b_dec_to_input: false, normalize_activations: 'none',
    metadata: { hook_name: `blocks.${layer}.${site}`, hook_name_out: `blocks.${layer}.hook_mlp_out`, prepend_bos: false },
  }));
  return folder;
}
