import { expect, test } from 'vitest';
import { chooseProvider, knownProviders } from '../../src/graph';
import { PROVIDERS } from '../../src/vocabulary/providers';

test('the CPU is there, and needs no notice', async () => {
  expect(knownProviders()).toContain('cpu');
  expect(await chooseProvider('cpu')).toEqual({ provider: 'cpu', notice: null });
});

test('another provider works here or is said not to', async () => {
  const others = PROVIDERS.filter((provider) => provider !== 'cpu');
  const missing = others.filter((provider) => !knownProviders().includes(provider));
  expect(missing.length).toBeGreaterThan(0); // no system has both DirectML and CoreML
  for (const provider of missing) {
    const { provider: chosen, notice } = await chooseProvider(provider);
    expect(chosen).toBe('cpu');
    expect(notice).toMatch(new RegExp(`^${provider} cannot be used here: .*cpu.*Computing on the CPU instead\\.$`));
  }
});
