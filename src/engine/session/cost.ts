/** Costs: what is to be computed, spoken of where it takes long. */
import type { Cost } from '../../protocol/pages/answer';

/** What there is to compute. */
export interface Work {
  /** How many of what. */
  count: number;
  unit: string;
  /** Floating-point operations; where it may be less, those that are to be expected. */
  operations: number;
  /** Whether the count may be less. */
  atMost?: boolean;
}

/** What takes longer is spoken of; where no speed was measured, more operations than some second's. */
const LONG_SECONDS = 1;
const LONG_OPERATIONS = 5e10;

/**
 * @param seconds that it is expected to take; null where that is not known
 * @returns null for what takes a moment
 */
export function costOf({ operations, atMost = false, ...work }: Work, seconds: number | null): Cost | null {
  const long = seconds === null ? operations >= LONG_OPERATIONS : seconds >= LONG_SECONDS;
  return long ? { ...work, atMost, seconds } : null;
}
