/**
 * SAELens's folder: cfg.json and sae_weights.safetensors, as SAE.save_model writes it. Version 6 nests what only informs under
 * `metadata`; before that the config was flat and had other names (SAELens's handle_pre_6_0_config has the rules).
 */
import path from 'node:path';
import { siteOf } from '../../vocabulary/sites';
import { CheckpointError, quoteValue } from '../../checkpoints/checkpoint-error';
import { readSafetensorsHeader, readTensor, type StoredTensor } from '../../checkpoints/safetensors';
import { isObject } from '../../checkpoints/strict-json';
import { readCfg, type Fields } from './cfg-json';
import { reconstructing, type NormalizeActivations, type OpenSaeOptions, type SaeArchitecture, type StoredSaeConfig } from '../config';
import { INFORMATION, SETTINGS, TRAINING_KEYS } from './saelens-keys';
import { processingOf } from './saelens-processing';
import { transcoderSites } from './transcoder-sites';
import { gatherWeights, type SaeWeights } from '../weights';

export const SAELENS_WEIGHTS = 'sae_weights.safetensors';

const ARCHITECTURES = ['standard', 'gated', 'topk', 'jumprelu'] as const;
/** What each kind of transcoder is made of. */
const TRANSCODERS = {
  transcoder: { architecture: 'standard', skip: 'none' },
  skip_transcoder: { architecture: 'standard', skip: 'plain' },
  jumprelu_transcoder: { architecture: 'jumprelu', skip: 'none' },
  jumprelu_skip_transcoder: { architecture: 'jumprelu', skip: 'plain' },
} as const;
const DTYPES = ['float32', 'float16', 'bfloat16', 'torch.float32', 'torch.float16', 'torch.bfloat16'];

export async function openSaelens(folder: string, options: OpenSaeOptions): Promise<{ config: StoredSaeConfig; weights: SaeWeights }> {
  const fields = await readCfg(path.join(folder, 'cfg.json'));
  const file = path.join(folder, SAELENS_WEIGHTS);
  const { tensors } = await readSafetensorsHeader(file);
  const { arrays, scaling } = await finetuningScaling(file, tensors);
  const config = { ...saelensConfig(fields, options), finetuningScaling: scaling, logThreshold: arrays.has('log_threshold') };
  // What SAELens checks as well: a scaling factor that was learnt but is not meant to be used.
  const asks = fields.values.finetuning_scaling_factor ?? false;
  if (scaling && config.output !== null) throw new CheckpointError(file, 'is known of SAEs only, and this is a transcoder.', 'scaling_factor');
  if (scaling && asks !== true) fields.refuse('finetuning_scaling_factor', `is ${quoteValue(asks)}, but ${SAELENS_WEIGHTS} holds a scaling_factor that is not 1`);
  return { config, weights: await gatherWeights(config, file, arrays, options) };
}

/** The scaling factor under one name, and left out where it is all ones (SAELens wrote such for a time). */
async function finetuningScaling(
  file: string,
  tensors: ReadonlyMap<string, StoredTensor>,
): Promise<{ arrays: Map<string, StoredTensor>; scaling: boolean }> {
  const arrays = new Map(tensors);
  const given = ['scaling_factor', 'finetuning_scaling_factor'].filter((name) => arrays.has(name));
  if (given.length === 2) throw new CheckpointError(file, 'comes beside a scaling_factor; keep one of them.', given[1]);
  if (given.length === 0) return { arrays, scaling: false };
  const tensor = arrays.get(given[0]!)!;
  arrays.delete(given[0]!);
  const scaling = (await readTensor(tensor)).some((value) => Math.abs(value - 1) > 1e-5);
  if (scaling) arrays.set('scaling_factor', tensor);
  return { arrays, scaling };
}

