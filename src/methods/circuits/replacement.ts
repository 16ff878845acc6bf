/**
 * What stands for a part of a model that does not belong to a circuit: in the run of a base, another value of what it writes, token by
 * token. That of a near twin (counterfactual), the mean over several programs, that of a program drawn at random, or nothing (zero).
 * Tokens without a counterpart keep the base's own.
 */
import { residualsBefore, type Model, type RunResult } from '../../model';
import { ProgramRuns } from './program-runs';
import { blockSite, siteName, type BlockSite, type Site } from '../../vocabulary/sites';

/** Where the parts of a model write: the embedding, all heads of each layer before the output projection, each MLP. */
const WRITING = ['attn.hook_z', 'hook_mlp_out'] as const satisfies readonly BlockSite[];

/** Of another program, and which of its positions corresponds to each position of the base; null where there is none. */
export interface OtherProgram {
  readonly tokens: readonly number[];
  readonly sourceOf: readonly (number | null)[];
}

/** All values have the base's shapes, by site name; `known` tells at which positions they are others' and not the base's own. */
export interface Replacement {
  readonly values: ReadonlyMap<string, Float32Array>;
  readonly known: readonly boolean[];
}

export function writingSites(model: Model): Site[] {
  const inBlocks = residualsBefore(model).flatMap((_, layer) => WRITING.map((site) => blockSite(layer, site)));
  return [blockSite(0, 'hook_resid_pre'), ...inBlocks];
}

/** @param base has read `writingSites` of a prompt */
export function zeroReplacement(model: Model, base: RunResult): Replacement {
  const sizes = writingSites(model).map((site): [string, number] => [siteName(site), base.sites.get(siteName(site))!.data.length]);
  const values = new Map(sizes.map(([name, size]) => [name, new Float32Array(size)]));
  return { values, known: Array.from({ length: base.layout.positions }, () => true) };
}

/**
 * The mean over other programs of what each part writes; of one program, what it writes there. A position has a mean of those programs
 * that have a counterpart for it.
 * @param base has read `writingSites`
 */
export async function meanReplacement(
  model: Model,
  base: RunResult,
  others: readonly OtherProgram[],
  signal?: AbortSignal,
  runs = new ProgramRuns(model),
): Promise<Replacement> {
  const sites = writingSites(model);
  const length = base.layout.positions;
  if (others.length === 1) return otherReplacement(base, sites, await runs.of(others[0].tokens, signal), others[0].sourceOf);
  const counts = Array.from({ length }, (_, at) => others.filter(({ sourceOf }) => sourceOf[at] !== null).length);
  const sums = new Map(sites.map((site) => [siteName(site), new Float64Array(base.sites.get(siteName(site))!.data.length)]));
  for (const { tokens, sourceOf } of others) {
    const run = await runs.of(tokens, signal);
    for (const [name, sum] of sums) {
      const [own, size] = [run.sites.get(name)!.data, sum.length / length];
      sourceOf.forEach((from, at) => {
        if (from !== null) for (let i = 0; i < size; i++) sum[at * size + i] += own[from * size + i];
      });
    }
  }
  const values = new Map([...sums].map(([name, sum]) => {
    const [own, size] = [base.sites.get(name)!.data, sum.length / length];
    return [name, own.map((value, i) => {
      const count = counts[Math.floor(i / size)];
      return count === 0 ? value : sum[i] / count;
    })];
  }));
  return { values, known: counts.map((count) => count > 0) };
}

/** What one other program's run writes. */
function otherReplacement(base: RunResult, sites: readonly Site[], other: RunResult, sourceOf: OtherProgram['sourceOf']): Replacement {
  const values = new Map(sites.map((site): [string, Float32Array] => {
    const name = siteName(site);
    const [own, there] = [base.sites.get(name)!.data.slice(), other.sites.get(name)!.data];
    const size = own.length / sourceOf.length;
    sourceOf.forEach((from, at) => {
      if (from !== null) own.set(there.subarray(from * size, (from + 1) * size), at * size);
    });
    return [name, own];
  }));
  return { values, known: sourceOf.map((from) => from !== null) };
}
