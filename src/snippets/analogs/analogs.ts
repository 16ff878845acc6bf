/** Analogs: many pairs like one pair, the same syntax trees with other words and numbers, each really run. */
import { uniformFrom } from '../../random';
import type { Labeller } from '../outcomes/unjudged';
import type { Outcome, RunOptions } from '../sandbox/sandbox';
import { sharedParser } from '../syntax/parse';
import type { ProgramPair, Side } from './pair';
import { planAnalogs, type Analog, type AnalogPlan } from './plan';
import { SameTokens, type Tokenized } from './same-tokens';
import { AnalogSearch, type DroppedPairs } from './search';
import type { Key } from './slots';

export interface AnalogOptions {
  /** How many pairs are wanted, the given one not among them. */
  count: number;
  /** The same seed gives the same pairs. */
  seed: number;
  label: Labeller;
  /** How both programs are run. */
  how?: RunOptions;
  /** Only pairs whose prompts have as many tokens as those of the given pair, at the same places of the syntax. */
  sameTokens?: Tokenized;
  signal?: AbortSignal;
  /** Pairs found, of those wanted. */
  onProgress?: (found: number, wanted: number) => void;
}

export interface Analogs {
  plan: AnalogPlan;
  /** All different from each other and from the given pair, in the order in which they were drawn. */
  pairs: Analog[];
  outcomes: Record<Side, Outcome>;
  /** Pairs that were run. */
  tried: number;
  dropped: DroppedPairs;
  /** What stays as it is, because the outcome hangs on it. */
  fixed: Key[];
  /** What is replaced in the pairs, as far as other words for it have as many tokens where that is asked for. */
  replaced: Key[];
  /** Why there are fewer pairs than were wanted, as a sentence; null where there are not. */
  shortfall: string | null;
}

/** Pairs that are run at most for each that is wanted. */
const MOST_TRIED = 5;
/** So many pairs are run between two looks at the signal. */
const BATCH = 100;

/**
 * Pairs like a verified one. A pair is kept where both of its programs do what those of the given pair do: raise the same error in the same
 * line, or none. Fewer than wanted are given, with a sentence, where the program offers too little to replace.
 * @throws when a program of the pair could not be judged, the signal aborts, or the labeller fails
 */
export async function findAnalogs(pair: ProgramPair, options: AnalogOptions): Promise<Analogs> {
  const { count, seed, label, how, sameTokens, signal, onProgress } = options;
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`The number of pairs has to be a whole number from 0; it is ${count}.`);
  const plan = planAnalogs(await sharedParser(), pair);
  const search = await AnalogSearch.start(plan, {
    uniform: uniformFrom(seed),
    tokens: sameTokens ? new SameTokens(plan, sameTokens) : null,
    run: async (programs) => {
      signal?.throwIfAborted();
      return label(programs, how);
    },
  });
  const pairs: Analog[] = [];
  let tried = 0;
  onProgress?.(0, count);
  while (pairs.length < count && !search.exhausted && tried < MOST_TRIED * count) {
    const batch = search.draw(Math.min(BATCH, count - pairs.length));
    pairs.push(...(await search.like(batch)));
    tried += batch.length;
    onProgress?.(pairs.length, count);
  }
  const { outcomes, dropped, fixed, replaced } = search;
  const shortfall = pairs.length < count ? shortfallOf(pairs.length, count, search) : null;
  return { plan, pairs, outcomes, tried, dropped, fixed, replaced, shortfall };
}

const ADVICE = 'Choose a program with more names, texts or numbers of its own.';

function shortfallOf(found: number, wanted: number, { replaced, exhausted, dropped }: AnalogSearch): string {
  const size = replaced.length;
  const few = found === 0 ? 'No pairs like this one were found' : `Only ${found} of ${wanted} pairs like this one were found`;
  if (size === 0) {
    return `${few}: nothing in the program can be replaced without changing what Python does. ${ADVICE}`;
  }
  const words = size === 1 ? 'one word or number' : `${size} words and numbers`;
  if (exhausted) {
    const tokens = dropped.tokens > found ? ', and most others are of other numbers of tokens' : '';
    return `${few}: only ${words} of the program can be replaced${tokens}. ${ADVICE}`;
  }
  const others = dropped.outcome + dropped.line + dropped.unjudged;
  return `${few}: most others do something else than the given pair (${others} of them were dropped).`;
}

/** One half to find something on, the other to try it on; the first is the larger one by one where the number is odd. */
export function halves<T>(items: readonly T[], seed: number): { finding: T[]; evaluating: T[] } {
  const uniform = uniformFrom(seed);
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [mixed[i], mixed[j]] = [mixed[j], mixed[i]];
  }
  const half = Math.ceil(mixed.length / 2);
  return { finding: mixed.slice(0, half), evaluating: mixed.slice(half) };
}
