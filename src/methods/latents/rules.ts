/**
 * Rules for latents: which few features of a token say best where a latent is active. A rule is a conjunction of up to three features;
 * it is chosen on one half of the programs and scored on the other.
 */

/** Features of many tokens, program by program. */
export interface TokenTable {
  /** The features' names, `aspect=words`. */
  readonly names: readonly string[];
  /** Token t has the features `features[starts[t]…starts[t + 1]]`, ascending. */
  readonly starts: Int32Array;
  readonly features: Uint16Array;
  /** Tokens from here on are of the programs that rules are scored on. */
  readonly split: number;
}

/** Where one latent is active, in the order of the tokens. */
export interface Firing {
  readonly tokens: Int32Array;
  readonly activations: Float32Array;
}

export interface RuleScore {
  /** The share of the rule's tokens at which the latent is active. */
  precision: number;
  /** The share of the latent's activation that lies at the rule's tokens. */
  recall: number;
  /** Their harmonic mean. */
  f: number;
}

export interface LatentRule extends RuleScore {
  /** Indices of its features, one to three. */
  features: number[];
  /** The harmonic mean of the same rule for the same activations moved round to other tokens: what chance would give. */
  chance: number;
}

/** Features of fewer tokens are left out, and so are all but the most frequent. */
const LEAST_TOKENS = 12;
const MOST_NAMES = 1400;
/** Rules that are tried further. */
const SINGLES = 24;
const PAIRS = 10;
/** What another feature has to add to the harmonic mean: shorter rules are read more easily. */
const WORTH = 0.02;
/** Tokens at which a latent has to be active in each half. */
export const LEAST_ACTIVE = 5;

/** @param split how many of the programs, from the first, rules are chosen on */
export function tokenTable(programs: readonly (readonly (readonly string[])[])[], split: number): TokenTable {
  const counts = new Map<string, number>();
  for (const token of programs.flat()) for (const name of new Set(token)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const frequent = [...counts].filter(([, count]) => count >= LEAST_TOKENS);
  const kept = frequent.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_NAMES);
  const names = kept.map(([name]) => name);
  const index = new Map(names.map((name, i) => [name, i]));
  const starts: number[] = [0];
  const features: number[] = [];
  for (const token of programs.flat()) {
    const own = [...new Set(token)].flatMap((name) => index.get(name) ?? []).sort((a, b) => a - b);
    for (const feature of own) features.push(feature);
    starts.push(features.length);
  }
  const splitAt = programs.slice(0, split).reduce((sum, tokens) => sum + tokens.length, 0);
  return { names, starts: Int32Array.from(starts), features: Uint16Array.from(features), split: splitAt };
}

interface Candidate {
  features: number[];
  f: number;
}

/** Searches rules over one table for one latent after another. */
export class RuleSearch {
  private readonly aspects: string[];
  /** Tokens of the first half that have each pair of features (and each feature, on the diagonal). */
  private readonly together: Int32Array;
  /** Tokens of the first half by feature. */
  private readonly postings: Int32Array[];
  private readonly triples = new Map<number, Int32Array>();
  private readonly counted = new Map<string, number>();

  constructor(private readonly table: TokenTable) {
    const { names, starts, features, split } = table;
    const size = names.length;
    this.aspects = names.map((name) => name.slice(0, name.indexOf('=')));
    this.together = new Int32Array(size * size);
    for (let token = 0; token < split; token++) {
      for (let a = starts[token]; a < starts[token + 1]; a++) {
        for (let b = starts[token]; b < starts[token + 1]; b++) this.together[features[a] * size + features[b]]++;
      }
    }
    this.postings = names.map((_, feature) => new Int32Array(this.together[feature * size + feature]));
    const filled = new Int32Array(size);
    for (let token = 0; token < split; token++) {
      for (let i = starts[token]; i < starts[token + 1]; i++) this.postings[features[i]][filled[features[i]]++] = token;
    }
  }

  /** The best rule and its score on the second half; null where the latent is active too seldom to tell. */
  find({ tokens, activations }: Firing): LatentRule | null {
    const { split } = this.table;
    const border = tokens.findIndex((token) => token >= split);
    const half = border < 0 ? tokens.length : border;
    if (half < LEAST_ACTIVE || tokens.length - half < LEAST_ACTIVE) return null;
    const best = this.best({ tokens: tokens.subarray(0, half), activations: activations.subarray(0, half) });
    if (!best) return null;
    const rest = { tokens: tokens.subarray(half), activations: activations.subarray(half) };
    return { features: best.features, ...this.score(best.features, rest), chance: this.score(best.features, this.moved(rest)).f };
  }

