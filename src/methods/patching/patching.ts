/**
 * Activation patching over layers and positions, or other units of an axis (Meng et al. 2022; Heimersheim & Nanda 2024): an activation
 * of one program is put into the run of its near twin, and the change of a logit difference is measured.
 *
 * A patch at a layer recomputes only the later layers, and one at a position only the later positions: what lies before comes from
 * the base run's keys and values. Patches of several units and all lower layers ride in one batch.
 *
 * Where patching every cell would take long, all of them are estimated first (`attributionPatching`), and the estimate says which are
 * really patched: see `patchEnough`.
 */
import { CLEAR_DIFFERENCE } from '../prediction/metric';
import type { FloatArray } from '../../graph';
import { readLogits, residualsBefore, type Model, type RunResult } from '../../model';
import { attributionPatching } from './attribution-patching';
import { POSITION, put, type Axis, type Unit } from './axes';
import { openCells } from './open-cells';
import { Correlation, drawn, editedPositions, groups, isCheap } from './plan';
import { Sweep, type Patch, type Put } from './sweep';
import { blockSite, siteName, type BlockSite, type PatchSite } from '../../vocabulary/sites';
import type { PatchingEstimate } from '../../vocabulary/patching-estimate';

export interface PatchingOptions<S extends BlockSite = PatchSite> {
  /** Token ids of the run that is patched, and of the run that the activations come from. */
  base: readonly number[];
  source: readonly number[];
  /** Which position of the source each position of the base corresponds to; null where there is none. */
  sourceOf: readonly (number | null)[];
  /** The metric is logit[positive] - logit[negative] at the last position. */
  metric: { readonly positive: number; readonly negative: number };
  site?: S;
  /** Only in this layer; in every one if left out. */
  layer?: number;
  /** In so many layers, from a cell's on, its patch is made; in its own alone if left out. With several nothing is estimated. */
  window?: number;
  /** Whether every cell is really patched, however long that takes. */
  exact?: boolean;
  /** What an earlier sweep of the same found: its patches are not made again. */
  known?: PatchingResult;
  signal?: AbortSignal;
  /**
   * Called before the first patch and whenever more of them are made; the metric of a patch that has not been made yet is its estimate,
   * or NaN where nothing is estimated. The total grows where more turn out to be needed.
   */
  onProgress?: (done: number, total: number, soFar: PatchingResult) => void;
}

export interface PatchingResult {
  site: BlockSite;
  /** Patches that can change anything. */
  cells: number;
  /** The metric of the unpatched base run and of the source run. */
  baseMetric: number;
  sourceMetric: number;
  /**
   * [layer][unit; position of the base, where positions are patched]: the metric of the base run with that one activation taken from the
   * source, estimated where it is not measured; null where there is no counterpart. Layers that were not asked for have no units.
   */
  metric: (number | null)[][];
  /** [layer][unit]: whether the patch was made, or can change nothing. */
  measured: boolean[][];
  /** [layer][unit]: the estimated metric; null where nothing was estimated, as for a whole sweep that is cheap. */
  estimates: (number | null)[][] | null;
  /** Null where nothing was estimated. */
  estimate: PatchingEstimate | null;
}

/** With a smaller difference between both runs (in logits), shares of it say more about rounding than about the model. */
export const SMALLEST_DIFFERENCE = CLEAR_DIFFERENCE;

/** What is estimated to move more than this share of the difference is patched. */
const ESTIMATED = 0.01;
/** A patch that moves less than this share agrees with an estimate of next to nothing. */
const AGREES = 0.05;
/** Cells drawn for a check: so many, and this share of what is left; more of them where estimates and patches hardly correlate. */
const LEAST_CHECKED = 8;
const CHECKED = 0.03;
const CHECKED_IN_DOUBT = 0.1;
const DOUBTFUL = 0.5;
/** Cells that are patched before those with smaller estimates. */
const CELLS_AT_ONCE = 32;

/** Patches each position's whole activation at a site. */
export function patchPositions(model: Model, options: PatchingOptions): Promise<PatchingResult> {
  return patchUnits(model, POSITION, { site: 'hook_resid_pre', ...options });
}

