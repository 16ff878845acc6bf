/** Opening an SAE's folder, whatever its format. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { CheckpointError } from '../checkpoints/checkpoint-error';
import type { OpenSaeOptions } from './config';
import { GEMMA_SCOPE_WEIGHTS, openGemmaScope } from './formats/gemma-scope';
import { GEMMA_SCOPE_2_WEIGHTS, openGemmaScope2 } from './formats/gemma-scope-2';
import { LoadedSae } from './loaded-sae';
import { openSaelens, SAELENS_WEIGHTS } from './formats/saelens';
import { openSparsify, SPARSIFY_WEIGHTS } from './formats/sparsify';
import { parseSite, siteName, type BlockSite, type Site } from '../vocabulary/sites';

/** By the file that holds an SAE's weights. */
const FORMATS = [
  [SAELENS_WEIGHTS, openSaelens],
  [GEMMA_SCOPE_WEIGHTS, openGemmaScope],
  [GEMMA_SCOPE_2_WEIGHTS, openGemmaScope2],
  [SPARSIFY_WEIGHTS, openSparsify],
] as const;

/**
 * Opens the SAE in a folder of SAELens, Gemma Scope or sparsify. Weights are checked once and read in place.
 * @throws CheckpointError naming the file and the setting or tensor when anything is missing, damaged or not supported
 */
export async function openSae(folder: string, options: OpenSaeOptions = {}): Promise<LoadedSae> {
  const root = path.resolve(folder);
  const { normScalingFactor: factor } = options;
  if (factor !== undefined && !(Number.isFinite(factor) && factor > 0)) throw new Error(`normScalingFactor is ${factor}; it has to be a positive number.`);
  if (!(await stat(root).catch(() => undefined))?.isDirectory()) throw new CheckpointError(root, 'is not a folder; give the folder that holds the SAE.');
  const found = [];
  for (const format of FORMATS) if (await stat(path.join(root, format[0])).catch(() => undefined)) found.push(format);
  if (found.length === 0) {
    throw new CheckpointError(root, `holds no SAE: it has none of ${FORMATS.map(([name]) => name).join(', ')}. Give the folder with an SAE's weights.`);
  }
  if (found.length > 1) throw new CheckpointError(root, `holds more than one SAE (${found.map(([name]) => name).join(', ')}); give each a folder of its own.`);
  const { config, weights } = await found[0]![1](root, options);
  const parsed = (name: string) => {
    try {
      return parseSite(name, Number.MAX_SAFE_INTEGER);
    } catch (error) {
      throw new CheckpointError(root, `names a site that is not known: ${(error as Error).message}.`, undefined, { cause: error });
    }
  };
  const site = parsed(config.site);
  const output = config.output === null ? null : parsed(config.output);
  if (output !== null) requireMlp(root, site, output);
  else if (options.output !== undefined) throw new CheckpointError(root, `is no transcoder, so it predicts ${config.site} and not ${options.output}.`);
  if (site.kind === 'block' && site.site === 'attn.hook_pattern') throw new CheckpointError(root, `belongs to ${config.site}, which has no width of its own.`);
  const sites = { site: siteName(site), output: output && siteName(output) };
  return new LoadedSae(root, { ...config, ...sites }, site, output ?? site, weights, options.threads);
}

/** What a transcoder may read: all on the way into a layer's MLP. */
const INTO_MLP: readonly BlockSite[] = ['hook_resid_mid', 'ln2.hook_normalized', 'mlp.hook_in'];

/** @throws CheckpointError unless a transcoder stands for the MLP of one layer */
function requireMlp(root: string, site: Site, output: Site): void {
  const [from, to] = [siteName(site), siteName(output)];
  const ofMlp = site.kind === 'block' && output.kind === 'block' && INTO_MLP.includes(site.site) && output.site === 'hook_mlp_out';
  if (!ofMlp) {
    throw new CheckpointError(root, `is a transcoder that reads ${from} and predicts ${to}; only those of an MLP can be used, from ${INTO_MLP.join(', ')} to hook_mlp_out.`);
  }
  if (site.layer !== output.layer) throw new CheckpointError(root, `is a transcoder across layers, from ${from} to ${to}, which is not supported; both sites have to be of one layer.`);
}
