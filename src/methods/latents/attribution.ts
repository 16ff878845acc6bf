/**
 * Node attribution patching over sparse latents: how far the metric of a run would move if one latent had the activation that it has in
 * another run, estimated for all latents at once from one backward pass (Syed et al. 2023, arXiv 2310.10348; Marks et al. 2024,
 * arXiv 2403.19647, eq. 2): (activation in the source run - activation in the base run) · ∂metric/∂latent in the base run.
 */
import { abs, floats, gatherElements, mul, reduceSum, sub, topK, type FloatArray } from '../../graph';
import { logitDifference, readLogits, takeRows, type Model } from '../../model';
import { latentGradientOf, type LoadedSae } from '../../sae';
import { latentGradients, runWithSaes, type LatentGradientOptions, type LatentGradients } from './gradients';
import { meanGradient, outputChange } from './integrated';

export interface LatentAttributionOptions extends Omit<LatentGradientOptions, 'shift'> {
  /** Token ids of the run whose metric moves, and of the run that activations would be taken from. */
  readonly base: readonly number[];
  readonly source: readonly number[];
  /** Which position of the source each position of the base corresponds to; null where there is none: no attribution is computed there. */
  readonly sourceOf: readonly (number | null)[];
  /** The metric is logit[positive] - logit[negative] at the last position. */
  readonly metric: { readonly positive: number; readonly negative: number };
  /** Gradients along the way from the base's activations to the source's (see latent-integrated); only that of the base when left out. */
  readonly steps?: number;
  /** How many latents to return. */
  readonly top: number;
  /** Told of each SAE, before and after. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A latent at a position. */
export interface LatentNode {
  readonly sae: LoadedSae;
  readonly latent: number;
  /** Of the base. */
  readonly position: number;
  /** The head whose latent it is, where the SAE reads each head alone; else null. */
  readonly head: number | null;
  /** Its activation in both runs. */
  readonly base: number;
  readonly source: number;
  /** In units of the metric (logits). */
  readonly attribution: number;
}

/** What one SAE's nodes at a position (and head) sum to, in logits. */
export interface RowAttribution {
  readonly position: number;
  readonly head: number | null;
  /** All its latents together. */
  readonly latents: number;
  /** What the SAE does not reconstruct: (source's error - base's error) · ∂metric/∂error. Null when errors are left out of the runs. */
  readonly error: number | null;
}

export interface LatentAttribution {
  /** The metric of both runs, with the SAEs as they are spliced in. */
  readonly baseMetric: number;
  readonly sourceMetric: number;
  /** The latents that count most, by absolute attribution; those without any are left out. */
  readonly top: LatentNode[];
  /** The same with each latent summed over positions (and heads). */
  readonly summed: { sae: LoadedSae; latent: number; attribution: number }[];
  /** In the order of `saes`: a row for each position with a counterpart. */
  readonly saes: { sae: LoadedSae; rows: RowAttribution[] }[];
  /** Of the base run. */
  readonly gradients: LatentGradients;
}

/**
 * Nodes lie at the positions with a counterpart; null in `sourceOf` also leaves a position out.
 * With the error terms both runs are the model's own; without them they are runs through the SAEs' reconstructions alone.
 * @throws as latentGradients does
 */
export async function attributeLatents(model: Model, options: LatentAttributionOptions): Promise<LatentAttribution> {
  const { base, source, sourceOf, metric, saes, error, mode, steps = 1, top, signal, onProgress } = options;
  if (sourceOf.length !== base.length) throw new Error('attribution: sourceOf needs one entry for each position of the base prompt');
  const difference = logitDifference(metric.positive, metric.negative);
  const gradients = await latentGradients(model, [base], difference, { saes, error, mode, signal });
  const other = await runWithSaes(model, [source], { saes, error, signal });
  const measure = async (resid: FloatArray, length: number) => {
    const { data } = await readLogits(model, resid, [length - 1], [metric.positive, metric.negative]);
    return data[0] - data[1];
  };
  const positions = sourceOf.flatMap((from, at) => (from === null ? [] : [at]));
  const parts: OwnAttribution[] = [];
  for (const { sae, x, output } of gradients.saes) {
    onProgress?.(parts.length, saes.length);
    signal?.throwIfAborted();
    const each = x.shape[0] / base.length; // rows a position
    const rowsOf = (at: readonly number[]) => at.flatMap((position) => Array.from({ length: each }, (_, i) => position * each + i));
    const own = rowsOf(positions);
    const given = { x: takeRows(x, own), source: takeRows(other.inputs.get(sae)!, rowsOf(positions.map((at) => sourceOf[at]!))) };
    let gradient = output;
    if (steps > 1 && own.length > 0) {
      const change = putRows(await outputChange(sae, given.x, given.source, error), own, x.shape);
      gradient = await meanGradient(model, base, difference, sae, { atBase: output, change }, { saes, error, mode, steps, signal });
    }
    const rows = { ...given, cotangent: takeRows(gradient, own) };
    const headOf = (row: number) => sae.config.head ?? (each > 1 ? row % each : null);
    const place = (row: number) => ({ position: positions[Math.floor(row / each)], head: headOf(row) });
    parts.push(positions.length === 0 ? { top: [], summed: [], rows: [] } : await attributionOf(sae, rows, place, top, error));
  }
  onProgress?.(saes.length, saes.length);
  const bySize = (a: { attribution: number }, b: { attribution: number }) => Math.abs(b.attribution) - Math.abs(a.attribution);
  return {
    baseMetric: await measure(gradients.resid, base.length),
    sourceMetric: await measure(other.run.resid, source.length),
    top: parts.flatMap((part) => part.top).sort(bySize).slice(0, top),
    summed: parts.flatMap((part) => part.summed).sort(bySize).slice(0, top),
    saes: saes.map((sae, i) => ({ sae, rows: parts[i].rows })),
    gradients,
  };
}

/** Rows at their indices in an array that is 0 elsewhere. */
function putRows({ data, shape: [, width] }: FloatArray, indices: readonly number[], shape: readonly number[]): FloatArray {
  const all = new Float32Array(shape[0] * shape[1]);
  indices.forEach((row, i) => all.set(data.subarray(i * width, (i + 1) * width), row * width));
  return floats(all, shape);
}

interface OwnAttribution {
  top: LatentNode[];
  summed: LatentAttribution['summed'];
  rows: RowAttribution[];
}

/** One SAE's attributions. [rows, dSae] stays in the graph: what leaves it is the largest few of each row and sums. */
async function attributionOf(
  sae: LoadedSae,
  rows: { x: FloatArray; source: FloatArray; cotangent: FloatArray },
  place: (row: number) => { position: number; head: number | null },
  top: number,
  withError: boolean,
): Promise<OwnAttribution> {
  const { dSae } = sae.config;
  const count = Math.min(top, dSae);
  const result = await sae.run(`attribution ${count}`, rows, {}, (trace, { x, source, cotangent }) => {
    const [base, other] = [trace.encode(x), trace.encode(source)];
    const attribution = mul(sub(other, base), latentGradientOf(trace, { x, cotangent }));
    const { indices } = topK(abs(attribution), count);
    const at = (values: typeof base) => gatherElements(values, indices, 1);
    const errors = sub(sub(source, trace.decode(other, source)), sub(x, trace.decode(base, x)));
    return {
      indices,
      attributions: at(attribution),
      bases: at(base),
      sources: at(other),
      latents: reduceSum(attribution, -1),
      error: reduceSum(mul(errors, cotangent), -1),
      // One row for each piece in which the rows are run.
      sums: reduceSum(attribution, 0, true),
    };
  });
  const nodes: LatentNode[] = [];
  for (let i = 0; i < result.indices.data.length; i++) {
    const value = (name: string) => Number(result[name].data[i]);
    if (value('attributions') === 0) continue;
    const where = place(Math.floor(i / count));
    nodes.push({ sae, latent: value('indices'), ...where, base: value('bases'), source: value('sources'), attribution: value('attributions') });
  }
  const summed = Array.from({ length: dSae }, (_, latent) => ({ sae, latent, attribution: 0 }));
  (result.sums as FloatArray).data.forEach((value, i) => (summed[i % dSae].attribution += value));
  return {
    top: nodes,
    summed: summed.filter(({ attribution }) => attribution !== 0),
    rows: Array.from({ length: rows.x.shape[0] }, (_, row): RowAttribution => ({
      ...place(row),
      latents: Number(result.latents.data[row]),
      error: withError ? Number(result.error.data[row]) : null,
    })),
  };
}