/** Patches each unit of an axis at each layer, at all of its positions that have a counterpart. */
export async function patchUnits(
  model: Model,
  axis: Axis,
  options: PatchingOptions<BlockSite> & { site: BlockSite },
): Promise<PatchingResult> {
  const { base, source, sourceOf, site, known, signal } = options;
  if (!axis.sites.includes(site)) throw new Error(`patching: ${site} cannot be patched by ${axis.name}`);
  if (sourceOf.length !== base.length) throw new Error('patching: sourceOf needs one entry for each position of the base prompt');
  const complete = known?.measured.every((row) => !row.includes(false));
  if (known && (!options.exact || complete)) {
    const done = known.estimate?.measuredCells ?? known.cells;
    options.onProgress?.(done, done, known);
    return known;
  }

  const every = Array.from({ length: model.shape.layers }, (_, layer) => layer);
  const layers = options.layer === undefined ? every : [options.layer];
  const sites = layers.map((layer) => blockSite(layer, site));
  const read = [...residualsBefore(model), ...sites];
  const baseRun = await model.run([base], { read, cache: true, signal });
  const sourceRun = await model.run([source], { read, signal });
  const [baseMetric] = await logitDifferences(model, baseRun.resid, [base.length - 1], options.metric);
  const [sourceMetric] = await logitDifferences(model, sourceRun.resid, [source.length - 1], options.metric);

  const units = axis.units(baseRun.sites.get(siteName(sites[0]))!.shape, sourceOf);
  const cells = openCells(options, site, units, model.shape.layers).filter(({ layer }) => layers.includes(layer));
  const aligned = ({ positions }: Unit) => positions.some((position) => sourceOf[position] !== null);
  const byLayer = <T>(of: (at: number) => T[]) => every.map((layer) => (layers.includes(layer) ? of(layers.indexOf(layer)) : []));
  const metric = byLayer(() => units.map((unit) => (aligned(unit) ? baseMetric : null)));
  const measured = byLayer(() => units.map(() => true));
  const estimated = async () => {
    const made = await attributionPatching(model, { ...options, base: baseRun, source: sourceRun, baseMetric, axis, sites });
    return byLayer((at) => made[at]);
  };
  const all = axis.whole || (options.window ?? 1) > 1 || isCheap(cells, base.length, model.shape);
  const estimates = all ? null : (known?.estimates ?? (await estimated()));
  const result: PatchingResult = { site, cells: cells.length, baseMetric, sourceMetric, metric, measured, estimates, estimate: null };
  for (const { layer, unit } of cells) {
    measured[layer][unit] = known?.measured[layer][unit] ?? false;
    metric[layer][unit] = measured[layer][unit] ? known!.metric[layer][unit] : estimates ? estimates[layer][unit] : NaN;
  }
  await new Patching(model, axis, options, { base: baseRun, source: sourceRun }, cells, result).run();
  return result;
}

class Patching {
  private done = 0;
  /** What each cell is estimated to move; null where every cell is patched at once. */
  private readonly estimated: ReadonlyMap<Patch, number> | null;
  private readonly agreement = new Correlation();
  private check: Pick<PatchingEstimate, 'checked' | 'largestMiss'> = { checked: 0, largestMiss: null };

  constructor(
    private readonly model: Model,
    private readonly axis: Axis,
    private readonly options: PatchingOptions<BlockSite>,
    private readonly runs: { base: RunResult; source: RunResult },
    private readonly cells: readonly Patch[],
    private readonly result: PatchingResult,
  ) {
    const { estimates } = result;
    this.estimated = estimates && new Map(cells.map((cell) => [cell, this.share(estimates[cell.layer][cell.unit]!)]));
  }

  async run(): Promise<void> {
    this.count(this.cells.filter(({ layer, unit }) => this.result.measured[layer][unit]));
    this.summarise();
    if (!this.estimated || this.options.exact) {
      this.tell(this.cells.length);
      await this.patchLargest(ESTIMATED, this.cells.length);
      await this.patch(this.rest(), this.cells.length);
    } else await this.patchEnough();
  }

  /**
   * Patches what the answer may hang on, from the largest estimate down: every cell that is estimated to move the metric; before them
   * those of edited tokens; behind them the last layer, which costs next to nothing; and in either layer next to a cell that did move the
   * same unit, as the residual stream changes little from a layer to the next. Then cells are drawn at random from the rest. Where
   * one of them moves, the estimates do not hold: half as large ones are patched, and so on.
   */
  private async patchEnough(): Promise<void> {
    const { base, source, sourceOf } = this.options;
    const edited = new Set(editedPositions(base, source, sourceOf));
    const last = this.model.shape.layers - 1;
    const sure = this.cells.filter(({ layer, position }) => layer === last || edited.has(position));
    let planned = new Set([...sure, ...this.largest(ESTIMATED)]).size + LEAST_CHECKED;
    this.tell(planned);
    await this.patch(sure.filter(({ position }) => edited.has(position)), planned);
    for (let threshold = ESTIMATED; ; threshold /= 2) {
      await this.patchLargest(threshold, planned);
      await this.patch(this.rest().filter(({ layer }) => layer === last), planned);
      await this.follow();
      const rest = this.rest();
      const share = (this.agreement.value ?? 0) < DOUBTFUL ? CHECKED_IN_DOUBT : CHECKED;
      const some = drawn(rest, Math.max(LEAST_CHECKED, Math.ceil(share * rest.length)));
      await this.patch(some, this.done + some.length);
      const worst = Math.max(0, ...some.map((cell) => Math.abs(this.moved(cell))));
      const complete = some.length === rest.length;
      this.check = complete ? { checked: 0, largestMiss: null } : { checked: some.length, largestMiss: worst };
      this.summarise();
      if (complete || worst < AGREES) return;
      planned = this.done + this.largest(threshold / 2).length + some.length;
    }
  }

