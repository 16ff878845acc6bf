/** Attention as tables that the code can carry: what each token reads and who reads it, by one head or on average over all. */
import type { Part } from '../../protocol/analyses';
import type { AttentionWeight } from '../../protocol/analyses/attention';

type Attention = Part<'attention'>;

/** A token that is read, or that reads, and how much: a share, a share times a length, or logits. */
export interface Seen {
  at: number;
  value: number;
}

export interface TokenReads {
  /** The strongest first; without the token itself, and without the first token of all, on which heads rest that look for nothing. */
  reads: Seen[];
  readBy: Seen[];
  /** What the first token gets, the token itself, and all that are not kept: below 0.5 %, or not among a head's eight largest. */
  sink: number;
  itself: number;
  rest: number;
}

export interface ReadsTable {
  /** Null for the mean over all heads. */
  head: { layer: number; head: number } | null;
  heads: number;
  /** What reading counts as. */
  weigh: AttentionWeight;
  /** What a signed value is added to. */
  metric: string | null;
  /** The largest value between two tokens, whatever its sign: what the strongest colour stands for. */
  limit: number;
  of: (position: number) => TokenReads;
}

/** What the reader chose in the panel, as the part's parameters have it. */
export interface Chosen {
  head?: unknown;
  weigh?: unknown;
}

/**
 * The table of one head where the reader named it, else of the mean over all heads. A weight that the part does not have counts plainly.
 * @returns null for a part of an earlier version, which has one token's attention only
 */
export function readsTable(part: Attention, { head, weigh }: Chosen): ReadsTable | null {
  const { patterns, shown, valueNorms, signed } = part;
  if (!patterns) return null;
  const one = head !== 'most' && head !== undefined && shown ? shown : null;
  const factors = weigh === 'norm' ? valueNorms : weigh === 'signed' ? signed?.towards : undefined;
  const heads = patterns.flatMap((row, layer) => row.flatMap((pattern, at) => {
    const wanted = !one || (one.layer === layer && one.head === at);
    return wanted ? [{ pattern, factor: factors?.[layer][at] }] : [];
  }));
  const mean = (of: (pattern: (typeof heads)[number]['pattern']) => number) => heads.reduce((sum, { pattern }) => sum + of(pattern), 0) / heads.length;

  const tokens = heads[0].pattern.sources.length;
  const reads: Seen[][] = [];
  const readBy: Seen[][] = Array.from({ length: tokens }, () => []);
  const itself: number[] = [];
  const sums = new Float64Array(tokens);
  let limit = 0;
  for (let query = 0; query < tokens; query++) {
    const kept: number[] = [];
    let own = 0;
    for (const { pattern, factor } of heads) {
      const [sources, weights] = [pattern.sources[query], pattern.weights[query]];
      for (let i = 0; i < sources.length; i++) {
        const source = sources[i];
        if (source === query) own += weights[i];
        if (source === query || source === 0) continue;
        if (sums[source] === 0) kept.push(source);
        sums[source] += (weights[i] * (factor ? factor[source] : 1)) / heads.length;
      }
    }
    reads.push([...new Set(kept)].map((at) => ({ at, value: sums[at] })).sort(byStrength));
    itself.push(own / heads.length);
    for (const { at, value } of reads[query]) {
      readBy[at].push({ at: query, value });
      limit = Math.max(limit, Math.abs(value));
      sums[at] = 0;
    }
  }
  readBy[0] = readersOfFirst(heads, tokens);
  for (const readers of readBy) readers.sort(byStrength);
  return {
    head: one,
    heads: heads.length,
    weigh: factors ? (weigh as AttentionWeight) : 'plain',
    metric: factors && weigh === 'signed' ? signed!.metric : null,
    limit: Math.max(limit, 1e-9),
    of: (position) => ({
      reads: reads[position],
      readBy: readBy[position],
      sink: position === 0 ? 0 : mean(({ sink }) => sink[position]),
      itself: itself[position],
      rest: mean(({ rest }) => rest[position]),
    }),
  };
}

/** Who reads the first token of all is seen by pointing at it, and nowhere else. */
function readersOfFirst(heads: readonly { pattern: { sink: number[] }; factor: readonly number[] | undefined }[], tokens: number): Seen[] {
  const value = (query: number) => {
    const sum = heads.reduce((all, { pattern: { sink }, factor }) => all + sink[query] * (factor ? factor[0] : 1), 0);
    return sum / heads.length;
  };
  return Array.from({ length: tokens - 1 }, (_, i) => ({ at: i + 1, value: value(i + 1) })).filter((one) => one.value !== 0);
}

function byStrength(a: Seen, b: Seen): number {
  return Math.abs(b.value) - Math.abs(a.value) || a.at - b.at;
}