/** The config in its normal form; throws a {@link CheckpointError} that names the setting that cannot be honoured. */
function saelensConfig(fields: Fields, options: OpenSaeOptions): Omit<StoredSaeConfig, 'finetuningScaling' | 'logThreshold'> {
  const nested = 'metadata' in fields.values;
  fields.allow([...SETTINGS, ...INFORMATION], TRAINING_KEYS);
  const metadata = nested ? fields.nested('metadata') : fields;
  const kind = transcoderOf(fields);
  const architecture = kind?.architecture ?? architectureOf(fields);
  const site = options.site ?? metadata.string('hook_name' in metadata.values || nested ? 'hook_name' : 'hook_point');
  checkLayer(fields, metadata, site);
  const out = metadata.values.hook_name_out ?? null;
  if (!kind && out !== null && out !== site) {
    metadata.refuse('hook_name_out', `is another site than hook_name, but the architecture is ${architecture}; a transcoder's is one of ${Object.keys(TRANSCODERS).join(', ')}`);
  }
  if (!DTYPES.includes(fields.string('dtype', 'float32'))) fields.refuse('dtype', `is ${quoteValue(fields.values.dtype)}; known are float32, float16 and bfloat16`);
  const normalizeActivations = normalizationOf(fields);
  if (kind && normalizeActivations !== 'none') {
    fields.refuse('normalize_activations', `is ${quoteValue(normalizeActivations)}, which is not known of transcoders: what they predict lies elsewhere than what would be scaled`);
  }
  if (normalizeActivations === 'expected_average_only_in' && options.normScalingFactor === undefined) {
    fields.refuse(
      'normalize_activations',
      "is 'expected_average_only_in', but its factor is not in the file. Give it as normScalingFactor (SAELens's list of releases calls it " +
        'norm_scaling_factor; it is √d_in over the mean norm of the activations), or 1 to use the weights as they are, as load_from_disk does',
    );
  }
  const k = architecture === 'topk' ? kOf(fields) : null;
  const dSae = fields.size('d_sae');
  if (k !== null && k > dSae) fields.refuse('k', `is ${k}, more than the ${dSae} latents`);
  const reshape = fields.oneOf('reshape_activations', ['none', 'hook_z'], 'none');
  if (reshape === 'hook_z' && !site.endsWith('_z')) fields.refuse('reshape_activations', `is 'hook_z', but the site is ${site}`);
  const { context_size: context, latent_lens: trained } = metadata.values;
  const dIn = fields.size('d_in');
  return {
    format: 'saelens',
    architecture,
    dIn,
    dSae,
    ...(kind ? transcoding(fields, metadata, kind.skip, { ...options, site }) : { site, ...reconstructing(dIn) }),
    processing: options.processing ?? processingOf(fields.file, metadata),
    head: headOf(metadata, nested),
    k,
    applyBDecToInput: !kind && fields.boolean('apply_b_dec_to_input', true),
    normalizeActivations,
    normScalingFactor: normalizeActivations === 'expected_average_only_in' ? options.normScalingFactor! : 1,
    rescaleActsByDecoderNorm: architecture === 'topk' && fields.boolean('rescale_acts_by_decoder_norm', false),
    encoderTransposed: false,
    modelName: metadata.text('model_name'),
    prependBos: typeof metadata.values.prepend_bos === 'boolean' ? metadata.values.prepend_bos : null,
    contextSize: typeof context === 'number' ? context : null,
    modelSha256: isObject(trained) && typeof trained.model_sha256 === 'string' ? trained.model_sha256.slice(0, 64) : null,
  };
}

/** The kind of transcoder, if it is one. */
function transcoderOf({ values: { architecture } }: Fields): (typeof TRANSCODERS)[keyof typeof TRANSCODERS] | undefined {
  return typeof architecture === 'string' && Object.hasOwn(TRANSCODERS, architecture) ? TRANSCODERS[architecture as keyof typeof TRANSCODERS] : undefined;
}

