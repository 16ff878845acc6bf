import { describe, expect, it } from 'vitest';
import { overlayStep, overlaySteps } from '../../../src/extension/overlay/colours';
import { effectLimit, tokenAt, tokenEffects, usualLayer } from '../../../src/extension/code/token-effects';
import { madeUp } from '../../cli/explanation-fixture';

describe('effects on the tokens of the code', () => {
  it('leave out tokens without a place in the file, and those without a counterpart', () => {
    const effects = tokenEffects(madeUp(), 1);
    expect(effects.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(effects.at(-1)).toEqual({ position: 7, start: 13, end: 16, effect: -0.37, normalised: true, estimated: false });
  });

  it('are counted from the run that is patched', () => {
    const patching = { ...madeUp().patching!, direction: 'noising' as const };
    expect(tokenEffects(madeUp({ patching }), 0).at(-1)!.effect).toBeCloseTo(1.37);
    const raw = { ...madeUp().patching!, effect: null };
    expect(tokenEffects(madeUp({ patching: raw }), 0)[0]).toMatchObject({ effect: 2.25, normalised: false });
    expect(effectLimit(madeUp({ patching: raw }))).toBe(2.25);
    expect(effectLimit(madeUp())).toBe(1);
  });

  it('are none without patching or beyond the layers', () => {
    expect(tokenEffects(madeUp({ patching: null }), 0)).toEqual([]);
    expect(tokenEffects(madeUp(), 9)).toEqual([]);
  });

  it('are shown at the middle layer, or at the nearest where the code holds something', () => {
    expect(usualLayer(madeUp())).toBe(1);
    const { patching } = madeUp();
    const effect = patching!.effect!.map((row, layer) => row.map((value) => (value === null ? null : layer === 0 ? 0.8 : 0.03)));
    expect(usualLayer(madeUp({ patching: { ...patching!, effect } }))).toBe(0);
    expect(usualLayer(madeUp({ patching: null }))).toBe(0);
  });

  it('find the token at an offset, at a border the one that begins there', () => {
    expect(tokenAt(madeUp(), 0)).toBe(1);
    expect(tokenAt(madeUp(), 5)).toBe(2);
    expect(tokenAt(madeUp(), 17)).toBe(8);
    expect(tokenAt(madeUp(), 99)).toBeNull();
  });
});

describe('the colours', () => {
  const steps = overlaySteps({ positive: '#3f82c6', negative: '#dd8430' });

  it('have a step for every effect that is drawn, and none around zero', () => {
    for (const effect of [-3, -1, -0.5, -0.07, 0.07, 0.5, 1, 3]) {
      const step = overlayStep(effect, 1);
      expect(Math.sign(step)).toBe(Math.sign(effect));
      expect(steps.filter((candidate) => candidate.step === step)).toHaveLength(1);
    }
    expect(overlayStep(0, 1)).toBe(0);
    expect(overlayStep(-0.05, 1)).toBe(0);
  });

  it('grow stronger with the effect, and tell the sign by the line as well', () => {
    const alpha = (step: number) => parseInt(steps.find((candidate) => candidate.step === step)!.background.slice(7), 16);
    expect([1, 2, 3, 4, 5, 6, 7, 8].every((step) => alpha(step) > (step === 1 ? 0 : alpha(step - 1)))).toBe(true);
    expect(steps.every(({ step, border }) => border.includes(step > 0 ? 'solid' : 'dashed'))).toBe(true);
  });
});
