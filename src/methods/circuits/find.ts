/**
 * A circuit, of nodes or of edges (`N`): found by the scores of some pairs of programs, and tried on others. Shares are of means over the
 * pairs, as those of single pairs are unbounded where a pair hardly differs; how they would come out over other pairs like these, a
 * bootstrap says.
 */
import { uniformFrom } from '../../random';
import { bootstrap, type Interval } from './bootstrap';
import { areas, MIB_SIZES, shareOf } from './faithfulness';
import type { ProgramRuns } from './program-runs';
import type { PlacedPair, Run, SomeNodes, Working } from './places';
import type { Ranking } from './selection';

export interface CircuitAsked {
  /** Points of integrated gradients; none for the gradient at the program alone. */
  readonly steps?: number;
  readonly ranking: Ranking;
  /** How many of the first; without it and a threshold the fewest that reach `faithfulness` in the pairs that it is found in. */
  readonly size?: number;
  /** Those from the first on whose scores are at least this large, in logits. */
  readonly threshold?: number;
  /** A share, 0 to 1. */
  readonly faithfulness: number;
  /** Random circuits of each size. */
  readonly draws: number;
  /** Whether to drop nodes without which it is no worse. */
  readonly leaveOut: boolean;
  readonly seed: number;
  /** Where runs of programs are kept for whatever else is asked of them. */
  readonly runs?: ProgramRuns;
  readonly signal?: AbortSignal;
  readonly onProgress?: (stage: CircuitStage, done: number, total: number) => void;
}

export const CIRCUIT_STAGES = ['scores', 'sizes', 'leaving out', 'trying'] as const;
export type CircuitStage = (typeof CIRCUIT_STAGES)[number];

export interface Tried {
  readonly faithfulness: number | null;
  readonly completeness: number | null;
}

export interface SizePoint extends Tried {
  readonly nodes: number;
  /** The faithfulness of a random circuit; null without draws, or where it says nothing. */
  readonly random: number | null;
}

/** What a circuit may be made of, by its scores, and how circuits of it are run. */
export interface Candidates<N> {
  readonly orders: Readonly<Record<Ranking, readonly N[]>>;
  readonly score: (node: N) => number;
  /** In which order a circuit takes them; that of its ranking where left out. */
  readonly taken?: readonly N[];
  /** Without what changes nothing of what a circuit does alone; as it is where left out. */
  readonly pruned?: (nodes: readonly N[]) => readonly N[];
  run: (pairs: readonly PlacedPair[], circuits: readonly SomeNodes<N>[], working: Working) => Promise<Run[]>;
}

/** Made of nodes, or of edges. */
export interface Circuit<N> extends Tried {
  /** All that it could have, in the order of the ranking. */
  readonly ranked: readonly N[];
  readonly nodes: readonly N[];
  /** Of each node the faithfulness without it, on the pairs that it was found in; null where that was not tried, as where they are many. */
  readonly without: readonly (number | null)[];
  /** Means over the pairs that it is tried on. */
  readonly metrics: { readonly whole: number; readonly empty: number; readonly alone: number; readonly rest: number };
  readonly intervals: { readonly faithfulness: Interval | null; readonly completeness: Interval | null };
  /** Of as many nodes with the largest scores, where nodes were left out; null else. */
  readonly rankedFaithfulness: number | null;
  readonly random: Tried;
  readonly curve: readonly SizePoint[];
  /** MIB's areas; null where no share could be told. */
  readonly areas: Readonly<Record<Ranking, { readonly cpr: number; readonly cmd: number } | null>>;
}

/** Of the pairs that a circuit is found in, on how many its size is looked for: the curve is flat enough. */
const MOST_FOR_SIZE = 12;
/** And on how many each of its nodes is left out in turn, as that takes a run for each. */
const MOST_FOR_LEAVING = 4;
/** Of more than so many nodes none is left out. */
export const MOST_LEFT_OUT = 400;
/** What leaving out nodes may cost in faithfulness where there is none to spare. */
const NO_WORSE = 0.002;

