/**
 * Patching of single neurons (`mlp.hook_post`): of all of them, at every token, what a patch would change is estimated as in a sweep
 * (`attributionPatching`: the mean slope of both runs), and chosen ones are really patched, one by one or all at once.
 */
import { floats, type FloatArray } from '../../graph';
import { gradientsOf, logitDifference, residualsBefore, type Hook, type Model, type RunResult } from '../../model';
import { blockSite, siteName } from '../../vocabulary/sites';
import { put, type Unit } from './axes';
import { openCells } from './open-cells';
import { logitDifferences } from './patching';
import { groups } from './plan';
import { Sweep, type Patch, type Put } from './sweep';

const SITE = 'mlp.hook_post';

export interface Neuron {
  readonly layer: number;
  /** In its layer. */
  readonly index: number;
}

export interface NeuronOptions {
  /** Token ids of the run that is patched, and of the run that the activations come from. */
  readonly base: readonly number[];
  readonly source: readonly number[];
  /** Which position of the source each position of the base corresponds to; null where there is none. */
  readonly sourceOf: readonly (number | null)[];
  /** The metric is logit[positive] - logit[negative] at the last position. */
  readonly metric: { readonly positive: number; readonly negative: number };
  /** Only this one; all if left out. */
  readonly layer?: number;
  readonly signal?: AbortSignal;
}

/** Whether a neuron is patched at all tokens in one patch, or at each in one of its own. */
export type NeuronUnits = 'neuron' | 'neuron-and-position';

/** Both runs, and the estimates of all neurons. */
export class Neurons {
  /** @param estimates by layer that was asked for [positions of the base · neurons]: by what a patch is estimated to change the metric */
  private constructor(
    private readonly model: Model,
    private readonly options: NeuronOptions,
    private readonly runs: { readonly base: RunResult; readonly source: RunResult },
    readonly baseMetric: number,
    readonly sourceMetric: number,
    private readonly estimates: ReadonlyMap<number, Float32Array>,
  ) {}

  static async read(model: Model, options: NeuronOptions): Promise<Neurons> {
    const { base, source, sourceOf, metric, signal } = options;
    const layers = options.layer === undefined ? Array.from({ length: model.shape.layers }, (_, layer) => layer) : [options.layer];
    const sites = layers.map((layer) => blockSite(layer, SITE));
    const read = [...residualsBefore(model), ...sites];
    const runs = { base: await model.run([base], { read, cache: true, signal }), source: await model.run([source], { read, signal }) };
    const [baseMetric] = await logitDifferences(model, runs.base.resid, [base.length - 1], metric);
    const [sourceMetric] = await logitDifferences(model, runs.source.resid, [source.length - 1], metric);
    const difference = logitDifference(metric.positive, metric.negative);
    const slopes = await gradientsOf(model, runs.base, difference, sites, signal);
    const slopesThere = await gradientsOf(model, runs.source, difference, sites, signal);
    const estimates = layers.map((layer): [number, Float32Array] => {
      const name = siteName(blockSite(layer, SITE));
      const [own, other, slope, there] = [runs.base.sites, runs.source.sites, slopes, slopesThere].map((of) => of.get(name)!.data);
      const size = own.length / base.length;
      const changes = new Float32Array(own.length);
      sourceOf.forEach((from, position) => {
        if (from === null) return;
        for (let i = position * size, j = from * size; i < (position + 1) * size; i++, j++) {
          changes[i] = (other[j] - own[i]) * (slope[i] + there[j]) / 2;
        }
      });
      return [layer, changes];
    });
    return new Neurons(model, options, runs, baseMetric, sourceMetric, new Map(estimates));
  }

  /** Of every neuron, layer after layer: those with the largest estimates first, at all tokens together or at any single one. */
  ranked(per: NeuronUnits): Neuron[] {
    const { base } = this.options;
    const all = [...this.estimates].flatMap(([layer, changes]) => {
      const size = changes.length / base.length;
      return Array.from({ length: size }, (_, index) => {
        let [sum, most] = [0, 0];
        for (let i = index; i < changes.length; i += size) {
          sum += changes[i];
          most = Math.max(most, Math.abs(changes[i]));
        }
        return { layer, index, size: per === 'neuron' ? Math.abs(sum) : most };
      });
    });
    return all.sort((a, b) => b.size - a.size).map(({ layer, index }) => ({ layer, index }));
  }

