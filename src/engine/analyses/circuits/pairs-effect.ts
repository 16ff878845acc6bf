/** Effects over pairs of programs: means with intervals, beside what words and numbers alone do. */
import { bootstrap } from '../../../methods/circuits/bootstrap';
import type { PlacedPair } from '../../../methods/circuits/places';
import { Correlation } from '../../../methods/patching/plan';
import type { Model } from '../../../model';
import type { Params } from '../../../protocol/analyses';
import type { PairsEffect } from '../../../protocol/analyses/pairs';
import { uniformFrom } from '../../../random';
import { rounded } from '../../session/rounded';
import { orNone } from './circuit-graph';

/** The pairs that are measured, and the same with twins that differ in words and numbers only. */
export interface Measured {
  readonly model: Model;
  readonly pairs: readonly PlacedPair[];
  readonly controls: readonly PlacedPair[];
  readonly places: number;
  readonly params: Params<'pairs'>;
  readonly working: (stage: string) => { signal?: AbortSignal; onProgress: (done: number, total: number) => void };
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param values of the pairs that have one */
export function effectOf(values: readonly number[], control: readonly number[]): PairsEffect {
  const interval = bootstrap(values.length, (drawn) => mean(drawn.map((i) => values[i])));
  return {
    mean: rounded(values.length === 0 ? 0 : mean(values)),
    low: interval && rounded(interval.low),
    high: interval && rounded(interval.high),
    control: control.length === 0 ? null : rounded(mean(control.map(Math.abs))),
  };
}

export const known = (values: readonly number[]): number[] => values.filter((value) => !Number.isNaN(value));

/** So many of them, other ones with another seed. */
export function drawnFrom<T>(items: readonly T[], count: number, seed: number): T[] {
  const uniform = uniformFrom(seed);
  const left = [...items];
  return Array.from({ length: Math.min(count, items.length) }, () => left.splice(Math.floor(uniform() * left.length), 1)[0]);
}

/** Pearson's r of scores and what patching really changes. */
export function agreementOf(listed: readonly { score: PairsEffect; patched: PairsEffect | null }[]): number | null {
  const correlation = new Correlation();
  for (const { score, patched: really } of listed) if (really) correlation.add(score.mean, really.mean);
  return orNone(correlation.value);
}
