/** Frequencies and magnitudes of configs, mostly published ones, as transformers computes them (test/golden/rope.py). */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Config } from '../../../src/architectures/config';
import { LLAMA_DEFAULTS, readLlama } from '../../../src/architectures/families/llama';
import { PHI3_DEFAULTS } from '../../../src/architectures/families/phi3';

interface Row {
  name: string;
  config: Record<string, unknown>;
  frequencies: number[];
  magnitude: number;
}

const rows = JSON.parse(readFileSync('test/fixtures/golden/rope.json', 'utf8')) as Row[];
const read = (config: Record<string, unknown>) => {
  const family = String(config.model_type);
  return readLlama(new Config(family, config), family === 'phi3' ? PHI3_DEFAULTS : LLAMA_DEFAULTS);
};

test.each(rows.map((row) => [row.name, row] as const))('%s', (_name, { config, frequencies, magnitude }) => {
  const { rotary } = read(config);
  expect(rotary.size).toBe(2 * frequencies.length);
  expect(rotary.frequencies).toHaveLength(frequencies.length);
  // PyTorch raises the base to powers in float32.
  const apart = frequencies.map((frequency, i) => Math.abs(rotary.frequencies[i] / frequency - 1));
  expect(Math.max(...apart)).toBeLessThan(2e-6);
  expect(rotary.magnitude ?? 1).toBeCloseTo(magnitude, 12);
});

describe('prompts are no longer than angles allow', () => {
  const context = (name: string) => read(rows.find((row) => row.name === name)!.config).context;
  test('LongRoPE: up to the original context', () => {
    expect(context('Phi-3.5-mini')).toBe(4096);
    expect(context('LongRoPE, no longer than before')).toBe(4096);
  });
  test('others: up to the context', () => {
    expect(context('Llama 3.1 8B')).toBe(131072);
    expect(context('YaRN-Llama 2 64k')).toBe(65536);
    expect(context('InternLM 2')).toBe(32768);
  });
});

test('older names of LongRoPE, in Phi-3 alone', () => {
  const row = rows.find(({ name }) => name === 'Phi-4-mini')!;
  const named = (type: string) => ({ ...row.config, rope_scaling: { ...(row.config.rope_scaling as object), type } });
  const expected = read(row.config).rotary;
  expect(read(named('su')).rotary).toEqual(expected);
  expect(read(named('yarn')).rotary).toEqual(expected);
  expect(() => read({ ...named('su'), model_type: 'llama' })).toThrow('the type "su" is not supported');
});

const LLAMA = { model_type: 'llama', hidden_size: 16, num_attention_heads: 2 };
const LLAMA3 = { rope_type: 'llama3', factor: 8, low_freq_factor: 1, high_freq_factor: 4 };
const four = [1, 1, 1, 1];
test.each([
  ['an unknown type', { rope_scaling: { type: 'proportional' } }, "'rope_scaling' of the llama family: the type \"proportional\" is not"],
  ['a parameter of another type', { rope_parameters: { rope_type: 'linear', beta_fast: 1 } }, 'beta_fast is not supported for'],
  ['an unknown parameter', { rope_parameters: { mrope_section: [1, 2] } }, 'mrope_section is not supported for the type default'],
  ['no factor', { rope_scaling: { type: 'linear' } }, 'factor is undefined, not a number'],
  ['a factor of 0', { rope_scaling: { type: 'linear', factor: 0 } }, 'gives no frequencies'],
  ['a text for a number', { rope_scaling: { ...LLAMA3, factor: '8' } }, 'factor is "8", not a number'],
  ['a negative base', { rope_theta: -1 }, 'rope_theta is -1, not a number'],
  ['parameters that are no object', { rope_scaling: 'linear' }, "'rope_scaling' of the llama family: is not an object"],
  ['part of each head, where the class has none', { partial_rotary_factor: 0.5 }, 'partial_rotary_factor 0.5 is not supported'],
  ['an odd head', { head_dim: 7 }, "7 of a head's 7 numbers cannot be turned in pairs"],
  ['too few factors', { rope_scaling: { type: 'longrope', short_factor: [1], long_factor: four } }, 'short_factor is not a list of 4'],
  ['a null for a factor', { rope_scaling: { type: 'longrope', short_factor: four, long_factor: [1, 1, null, 1] } }, 'long_factor is not'],
])('refuses %s', (_name, change, message) => {
  expect(() => read({ ...LLAMA, ...change })).toThrow(message);
});
