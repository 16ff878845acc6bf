/**
 * The tuned lens (Belrose et al. 2023, arXiv 2303.08112): before the final norm and the unembedding, a translator that is affine and was
 * trained for its layer, so that middle layers are not judged by a basis which is not theirs.
 */
import { add, floats, input, lower, matmul, Session, type FloatArray, type Tensor } from '../../graph';
import type { Model } from '../../model';
import { blockSite, siteName, type Site, type SiteName } from '../../vocabulary/sites';
import { readLens, type Lens, type LensOptions } from './logit-lens';

/** What is added to a row h of the residual stream: h Wᵀ + b, as torch's nn.Linear has it. */
export interface Translator {
  /** [width, width] */
  weight: FloatArray;
  /** [width] */
  bias: FloatArray;
}

/** What the translators read, one each: what goes into each layer. The last layer's output is the model's own and is not translated. */
export function translatedSites({ shape: { layers } }: Model): Site[] {
  return Array.from({ length: layers }, (_, layer) => blockSite(layer, 'hook_resid_pre'));
}

/** A translator that changes nothing: with it the tuned lens is the logit lens. */
export function identityTranslator(width: number): Translator {
  return { weight: floats(new Float32Array(width * width), [width, width]), bias: floats(new Float32Array(width), [width]) };
}

/** rows [rows, width], and a translator's tensors → the rows translated, as a graph. */
export function translated(rows: Tensor, weight: Tensor, bias: Tensor): Tensor {
  return add(rows, add(matmul(rows, weight, { transposeB: true }), bias));
}

/**
 * The lens at every row of the logit lens, one prompt's: the embedding (with the positions' embeddings, where there are such), then each
 * layer's hook_resid_post, of which the last is the model.
 * @param translators one for each layer, see `translatedSites`
 */
export async function tunedLens(
  model: Model,
  translators: readonly Translator[],
  prompt: readonly number[],
  answers: readonly number[],
  options: LensOptions = {},
): Promise<Lens> {
  const { layers, width } = model.shape;
  const { signal } = options;
  const { resid } = await model.run([prompt], { until: 0, signal });
  const outputs = Array.from({ length: layers }, (_, layer) => blockSite(layer, 'hook_resid_post'));
  const run = await model.run([prompt], { from: { layer: 0, resid }, read: outputs, signal });
  const sites: SiteName[] = [siteName(blockSite(0, 'hook_resid_pre')), ...outputs.map(siteName)];
  const session = await openTranslator(width);
  try {
    const stream = async (row: number): Promise<FloatArray> => {
      const own = row === 0 ? resid : run.sites.get(sites[row])!;
      if (row === layers) return own;
      const { data } = (await session.run({ rows: floats(own.data, [prompt.length, width]), ...translators[row] })).translated;
      return floats(data as Float32Array, own.shape);
    };
    return await readLens(model, sites, prompt.length, stream, answers, options);
  } finally {
    await session.release();
  }
}

/** `rows` [rows, width], `weight` and `bias` → `translated`. */
function openTranslator(width: number): Promise<Session> {
  const inputs = {
    rows: input('rows', 'float32', ['rows', width]),
    weight: input('weight', 'float32', [width, width]),
    bias: input('bias', 'float32', [width]),
  };
  return Session.open(lower({ inputs, outputs: { translated: translated(inputs.rows, inputs.weight, inputs.bias) } }));
}