/** What a transcoder predicts, and how. */
function transcoding(fields: Fields, metadata: Fields, skip: StoredSaeConfig['skip'], { site, output }: OpenSaeOptions & { site: string }) {
  // b_dec has the width of what is predicted; SAELens refuses this as well.
  if (fields.boolean('apply_b_dec_to_input', false)) fields.refuse('apply_b_dec_to_input', 'is true, which a transcoder cannot do');
  fields.oneOf('activation_fn' in fields.values ? 'activation_fn' : 'activation_fn_str', ['relu'], 'relu');
  for (const key of ['hook_head_index', 'hook_head_index_out']) {
    if ((metadata.values[key] ?? null) !== null) metadata.refuse(key, 'is a head; transcoders of single heads are not supported');
  }
  if (fields.oneOf('reshape_activations', ['none', 'hook_z'], 'none') !== 'none') fields.refuse('reshape_activations', "is 'hook_z', which is not known of transcoders");
  return { ...transcoderSites(site, output ?? metadata.string('hook_name_out')), dOut: fields.size('d_out'), skip };
}

/** Before version 6 a topk SAE was a standard one with another activation function. */
function architectureOf(fields: Fields): SaeArchitecture {
  const { values } = fields;
  const training = ['batchtopk', 'matryoshka_batchtopk'];
  if (training.includes(values.architecture as string)) {
    fields.refuse('architecture', `is ${quoteValue(values.architecture)}, which exists only in training; save the SAE with save_inference_model, which makes it a jumprelu`);
  }
  const architecture = fields.oneOf('architecture', ARCHITECTURES, 'standard');
  const key = 'activation_fn_str' in values ? 'activation_fn_str' : 'activation_fn';
  const activation = fields.oneOf(key, ['relu', 'topk'], architecture === 'topk' ? 'topk' : 'relu');
  if (activation === 'topk' && architecture !== 'standard' && architecture !== 'topk') fields.refuse(key, `is 'topk', which the architecture ${architecture} has not`);
  if (architecture === 'topk' && activation === 'relu' && key in values && values.k === undefined) fields.refuse(key, "is 'relu', but the architecture is topk");
  return activation === 'topk' ? 'topk' : architecture;
}

function kOf(fields: Fields): number {
  if ('k' in fields.values) return fields.size('k');
  const settings = fields.nested('activation_fn_kwargs');
  settings.allow(['k']);
  return settings.size('k');
}

function normalizationOf(fields: Fields): NormalizeActivations {
  const value = fields.values.normalize_activations;
  if (typeof value === 'boolean') return value ? 'expected_average_only_in' : 'none';
  const known = ['none', 'expected_average_only_in', 'constant_norm_rescale', 'layer_norm', 'covariance_whitening'] as const;
  const mode = fields.oneOf('normalize_activations', known, 'none');
  return mode !== 'covariance_whitening'
    ? mode
    : fields.refuse('normalize_activations', "is 'covariance_whitening', whose matrices are not in the file; fold them into the weights with SAELens's fold_activation_whitening");
}

function headOf(metadata: Fields, nested: boolean): number | null {
  const key = !nested && 'hook_point_head_index' in metadata.values ? 'hook_point_head_index' : 'hook_head_index';
  const head = metadata.values[key] ?? null;
  if (head === null || (typeof head === 'number' && Number.isInteger(head) && head >= 0)) return head;
  return metadata.refuse(key, `is ${quoteValue(head)}, not a head's number`);
}

/** The layer is given twice in older files; both have to say the same. */
function checkLayer(fields: Fields, metadata: Fields, site: string): void {
  for (const key of ['hook_layer', 'hook_point_layer']) {
    const layer = metadata.values[key] ?? fields.values[key] ?? null;
    const named = siteOf(site);
    if (layer !== null && named?.kind === 'block' && layer !== named.layer) fields.refuse(key, `is ${quoteValue(layer)}, but the site is ${site}`);
  }
}
