/**
 * What stands for the parts outside a circuit, in each of several programs: what the near twin makes of it, the mean over the programs that
 * the circuit is found in, one of these, or nothing. Programs are joined token by token, by places: the first token of a place stands for
 * the first one of that place in another program, the second for the second.
 */
import type { Model, RunResult } from '../../model';
import { siteName } from '../../vocabulary/sites';
import { ProgramRuns } from './program-runs';
import { counterparts, slotsOf, type PlacedPair, type Working } from './places';
import { meanReplacement, writingSites, zeroReplacement, type OtherProgram, type Replacement } from './replacement';

export const ABLATIONS = ['counterfactual', 'mean', 'resample', 'zero'] as const;
export type Ablation = (typeof ABLATIONS)[number];

export class Ablations {
  private constructor(
    private readonly model: Model,
    readonly kind: Ablation,
    private readonly programs: readonly PlacedPair[],
    private readonly means: Means | null,
    readonly runs: ProgramRuns,
  ) {}

  /** @param programs those that a circuit is found in: each is run once for their mean, their own values among them */
  static async read(model: Model, kind: Ablation, programs: readonly PlacedPair[], working: Working = {}): Promise<Ablations> {
    const { runs = new ProgramRuns(model) } = working;
    return new Ablations(model, kind, programs, kind === 'mean' ? await Means.read(model, programs, { ...working, runs }) : null, runs);
  }

  /**
   * @param run of the pair's base, which has read `writingSites`
   * @param i the pair's number among those that are run: another program is the next of `programs`
   */
  async replacement(run: RunResult, pair: PlacedPair, i: number, signal?: AbortSignal): Promise<Replacement> {
    const { model, kind, programs, means, runs } = this;
    if (means) return means.replacement(run, pair);
    if (kind === 'zero') return zeroReplacement(model, run);
    const of = (program: OtherProgram) => meanReplacement(model, run, [program], signal, runs);
    if (kind === 'counterfactual') return of({ tokens: pair.source, sourceOf: pair.sourceOf });
    const other = programs[(i + 1) % programs.length];
    return of({ tokens: other.base, sourceOf: counterparts(pair, other) });
  }
}

/** Sums over programs of what each part writes, at each place's first token, its second one, and so on. */
class Means {
  private readonly slots = new Map<string, number>();
  private readonly counts: number[] = [];

  private constructor(private readonly sums: ReadonlyMap<string, Float64Array[]>) {}

  static async read(
    model: Model, programs: readonly PlacedPair[], { signal, onProgress, runs }: Working & { readonly runs: ProgramRuns },
  ): Promise<Means> {
    const sites = writingSites(model);
    const means = new Means(new Map(sites.map((site) => [siteName(site), []])));
    for (const [i, program] of programs.entries()) {
      means.add(await runs.of(program.base, signal), program);
      onProgress?.(i + 1, programs.length);
    }
    return means;
  }

  private add({ sites }: RunResult, program: PlacedPair): void {
    slotsOf(program).forEach((key, position) => {
      if (key === null) return;
      const slot = this.slots.get(key) ?? this.counts.length;
      this.slots.set(key, slot);
      this.counts[slot] = (this.counts[slot] ?? 0) + 1;
      for (const [name, sums] of this.sums) {
        const { data } = sites.get(name)!;
        const size = data.length / program.base.length;
        const sum = sums[slot] ??= new Float64Array(size);
        for (let i = 0; i < size; i++) sum[i] += data[position * size + i];
      }
    });
  }

  /** A token without a counterpart in any of the programs keeps its own. */
  replacement({ sites }: RunResult, pair: PlacedPair): Replacement {
    const slots = slotsOf(pair).map((key) => (key === null ? undefined : this.slots.get(key)));
    const values = new Map([...this.sums].map(([name, sums]) => {
      const own = sites.get(name)!.data.slice();
      const size = own.length / slots.length;
      slots.forEach((slot, position) => {
        if (slot === undefined) return;
        for (let i = 0; i < size; i++) own[position * size + i] = sums[slot][i] / this.counts[slot];
      });
      return [name, own];
    }));
    return { values, known: slots.map((slot) => slot !== undefined) };
  }
}
