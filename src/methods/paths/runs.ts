/** Both runs that paths are patched between, at those positions of the base at which a change can matter. */
import { sliceAxis, type LayerCache, type Model, type RunResult } from '../../model';
import type { FloatArray } from '../../graph';
import { blockSite, siteName, type BlockSite } from '../../vocabulary/sites';
import { vectorSize } from '../patching/axes';
import type { Reader } from '../nodes';

export class PathRuns {
  /** The first of the positions: before it all is as in the base. */
  readonly start: number;

  /** @param positions ascending */
  constructor(
    readonly model: Model,
    private readonly runs: { readonly base: RunResult; readonly source: RunResult },
    private readonly sourceOf: readonly (number | null)[],
    readonly positions: readonly number[],
  ) {
    this.start = positions[0] ?? 0;
  }

  /** A site's vectors, each by the index of its position. */
  of(run: 'base' | 'source', layer: number, site: BlockSite): (at: number) => Float32Array {
    const { data, shape } = this.runs[run].sites.get(siteName(blockSite(layer, site)))!;
    const size = vectorSize(shape);
    return (at) => {
      const from = run === 'base' ? this.positions[at] : this.sourceOf[this.positions[at]]!;
      return data.subarray(from * size, (from + 1) * size);
    };
  }

  /** The base's stream before a layer, or behind the last one: [1, positions from `start` on, width]. */
  residual(layer: number): FloatArray {
    const { sites, resid } = this.runs.base;
    const whole = sites.get(siteName(blockSite(layer, 'hook_resid_pre'))) ?? resid;
    return sliceAxis(whole, 1, this.start, whole.shape[1]);
  }

  /** The base's keys and values before `start`. */
  past(layer: number): LayerCache | undefined {
    const { keys, values } = this.runs.base.cache!.layers[layer];
    return this.start > 0 ? { keys: sliceAxis(keys, 2, 0, this.start), values: sliceAxis(values, 2, 0, this.start) } : undefined;
  }

  /** The positions, by their index, at which what a reader reads matters: of the last layer's queries and MLP the last token's alone. */
  readAt(reader: Reader): number[] {
    const { shape: { layers } } = this.model;
    const last = this.runs.base.layout.positions - 1;
    const onlyLast = reader.kind === 'logits' || (reader.layer === layers - 1 && !(reader.kind === 'head' && reader.input !== 'q'));
    return [...this.positions.keys()].filter((at) => !onlyLast || this.positions[at] === last);
  }
}
