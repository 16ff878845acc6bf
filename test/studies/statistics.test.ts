/** Against scipy and statsmodels (test/golden/statistics.py), and against what follows from the definitions. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { clusterMean, clusterMeans, drawsFor } from '../../src/studies/statistics/bootstrap';
import { wilson } from '../../src/studies/statistics/interval';
import { holm, mcNemar } from '../../src/studies/statistics/paired';
import { passAtExact, passAtSampled } from '../../src/studies/statistics/pass-at';
import { rankSummary } from '../../src/studies/statistics/ranks';

const golden = JSON.parse(readFileSync('test/fixtures/golden/statistics.json', 'utf8')) as {
  wilson: [number, number, number, number, number][];
  mcNemar: [number, number, number, number][];
  holm: [number[], number[]][];
  passAt: [number, number, number, number][];
  bootstrap: { rows: [string, number][]; interval: [number, number, number] };
};

test.each(golden.wilson)('Wilson: %i of %i', (hits, count, value, low, high) => {
  const found = wilson(hits, count)!;
  expect(found.value).toBeCloseTo(value, 12);
  expect(found.low).toBeCloseTo(low, 10);
  expect(found.high).toBeCloseTo(high, 10);
});

test('Wilson of none is no number', () => expect(wilson(0, 0)).toBeNull());

test.each(golden.mcNemar)('McNemar: %i lost, %i gained', (lost, gained, p, midP) => {
  const found = mcNemar(lost, gained);
  expect(found.p).toBeCloseTo(p, 9);
  expect(found.midP).toBeCloseTo(midP, 9);
  expect(mcNemar(gained, lost).p).toBe(found.p);
});

test.each(golden.holm)('Holm: %j', (ps, adjusted) => {
  holm(ps).forEach((p, i) => expect(p).toBeCloseTo(adjusted[i], 12));
});

test.each(golden.passAt)('pass@k: of %i samples %i right, k %i', (samples, right, k, value) => {
  expect(passAtSampled(samples, right, k)).toBeCloseTo(value, 10);
});

test('pass@k needs as many samples', () => expect(() => passAtSampled(5, 1, 10)).toThrow('pass@10 needs 10 samples or more; there are 5.'));

test('pass@k by the probability is the mean of what samples say', () => {
  // Over all outcomes of 12 samples, weighted by their chance: the estimate has no bias.
  const [n, p] = [12, 0.17];
  const choose = (k: number) => Array.from({ length: k }, (_, i) => (n - i) / (i + 1)).reduce((a, b) => a * b, 1);
  for (const k of [1, 5, 12]) {
    const mean = Array.from(
      { length: n + 1 }, (_, c) => choose(c) * p ** c * (1 - p) ** (n - c) * passAtSampled(n, c, k),
    ).reduce((a, b) => a + b);
    expect(passAtExact(p, k)).toBeCloseTo(mean, 10);
  }
  expect(passAtExact(0, 100)).toBe(0);
  expect(passAtExact(1, 1)).toBe(1);
  expect(passAtExact(1e-12, 10)).toBeCloseTo(1e-11, 20);
});

describe('cluster bootstrap', () => {
  const { rows, interval: [value, low, high] } = golden.bootstrap;
  const own = rows.map(([cluster, one]) => ({ cluster, value: one }));

  test('agrees with numpy, whatever the seed', () => {
    for (const seed of [0, 1, 99]) {
      const found = clusterMean(own, seed)!;
      expect(found.value).toBeCloseTo(value, 12);
      expect(Math.abs(found.low - low)).toBeLessThan(0.006);
      expect(Math.abs(found.high - high)).toBeLessThan(0.006);
    }
  });

  test('is seeded', () => {
    expect(clusterMean(own, 3, 500)).toEqual(clusterMean(own, 3, 500));
    expect(clusterMean(own, 3, 500)).not.toEqual(clusterMean(own, 4, 500));
  });

  test('is wider where rows come in few programs, and has no width where all are alike', () => {
    const lumped = own.map(({ value: one }, i) => ({ cluster: String(i % 2 === one ? 1 : one), value: one }));
    const apart = own.map(({ value: one }, i) => ({ cluster: String(i), value: one }));
    const width = (found: { low: number; high: number } | null) => found!.high - found!.low;
    expect(width(clusterMean(lumped, 0, 2000))).toBeGreaterThan(width(clusterMean(apart, 0, 2000)));
    expect(clusterMean(apart.map(({ cluster }) => ({ cluster, value: 2 })), 0, 100)).toEqual({ value: 2, low: 2, high: 2 });
  });

  test('columns have gaps of their own', () => {
    const [all, some, none] = clusterMeans([{ cluster: 'a', values: [1, null, null] }, { cluster: 'b', values: [3, 5, null] }], 0, 200);
    expect(all!.value).toBe(2);
    expect(some).toEqual({ value: 5, low: 5, high: 5 });
    expect(none).toBeNull();
    expect(clusterMeans([], 0)).toEqual([]);
  });

  test('draws fewer where there are many programs', () => {
    expect([drawsFor(10), drawsFor(5_000), drawsFor(1_000_000)]).toEqual([10_000, 4_000, 1_000]);
  });
});

test('ranks', () => {
  expect(rankSummary([1, 2, 4, 1])).toEqual({ count: 4, mrr: (1 + 0.5 + 0.25 + 1) / 4, median: 1.5 });
  expect(rankSummary([])).toBeNull();
});
