import { describe, expect, it } from 'vitest';
import { freeSlot, heatLimit, heatSpans, heatSteps, LATENT_COLOURS, STEPS } from '../../../src/extension/latents/heat';

const ref = { site: 'blocks.1.hook_resid_post' as const, latent: 7 };
const span = (start: number, end: number, activation: number, other: object = {}) => ({ ...ref, start, end, text: 'x', activation, ...other });
const firings = { spans: [span(0, 2, 1), span(2, 3, 4), span(2, 3, 2), span(5, 9, 8), span(5, 9, 3, { latent: 8 }), span(9, 10, 16), span(12, 12, 1)] };

describe('the heat of a latent', () => {
  it('is drawn once for each stretch of code, for this latent alone', () => {
    const spans = heatSpans(firings, ref, 16, 100);
    expect(spans.map(({ start, end, activation }) => [start, end, activation])).toEqual([[0, 2, 1], [2, 3, 4], [5, 9, 8], [9, 10, 16]]);
    expect(heatSpans(firings, { ...ref, latent: 8 }, 16, 100)).toHaveLength(1);
    expect(heatSpans(firings, { ...ref, site: 'hook_embed' as const }, 16, 100)).toEqual([]);
  });

  it('has its strongest step at the limit, and a step for the smallest activation', () => {
    const steps = (largest: number) => heatSpans(firings, ref, largest, 100).map(({ step }) => step);
    expect(steps(16)).toEqual([0, 1, 3, 7]);
    expect(steps(8)).toEqual([0, 3, 7, 7]);
    expect(steps(1e9)).toEqual([0, 0, 0, 0]);
  });

  it('ends where the text was edited', () => {
    expect(heatSpans(firings, ref, 16, 8).map(({ start }) => start)).toEqual([0, 2]);
    expect(heatSpans(firings, ref, 16, 0)).toEqual([]);
  });

  it('is measured by what is known, or by what is here', () => {
    expect(heatLimit(firings, ref, null)).toBe(16);
    expect(heatLimit(firings, ref, 20)).toBe(20);
    expect(heatLimit(firings, ref, 10)).toBe(16);
  });
});

describe('the colours of latents', () => {
  it.each(['usual', 'highContrast'] as const)('get stronger by the step, and stay transparent enough to read: %s', (kind) => {
    for (const slot of LATENT_COLOURS.keys()) {
      const steps = heatSteps(slot, kind);
      expect(steps).toHaveLength(STEPS);
      const alphas = steps.map(({ background }) => parseInt(background.slice(7), 16));
      expect(alphas).toEqual([...alphas].sort((a, b) => a - b));
      expect(new Set(alphas).size).toBe(STEPS);
      expect(alphas.at(-1)).toBeLessThan(0.6 * 255);
      expect(steps.every(({ background }) => background.startsWith(LATENT_COLOURS[slot]))).toBe(true);
    }
    const borders = LATENT_COLOURS.map((_, slot) => heatSteps(slot, kind)[0].border?.split(' #')[0]);
    expect(new Set(borders).size).toBe(kind === 'usual' ? 1 : LATENT_COLOURS.length);
  });

  it('are given to latents one by one', () => {
    expect([freeSlot([]), freeSlot([0, 2]), freeSlot([1, 0, 2]), freeSlot([3, 0, 1, 2])]).toEqual([0, 1, 3, undefined]);
  });

  it('differ also for those who cannot see red, or green', () => {
    // Viénot, Brettel and Mollon (1999), in linear RGB.
    const linear = (hex: string) => [1, 3, 5].map((at) => (parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2);
    const protan = ([r, g, b]: number[]) => [0.11238 * r + 0.88762 * g, 0.11238 * r + 0.88762 * g, 0.004 * r - 0.004 * g + b];
    const deutan = ([r, g, b]: number[]) => [0.29275 * r + 0.70725 * g, 0.29275 * r + 0.70725 * g, -0.02234 * r + 0.02234 * g + b];
    for (const seen of [(rgb: number[]) => rgb, protan, deutan]) {
      const colours = LATENT_COLOURS.map((colour) => seen(linear(colour)).map((value) => Math.max(0, value) ** (1 / 2.2)));
      for (const [i, a] of colours.entries()) {
        for (const b of colours.slice(i + 1)) expect(Math.hypot(...a.map((value, channel) => value - b[channel]))).toBeGreaterThan(0.15);
      }
    }
  });
});
