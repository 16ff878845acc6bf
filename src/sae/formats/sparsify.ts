/**
 * EleutherAI's sparsify: cfg.json and sae.safetensors in a folder that is named after the module it reads, such as layers.3.mlp.
 * The encoder is an nn.Linear ([dSae, dIn]); b_dec is always subtracted from the input; ReLU comes before the k largest are taken.
 */
import path from 'node:path';
import { UNPROCESSED } from '../../architectures';
import { CheckpointError } from '../../checkpoints/checkpoint-error';
import { readSafetensorsHeader, type StoredTensor } from '../../checkpoints/safetensors';
import { readCfg } from './cfg-json';
import { transcoderSites } from './transcoder-sites';
import { reconstructing, type OpenSaeOptions, type StoredSaeConfig } from '../config';
import { gatherWeights, type SaeWeights } from '../weights';

export const SPARSIFY_WEIGHTS = 'sae.safetensors';

const KNOWN = ['d_in', 'num_latents', 'expansion_factor', 'k', 'activation', 'signed', 'transcode', 'skip_connection'];
/** How the decoder was initialised and kept in training, and a term of the loss: the weights are what they are. */
const TRAINING = ['normalize_decoder', 'multi_topk'];
const NAMES: Readonly<Record<string, string>> = { 'encoder.weight': 'W_enc', 'encoder.bias': 'b_enc' };

export async function openSparsify(folder: string, options: OpenSaeOptions): Promise<{ config: StoredSaeConfig; weights: SaeWeights }> {
  const fields = await readCfg(path.join(folder, 'cfg.json'));
  fields.allow(KNOWN, TRAINING);
  if (fields.boolean('signed', false)) fields.refuse('signed', 'is true, which is not supported');
  const transcodes = fields.boolean('transcode', false);
  const skip = fields.boolean('skip_connection', false);
  if (skip && !transcodes) fields.refuse('skip_connection', 'is true, which is known of transcoders only');
  const architecture = fields.oneOf('activation', ['topk', 'groupmax'], 'topk');
  const dIn = fields.size('d_in');
  // num_latents 0 means expansion_factor times the input.
  const dSae = (fields.values.num_latents ?? 0) === 0 ? dIn * fields.size('expansion_factor') : fields.size('num_latents');
  const k = fields.size('k');
  if (k > dSae) fields.refuse('k', `is ${k}, more than the ${dSae} latents`);
  if (architecture === 'groupmax' && dSae % k !== 0) fields.refuse('k', `is ${k}, which does not divide the ${dSae} latents into groups`);
  const config: StoredSaeConfig = {
    format: 'sparsify',
    architecture,
    dIn,
    dSae,
    ...reconstructing(dIn),
    ...(transcodes ? ofModule(folder, options) : { site: options.site ?? siteOfModule(folder) }),
    skip: skip ? 'plain' : 'none',
    processing: options.processing ?? UNPROCESSED,
    head: null,
    k,
    applyBDecToInput: !transcodes,
    normalizeActivations: 'none',
    normScalingFactor: 1,
    rescaleActsByDecoderNorm: false,
    finetuningScaling: false,
    encoderTransposed: true,
    logThreshold: false,
    modelName: null,
    prependBos: null,
    contextSize: null,
    modelSha256: null,
  };
  const file = path.join(folder, SPARSIFY_WEIGHTS);
  const { tensors } = await readSafetensorsHeader(file);
  const arrays = new Map<string, StoredTensor>();
  for (const [name, tensor] of tensors) {
    if (['W_enc', 'b_enc'].includes(name)) throw new CheckpointError(file, 'is not a name that sparsify writes.', name);
    arrays.set(NAMES[name] ?? name, tensor);
  }
  return { config, weights: await gatherWeights(config, file, arrays, options) };
}

/** A transcoder reads what goes into the module after which it is named, and predicts what comes out. */
function ofModule(folder: string, options: OpenSaeOptions): Pick<StoredSaeConfig, 'site' | 'output' | 'beforeOutNorm'> {
  const whole = options.site !== undefined && options.output !== undefined;
  const module = whole ? '' : siteOfModule(folder);
  if (!whole && !module.endsWith('.hook_mlp_out')) throw new CheckpointError(folder, 'is a transcoder of another module than an MLP, which is not supported.');
  const at = (site: string) => module.replace('hook_mlp_out', site);
  return transcoderSites(options.site ?? at('mlp.hook_in'), options.output ?? at('mlp.hook_out'));
}

/** The site of a module's output: a block's is the residual stream after it. */
function siteOfModule(folder: string): string {
  const name = path.basename(path.resolve(folder));
  if (name === 'embed_tokens') return 'hook_embed';
  const [, layer, part] = /^(?:model\.|transformer\.|gpt_neox\.)?(?:layers|h)[._](\d{1,3})(?:\.(mlp|attn|self_attn|attention))?$/.exec(name) ?? [];
  if (layer === undefined) {
    throw new CheckpointError(folder, 'does not say which site the SAE belongs to. Name the folder after the module, such as layers.3 or layers.3.mlp.');
  }
  const site = part === undefined ? 'hook_resid_post' : part === 'mlp' ? 'hook_mlp_out' : 'hook_attn_out';
  return `blocks.${Number(layer)}.${site}`;
}
