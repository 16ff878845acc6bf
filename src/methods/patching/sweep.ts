/** Makes chosen patches of a sweep, those of a few units in one batch that climbs the layers. */
import { floats, type FloatArray } from '../../graph';
import { concatAxis, positionFeeds, sliceAxis, type BatchLayout, type Hook, type LayerCache, type Model, type RunResult } from '../../model';
import type { Unit } from './axes';
import type { Cell } from './plan';
import { blockSite, siteName, type BlockSite } from '../../vocabulary/sites';

/** A cell with those positions of its unit at which a patch can change anything; the first of them is the cell's. */
export interface Patch extends Cell, Unit {}

/** Rows of a batch at a site: `data` of the given row, [positions from `first` on, …], is changed in place. */
export interface Row {
  readonly data: Float32Array;
  readonly shape: readonly number[];
  readonly row: number;
  /** The position of the base's run with which a row begins. */
  readonly first: number;
}

/** Makes one patch. */
export type Put = (into: Row, patch: Patch, site: Hook['site']) => void;

/** Tokens in one run of a block: bounds memory, and is enough to keep the processor busy. */
export const TOKENS_AT_ONCE = 1024;

/**
 * The patches of one group (`groups`), climbing the layers together: each layer adds its own patches to the batch. The last layer is only
 * computed for the last position, where the metric is read. With a window of several layers a patch is made again in those that follow.
 */
export class Sweep {
  private readonly start: number;

  /**
   * @param base has read hook_resid_pre of every layer, with its cache
   * @param cells ordered by layer
   * @param window in so many layers, from the cell's on, each patch is made
   */
  constructor(
    private readonly model: Model,
    private readonly site: BlockSite,
    private readonly base: RunResult,
    private readonly put: Put,
    private readonly cells: readonly Patch[],
    private readonly window = 1,
  ) {
    this.start = Math.min(...cells.map(({ position }) => position));
  }

  /** The residual stream at the end, [cells, 1, width]. */
  async run(signal?: AbortSignal): Promise<FloatArray> {
    let resid: FloatArray | undefined;
    for (let layer = this.cells[0].layer; layer < this.model.shape.layers; layer++) {
      signal?.throwIfAborted();
      const patches = this.cells.filter((cell) => cell.layer <= layer && layer < cell.layer + this.window);
      if (patches.length === 0) {
        resid = await this.block(layer, resid!);
        continue;
      }
      const fresh = patches.filter((cell) => cell.layer === layer).length;
      // Those that are patched here have joined last.
      const [left, again] = split(resid, patches.length - fresh);
      const entering = joined(again, fresh === 0 ? undefined : this.entering(layer, fresh));
      if (this.site === 'hook_resid_pre') {
        resid = await this.block(layer, joined(left, this.patched(entering, blockSite(layer, this.site), patches)));
      } else resid = joined(left && (await this.block(layer, left)), await this.block(layer, entering, patches));
    }
    return resid!;
  }

  /** The base run's keys and values before `start`. */
  private past(layer: number): LayerCache | undefined {
    const { keys, values } = this.base.cache!.layers[layer];
    return this.start > 0 ? { keys: sliceAxis(keys, 2, 0, this.start), values: sliceAxis(values, 2, 0, this.start) } : undefined;
  }

  /** The base run's residual stream before a layer, from `start` on, so many times. */
  private entering(layer: number, rows: number): FloatArray {
    const whole = this.base.sites.get(siteName(blockSite(layer, 'hook_resid_pre')))!;
    const one = sliceAxis(whole, 1, this.start, whole.shape[1]);
    return concatAxis(Array.from({ length: rows }, () => one), 0);
  }

  /** Row i with the patch here[i]. */
  private patched({ data: before, shape }: FloatArray, site: Hook['site'], here: readonly Patch[]): FloatArray {
    const data = before.slice();
    here.forEach((patch, row) => this.put({ data, shape, row, first: this.start }, patch, site));
    return floats(data, shape);
  }

  /**
   * One block over the batch, in parts that fit.
   * @param patches made in it, one a row
   */
  private async block(layer: number, resid: FloatArray, patches?: readonly Patch[]): Promise<FloatArray> {
    const [count, length] = resid.shape;
    const last = layer === this.model.shape.layers - 1;
    const size = Math.max(1, Math.floor(TOKENS_AT_ONCE / length));
    const past = this.past(layer);
    const parts: FloatArray[] = [];
    for (let row = 0; row < count; row += size) {
      const part = count <= size ? resid : sliceAxis(resid, 0, row, Math.min(row + size, count));
      const layout: BatchLayout = { lengths: Array.from({ length: part.shape[0] }, () => length), positions: length };
      const feeds = positionFeeds(layout, { length: this.start });
      const site = blockSite(layer, this.site);
      const edit = (activation: FloatArray) => this.patched(activation, site, patches!.slice(row, row + size));
      const hooks = patches ? [{ site, edit }] : [];
      const result = await this.model.runBlock(layer, part, feeds, { past, hooks, lastOnly: last && !patches, layout });
      parts.push(last && patches ? sliceAxis(result.resid, 1, length - 1, length) : result.resid);
    }
    return concatAxis(parts, 0);
  }
}

/** The rows before the last so many, and these; undefined where there are none. */
function split(resid: FloatArray | undefined, count: number): [FloatArray | undefined, FloatArray | undefined] {
  if (!resid || count === 0) return [resid, undefined];
  const rows = resid.shape[0];
  return [count === rows ? undefined : sliceAxis(resid, 0, 0, rows - count), sliceAxis(resid, 0, rows - count, rows)];
}

function joined(before: FloatArray | undefined, after: FloatArray | undefined): FloatArray {
  return concatAxis([before, after].filter((part) => part !== undefined), 0);
}
