/**
 * What a model says without some of its nodes: made a claim by some programs, and tried on others, beside as many other nodes drawn at
 * random. What is left out is what the circuit of all other nodes lacks, so it is run as that is.
 */
import { drawn } from '../patching/plan';
import type { Candidates } from './find';
import { shareOf } from './faithfulness';
import type { Answering, PlacedPair, Run } from './places';

/** So many of so many. */
export interface Count {
  readonly count: number;
  readonly of: number;
}

export interface Without {
  /** Means over the programs that it is tried on; random: over the draws, too, null without any. */
  readonly metrics: { readonly whole: number; readonly empty: number; readonly without: number; readonly random: number | null };
  /** Which share of what the model does is left; null where there is too little to divide by. */
  readonly left: { readonly without: number | null; readonly random: number | null };
  /** How many of those programs are answered so by the whole model, without the nodes, and without random ones, over all draws. */
  readonly answers: readonly { readonly whole: number; readonly without: number; readonly random: number }[];
  readonly draws: number;
  /** The first of the programs that the claim is made from. */
  readonly own: { readonly whole: { answer: number; metric: number }; readonly without: { answer: number; metric: number } };
  readonly claim: {
    /** What most of the programs that it is made from answer without the nodes, an index into the answers. */
    readonly answer: number;
    readonly made: Count;
    readonly held: Count;
    /** Of the programs that it is tried on, how many answer so with the whole model. */
    readonly before: number;
    readonly random: Count | null;
  };
}

export interface Trying<N> extends Answering {
  readonly answers: readonly number[];
  /** What nodes are drawn from, those of one kind each: as many of each kind as there are among the nodes. */
  readonly others: readonly (readonly N[])[];
  readonly kindOf: (node: N) => number;
  readonly draws: number;
  readonly seed: number;
}

/** @param others an index of `kindOf` each @throws as `run` does */
export async function tryWithout<N>(
  run: Candidates<N>['run'], nodes: readonly N[], making: readonly PlacedPair[], trying: readonly PlacedPair[], options: Trying<N>,
): Promise<Without> {
  const { answers, seed, signal, onProgress } = options;
  const random = randomSets(nodes, options, seed);
  const total = making.length + trying.length;
  const working = (before: number) => ({ answers, signal, onProgress: (done: number) => onProgress?.(before + done, total) });
  const without = (sets: readonly (readonly N[])[]) => sets.map((some) => ({ nodes: some, invert: true }));
  const made = await run(making, without([nodes]), working(0));
  const tried = await run(trying, without([nodes, ...random]), working(making.length));
  const mean = (value: (run: Run) => number) => tried.reduce((sum, one) => sum + value(one), 0) / tried.length;
  const draws = random.length;
  const drawnMean = (value: (run: Run, i: number) => number) =>
    (draws === 0 ? null : random.reduce((sum, _, i) => sum + mean((one) => value(one, i + 1)), 0) / draws);
  const [whole, empty] = [mean((one) => one.whole), mean((one) => one.empty)];
  const metrics = { whole, empty, without: mean(({ metrics: [first] }) => first), random: drawnMean(({ metrics: all }, i) => all[i]) };
  const counts = answers.map((_, answer) => ({
    whole: tried.filter((one) => one.answers!.whole === answer).length,
    without: tried.filter((one) => one.answers!.circuits[0] === answer).length,
    random: tried.reduce((sum, one) => sum + one.answers!.circuits.slice(1).filter((other) => other === answer).length, 0),
  }));
  const most = mostOf(made);
  const [first] = made;
  return {
    metrics,
    left: {
      without: shareOf(metrics.without, empty, whole),
      random: metrics.random === null ? null : shareOf(metrics.random, empty, whole),
    },
    answers: counts,
    draws,
    own: {
      whole: { answer: first.answers!.whole, metric: first.whole },
      without: { answer: first.answers!.circuits[0], metric: first.metrics[0] },
    },
    claim: {
      answer: most.answer,
      made: { count: most.count, of: made.length },
      held: { count: counts[most.answer].without, of: tried.length },
      before: counts[most.answer].whole,
      random: draws === 0 ? null : { count: counts[most.answer].random, of: draws * tried.length },
    },
  };
}

/** The answer that most runs give without the nodes of a circuit. */
function mostOf(runs: readonly Run[], circuit = 0): { answer: number; count: number } {
  const counts = new Map<number, number>();
  for (const { answers } of runs) counts.set(answers!.circuits[circuit], (counts.get(answers!.circuits[circuit]) ?? 0) + 1);
  const [[answer, count]] = [...counts].sort(([, a], [, b]) => b - a);
  return { answer, count };
}

/** As many of each kind as there are among the nodes, none of these; no draws where there are too few others. */
function randomSets<N>(nodes: readonly N[], { others, kindOf, draws }: Trying<N>, seed: number): N[][] {
  const wanted = others.map((_, kind) => nodes.filter((node) => kindOf(node) === kind).length);
  if (others.some((some, kind) => some.length < wanted[kind])) return [];
  return Array.from({ length: draws }, (_, draw) => others.flatMap((some, kind) => drawn(some, wanted[kind], seed * 1009 + draw)));
}

/** Of the programs that a claim is made from, in how many the answer has to become the same. */
const MOST_OF = 0.9;
/** More nodes than these make no claim that one could keep in mind; more programs than these are not needed to make one. */
const MOST_NODES = 24;
const MOST_PROGRAMS = 6;

/** The fewest of some nodes, the first of them, without which nearly all programs get one and the same answer, and another than before. */
export async function fewestThatChange<N>(
  run: Candidates<N>['run'], ordered: readonly N[], making: readonly PlacedPair[], options: Answering,
): Promise<readonly N[] | null> {
  const some = ordered.slice(0, MOST_NODES);
  if (some.length === 0) return null;
  const runs = await run(making.slice(0, MOST_PROGRAMS), some.map((_, i) => ({ nodes: some.slice(0, i + 1), invert: true })), options);
  for (const i of some.keys()) {
    const { answer } = mostOf(runs, i);
    const changed = runs.filter(({ answers }) => answers!.circuits[i] === answer && answers!.whole !== answer).length;
    if (changed >= MOST_OF * runs.length) return some.slice(0, i + 1);
  }
  return null;
}

/** The middle 95 % of what a rate may be, by Wilson's score (1927): also where it is 0 or 1. */
export function wilson({ count, of }: Count): { low: number; high: number } {
  const z = 1.959964;
  const [rate, spread] = [count / of, (z * z) / of];
  const middle = (rate + spread / 2) / (1 + spread);
  const half = (z / (1 + spread)) * Math.sqrt((rate * (1 - rate)) / of + spread / (4 * of));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
