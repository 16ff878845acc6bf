/**
 * Gemma Scope 2 (of Gemma 3): a folder with config.json and params.safetensors, a JumpReLU SAE or transcoder. Read as SAELens reads it
 * (get_gemma_3_config_from_hf); some published folders have no config.json, and then their names say what it would.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { UNPROCESSED } from '../../architectures';
import { CheckpointError } from '../../checkpoints/checkpoint-error';
import { readSafetensorsHeader, type StoredTensor } from '../../checkpoints/safetensors';
import { Fields, readCfg } from './cfg-json';
import { reconstructing, type OpenSaeOptions, type StoredSaeConfig } from '../config';
import { GEMMA_SCOPE } from './gemma-scope';
import { gatherWeights, type SaeWeights } from '../weights';

export const GEMMA_SCOPE_2_WEIGHTS = 'params.safetensors';

const KNOWN = ['architecture', 'model_name', 'type', 'hf_hook_point_in', 'hf_hook_point_out', 'affine_connection', 'width', 'l0'];
/** Of the modules of transformers' Gemma 3, by what stands behind the layer. */
const SITES: Readonly<Record<string, string>> = {
  output: 'hook_resid_post',
  'post_feedforward_layernorm.output': 'hook_mlp_out',
  'pre_feedforward_layernorm.output': 'mlp.hook_in',
  'self_attn.o_proj.input': 'attn.hook_z',
};
/** Of the folders of a release. */
const FOLDERS: readonly [RegExp, string][] = [
  [/^resid_post/, 'output'],
  [/^mlp_out/, 'post_feedforward_layernorm.output'],
  [/^attn_out/, 'self_attn.o_proj.input'],
  [/^transcoder/, 'pre_feedforward_layernorm.output'],
];
const NAMES: Readonly<Record<string, string>> = { w_enc: 'W_enc', w_dec: 'W_dec', affine_skip_connection: 'W_skip' };

export async function openGemmaScope2(folder: string, options: OpenSaeOptions): Promise<{ config: StoredSaeConfig; weights: SaeWeights }> {
  const fields = await configOf(folder);
  fields.allow(KNOWN);
  fields.oneOf('architecture', ['jump_relu']);
  const sites = sitesOf(fields, options);
  const file = path.join(folder, GEMMA_SCOPE_2_WEIGHTS);
  const { tensors } = await readSafetensorsHeader(file);
  const arrays = new Map<string, StoredTensor>();
  for (const [name, tensor] of tensors) {
    if (Object.values(NAMES).includes(name)) throw new CheckpointError(file, 'is not a name that Gemma Scope 2 writes.', name);
    arrays.set(NAMES[name] ?? name, tensor);
  }
  const encoder = arrays.get('W_enc');
  if (!encoder) throw new CheckpointError(file, 'is missing, and a Gemma Scope SAE has one.', 'w_enc');
  const [dIn, dSae] = encoder.shape;
  if (encoder.shape.length !== 2 || !dIn || !dSae) throw new CheckpointError(file, `has the shape [${encoder.shape.join(', ')}] instead of two sizes.`, 'w_enc');
  if ('width' in fields.values && fields.size('width') !== dSae) fields.refuse('width', `is ${fields.size('width')}, but the SAE has ${dSae} latents`);
  const config: StoredSaeConfig = {
    ...GEMMA_SCOPE,
    dIn,
    dSae,
    ...reconstructing(dIn),
    ...sites,
    dOut: sites.output === null ? dIn : (arrays.get('b_dec')?.shape[0] ?? dIn),
    processing: options.processing ?? UNPROCESSED,
    // Some files call Gemma 3 "gemma-v3".
    modelName: fields.text('model_name')?.replace('gemma-v3', 'gemma-3') ?? null,
    prependBos: true,
    contextSize: 1024,
    modelSha256: null,
  };
  return { config, weights: await gatherWeights(config, file, arrays, options) };
}

/** The config in the folder, or what the names of its folders say in its place. */
async function configOf(folder: string): Promise<Fields> {
  const file = path.join(folder, 'config.json');
  if (await stat(file).catch(() => undefined)) return readCfg(file);
  const parts = path.resolve(folder).split(path.sep);
  const layer = parts.map((part) => /^layer_(\d{1,3})(?:_|$)/.exec(part)?.[1]).findLast((number) => number !== undefined);
  const module = parts.flatMap((part) => FOLDERS.find(([name]) => name.test(part))?.[1] ?? []).at(-1);
  const affine = parts.at(-1)!.endsWith('_affine');
  return new Fields(folder, {
    architecture: 'jump_relu',
    ...(affine && { affine_connection: true }),
    hf_hook_point_in: layer === undefined || module === undefined ? undefined : `model.layers.${Number(layer)}.${module}`,
    model_name: parts.map((part) => /gemma-scope-2-(\w+-(?:pt|it))$/.exec(part)?.[1]).findLast((size) => size !== undefined)?.replace(/^/, 'gemma-3-') ?? null,
  });
}

/** What it reads, and of a transcoder what it predicts, and whether it adds a linear map of what it reads. */
function sitesOf(fields: Fields, options: OpenSaeOptions): Pick<StoredSaeConfig, 'site' | 'output' | 'skip'> {
  const site = options.site ?? siteOf(fields, 'hf_hook_point_in');
  const isTranscoder = fields.oneOf('type', ['sae', 'transcoder'], site.endsWith('.mlp.hook_in') ? 'transcoder' : 'sae') === 'transcoder';
  const skip = fields.boolean('affine_connection', false) ? 'transposed' : 'none';
  const named = (fields.values.hf_hook_point_out ?? null) === null ? null : siteOf(fields, 'hf_hook_point_out');
  if (!isTranscoder) {
    if (named !== null && options.site === undefined && named !== site) fields.refuse('hf_hook_point_out', 'is another site than hf_hook_point_in, but the type is sae');
    if (skip !== 'none') fields.refuse('affine_connection', 'is true, but the type is sae');
    return { site, output: options.output ?? null, skip };
  }
  return { site, output: options.output ?? named ?? site.replace(/mlp\.hook_in$/, 'hook_mlp_out'), skip };
}

function siteOf(fields: Fields, key: string): string {
  if (fields.values[key] === undefined) {
    throw new CheckpointError(
      fields.file,
      'does not say which site the SAE belongs to. Download its config.json too, or name the folders as the release does, such as resid_post/layer_12_width_16k_l0_small.',
    );
  }
  const point = fields.string(key);
  const [, layer, module] = /^model\.(?:language_model\.)?layers\.(\d{1,3})\.([\w.]+)$/.exec(point) ?? [];
  const site = module !== undefined && Object.hasOwn(SITES, module) ? SITES[module] : undefined;
  if (layer === undefined || site === undefined) return fields.refuse(key, `is ${JSON.stringify(point.slice(0, 100))}, which is no site here`);
  return `blocks.${Number(layer)}.${site}`;
}
