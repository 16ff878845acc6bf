/**
 * The smallest of verified edits after which a model answers otherwise: edits of one thing, those that change the fewest tokens first; then
 * several at once, built up greedily from those that move the answer most; then as many as go together, taken apart again (as delta
 * debugging does: Zeller and Hildebrandt 2002). Of what is found nothing can be left out, unless the budget ended before that was tried.
 */

/** One edit, or several at once. */
export interface Candidate<T> {
  /** Which of the edits of one thing, by their places in the list. */
  parts: readonly number[];
  /** Tokens of the prompt that are others, more or gone. */
  tokens: number;
  made: T;
}

export interface Looked<T> extends Candidate<T> {
  /** How far the answer is moved towards another one: a change of log-probability, in nats. */
  moved: number;
  /** Whether the model answers otherwise. */
  flips: boolean;
}

/** What is searched. */
export interface Space<T> {
  /** Edits of one thing, in any order; `parts` holds the place of each. */
  singles: readonly Candidate<T>[];
  /** Places of edits that are alike, which are tried all at once. */
  alike: readonly (readonly number[])[];
  /** Several at once, verified; null where they do not go together or do not keep what is true. */
  join: (lists: readonly (readonly number[])[]) => Promise<(Candidate<T> | null)[]>;
  /** What the model says of them, in their order. */
  look: (candidates: readonly Candidate<T>[]) => Promise<Looked<T>[]>;
}

/**
 * Why a search ended: it found an edit, it tried what there is, it looked at as many as it may, its time was up, or it goes on. What was
 * found when the budget or the time was spent is not known to be the smallest.
 */
export type SearchEnd = 'found' | 'exhausted' | 'budget' | 'time' | 'stopped';

export interface Search<T> {
  /** The one that changes the fewest tokens; null where none was found. */
  found: Looked<T> | null;
  /** The one that moves the answer furthest, found or not; null where nothing was looked at. */
  furthest: Looked<T> | null;
  /** For each number of edits at once, the one that moves the answer furthest. */
  steps: Looked<T>[];
  /** All that were looked at: with one edit, and with several. */
  singles: number;
  several: number;
  /** Lists of edits that do not go together, or do not keep what is true. */
  refused: number;
  ended: SearchEnd;
}

export interface SearchOptions<T> {
  /** Candidates that are looked at. */
  budget: number;
  /** Asked before each look. */
  timeIsUp?: () => boolean;
  /** Told after each look, with what is known by then. */
  onLooked?: (soFar: Search<T>, looked: number) => void;
}

/** Candidates of one look. */
const TOGETHER = 8;

/** Of equal size the one that moves the answer further. */
export function smaller<T>(a: Looked<T>, b: Looked<T>): Looked<T> {
  return b.tokens < a.tokens || (b.tokens === a.tokens && b.moved > a.moved) ? b : a;
}

const further = <T>(a: Looked<T>, b: Looked<T>) => (b.moved > a.moved ? b : a);

export async function smallestEdit<T>(space: Space<T>, options: SearchOptions<T>): Promise<Search<T>> {
  const search = new Searching(space, options);
  const found = (await search.single()) ?? (await search.upwards()) ?? (await search.downwards());
  return search.result(found);
}

class Searching<T> {
  private readonly seen = new Map<string, Looked<T>>();
  private refused = 0;
  private ending: SearchEnd | null = null;

  constructor(private readonly space: Space<T>, private readonly options: SearchOptions<T>) {}

  /** Edits of one thing, up to those of the size at which one flips the answer. */
  async single(): Promise<Looked<T> | null> {
    const inOrder = [...this.space.singles].sort((a, b) => a.tokens - b.tokens);
    for (let from = 0; from < inOrder.length && this.ending === null; from += TOGETHER) {
      const flipping = (await this.look(inOrder.slice(from, from + TOGETHER))).filter(({ flips }) => flips);
      if (flipping.length > 0) return flipping.reduce(smaller);
    }
    return null;
  }

