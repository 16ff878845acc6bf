/** Patching between a program and its near twin, with positions named by the original's tokens. */
import { patchPositions, SMALLEST_DIFFERENCE, type PatchingResult } from '../../../methods/patching/patching';
import { POSITION } from '../../../methods/patching/axes';
import { openCells } from '../../../methods/patching/open-cells';
import { isCheap, operations, type Cell } from '../../../methods/patching/plan';
import type { Patch } from '../../../methods/patching/sweep';
import type { ModelShape } from '../../../architectures';
import type { Part } from '../../../protocol/analyses';
import type { CodeTokenizer } from '../../../snippets/tokenizer/tokenizer';
import { explainSweep } from '../findings';
import { rounded } from '../../session/rounded';
import { explainedMetric, shareOf, type Pair, type PairedRuns } from '../../twins/pair';
import type { Work } from '../../session/cost';
import type { Run } from '../run';
import type { PatchingEstimate } from '../../../vocabulary/patching-estimate';

type Patching = Part<'patching'>;

export const patching: Run<'patching'> = {
  cost: async (reading, { site, direction, window, exact, answers }, { against, topK, ...asking }) => {
    const { shape } = reading.loaded.model;
    const pair = await reading.pair(against, answers, topK, asking);
    const runs = pair.runs(direction);
    const cells = openCells(runs, site, POSITION.units([1, runs.base.length, 1], runs.sourceOf), shape.layers);
    return sweepWork(cells, runs.base.length, shape, exact || window > 1);
  },
  run: async (reading, { site, direction, window, exact, answers }, { against, topK, signal, onProgress, soFar }) => {
    const { model, tokenizer } = reading.loaded;
    const pair = await reading.pair(against, answers, topK, { signal, onProgress });
    const runs = pair.runs(direction);
    const explained = (result: PatchingResult) => ({
      site, direction, ...(window > 1 && { window }), ...explainedSweep(pair, runs, direction === 'denoising', result, tokenizer),
    });
    const key = [against ?? null, site, direction, answers, window];
    const known = reading.sweep(key);
    const result = await patchPositions(model, {
      base: runs.base,
      source: runs.source,
      sourceOf: runs.sourceOf,
      metric: pair.logits,
      site,
      window,
      exact,
      known,
      signal,
      onProgress: (done, total, now) => {
        onProgress?.('Patching', done, total);
        soFar(() => explained(now), done, total);
      },
    });
    reading.keepSweep(key, result);
    const value = explained(result);
    const { length } = runs.base;
    const made = sweepMade(openCells(runs, site, POSITION.units([1, length, 1], runs.sourceOf), model.shape.layers), result);
    const findings = explainSweep(value, reading, await reading.actual());
    return { value, findings, operations: known ? 0 : operations(made, length, model.shape) };
  },
};

/** Of the work of all patches, what is usually done where they are estimated first: of 22 sweeps of the embedded model 5 to 20 %. */
const USUALLY_MADE = 0.2;

/** What a sweep takes; where it is estimated first, so many patches at most, and the time of those that are usually made. */
export function sweepWork(cells: readonly Cell[], length: number, shape: ModelShape, exact: boolean): Work {
  const atMost = !exact && !isCheap(cells, length, shape);
  return { count: cells.length, unit: 'patches', operations: (atMost ? USUALLY_MADE : 1) * operations(cells, length, shape), atMost };
}

/** The patches that were really made. */
export function sweepMade(cells: readonly Patch[], { measured }: PatchingResult): Patch[] {
  return cells.filter(({ layer, unit }) => measured[layer][unit]);
}

export function explainedSweep(
  { metric, original }: Pair,
  { baseOf }: PairedRuns,
  denoising: boolean,
  { baseMetric, sourceMetric, metric: values, measured, estimate }: PatchingResult,
  tokenizer: CodeTokenizer,
): Omit<Patching, 'site' | 'direction'> {
  const { length } = original.ids;
  const [clean, corrupted] = denoising ? [sourceMetric, baseMetric] : [baseMetric, sourceMetric];
  const difference = values.map((row) => baseOf.map((base) => (base === null || Number.isNaN(row[base]) ? null : row[base])));
  const share = (value: number | null) => (value === null ? null : shareOf(value, clean, corrupted));
  const effect = Math.abs(clean - corrupted) >= SMALLEST_DIFFERENCE ? difference.map((row) => row.map(share)) : null;
  const logitDifference = difference.map((row) => row.map((value) => (value === null ? null : rounded(value))));
  const made = estimate && measured.map((row) => baseOf.map((base) => base === null || row[base]));
  const part = (from: number, to?: number) => ({
    effect: effect && effect.map((row) => row.slice(from, to)),
    logitDifference: logitDifference.map((row) => row.slice(from, to)),
    ...(made && { measured: made.map((row) => row.slice(from, to)) }),
  });
  return {
    metric: explainedMetric(metric, tokenizer),
    clean: rounded(clean),
    corrupted: rounded(corrupted),
    ...part(0, length),
    ...(estimate && { estimate: roundedEstimate(estimate) }),
    ...(metric.shared.length > 0 && {
      behind: { tokens: metric.shared.map((id) => ({ id, text: tokenizer.tokenText(id) })), ...part(length) },
    }),
  };
}

export function roundedEstimate(estimate: PatchingEstimate): PatchingEstimate {
  const orNull = (value: number | null) => (value === null ? null : rounded(value));
  return { ...estimate, correlation: orNull(estimate.correlation), largestMiss: orNull(estimate.largestMiss) };
}
