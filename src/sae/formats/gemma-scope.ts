/**
 * Gemma Scope (Lieberum et al. 2024): a folder with params.npz, a JumpReLU SAE or transcoder. The file does not say which site it
 * belongs to; the published folders do: gemma-scope-2b-pt-res/layer_20/width_16k/average_l0_71.
 */
import path from 'node:path';
import { UNPROCESSED } from '../../architectures';
import { CheckpointError } from '../../checkpoints/checkpoint-error';
import { readNpz, type NpzArray } from '../../checkpoints/npz';
import { reconstructing, type OpenSaeOptions, type StoredSaeConfig } from '../config';
import { gatherWeights, type SaeWeights } from '../weights';

export const GEMMA_SCOPE_WEIGHTS = 'params.npz';

/** Transcoders read the stream behind the MLP's norm, without its weight, and predict what the MLP adds (SAELens's loader). */
const SITES = { res: 'hook_resid_post', mlp: 'hook_mlp_out', att: 'attn.hook_z', transcoders: 'ln2.hook_normalized' } as const;

/** What holds of every SAE of Gemma Scope, the first and the second. */
export const GEMMA_SCOPE = {
  format: 'gemma-scope',
  architecture: 'jumprelu',
  head: null,
  k: null,
  applyBDecToInput: false,
  normalizeActivations: 'none',
  normScalingFactor: 1,
  rescaleActsByDecoderNorm: false,
  finetuningScaling: false,
  encoderTransposed: false,
  logThreshold: false,
} as const;

export async function openGemmaScope(folder: string, options: OpenSaeOptions): Promise<{ config: StoredSaeConfig; weights: SaeWeights }> {
  const file = path.join(folder, GEMMA_SCOPE_WEIGHTS);
  const read = await readNpz(file);
  // Some are written with a small w.
  const arrays = new Map<string, NpzArray>([...read].map(([name, array]) => [name.replace(/^w_/, 'W_'), array]));
  if (arrays.size !== read.size) throw new CheckpointError(file, 'holds the same weight under two names.');
  const [dIn, dSae] = sizesOf(file, arrays.get('W_enc'));
  const site = options.site ?? siteOfFolder(folder);
  const output = options.output ?? (site.endsWith(SITES.transcoders) ? site.replace(SITES.transcoders, 'hook_mlp_out') : null);
  const config: StoredSaeConfig = {
    ...GEMMA_SCOPE,
    dIn,
    dSae,
    ...reconstructing(dIn),
    site,
    output,
    dOut: output === null ? dIn : (arrays.get('b_dec')?.shape[0] ?? dIn),
    processing: options.processing ?? UNPROCESSED,
    modelName: /(?:^|[/\\-])gemma-scope-(\w+-(?:pt|it))-/.exec(folder)?.[1]?.replace(/^/, 'gemma-2-') ?? null,
    prependBos: true,
    contextSize: 1024,
    modelSha256: null,
  };
  return { config, weights: await gatherWeights(config, file, arrays, options) };
}

function sizesOf(file: string, encoder: NpzArray | undefined): [number, number] {
  if (!encoder) throw new CheckpointError(file, 'is missing, and a Gemma Scope SAE has one.', 'W_enc');
  const [dIn, dSae] = encoder.shape;
  if (encoder.shape.length !== 2 || !dIn || !dSae) throw new CheckpointError(file, `has the shape [${encoder.shape.join(', ')}] instead of two sizes.`, 'W_enc');
  return [dIn, dSae];
}

/** The site that a published folder's path names. Throws when it does not, or names what is no SAE of a site here. */
function siteOfFolder(folder: string): string {
  const parts = path.resolve(folder).split(path.sep);
  const release = parts.map((part) => /gemma-scope-\w+-(?:pt|it)-(\w+)$/.exec(part)?.[1]).findLast((kind) => kind !== undefined);
  const layer = parts.map((part) => /^layer_(\d{1,3})$/.exec(part)?.[1]).findLast((number) => number !== undefined);
  if (parts.includes('embedding')) {
    throw new CheckpointError(folder, "is one of Gemma Scope's embedding SAEs, which read unscaled embeddings; no site has those here.");
  }
  const kind = Object.hasOwn(SITES, release ?? '') ? (release as keyof typeof SITES) : undefined;
  if (!kind || layer === undefined) {
    throw new CheckpointError(
      folder,
      'does not say which site the SAE belongs to. Name the folders as the release does, such as gemma-scope-2b-pt-res/layer_20/width_16k/average_l0_71.',
    );
  }
  return `blocks.${Number(layer)}.${SITES[kind]}`;
}