  /** By what patching a neuron is estimated to change the metric at each position of the base; null without a counterpart. */
  estimate({ layer, index }: Neuron): (number | null)[] {
    const changes = this.estimates.get(layer)!;
    const size = changes.length / this.options.base.length;
    return this.options.sourceOf.map((from, position) => (from === null ? null : changes[position * size + index]));
  }

  /**
   * Really patches each neuron alone.
   * @param onProgress is given what is known so far: NaN for what is to come
   * @returns [neuron][column] the metrics: one column for all tokens, else one for each position; null without a counterpart
   */
  async patch(
    neurons: readonly Neuron[],
    per: NeuronUnits,
    onProgress?: (done: number, total: number, soFar: readonly (readonly (number | null)[])[]) => void,
  ): Promise<(number | null)[][]> {
    const { model, runs, options: { base, sourceOf, metric, signal } } = this;
    const pieces = neuronUnits(per, base.length);
    const aligned = ({ positions }: Pick<Unit, 'positions'>) => positions.some((position) => sourceOf[position] !== null);
    const metrics = neurons.map(() => pieces.map((piece) => (aligned(piece) ? this.baseMetric : null)));
    const cells = neurons.flatMap((one, row) => this.cellsOf(one, row, pieces));
    for (const { unit } of cells) metrics[Math.floor(unit / pieces.length)][unit % pieces.length] = NaN;
    let done = 0;
    onProgress?.(done, cells.length, metrics);
    const putSource: Put = (into, patch, site) => put(into, runs.source.sites.get(siteName(site))!, patch, sourceOf);
    for (const group of groups(cells, base.length, model.shape.layers)) {
      const resid = await new Sweep(model, SITE, runs.base, putSource, group).run(signal);
      const values = await logitDifferences(model, resid, group.map((_, i) => i), metric);
      group.forEach(({ unit }, i) => (metrics[Math.floor(unit / pieces.length)][unit % pieces.length] = values[i]));
      onProgress?.(done += group.length, cells.length, metrics);
      await new Promise((resolve) => setImmediate(resolve)); // lets a cancellation arrive
    }
    return metrics;
  }

  /** The metric with all of these patched at once, at these positions of the base; at all if left out. */
  async together(neurons: readonly Neuron[], positions: readonly number[] = [...this.options.base.keys()]): Promise<number> {
    const { model, runs, options: { base, sourceOf, metric, signal } } = this;
    const layers = [...new Set(neurons.map(({ layer }) => layer))];
    const changed = positions.filter((position) => sourceOf[position] !== null);
    const hooks = layers.map((layer): Hook => ({
      site: blockSite(layer, SITE),
      edit: ({ data, shape }: FloatArray) => {
        const edited = data.slice();
        const from = runs.source.sites.get(siteName(blockSite(layer, SITE)))!;
        for (const { layer: at, index } of neurons) {
          const unit = { positions: changed, start: index, end: index + 1 };
          if (at === layer) put({ data: edited, shape, row: 0, first: 0 }, from, unit, sourceOf);
        }
        return floats(edited, shape);
      },
    }));
    const layer = Math.min(...layers, model.shape.layers - 1);
    const from = { layer, resid: runs.base.sites.get(siteName(blockSite(layer, 'hook_resid_pre')))! };
    const { resid } = await model.run([base], { hooks, from, signal });
    return (await logitDifferences(model, resid, [base.length - 1], metric))[0];
  }

  private cellsOf({ layer, index }: Neuron, row: number, pieces: readonly Pick<Unit, 'positions'>[]): Patch[] {
    const units = pieces.map(({ positions }): Unit => ({ positions, start: index, end: index + 1 }));
    const cells = openCells(this.options, SITE, units, this.model.shape.layers);
    return cells.flatMap((cell) => (cell.layer === layer ? [{ ...cell, unit: row * pieces.length + cell.unit }] : []));
  }
}

/** The tokens of each patch of a neuron. */
export function neuronUnits(per: NeuronUnits, length: number): Pick<Unit, 'positions'>[] {
  const all = Array.from({ length }, (_, position) => position);
  return per === 'neuron' ? [{ positions: all }] : all.map((position) => ({ positions: [position] }));
}