  private async follow(): Promise<void> {
    const { measured } = this.result;
    const moves = (layer: number, unit: number) => measured[layer]?.[unit] && Math.abs(this.moved({ layer, unit })) >= AGREES;
    for (;;) {
      const next = this.rest().filter(({ layer, unit }) => moves(layer - 1, unit) || moves(layer + 1, unit));
      if (next.length === 0) return;
      await this.patch(next, this.done + next.length + LEAST_CHECKED);
    }
  }

  /** What is left that is estimated to move so much, the largest first. */
  private largest(threshold: number): Patch[] {
    const { estimated } = this;
    if (!estimated) return [];
    const size = (cell: Patch) => Math.abs(estimated.get(cell)!);
    return this.rest().filter((cell) => size(cell) >= threshold).sort((a, b) => size(b) - size(a));
  }

  private async patchLargest(threshold: number, planned: number): Promise<void> {
    const cells = this.largest(threshold);
    for (let start = 0; start < cells.length; start += CELLS_AT_ONCE) await this.patch(cells.slice(start, start + CELLS_AT_ONCE), planned);
  }

  /** @param planned patches in all, as far as is known */
  private async patch(cells: readonly Patch[], planned: number): Promise<void> {
    const { axis: { layout }, options: { base, sourceOf, metric, window, signal }, runs, model, result } = this;
    const putSource: Put = (into, patch, site) => put(into, runs.source.sites.get(siteName(site))!, patch, sourceOf, layout);
    for (const group of groups(cells, base.length, model.shape.layers)) {
      const resid = await new Sweep(model, result.site, runs.base, putSource, group, window).run(signal);
      const values = await logitDifferences(model, resid, group.map((_, i) => i), metric);
      group.forEach((cell, i) => {
        result.metric[cell.layer][cell.unit] = values[i];
        result.measured[cell.layer][cell.unit] = true;
      });
      this.count(group);
      this.summarise();
      this.tell(planned);
      await new Promise((resolve) => setImmediate(resolve)); // lets a cancellation arrive
    }
  }

  private count(made: readonly Patch[]): void {
    this.done += made.length;
    if (this.estimated) for (const cell of made) this.agreement.add(this.estimated.get(cell)!, this.moved(cell));
  }

  private rest(): Patch[] {
    return this.cells.filter(({ layer, unit }) => !this.result.measured[layer][unit]);
  }

  private moved({ layer, unit }: Pick<Patch, 'layer' | 'unit'>): number {
    return this.share(this.result.metric[layer][unit]!);
  }

  /** What a patch moves the metric, as a share of the difference between both runs. */
  private share(metric: number): number {
    const { baseMetric, sourceMetric } = this.result;
    return (metric - baseMetric) / Math.max(Math.abs(sourceMetric - baseMetric), SMALLEST_DIFFERENCE);
  }

  private tell(planned: number): void {
    this.options.onProgress?.(this.done, Math.max(this.done, planned), this.result);
  }

  private summarise(): void {
    if (!this.estimated) return;
    this.result.estimate = { cells: this.cells.length, measuredCells: this.done, correlation: this.agreement.value, ...this.check };
  }
}

/** The metric at rows of a last residual stream. */
export async function logitDifferences(
  model: Model,
  resid: FloatArray,
  rows: readonly number[],
  { positive, negative }: PatchingOptions['metric'],
): Promise<number[]> {
  const { data } = await readLogits(model, resid, rows, [positive, negative]);
  return rows.map((_, i) => data[2 * i] - data[2 * i + 1]);
}

/** (metric - corrupted) / (clean - corrupted): 1 is as in the clean run, 0 as in the corrupted one. */
export function normalizedEffect(metric: number, clean: number, corrupted: number): number {
  return (metric - corrupted) / (clean - corrupted);
}
