/** A trained autoencoder as a folder that SAELens (6 and later) loads: cfg.json and sae_weights.safetensors. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FloatDtype } from '../../checkpoints/dtype';
import { readSafetensorsHeader, readTensor } from '../../checkpoints/safetensors';
import { writeSafetensors, type NamedArray } from '../../checkpoints/write-safetensors';
import { saeWeights, type SaeShape } from './graph';
import type { TrainedSae } from './state';

/** What the folder says about where it came from. */
export interface SaeOrigin {
  modelName: string;
  /** SHA-256 of the model's weights: an autoencoder fits the model that it was trained on and no other. */
  modelSha256: string;
  site: string;
  contextSize: number;
  /** Whether prompts begin with a beginning-of-sequence token, and the special tokens that were left out in training. */
  prependsBos: boolean;
  excluded: readonly number[];
  datasetPath: string;
  /** Further facts of the training, as they are. */
  training: Readonly<Record<string, string | number | boolean>>;
}

const CONFIG = 'cfg.json';
const WEIGHTS = 'sae_weights.safetensors';
/** The version whose form of cfg.json this is; without one SAELens takes it for the form before 6. */
const SAE_LENS_VERSION = '6.0.0';

/**
 * The scale of the activations is folded in, so that the folder says `normalize_activations: none`. Dividing the biases and
 * thresholds by it, rather than multiplying the encoder and dividing the decoder, keeps the decoder's rows at norm 1: a latent's
 * activation is then the length of what it adds to the site, in the model's own units.
 */
export async function writeSae(folder: string, sae: TrainedSae, origin: SaeOrigin, dtype: FloatDtype): Promise<void> {
  const { shape, statistics, weights } = sae;
  const { architecture, inputs, latents, active } = shape;
  const unscaled = (name: string) => weights.get(name)!.map((value) => value / statistics.scale);
  const tensors: NamedArray[] = [
    { name: 'W_enc', shape: [inputs, latents], data: transposed(weights.get('encoder')!, latents, inputs) },
    { name: 'b_enc', shape: [latents], data: unscaled('b_enc') },
    { name: 'W_dec', shape: [latents, inputs], data: weights.get('W_dec')! },
    { name: 'b_dec', shape: [inputs], data: unscaled('b_dec') },
  ];
  if (architecture === 'jumprelu') {
    tensors.push({ name: 'threshold', shape: [latents], data: weights.get('logThreshold')!.map((value) => Math.exp(value) / statistics.scale) });
  }
  const config = {
    architecture,
    d_in: inputs,
    d_sae: latents,
    // What SAELens computes in; the file may hold fewer bits.
    dtype: 'float32',
    device: 'cpu',
    apply_b_dec_to_input: true,
    normalize_activations: 'none',
    reshape_activations: origin.site.endsWith('hook_z') ? 'hook_z' : 'none',
    ...(architecture === 'topk' && { k: active, rescale_acts_by_decoder_norm: false }),
    metadata: {
      sae_lens_version: SAE_LENS_VERSION,
      sae_lens_training_version: null,
      model_name: origin.modelName,
      hook_name: origin.site,
      hook_head_index: null,
      // The activations are those of the weights as they are: SAELens loads the model with from_pretrained_no_processing(**these).
      model_from_pretrained_kwargs: {},
      context_size: origin.contextSize,
      prepend_bos: origin.prependsBos,
      exclude_special_tokens: origin.excluded.length > 0 ? origin.excluded : false,
      dataset_path: origin.datasetPath,
      latent_lens: { model_sha256: origin.modelSha256, ...origin.training },
    },
  };
  await mkdir(folder, { recursive: true });
  await writeSafetensors(path.join(folder, WEIGHTS), tensors, { dtype });
  await writeFile(path.join(folder, `${CONFIG}.part`), `${JSON.stringify(config, null, 2)}\n`);
  await rename(path.join(folder, `${CONFIG}.part`), path.join(folder, CONFIG));
}

/** Reads a folder that writeSae wrote, for measuring what it holds. */
export async function readSae(folder: string): Promise<TrainedSae & { site: string; excluded: readonly number[] }> {
  const text = await readFile(path.join(folder, CONFIG), 'utf8').catch(() => {
    throw new Error(`${folder} holds no ${CONFIG}. Train it first: latent-lens train sae.`);
  });
  const config = JSON.parse(text) as Record<string, unknown> & { metadata?: Record<string, unknown> };
  const { architecture, d_in: inputs, d_sae: latents, k, metadata } = config;
  const known = (architecture === 'topk' || architecture === 'jumprelu') && config.normalize_activations === 'none' && metadata?.latent_lens;
  if (!known) throw new Error(`${folder} was not written by latent-lens train sae.`);
  const shape: SaeShape = { architecture, inputs: Number(inputs), latents: Number(latents), active: Number(k ?? 1), bandwidth: 1 };
  const { tensors } = await readSafetensorsHeader(path.join(folder, WEIGHTS));
  const read = async (name: string, size: readonly number[]) => {
    const tensor = tensors.get(name);
    if (tensor?.shape.join() !== size.join()) throw new Error(`${folder}: '${name}' is missing or has another shape than ${CONFIG} says.`);
    return readTensor(tensor);
  };
  const weights = new Map<string, Float32Array>();
  for (const [name, size] of saeWeights(shape)) {
    if (name === 'encoder') weights.set(name, transposed(await read('W_enc', [shape.inputs, shape.latents]), shape.inputs, shape.latents));
    else if (name === 'logThreshold') weights.set(name, (await read('threshold', size)).map(Math.log));
    else weights.set(name, await read(name, size));
  }
  const excluded = Array.isArray(metadata.exclude_special_tokens) ? metadata.exclude_special_tokens.map(Number) : [];
  return { shape, statistics: { scale: 1, variance: 1 }, weights, site: String(metadata.hook_name), excluded };
}

/** [rows, columns] → [columns, rows] */
function transposed(data: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) result[column * rows + row] = data[row * columns + column];
  }
  return result;
}
