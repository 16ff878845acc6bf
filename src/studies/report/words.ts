/** Numbers of a report in words. */
import type { Interval } from '../statistics/interval';

/** "41.2 %". */
export function share(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

/** "41.2 % (38.0–44.5)"; a dash where nothing was measured. */
export function shareWithin(interval: Interval | null): string {
  if (!interval) return '–';
  const { value, low, high } = interval;
  return `${share(value)} (${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)})`;
}

/** "0.42 (0.38–0.45)". */
export function numberWithin(interval: Interval | null, digits = 3): string {
  if (!interval) return '–';
  const [value, low, high] = [interval.value, interval.low, interval.high].map((one) => one.toFixed(digits).replace('-', '−'));
  return `${value} (${low}–${high})`;
}

/** "p = 0.031", "p < 0.001". */
export function chance(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

export function flat(name: string, interval: Interval | null): Record<string, number | null> {
  const of = (value: number | undefined) => (value === undefined ? null : Number(value.toPrecision(7)));
  return { [name]: of(interval?.value), [`${name}_low`]: of(interval?.low), [`${name}_high`]: of(interval?.high) };
}

export function count(n: number): string {
  return n.toLocaleString('en-US');
}