  /** From the edit that moves the answer most, one more at a time: of the next ones by what they do alone the one that adds most. */
  async upwards(): Promise<Looked<T> | null> {
    let left = [...this.seen.values()].filter(({ moved }) => moved > 0).sort((a, b) => b.moved - a.moved);
    let at = left.shift();
    while (at && left.length > 0 && this.ending === null) {
      const next = left.slice(0, TOGETHER);
      const looked = await this.joined(next.map(({ parts }) => [...at!.parts, ...parts]));
      const flipping = looked.filter(({ flips }) => flips);
      if (flipping.length > 0) return this.reduced(flipping.reduce(smaller));
      const best = looked.length > 0 ? looked.reduce(further) : null;
      if (best && best.moved > at.moved) {
        left = left.filter(({ parts: [part] }) => !best.parts.includes(part));
        at = best;
      } else left = left.slice(next.length);
    }
    return null;
  }

  /** From all edits of a kind at once, those that are not needed taken out. */
  async downwards(): Promise<Looked<T> | null> {
    const flipping = (await this.joined(this.space.alike.filter((list) => list.length > 1))).filter(({ flips }) => flips);
    return flipping.length > 0 ? this.reduced(flipping.reduce(smaller)) : null;
  }

  result(found: Looked<T> | null, otherwise: SearchEnd = 'exhausted'): Search<T> {
    const looked = [...this.seen.values()];
    const sizes = [...new Set(looked.map(({ parts }) => parts.length))].sort((a, b) => a - b);
    return {
      found,
      furthest: looked.length > 0 ? looked.reduce(further) : null,
      steps: sizes.map((size) => looked.filter(({ parts }) => parts.length === size).reduce(further)),
      singles: looked.filter(({ parts }) => parts.length === 1).length,
      several: looked.filter(({ parts }) => parts.length > 1).length,
      refused: this.refused,
      ended: this.ending ?? (found ? 'found' : otherwise),
    };
  }

  /** What still flips the answer when parts of it are left out: halves, then quarters, down to single edits. */
  private async reduced(whole: Looked<T>): Promise<Looked<T>> {
    let at = whole;
    let pieces = 2;
    while (at.parts.length > 1 && this.ending === null) {
      pieces = Math.min(pieces, at.parts.length);
      const size = Math.ceil(at.parts.length / pieces);
      const starts = Array.from({ length: Math.ceil(at.parts.length / size) }, (_, i) => i * size);
      const less = starts.map((from) => at.parts.filter((_, i) => i < from || i >= from + size));
      const flipping = (await this.joined(less)).filter(({ flips }) => flips);
      if (flipping.length > 0) {
        at = flipping.reduce(smaller);
        pieces = Math.max(2, pieces - 1);
      } else if (size === 1) break;
      else pieces *= 2;
    }
    return at;
  }

  /** What the model says of lists of edits, without those that are refused. */
  private async joined(lists: readonly (readonly number[])[]): Promise<Looked<T>[]> {
    const known = lists.map((list) => this.seen.get(keyOf(list)));
    const fresh = lists.filter((_, i) => !known[i]);
    const made = fresh.length > 0 && this.ending === null ? await this.space.join(fresh) : [];
    this.refused += made.filter((one) => one === null).length;
    return [...known.filter((one) => one !== undefined), ...(await this.look(made.filter((one) => one !== null)))];
  }

  private async look(candidates: readonly Candidate<T>[]): Promise<Looked<T>[]> {
    const { budget, timeIsUp, onLooked } = this.options;
    const fitting = candidates.slice(0, Math.max(0, budget - this.seen.size));
    if (fitting.length < candidates.length) this.ending = 'budget';
    if (timeIsUp?.()) this.ending = 'time';
    if (fitting.length === 0 || this.ending === 'time') return [];
    const looked = await this.space.look(fitting);
    for (const one of looked) this.seen.set(keyOf(one.parts), one);
    onLooked?.(this.result(null, 'stopped'), this.seen.size);
    return looked;
  }
}

const keyOf = (parts: readonly number[]) => [...parts].sort((a, b) => a - b).join();

/**
 * Lists of edits drawn at random, none twice; fewer where there are not as many.
 * @param of how many edits there are @param size edits in each list
 */
export function randomLists({ of, size, most, random }: { of: number; size: number; most: number; random: () => number }): number[][] {
  const drawn = new Map<string, number[]>();
  for (let attempt = 0; attempt < ATTEMPTS * most && drawn.size < most && size <= of; attempt++) {
    const rest = Array.from({ length: of }, (_, i) => i);
    const list = Array.from({ length: size }, () => rest.splice(Math.floor(random() * rest.length), 1)[0]);
    drawn.set(keyOf(list), list);
  }
  return [...drawn.values()];
}

const ATTEMPTS = 20;
