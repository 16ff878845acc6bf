/** The search for analogs: drawn, run, and what the outcome hangs on fixed on the way. */
import { canonicalLabel } from '../../vocabulary/labels';
import { UNJUDGED } from '../outcomes/unjudged';
import type { Outcome } from '../sandbox/sandbox';
import { Draws, type Uniform } from './draw';
import type { ProgramPair, Side } from './pair';
import { analogOf, type Analog, type AnalogPlan, type Substitution } from './plan';
import type { SameTokens } from './same-tokens';
import type { Key } from './slots';

/** Why pairs were dropped; `tokens` counts draws that were never run. */
export interface DroppedPairs {
  /** A program raised another error than that of the given pair, or raised one, or none. */
  outcome: number;
  /** It raised the same one in another line. */
  line: number;
  /** It could not be judged, as it took too long or needs what the sandbox lacks. */
  unjudged: number;
  tokens: number;
}

/** With what it searches. */
export interface SearchTools {
  uniform: Uniform;
  /** Null where the tokens may be any. */
  tokens: SameTokens | null;
  run: (programs: string[]) => Promise<readonly Outcome[]>;
}

type Outcomes = Record<Side, Outcome>;

const SIDES = ['original', 'variant'] as const;
/** Where fewer pairs are like the given one, each word and number is tried alone; one that changes what Python does stays as it is. */
const GOOD_SHARE = 0.8;
const TRIALS = 2;
/** Where most pairs still do something else, words and numbers hang together: the one is fixed without which most do the same. */
const FAIR_SHARE = 0.5;
const MORE_TRIALS = 6;
const MOST_FIXED = 4;
/** Of so many words and numbers at most, numbers first: each costs a dozen programs. */
const MOST_LEFT_OUT = 40;
/** Draws in a row that give nothing new, after which a program is taken to offer no more. */
const BARREN = 300;

export class AnalogSearch {
  readonly dropped: DroppedPairs = { outcome: 0, line: 0, unjudged: 0, tokens: 0 };
  private readonly fixedKeys = new Set<Key>();
  private readonly seen: Set<string>;
  private draws: Draws;
  private barren = 0;
  private triedAlone = false;
  private fixedLater = 0;

  /** @throws when a program of the pair could not be judged */
  static async start(plan: AnalogPlan, tools: SearchTools): Promise<AnalogSearch> {
    const [outcomes] = await outcomesOf([plan.pair], tools);
    for (const side of SIDES) {
      const { label } = outcomes[side];
      if (UNJUDGED.includes(label)) throw new Error(`Pairs like this one cannot be made, as Python could not judge the ${side} program: ${label}.`);
    }
    return new AnalogSearch(plan, tools, outcomes);
  }

  private constructor(
    private readonly plan: AnalogPlan,
    private readonly tools: SearchTools,
    /** What the given pair's programs do. */
    readonly outcomes: Outcomes,
  ) {
    this.seen = new Set([nameOf(plan.pair)]);
    this.draws = this.drawsWithout();
  }

  /** What stays as it is, because the outcome hangs on it. */
  get fixed(): Key[] {
    return [...this.fixedKeys];
  }

  get replaced(): Key[] {
    return this.draws.keys;
  }

  /** Whether the program offers no more pairs. */
  get exhausted(): boolean {
    return this.barren >= BARREN || this.replaced.length === 0;
  }

  /** Pairs that were not drawn before, as many as are wanted, unless the program is exhausted. */
  draw(wanted: number): Analog[] {
    const batch: Analog[] = [];
    while (batch.length < wanted && !this.exhausted) {
      this.barren++;
      const substitution = this.draws.next();
      const analog = analogOf(this.plan, substitution);
      if (!analog || this.seen.has(nameOf(analog))) continue;
      this.seen.add(nameOf(analog));
      if (this.tools.tokens?.agree(analog, substitution) === false) {
        this.dropped.tokens++;
        continue;
      }
      this.barren = 0;
      batch.push(analog);
    }
    return batch;
  }

