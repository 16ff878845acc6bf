/** Bases of a metric: what the two labels are of which one's logit is subtracted from the other's. */

/**
 * actual: what Python really did with both programs; mistake: what the model predicts and what is true; predicted: what the model predicts
 * for both; runner-up: the original's two most probable answers; chosen: the reader's choice.
 */
export const METRIC_BASES = ['actual', 'mistake', 'predicted', 'runner-up', 'chosen'] as const;
export type MetricBasis = (typeof METRIC_BASES)[number];
