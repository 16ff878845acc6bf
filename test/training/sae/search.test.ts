import { expect, test } from 'vitest';
import type { SaeMeasures } from '../../../src/training/sae/evaluate';
import { bestOf } from '../../../src/training/sae/search';

const one = (l0: number, latents: number, recovered: number, dead = 0, dense = 0): SaeMeasures => {
  const loss = { model: 1, zero: 2, sae: 2 - recovered, recovered };
  const denseOnes = Array.from({ length: dense }, (_, latent) => ({ latent, density: 0.3 }));
  return { site: 's', tokens: 1, l0, latents, explained: 1, explainedLast: 1, dead, dense: denseOnes, loss, answerLoss: loss };
};

test('of those that meet the bar the sparsest is chosen, then the smallest', () => {
  expect(bestOf([one(32, 512, 0.99), one(16, 512, 0.98), one(8, 512, 0.9)])).toBe(1);
  expect(bestOf([one(16, 1024, 0.99), one(16.5, 512, 0.99), one(16.2, 768, 0.99)])).toBe(1);
  expect(bestOf([one(8, 512, 0.99, 0.3), one(16, 512, 0.98, 0.05, 8), one(12, 512, 0.99, 0, 20)])).toBe(1);
});

test('where none meets it, the one that falls least short', () => {
  expect(bestOf([one(8, 512, 0.5), one(16, 512, 0.9), one(32, 512, 0.93, 0.5)])).toBe(1);
});
