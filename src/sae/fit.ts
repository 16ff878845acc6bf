/** Whether an SAE belongs to a model, and how the activation at its site is seen as the rows that it reads. */
import type { Architecture, ModelShape, WeightProcessing } from '../architectures';
import { quoteValue } from '../checkpoints/checkpoint-error';
import { floats, type FloatArray } from '../graph';
import type { LoadedSae } from './loaded-sae';
import type { BlockSite, Site } from '../vocabulary/sites';

/** What SAEs ask of a model; src/model's Model. */
export interface SaeModel {
  readonly architecture: Architecture;
  readonly shape: ModelShape;
  /** An activation [batch, positions, …] as it is with TransformerLens's weight processing. */
  processed(site: Site, activation: FloatArray, processing: WeightProcessing): Promise<FloatArray>;
}

/** Heads at a site, and the size of its last axis; heads is 0 where there is no such axis. */
function axesOf(site: Site, shape: ModelShape): { heads: number; width: number } {
  if (site.kind !== 'block') return { heads: 0, width: shape.width };
  const heads: Partial<Record<BlockSite, number>> = {
    'attn.hook_q': shape.heads, 'attn.hook_z': shape.heads, 'attn.hook_k': shape.keyValueHeads, 'attn.hook_v': shape.keyValueHeads,
  };
  if (heads[site.site] !== undefined) return { heads: heads[site.site]!, width: shape.headSize };
  return { heads: 0, width: site.site.startsWith('mlp.') && site.site !== 'mlp.hook_in' ? shape.mlpWidth : shape.width };
}

/**
 * Checks that the model has the SAE's site and that the widths agree.
 * @throws with a sentence that names the SAE's folder, its site and both sizes
 */
export function requireFit(sae: LoadedSae, { architecture, shape }: SaeModel): void {
  const { folder, config, site } = sae;
  if (site.kind === 'block' && site.layer >= shape.layers) {
    throw new Error(`${folder}: the SAE belongs to ${config.site}, but this model has the layers 0 to ${shape.layers - 1}. Choose an SAE of this model.`);
  }
  if (site.kind === 'block' && !architecture.sites.includes(site.site)) {
    throw new Error(`${folder}: the SAE belongs to ${config.site}, which the blocks of this ${architecture.family} model have not. Choose an SAE of this model.`);
  }
  if (sae.isTranscoder) requireTranscoderFit(sae, architecture);
  const { heads, width } = axesOf(site, shape);
  const fail = (has: string): never => {
    const from = config.modelName === null ? '' : ` It was trained on ${quoteValue(config.modelName)}.`;
    throw new Error(`${folder}: the SAE reads ${config.dIn} numbers at ${config.site}, but there this model has ${has}.${from} Choose an SAE of this model.`);
  };
  if (heads === 0) {
    if (config.head !== null) throw new Error(`${folder}: the SAE reads head ${config.head}, but ${config.site} has no heads.`);
    if (config.dIn !== width) fail(`${width}`);
  } else if (config.head !== null) {
    if (config.head >= heads) fail(`the heads 0 to ${heads - 1}`);
    if (config.dIn !== width) fail(`${width} a head`);
  } else if (config.dIn !== heads * width && config.dIn !== width) fail(`${heads} heads of ${width}`);
}

/** @throws a sentence where a transcoder reads or predicts what this model computes otherwise */
function requireTranscoderFit({ folder, config, output }: LoadedSae, { shape, mlpNorm, normBehindMlps, family }: Architecture): void {
  const { site, processing, dOut, beforeOutNorm } = config;
  if (axesOf(output, shape).width !== dOut) throw new Error(`${folder}: the transcoder predicts ${dOut} numbers at ${config.output}, but there this model has ${axesOf(output, shape).width}. Choose one of this model.`);
  if (beforeOutNorm && normBehindMlps) {
    throw new Error(`${folder}: the transcoder predicts what the MLP gives before a norm that stands behind it in a ${family} model, and no site lies there. Choose one that predicts hook_mlp_out.`);
  }
  // TransformerLens's LayerNorm has its hook behind weight and bias, unless they were folded into what reads them.
  if (site.endsWith('.ln2.hook_normalized') && mlpNorm === 'layer' && !processing.foldLn) {
    const layer = site.replace(/ln2.*$/, '');
    throw new Error(`${folder}: the transcoder reads ${site} of a model without weight processing, where TransformerLens has the norm's weight and bias applied in a ${family} model. Name ${layer}mlp.hook_in in its hook_name, which is that.`);
  }
  if (site.endsWith('.mlp.hook_in') && mlpNorm === 'layer' && processing.foldLn) {
    throw new Error(`${folder}: the transcoder was trained on a model whose norms are folded into its weights, where ${site} is what the norm gives before its weight and bias. Name ${site.replace('mlp.hook_in', 'ln2.hook_normalized')} in its hook_name.`);
  }
}

/**
 * What the SAE reads of an activation [batch, positions, …] at its site, [rows, dIn]: the rows of `toRows`, processed as in the model that
 * it was trained on. All that an SAE is given comes from here.
 */
export async function saeInput(sae: LoadedSae, model: SaeModel, activation: FloatArray): Promise<FloatArray> {
  return toRows(sae, await model.processed(sae.site, activation, sae.config.processing));
}

/**
 * An activation [batch, positions, …], or a gradient there, in rows of the SAE's width, [rows, dIn]: a row a position, or a row a position
 * and head where the SAE reads each head alone. With `head` only that head's rows.
 */
export function toRows({ config }: LoadedSae, activation: FloatArray): FloatArray {
  const { dIn, head } = config;
  if (head === null) return floats(activation.data, [activation.data.length / dIn, dIn]);
  const rows = activation.data.length / (dIn * activation.shape[2]);
  const data = new Float32Array(rows * dIn);
  eachRowOfHead(activation, head, dIn, (at, row) => data.set(activation.data.subarray(at, at + dIn), row * dIn));
  return floats(data, [rows, dIn]);
}

/** The activation with those rows in it; `activation` gives the shape and, with `head`, the other heads. */
export function fromRows({ config }: LoadedSae, rows: FloatArray, activation: FloatArray): FloatArray {
  const { dIn, head } = config;
  if (head === null) return floats(rows.data, activation.shape);
  const data = activation.data.slice();
  eachRowOfHead(activation, head, dIn, (at, row) => data.set(rows.data.subarray(row * dIn, (row + 1) * dIn), at));
  return floats(data, activation.shape);
}

function eachRowOfHead({ shape, data }: FloatArray, head: number, size: number, visit: (at: number, row: number) => void): void {
  const stride = shape[2] * size;
  for (let at = head * size, row = 0; at < data.length; at += stride, row++) visit(at, row);
}