  /** Those whose programs do what the given pair's do. The others are counted, and where they are many, what they hang on is fixed. */
  async like(pairs: readonly Analog[]): Promise<Analog[]> {
    const outcomes = await outcomesOf(pairs, this.tools);
    const like = pairs.filter((_, i) => {
      const why = this.unlike(outcomes[i]);
      if (why) this.dropped[why]++;
      return why === null;
    });
    if (like.length < GOOD_SHARE * pairs.length && !this.triedAlone) await this.fixAlone();
    else if (like.length < FAIR_SHARE * pairs.length && this.fixedLater < MOST_FIXED) await this.fixMore();
    return like;
  }

  /** Fixes what alone changes the outcome. */
  private async fixAlone(): Promise<void> {
    this.triedAlone = true;
    const shares = await this.shares(this.replaced, TRIALS, (key) => this.draws.only(key));
    for (const [key, share] of shares) if (share < 1) this.fixedKeys.add(key);
    this.draws = this.drawsWithout();
  }

  /** Fixes the word or number without whose change most pairs do what the given pair does. */
  private async fixMore(): Promise<void> {
    const isNumber = (key: Key) => Number(key.startsWith('number '));
    const keys = [...this.replaced].sort((a, b) => isNumber(b) - isNumber(a)).slice(0, MOST_LEFT_OUT);
    if (keys.length < 2) return;
    const without = new Map(keys.map((key) => [key, this.drawsWithout(key)]));
    const shares = await this.shares(keys, MORE_TRIALS, (key) => without.get(key)!.next());
    this.fixedKeys.add([...shares].reduce((best, one) => (one[1] > best[1] ? one : best))[0]);
    this.draws = this.drawsWithout();
    this.fixedLater++;
  }

  private drawsWithout(...more: Key[]): Draws {
    const { uniform, tokens } = this.tools;
    return new Draws(this.plan, uniform, new Set([...this.fixedKeys, ...more]), tokens?.fits);
  }

  /** For each key the share of the pairs drawn for it that do what the given pair does; 1 where none can be drawn. */
  private async shares(keys: readonly Key[], times: number, draw: (key: Key) => Substitution | null): Promise<Map<Key, number>> {
    const made = keys.flatMap((key) =>
      Array.from({ length: times }).flatMap(() => {
        const substitution = draw(key);
        const analog = substitution && analogOf(this.plan, substitution);
        return analog ? [{ key, analog }] : [];
      }),
    );
    const outcomes = await outcomesOf(made.map(({ analog }) => analog), this.tools);
    return new Map(
      keys.map((key) => {
        const own = outcomes.filter((_, i) => made[i].key === key);
        return [key, own.length === 0 ? 1 : own.filter((one) => this.unlike(one) === null).length / own.length];
      }),
    );
  }

  /** Why a pair is none like the given one; null where it is. */
  private unlike(found: Outcomes): 'outcome' | 'line' | 'unjudged' | null {
    if (SIDES.some((side) => UNJUDGED.includes(found[side].label))) return 'unjudged';
    if (SIDES.some((side) => canonicalLabel(found[side].label) !== canonicalLabel(this.outcomes[side].label))) return 'outcome';
    return SIDES.some((side) => found[side].line !== this.outcomes[side].line) ? 'line' : null;
  }
}

async function outcomesOf(pairs: readonly ProgramPair[], { run }: SearchTools): Promise<Outcomes[]> {
  if (pairs.length === 0) return [];
  const outcomes = await run(pairs.flatMap(({ original, variant }) => [original, variant]));
  return pairs.map((_, i) => ({ original: outcomes[2 * i], variant: outcomes[2 * i + 1] }));
}

const nameOf = ({ original, variant }: ProgramPair): string => JSON.stringify([original, variant]);