export async function findAmong<N>(
  { orders, score, taken, pruned = (nodes) => nodes, run }: Candidates<N>,
  finding: readonly PlacedPair[],
  trying: readonly PlacedPair[],
  asked: CircuitAsked,
): Promise<Circuit<N>> {
  const { ranking, draws, seed, signal, onProgress } = asked;
  const working = (stage: CircuitStage) => ({ signal, onProgress: (done: number, total: number) => onProgress?.(stage, done, total) });
  const ranked = taken ?? orders[ranking];
  const value = (node: N) => (ranking === 'absolute' ? Math.abs(score(node)) : -score(node));

  const some = finding.slice(0, MOST_FOR_SIZE);
  const faithfulnessOf = async (circuits: readonly (readonly N[])[], stage: CircuitStage, most = MOST_FOR_SIZE) => {
    const runs = await run(some.slice(0, most), circuits.map((nodes) => ({ nodes })), working(stage));
    return circuits.map((_, i) => meanShare(runs, i));
  };
  const fixed = asked.size !== undefined || asked.threshold !== undefined;
  const size = fixed
    ? Math.min(asked.size ?? ranked.length, countAbove(ranked.map(value), asked.threshold))
    : await smallest(ranked, asked.faithfulness, (sizes) => faithfulnessOf(sizes.map((one) => ranked.slice(0, one)), 'sizes'));
  let nodes = pruned(ranked.slice(0, size));
  let without: (number | null)[] = nodes.map(() => null);
  if (asked.leaveOut && nodes.length <= MOST_LEFT_OUT) {
    const all = (kept: readonly N[]) => [kept, ...kept.map((left) => kept.filter((node) => node !== left))];
    const [whole, ...first] = await faithfulnessOf(all(nodes), 'leaving out', MOST_FOR_LEAVING);
    let left = first;
    // As many go, those that matter least first, as it can be without; where it is not that faithful as it is, as it is no worse without.
    const order = nodes.map((_, i) => i).sort((a, b) => (left[b] ?? 0) - (left[a] ?? 0));
    const enough = whole === null ? Infinity : Math.min(whole - NO_WORSE, asked.faithfulness);
    const lacking = (count: number) => nodes.filter((_, i) => !order.slice(0, count).includes(i));
    let [least, most] = [0, nodes.length - 1];
    if (fixed) most = 0; // so many are to be kept
    while (least < most) {
      const tries = [...new Set([1, 2, 3, 4].map((part) => least + Math.ceil((part * (most - least)) / 4)))];
      const shares = await faithfulnessOf(tries.map(lacking), 'leaving out');
      const good = tries.filter((_, i) => (shares[i] ?? -Infinity) >= enough);
      const bad = tries.filter((count) => count > (good.at(-1) ?? least));
      [least, most] = [good.at(-1) ?? least, bad.length > 0 ? bad[0] - 1 : good.at(-1) ?? least];
    }
    if (least > 0) {
      nodes = pruned(lacking(least));
      left = (await faithfulnessOf(all(nodes), 'leaving out', MOST_FOR_LEAVING)).slice(1);
    }
    without = left;
  }

  // All circuits that are tried, in one go: each is known by its number.
  const plan: SomeNodes<N>[] = [];
  const plans = (some: readonly N[], invert = false) => plan.push({ nodes: some, invert }) - 1;
  const uniform = uniformFrom(seed);
  const random = (size: number) => shuffled(ranked, uniform).slice(0, size);
  const [alone, rest] = [plans(nodes), plans(nodes, true)];
  const asMany = nodes.some((node, i) => node !== ranked[i]) ? plans(ranked.slice(0, nodes.length)) : null;
  const drawn = Array.from({ length: draws }, () => random(nodes.length)).map((some) => [plans(some), plans(some, true)] as const);
  const mib = MIB_SIZES.map((share) => Math.max(1, Math.round(share * ranked.length)));
  const prefixes = (all: readonly N[]) => mib.map((size) => plans(all.slice(0, size)));
  const byRanking = { absolute: prefixes(orders.absolute), signed: prefixes(orders.signed) };
  // The curve is of the circuit's own strongest, then of what it leaves out.
  const inside = new Set(nodes);
  const order = [...ranked.filter((node) => inside.has(node)), ...ranked.filter((node) => !inside.has(node))];
  const own = [0.25, 0.5, 0.75, 1].map((share) => Math.max(1, Math.round(share * nodes.length)));
  const points = [...new Set([...mib, ...own])].sort((a, b) => a - b).map((size) => {
    const some = order.slice(0, size);
    return { size, alone: plans(some), rest: plans(some, true), random: draws === 0 ? null : plans(random(size)) };
  });
  const runs = await run(trying, plan, working('trying'));
  const share = (i: number) => meanShare(runs, i);
  const interval = (i: number) => bootstrap(runs.length, (pairs) => meanShare(pairs.map((pair) => runs[pair]), i), 1000, seed);
  const areaOf = (circuits: readonly number[]) =>
    areasOf(circuits.map((i, at) => ({ size: mib[at] / ranked.length, faithfulness: share(i) })));
  const mean = (value: (run: Run) => number) => runs.reduce((sum, run) => sum + value(run), 0) / runs.length;
  return {
    ranked, nodes, without,
    metrics: {
      whole: mean(({ whole }) => whole), empty: mean(({ empty }) => empty),
      alone: mean(({ metrics }) => metrics[alone]), rest: mean(({ metrics }) => metrics[rest]),
    },
    faithfulness: share(alone),
    completeness: share(rest),
    intervals: { faithfulness: interval(alone), completeness: interval(rest) },
    rankedFaithfulness: asMany === null ? null : share(asMany),
    random: { faithfulness: meanOf(drawn.map(([one]) => share(one))), completeness: meanOf(drawn.map(([, other]) => share(other))) },
    curve: points.map((point): SizePoint => ({
      nodes: point.size, faithfulness: share(point.alone), completeness: share(point.rest),
      random: point.random === null ? null : share(point.random),
    })),
    areas: { absolute: areaOf(byRanking.absolute), signed: areaOf(byRanking.signed) },
  };
}

