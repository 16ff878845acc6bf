/** The model and the SAEs that come with the package: what attribution says, against really patching each latent. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadModel } from '../../../src/engine/session/load';
import { Session } from '../../../src/engine/analyses/session';
import type { LatentsDocument } from '../../../src/protocol/documents/latents';
import { changedBy, latentsFor } from '../analysed';

const SNIPPETS = 20;
const TOP = 100;

let session: Session;
const results: LatentsDocument[] = [];
beforeAll(async () => {
  session = new Session(await loadModel());
  // Lines are pairs of near twins.
  const lines = readFileSync('test/fixtures/study-pairs.jsonl', 'utf8').trim().split('\n');
  const programs = lines.map((line) => (JSON.parse(line) as { code: string }).code);
  const pairs = Array.from({ length: SNIPPETS }, (_, i) => 2 * Math.floor((i * programs.length) / (2 * SNIPPETS)));
  for (const at of pairs) {
    const against = { program: { file: null, text: programs[at + 1] } };
    results.push(await latentsFor(session, { text: programs[at] }, { sites: 'all', top: TOP, check: true }, { against }));
  }
}, 120_000);
afterAll(() => session.close());

interface Estimate {
  estimated: number;
  patched: number;
}

const bySize = ({ latents }: LatentsDocument) => [...latents].sort((a, b) => Math.abs(b.logits.attribution) - Math.abs(a.logits.attribution));

const estimates = (top: number): Estimate[] =>
  results.flatMap((result) => bySize(result).slice(0, top).map(({ logits }) => ({ estimated: logits.attribution, patched: logits.patched! })));

function agreement(all: readonly Estimate[]): { correlation: number; sameSign: number } {
  const sum = (of: (one: Estimate) => number) => all.reduce((total, one) => total + of(one), 0);
  const [a, b] = [sum(({ estimated }) => estimated) / all.length, sum(({ patched }) => patched) / all.length];
  const covariance = sum(({ estimated, patched }) => (estimated - a) * (patched - b));
  const correlation = covariance / Math.sqrt(sum(({ estimated }) => (estimated - a) ** 2) * sum(({ patched }) => (patched - b) ** 2));
  return { correlation, sameSign: sum(({ estimated, patched }) => Number(estimated * patched > 0)) / all.length };
}

test('the two programs of each snippet are told apart, and every SAE takes part', async () => {
  expect(results).toHaveLength(SNIPPETS);
  const sites = (await session.saes()).map(({ config }) => config.site);
  expect(sites.length).toBeGreaterThan(0);
  for (const { saes, errorTerm, mode } of results) expect([saes.map(({ site }) => site), errorTerm, mode]).toEqual([sites, true, 'pass-through']);
  const different = results.filter(({ clean, corrupted }) => Math.abs(clean - corrupted) > 1);
  expect(different.length).toBeGreaterThanOrEqual(0.9 * SNIPPETS);
  for (const { latents } of results) expect(latents).toHaveLength(TOP);
});

test('they are listed by their size, dense ones behind the others', () => {
  const dense = results.flatMap(({ latents }) => latents.filter(({ density }) => density! > 0.2));
  expect(dense.length).toBeGreaterThan(0);
  for (const result of results) {
    const sorted = bySize(result);
    const isDense = ({ density }: (typeof sorted)[number]) => density! > 0.2;
    expect(result.latents).toEqual([...sorted.filter((one) => !isDense(one)), ...sorted.filter(isDense)]);
  }
});

test.each([25, TOP])('the top %d move the metric as attribution says, one by one', (top) => {
  const { correlation, sameSign } = agreement(estimates(top));
  // Measured: 99.6 % and 0.84 for the top 25, 98.9 % and 0.87 for the top 100.
  expect(sameSign).toBeGreaterThan(0.93);
  expect(correlation).toBeGreaterThan(0.7);
});

test('the most decisive latent of each moves the metric in that direction, and in most snippets within a factor of two', () => {
  const ratios = estimates(1).map(({ estimated, patched }) => patched / estimated);
  expect(ratios.filter((ratio) => ratio > 0).length).toBeGreaterThanOrEqual(0.95 * SNIPPETS);
  expect(ratios.filter((ratio) => ratio >= 0.5 && ratio <= 2).length).toBeGreaterThanOrEqual(0.8 * SNIPPETS);
});

test('ablating a latent that only the variant has moves its answers as attribution says', async () => {
  const all: Estimate[] = [];
  for (const result of results) {
    const { metric, counterfactual } = result;
    const own = bySize(result).slice(0, 25).filter(({ clean, corrupted, head }) => clean === 0 && corrupted > 0 && head === null);
    for (const { site, latent, position, logits } of own) {
      const { variant } = counterfactual.alignment.columns.find(({ original }) => original === position)!;
      const changes = [{ site, latent, positions: [variant!], change: { kind: 'ablate' as const } }];
      const { change } = await changedBy(session, { text: counterfactual.code }, { changes });
      const moved = (label: string) => change.find((one) => one.label === label)!.logit;
      const patched = moved(metric.positive) - moved(metric.negative);
      expect(patched).toBeCloseTo(logits.patched!, 3); // 0 is what it has in the original
      all.push({ estimated: logits.attribution, patched });
    }
  }
  const { correlation, sameSign } = agreement(all);
  const ratios = all.map(({ estimated, patched }) => patched / estimated);
  // Measured: all 85 of one sign, a correlation of 0.90, and 81 within a factor of two.
  expect(ratios.filter((ratio) => ratio >= 0.5 && ratio <= 2).length).toBeGreaterThan(0.85 * all.length);
  expect(all.length).toBeGreaterThanOrEqual(3 * SNIPPETS);
  expect(sameSign).toBeGreaterThan(0.93);
  expect(correlation).toBeGreaterThan(0.7);
}, 120_000);
