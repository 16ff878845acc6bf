/**
 * Attribution patching of nodes, token by token (Nanda 2023; with integrated gradients Hanna et al. 2024): by how much the metric would
 * change if one part wrote at a token what it writes in the source's run, to first order.
 *
 *   score(part, token) = (a_source − a_base) · mean over points of ∂metric/∂a
 *
 * It is the sum of the part's edges (`EdgeScores`) at the token, at the price of one backward pass a point. With several points, a norm
 * behind attention (Gemma) has its slope at each of them here, and for edges that at the base: sums over a head's edges are others there.
 */
import { gradientsOf, logitDifference, residualsBefore, type Model } from '../../model';
import { siteName } from '../../vocabulary/sites';
import { logitDifferences } from '../patching/patching';
import { writersOf } from './graph';
import { differing, pointsBetween, type PairOptions } from './points';
import { ProgramRuns, tailOf } from './program-runs';
import { writingSites } from './replacement';

export interface NodeScoresOfPair {
  /** Positions of the base at which anything can differ, ascending. */
  readonly positions: readonly number[];
  /** [writers, positions]; 0 for a layer's remainder. */
  readonly scores: readonly Float64Array[];
  readonly baseMetric: number;
  readonly sourceMetric: number;
}

export async function nodeScoresOf(model: Model, options: PairOptions): Promise<NodeScoresOfPair> {
  const { base, source, sourceOf, metric, steps, signal, runs: kept = new ProgramRuns(model) } = options;
  const { heads, headSize, width } = model.shape;
  const sites = writingSites(model);
  const [own, there] = [await kept.of(base, signal), await kept.of(source, signal)];
  const [baseMetric] = await logitDifferences(model, own.resid, [base.length - 1], metric);
  const [sourceMetric] = await logitDifferences(model, there.resid, [source.length - 1], metric);
  const positions = differing(options);
  if (positions.length === 0) return { positions, scores: writersOf(model).map(() => new Float64Array(0)), baseMetric, sourceMetric };
  const [first] = positions;
  const runs = { base: own, source: there };
  const rows = steps === undefined ? tailOf(own, first) : await pointsBetween(model, runs, options, steps, residualsBefore(model));
  const gradients = await gradientsOf(model, rows, logitDifference(metric.positive, metric.negative), sites, signal);
  const { positions: length, lengths: { length: count } } = rows.layout;
  const scores = writersOf(model).map((writer) => {
    const found = new Float64Array(positions.length);
    if (writer.kind === 'remainder') return found;
    const name = siteName(writer.kind === 'embed' ? sites[0] : sites[1 + 2 * writer.layer + (writer.kind === 'mlp' ? 1 : 0)]);
    const [before, after, slope] = [own.sites.get(name)!.data, there.sites.get(name)!.data, gradients.get(name)!.data];
    const [size, start, end] = writer.kind === 'head' ? [heads * headSize, writer.head * headSize, (writer.head + 1) * headSize] : [width, 0, width];
    positions.forEach((position, at) => {
      const from = sourceOf[position]!;
      for (let i = start; i < end; i++) {
        let mean = 0;
        for (let row = 0; row < count; row++) mean += slope[(row * length + position - first) * size + i];
        found[at] += ((after[from * size + i] - before[position * size + i]) * mean) / count;
      }
    });
    return found;
  });
  return { positions, scores, baseMetric, sourceMetric };
}
