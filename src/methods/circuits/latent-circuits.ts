/**
 * What a circuit of latents does alone (Marks et al. 2024): the metric of the base's run where, at each SAE's site, all latents that are no
 * part of the circuit have the activations of the twin, and all parts of it those that come of that. What SAEs leave out, the error of each
 * site at each token, may be a part as well; where it is none, it stays that of the run, is the twin's, or nothing.
 *
 * The scale of an SAE that normalises its input goes with its error. So with all latents and errors the run is the base's, and without any
 * what lies at each site is the twin's.
 */
import { floats, type FloatArray } from '../../graph';
import { readLogits, takeRows, truncateCache, type Hook, type Model, type RunResult } from '../../model';
import { saeInput, type LoadedSae } from '../../sae';
import { logitDifferences } from '../patching/patching';
import { TOKENS_AT_ONCE } from '../patching/sweep';
import { rowsOf } from './alone';
import { requireStream, type Feature } from './features';
import { differing } from './points';
import { LatentSources, type AtSite } from './latent-sources';
import type { OtherProgram } from './replacement';

/** What errors that are no part of a circuit are: those of its own run, the twin's, or none. */
export const ERROR_MODES = ['keep', 'twin', 'zero'] as const;
export type ErrorMode = (typeof ERROR_MODES)[number];

export interface LatentCircuit {
  readonly nodes: readonly Feature[];
  /** All but these nodes. */
  readonly invert?: boolean;
  readonly errors: ErrorMode;
}

/** Activations of latents that are compared at once: bounds memory. */
const LATENTS_AT_ONCE = 2 ** 24;

/** What stands for latents and errors that are left out: what they are in other programs, their mean over several; or nothing. */
export type Instead = { readonly programs: readonly OtherProgram[]; readonly sources: LatentSources } | 'nothing';

export class LatentCircuits {
  private constructor(
    private readonly model: Model,
    private readonly base: readonly number[],
    private readonly metric: { readonly positive: number; readonly negative: number },
    private readonly saes: readonly LoadedSae[],
    private readonly run: RunResult,
    private readonly twins: ReadonlyMap<LoadedSae, AtSite>,
    /** Positions of the base that have a counterpart, from the first difference on; at others all is live. */
    private readonly positions: readonly number[],
    readonly baseMetric: number,
  ) {}

  /**
   * @param metric logit[positive] - logit[negative] at the last position of the base's token ids
   * @param instead the source's where left out; with nothing errors that are left out are to be `zero`
   * @throws as `latentEdges` does
   */
  static async read(
    model: Model,
    base: readonly number[],
    source: OtherProgram,
    metric: { readonly positive: number; readonly negative: number },
    saes: readonly LoadedSae[],
    signal?: AbortSignal,
    instead: Instead = { programs: [source], sources: new LatentSources(model, saes) },
  ): Promise<LatentCircuits> {
    requireStream(saes, model);
    const run = await model.run([base], { cache: true, signal });
    const twins = instead === 'nothing' ? nothingAt(saes, base.length, model.shape.width) : await instead.sources.meanOf(instead.programs, signal);
    const [baseMetric] = await logitDifferences(model, run.resid, [base.length - 1], metric);
    const others = instead === 'nothing' ? [source] : instead.programs;
    const all = others.flatMap(({ tokens, sourceOf }) => differing({ base, source: tokens, sourceOf }));
    const positions = [...new Set(all)].sort((x, y) => x - y);
    return new LatentCircuits(model, base, metric, saes, run, twins, positions, baseMetric);
  }

  /** The metric of each circuit. */
  async metrics(
    circuits: readonly LatentCircuit[],
    signal?: AbortSignal,
    onProgress?: (done: number, total: number) => void,
  ): Promise<number[]> {
    const { positive, negative } = this.metric;
    return (await this.logits(circuits, [positive, negative], signal, onProgress)).map(([a, b]) => a - b);
  }

  /** The logits of some tokens at the last position, of each circuit. */
  async logits(
    circuits: readonly LatentCircuit[],
    tokens: readonly number[],
    signal?: AbortSignal,
    onProgress?: (done: number, total: number) => void,
  ): Promise<number[][]> {
    if (this.positions.length === 0 || this.saes.length === 0) {
      const whole = await this.wholeLogits(tokens);
      return circuits.map(() => whole);
    }
    const read = async (resid: FloatArray, rows: readonly number[]) => rowsOf(await readLogits(this.model, resid, rows, tokens));
    const [first] = this.positions;
    const masks = circuits.map((circuit) => new Masks(circuit));
    const rest = this.base.slice(first);
    const past = first > 0 ? truncateCache(this.run.cache!, first) : undefined;
    const widest = Math.max(...this.saes.map(({ config }) => config.dSae));
    const atOnce = Math.max(1, Math.floor(Math.min(TOKENS_AT_ONCE, LATENTS_AT_ONCE / widest) / rest.length));
    const logits: number[][] = [];
    for (let start = 0; start < circuits.length; start += atOnce) {
      signal?.throwIfAborted();
      const some = masks.slice(start, start + atOnce);
      const hooks = this.saes.map((sae): Hook => ({ site: sae.site, edit: (activation) => this.edited(sae, activation, some, first) }));
      const run = await this.model.run(some.map(() => rest), { hooks, past, signal });
      logits.push(...await read(run.resid, some.map((_, row) => (row + 1) * rest.length - 1)));
      onProgress?.(logits.length, circuits.length);
      await new Promise((resolve) => setImmediate(resolve)); // lets a cancellation arrive
    }
    return logits;
  }

