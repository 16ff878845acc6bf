/** A number with its 95 % interval. */
export interface Interval {
  value: number;
  low: number;
  high: number;
}

/** The normal distribution's quantile of 97.5 %. */
const Z = 1.959963984540054;

/**
 * A rate with Wilson's score interval (Wilson 1927), which stays within 0 and 1 and is honest near both.
 * @returns null of none
 */
export function wilson(hits: number, count: number): Interval | null {
  if (count === 0) return null;
  const rate = hits / count;
  const scale = 1 + (Z * Z) / count;
  const middle = (rate + (Z * Z) / (2 * count)) / scale;
  const half = (Z / scale) * Math.sqrt((rate * (1 - rate)) / count + (Z * Z) / (4 * count * count));
  // At the ends the formula gives 0 and 1 but for the last digit.
  return { value: rate, low: hits === 0 ? 0 : middle - half, high: hits === count ? 1 : middle + half };
}
