/**
 * Circuits over many pairs of programs: nodes are parts at places, and a place is where the tokens of several programs do the same
 * ("the number in line 3", "the last token"). A pair tells which place each of its tokens belongs to.
 */
import type { PairOptions } from './points';
import type { ProgramRuns } from './program-runs';

/** The base is the program that is explained, the source its near twin. */
export interface PlacedPair extends Pick<PairOptions, 'base' | 'source' | 'sourceOf' | 'metric'> {
  /** The place of each position of the base; null where it has none, which belongs to every circuit. */
  readonly placeOf: readonly (number | null)[];
}

export interface Working {
  readonly signal?: AbortSignal;
  /** Where runs of programs are kept for whatever else is asked of them. */
  readonly runs?: ProgramRuns;
  /** Programs that are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Answering extends Working {
  /** Tokens that answers begin with: which of them has the largest logit is told of each run. */
  readonly answers?: readonly number[];
}

/** Some of what a circuit could be made of. */
export interface SomeNodes<N> {
  readonly nodes: readonly N[];
  /** All but them. */
  readonly invert?: boolean;
}

/** What circuits do in programs: of each pair the metric of each circuit, and of the whole model and of none of it. */
export interface Run {
  readonly whole: number;
  readonly empty: number;
  readonly metrics: readonly number[];
  /** Indices into the answers' tokens: of the whole model, and of each circuit; none where no answers were asked for. */
  readonly answers: { readonly whole: number; readonly circuits: readonly number[] } | null;
}

/** @param logits of the whole model, of none of it, and of each circuit: two of the metric, then those of answers */
export function runOf([whole, empty, ...circuits]: readonly (readonly number[])[]): Run {
  const metric = ([positive, negative]: readonly number[]) => positive - negative;
  const answer = ([, , ...answers]: readonly number[]) => answers.indexOf(Math.max(...answers));
  return {
    whole: metric(whole), empty: metric(empty), metrics: circuits.map(metric),
    answers: whole.length === 2 ? null : { whole: answer(whole), circuits: circuits.map(answer) },
  };
}

/** Of the metric, and of answers. */
export function tokensOf({ metric: { positive, negative } }: PlacedPair, { answers = [] }: Answering): number[] {
  return [positive, negative, ...answers];
}

/** Of each position its place, and the how manieth of that place it is; null without a place. */
export function slotsOf({ placeOf }: PlacedPair): (string | null)[] {
  const seen = new Map<number, number>();
  return placeOf.map((place) => {
    if (place === null) return null;
    const nth = seen.get(place) ?? 0;
    seen.set(place, nth + 1);
    return `${place} ${nth}`;
  });
}

/** The tokens of another pair's program at the same places: the first to the first, the second to the second; null beyond. */
export function counterparts(pair: PlacedPair, other: PlacedPair): (number | null)[] {
  const there = new Map(slotsOf(other).flatMap((key, position) => (key === null ? [] : [[key, position] as const])));
  return slotsOf(pair).map((key) => (key === null ? null : (there.get(key) ?? null)));
}