  /** The same of the base's run. */
  async wholeLogits(tokens: readonly number[]): Promise<number[]> {
    return [...(await readLogits(this.model, this.run.resid, [this.base.length - 1], tokens)).data];
  }

  /** @param activation [circuits, positions from `first` on, width] */
  private async edited(sae: LoadedSae, activation: FloatArray, masks: readonly Masks[], first: number): Promise<FloatArray> {
    const [, length, width] = activation.shape;
    const { dSae } = sae.config;
    const twin = this.twins.get(sae)!;
    // Of each row where something is missing: whether its error is the run's.
    const rows: { row: number; position: number; kept: Uint8Array; error: 'live' | 'twin' | 'zero' }[] = [];
    masks.forEach((mask, circuit) => {
      for (const position of this.positions) {
        const kept = mask.of(sae, position);
        const error = kept[dSae] || mask.errors === 'keep' ? 'live' : mask.errors;
        if (error !== 'live' || kept.subarray(0, dSae).includes(0)) rows.push({ row: circuit * length + position - first, position, kept, error });
      }
    });
    if (rows.length === 0) return activation;
    const input = takeRows(await saeInput(sae, this.model, activation), rows.map(({ row }) => row));
    const live = await sae.encode(input);
    const data = activation.data.slice();
    const change = floats(new Float32Array(rows.length * dSae), [rows.length, dSae]);
    const scale = floats(new Float32Array(input.data.length), input.shape);
    const bare = rows.some(({ error }) => error === 'zero') ? await sae.reconstruct(input) : null;
    rows.forEach(({ row, position, kept, error }, r) => {
      // Latents are changed in what is there with the error: the run's own values, or the twin's.
      const ofTwin = error === 'twin';
      if (ofTwin) data.set(rowOf(twin.output, position), row * width);
      else if (error === 'zero') for (let i = 0; i < width; i++) data[row * width + i] += bare!.data[r * width + i] - input.data[r * width + i];
      scale.data.set(ofTwin ? rowOf(twin.input, position) : rowOf(input, r), r * width);
      for (let latent = 0; latent < dSae; latent++) {
        if (ofTwin !== (kept[latent] === 1)) continue;
        const more = live.data[r * dSae + latent] - twin.latents.data[position * dSae + latent];
        change.data[r * dSae + latent] = ofTwin ? more : -more;
      }
    });
    const decoded = await sae.decodeChangeOfAll(change, scale);
    rows.forEach(({ row }, r) => {
      for (let i = 0; i < width; i++) data[row * width + i] += decoded.data[r * width + i];
    });
    return floats(data, activation.shape);
  }
}

/** No latents; what else lies there is the run's. */
function nothingAt(saes: readonly LoadedSae[], length: number, width: number): ReadonlyMap<LoadedSae, AtSite> {
  const zeros = (size: number) => floats(new Float32Array(length * size), [length, size]);
  return new Map(saes.map((sae) => [sae, { output: zeros(width), input: zeros(width), latents: zeros(sae.config.dSae) }]));
}

function rowOf({ data, shape: [, width] }: FloatArray, row: number): Float32Array {
  return data.subarray(row * width, (row + 1) * width);
}

/** Which latents, and the error behind them, a circuit has at a position. */
class Masks {
  private readonly named = new Map<LoadedSae, Map<number, number[]>>();
  private readonly invert: boolean;
  readonly errors: ErrorMode;

  constructor({ nodes, invert = false, errors }: LatentCircuit) {
    this.invert = invert;
    this.errors = errors;
    for (const { sae, latent, position } of nodes) {
      const own = this.named.get(sae) ?? new Map<number, number[]>();
      this.named.set(sae, own);
      const there = own.get(position) ?? [];
      own.set(position, there);
      there.push(latent ?? sae.config.dSae);
    }
  }

  of(sae: LoadedSae, position: number): Uint8Array {
    const mask = new Uint8Array(sae.config.dSae + 1).fill(this.invert ? 1 : 0);
    for (const latent of this.named.get(sae)?.get(position) ?? []) mask[latent] = this.invert ? 0 : 1;
    return mask;
  }
}
