/** Where the truth stands among the answers, from 1. */

export interface RankSummary {
  count: number;
  /** Mean reciprocal rank. */
  mrr: number;
  median: number;
}

/** @returns null of none */
export function rankSummary(ranks: readonly number[]): RankSummary | null {
  if (ranks.length === 0) return null;
  const sorted = [...ranks].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return {
    count: ranks.length,
    mrr: ranks.reduce((sum, rank) => sum + 1 / rank, 0) / ranks.length,
    median: (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2,
  };
}
