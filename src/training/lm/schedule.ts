/**
 * Warm-up, a stable rate for as long as one likes, and a decay at the end (Hu et al. 2024, arXiv 2404.06395): every release is a decay from
 * the same trunk, and the trunk goes on.
 */
export interface Schedule {
  /** Steps of the linear warm-up, from the start and from each restart without the optimizer's memory. */
  warmup: number;
  /** AdamW's stable rate. */
  rate: number;
  /** Muon's stable rate, where the optimizer has Muon. */
  matrixRate?: number;
}

/** The share of the stable rate, `step` steps after the start. */
export function warmedUp({ warmup }: Schedule, step: number): number {
  return Math.min(1, (step + 1) / Math.max(1, warmup));
}

/** The share of the stable rate after `step` of a decay's steps: 1 - √(step / steps) (Hägele et al. 2024, arXiv 2405.18392). */
export function decayed(step: number, steps: number): number {
  return 1 - Math.sqrt(Math.min(1, (step + 1) / (steps + 1)));
}
