/**
 * How much of what a model does a circuit does (Marks et al. 2024; MIB, Mueller et al. 2025): shares of the way from the metric of the
 * empty circuit to that of the whole model.
 *
 *   faithfulness(C) = (m(C) − m(∅)) / (m(M) − m(∅)), completeness(C) = the same of all but C: less is better
 */

/** MIB's sizes, as shares of all edges or nodes. */
export const MIB_SIZES = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1] as const;

/** Below this difference, in logits, or below this share of the model's own metric, shares of it say nothing. */
const SMALLEST = 0.1;

/** The share; null where the whole and the empty circuit differ by too little to divide by. */
export function shareOf(metric: number, empty: number, whole: number): number | null {
  const difference = whole - empty;
  if (Math.abs(difference) < SMALLEST || Math.abs(difference) < SMALLEST * Math.abs(whole)) return null;
  return (metric - empty) / difference;
}

export interface CurvePoint {
  /** A share of all edges or nodes, 0 to 1. */
  readonly size: number;
  readonly faithfulness: number;
}

/**
 * The area under the curve over sizes (CPR: higher is better, and may exceed 1), and that between it and 1 (CMD: lower is better), both by
 * trapezoids over sizes as they are, from the smallest to the largest, divided by that width.
 */
export function areas(points: readonly CurvePoint[]): { cpr: number; cmd: number } {
  const sorted = [...points].sort((a, b) => a.size - b.size);
  const width = sorted[sorted.length - 1].size - sorted[0].size;
  const area = (value: (point: CurvePoint) => number) => sorted.slice(1).reduce((sum, point, i) =>
    sum + ((value(point) + value(sorted[i])) / 2) * (point.size - sorted[i].size), 0) / width;
  return { cpr: area(({ faithfulness }) => faithfulness), cmd: area(({ faithfulness }) => Math.abs(1 - faithfulness)) };
}