  private best(firing: Firing): Candidate | null {
    const size = this.table.names.length;
    const total = firing.activations.reduce((a, b) => a + b, 0);
    const singles = this.extended(firing, total, [], (feature) => this.together[feature * size + feature]).slice(0, SINGLES);
    const pairs = singles.flatMap(({ features: [a] }) =>
      this.extended(firing, total, [a], (feature) => this.together[a * size + feature]).slice(0, PAIRS));
    const keyOf = ({ features }: Candidate) => [...features].sort((x, y) => x - y).join();
    const keyed = pairs.sort((x, y) => x.f - y.f).map((pair): [string, Candidate] => [keyOf(pair), pair]);
    const distinct = [...new Map(keyed).values()].sort((x, y) => y.f - x.f).slice(0, PAIRS);
    const triples = distinct.flatMap(({ features: [a, b] }) =>
      this.extended(firing, total, [a, b], (feature) => this.withPair(a, b)[feature]).slice(0, 1));
    let best: Candidate | null = null;
    for (const candidates of [singles, distinct, triples]) {
      for (const candidate of candidates) {
        const longer = best !== null && candidate.features.length > best.features.length;
        if (!best || candidate.f > best.f + (longer ? WORTH : 0)) best = candidate;
      }
    }
    return best;
  }

  /** Rules with one more feature of another aspect, the best first. `count` says how many tokens such a rule has. */
  private extended({ tokens, activations }: Firing, total: number, by: readonly number[], count: (feature: number) => number): Candidate[] {
    const { starts, features, names } = this.table;
    const hits = new Int32Array(names.length);
    const weight = new Float64Array(names.length);
    const seen: number[] = [];
    for (let i = 0; i < tokens.length; i++) {
      if (!by.every((feature) => this.has(tokens[i], feature))) continue;
      for (let at = starts[tokens[i]]; at < starts[tokens[i] + 1]; at++) {
        const feature = features[at];
        if (hits[feature]++ === 0) seen.push(feature);
        weight[feature] += activations[i];
      }
    }
    const found: Candidate[] = [];
    for (const feature of seen) {
      if (by.some((other) => this.aspects[other] === this.aspects[feature])) continue;
      found.push({ features: [...by, feature], f: harmonic(hits[feature] / count(feature), weight[feature] / total) });
    }
    return found.sort((a, b) => b.f - a.f || a.features.at(-1)! - b.features.at(-1)!);
  }

  private has(token: number, feature: number): boolean {
    const { starts, features } = this.table;
    for (let at = starts[token]; at < starts[token + 1]; at++) if (features[at] === feature) return true;
    return false;
  }

  /** Tokens of the first half with two features and each third. */
  private withPair(a: number, b: number): Int32Array {
    const { starts, features, names } = this.table;
    const key = Math.min(a, b) * names.length + Math.max(a, b);
    let counts = this.triples.get(key);
    if (counts) return counts;
    counts = new Int32Array(names.length);
    const [short, other] = this.postings[a].length < this.postings[b].length ? [this.postings[a], b] : [this.postings[b], a];
    for (const token of short) {
      if (!this.has(token, other)) continue;
      for (let at = starts[token]; at < starts[token + 1]; at++) counts[features[at]]++;
    }
    this.triples.set(key, counts);
    return counts;
  }

  /** On the second half. */
  private score(rule: readonly number[], { tokens, activations }: Firing): RuleScore {
    const count = this.tokensOf(rule);
    let [hits, weight, total] = [0, 0, 0];
    for (let i = 0; i < tokens.length; i++) {
      total += activations[i];
      if (!rule.every((feature) => this.has(tokens[i], feature))) continue;
      hits++;
      weight += activations[i];
    }
    const [precision, recall] = [count === 0 ? 0 : hits / count, weight / total];
    return { precision, recall, f: harmonic(precision, recall) };
  }

  /** How many tokens of the second half a rule has. */
  private tokensOf(rule: readonly number[]): number {
    const { split, starts } = this.table;
    let count = this.counted.get(rule.join());
    if (count !== undefined) return count;
    count = 0;
    for (let token = split; token < starts.length - 1; token++) if (rule.every((feature) => this.has(token, feature))) count++;
    this.counted.set(rule.join(), count);
    return count;
  }

  /** The second half's activations, a third of its tokens further on. */
  private moved({ tokens, activations }: Firing): Firing {
    const { split, starts } = this.table;
    const size = starts.length - 1 - split;
    return { tokens: tokens.map((token) => split + ((token - split + Math.floor(size / 3) + 1) % size)), activations };
  }
}

function harmonic(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}
