/**
 * Path patching (Wang et al. 2022, arXiv 2211.00593; Goldowsky-Dill et al. 2023): what senders write goes from the source's run to some
 * receivers of the base's run, and to nothing else; then the rest of the model runs on.
 *
 *   receiver's input := its input + Σ over senders of (what it writes in the source − what it writes), before the receiver's norm
 *
 * The norm is computed anew of the changed input, so nothing here is a straight line. Several receivers are live in one run: what one
 * changes reaches those behind it as it reaches everything else. Directly, no other part sees the senders' change; through MLPs, those
 * between senders and a receiver see it and pass on what it changes, while attention does not.
 */
import { floats } from '../../graph';
import { residualsBefore, type Model } from '../../model';
import { blockSite } from '../../vocabulary/sites';
import { checkReader, reads, readUpTo, writersOf, type Reader, type Writer } from '../nodes';
import { logitDifferences } from '../patching/patching';
import { TOKENS_AT_ONCE } from '../patching/sweep';
import { Climb, type Sender } from './climb';
import { PathRuns } from './runs';

export type { Sender };

export interface PathOptions {
  /** Token ids of the run that is patched, and of the run that senders are taken from. */
  readonly base: readonly number[];
  readonly source: readonly number[];
  /** Which position of the source each position of the base corresponds to; null where there is none. */
  readonly sourceOf: readonly (number | null)[];
  /** The metric is logit[positive] - logit[negative] at the last position. */
  readonly metric: { readonly positive: number; readonly negative: number };
  /** At least one. */
  readonly receivers: readonly Reader[];
  /** Whether MLPs between senders and receivers pass the change on. */
  readonly throughMlps: boolean;
  /** Positions of the base at which senders are changed; all that have a counterpart where left out. */
  readonly positions?: readonly number[];
  readonly signal?: AbortSignal;
}

export interface PathResult {
  /** The metric with the senders' paths patched; that of the unpatched run, to the bit, where nothing changed. */
  readonly metric: number;
  /** Whether any number of any receiver's input is another. */
  readonly changed: boolean;
}

/** Both runs, read for paths to some receivers. */
export class Paths {
  private constructor(
    private readonly model: Model,
    private readonly options: PathOptions,
    private readonly runs: PathRuns,
    readonly baseMetric: number,
    readonly sourceMetric: number,
  ) {}

  /** @throws a sentence where the model has no such receiver */
  static async read(model: Model, options: PathOptions): Promise<Paths> {
    const { base, source, sourceOf, metric, receivers, signal } = options;
    const { shape, architecture: { sites } } = model;
    for (const receiver of receivers) checkReader(shape, receiver);
    const ends = receivers.map((receiver) => readUpTo(model.architecture, receiver).layer);
    const below = Math.min(shape.layers, Math.max(...ends) + 1);
    const inner = (['attn.hook_z', 'hook_attn_out', 'hook_resid_mid', 'hook_mlp_out'] as const).filter((site) => sites.includes(site));
    const each = Array.from({ length: below }, (_, layer) => inner.map((site) => blockSite(layer, site))).flat();
    const baseRun = await model.run([base], { read: [...residualsBefore(model), ...each], cache: true, signal });
    const sourceRun = await model.run([source], { read: [blockSite(0, 'hook_resid_pre'), ...each], signal });
    const [baseMetric] = await logitDifferences(model, baseRun.resid, [base.length - 1], metric);
    const [sourceMetric] = await logitDifferences(model, sourceRun.resid, [source.length - 1], metric);
    const chosen = new Set(options.positions ?? base.keys());
    const runsAt = (positions: readonly number[]) => new PathRuns(model, { base: baseRun, source: sourceRun }, sourceOf, positions);
    const all = runsAt(sourceOf.flatMap((from, at) => (from !== null && chosen.has(at) ? [at] : [])));
    const read = new Set(receivers.flatMap((receiver) => all.readAt(receiver)));
    return new Paths(model, options, runsAt(all.positions.filter((_, at) => read.has(at))), baseMetric, sourceMetric);
  }

  /** Positions of the base at which a change can matter, ascending. */
  get positions(): readonly number[] {
    return this.runs.positions;
  }

  /** All that write what any receiver reads, heads one by one, in the order in which they do. */
  writers(): Writer[] {
    return writersOf(this.model.shape).filter((writer) => this.reach(writer));
  }

  /**
   * Patches the paths of each set of senders, together, to the receivers.
   * @param onProgress is given the results so far
   * @throws where a sender lies before no receiver
   */
  async patch(sets: readonly (readonly Sender[])[], onProgress?: (soFar: readonly PathResult[]) => void): Promise<PathResult[]> {
    const { signal } = this.options;
    const atOnce = Math.max(1, Math.floor(TOKENS_AT_ONCE / this.options.base.length));
    const results: PathResult[] = [];
    for (let start = 0; start < sets.length; start += atOnce) {
      const some = sets.slice(start, start + atOnce);
      const changed = await this.climb(some).run(signal);
      const values = await this.metrics([...changed.values()]);
      const rows = [...changed.keys()];
      results.push(...some.map((_, i): PathResult => {
        const row = rows.indexOf(i);
        return row < 0 ? { metric: this.baseMetric, changed: false } : { metric: values[row], changed: true };
      }));
      onProgress?.(results);
      await new Promise((resolve) => setImmediate(resolve)); // lets a cancellation arrive
    }
    return results;
  }

  /** Of last residual streams. */
  private async metrics(streams: readonly Float32Array[]): Promise<number[]> {
    const { model, options: { metric } } = this;
    if (streams.length === 0) return [];
    const data = new Float32Array(streams.length * model.shape.width);
    streams.forEach((stream, i) => data.set(stream, i * model.shape.width));
    return logitDifferences(model, floats(data, [streams.length, model.shape.width]), [...streams.keys()], metric);
  }

  private climb(sets: readonly (readonly Sender[])[]): Climb {
    if (!sets.flat().every((sender) => this.reach(sender))) throw new Error('A sender has to lie before a receiver.');
    const { receivers, throughMlps } = this.options;
    return new Climb(this.runs, receivers, throughMlps, sets);
  }

  private reach(sender: Sender): boolean {
    const writer: Writer = sender.kind === 'attention' ? { kind: 'head', layer: sender.layer, head: 0 } : sender;
    return this.options.receivers.some((receiver) => reads(this.model.architecture, receiver, writer));
  }
}
