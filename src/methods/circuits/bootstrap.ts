/** Means over programs with what they would be over other programs like these: bootstrap intervals (Efron 1979). */
import { uniformFrom } from '../../random';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The middle 95 % of a statistic over samples drawn with replacement.
 * @param statistic of the drawn indices; null where it says nothing
 * @returns null where it says nothing of more than a tenth of the draws, or of fewer than two items
 */
export function bootstrap(count: number, statistic: (drawn: readonly number[]) => number | null, draws = 1000, seed = 1): Interval | null {
  if (count < 2) return null;
  const uniform = uniformFrom(seed);
  const values = Array.from({ length: draws }, () => statistic(Array.from({ length: count }, () => Math.floor(uniform() * count))))
    .filter((value) => value !== null)
    .sort((a, b) => a - b);
  if (values.length < 0.9 * draws) return null;
  const at = (share: number) => values[Math.min(values.length - 1, Math.floor(share * values.length))];
  return { low: at(0.025), high: at(0.975) };
}