/** How many values, from the first on, are at least a threshold. @throws a sentence where the first one is not */
function countAbove(values: readonly number[], threshold = -Infinity): number {
  const below = values.findIndex((value) => value < threshold);
  if (below === 0) throw new Error(`No score reaches ${threshold} logits: the first one has ${values[0].toPrecision(3)}. Ask for a lower threshold.`);
  return below < 0 ? values.length : below;
}

/** The share of mean metrics; null where whole and empty differ by too little. */
function meanShare(runs: readonly Run[], i: number): number | null {
  const mean = (value: (run: Run) => number) => runs.reduce((sum, run) => sum + value(run), 0) / runs.length;
  return shareOf(mean(({ metrics }) => metrics[i]), mean(({ empty }) => empty), mean(({ whole }) => whole));
}

function meanOf(values: readonly (number | null)[]): number | null {
  if (values.length === 0 || values.includes(null)) return null;
  return (values as number[]).reduce((sum, value) => sum + value, 0) / values.length;
}

function areasOf(points: readonly { size: number; faithfulness: number | null }[]): { cpr: number; cmd: number } | null {
  const known = points.flatMap(({ size, faithfulness }) => (faithfulness === null ? [] : [{ size, faithfulness }]));
  return known.length < 2 ? null : areas(known);
}

/** So many sizes are tried at once: those behind the first that is enough are the dearest, and need not be. */
const SIZES_AT_ONCE = 6;

/** How many of the ranked nodes reach a faithfulness: among sizes that grow by half, then between the last two; all where none do. */
async function smallest(
  ranked: readonly unknown[],
  enough: number,
  faithfulness: (sizes: readonly number[]) => Promise<(number | null)[]>,
): Promise<number> {
  const grown: number[] = [];
  for (let size = 4; size < ranked.length; size = Math.ceil(size * 1.5)) grown.push(size);
  for (let least = 1, most = ranked.length, sizes = grown; ; ) {
    const shares: (number | null)[] = [];
    const isEnough = (share: number | null) => share !== null && share >= enough;
    while (shares.length < sizes.length && !shares.some(isEnough)) {
      shares.push(...(await faithfulness(sizes.slice(shares.length, shares.length + SIZES_AT_ONCE))));
    }
    const first = shares.findIndex(isEnough);
    if (first >= 0) most = sizes[first];
    if (first > 0) least = sizes[first - 1] + 1;
    if (first < 0 && sizes.length > 0) least = sizes[sizes.length - 1] + 1;
    if (most - least < 1) return Math.max(1, most);
    const step = Math.ceil((most - least) / 6);
    const next = Array.from({ length: Math.ceil((most - least) / step) }, (_, i) => least + i * step);
    if (next.length === 0) return most;
    sizes = next;
  }
}

function shuffled<T>(items: readonly T[], uniform: () => number): T[] {
  const all = [...items];
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all;
}
