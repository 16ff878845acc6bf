import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../src/training/lm/log';
import { lossCurveSvg, readLog } from '../../../src/training/lm/loss-curve';

const entry = (step: number, more: Partial<LogEntry> = {}): LogEntry => ({
  step, tokens: step * 1000, rate: 1e-3, loss: 3, codeLoss: 8 / step, labelLoss: 4 / step, syntaxLoss: 1, typeLoss: 1, lineLoss: 2, labelAccuracy: 0.5, gradientNorm: 1, tokensPerSecond: 1000, tokensPerCpuSecond: 500, ...more,
});
const curves = (svg: string) => [...svg.matchAll(/<polyline points="([^"]*)"/g)].map(([, points]) => points.split(' ').map((point) => point.split(',').map(Number)));

describe('readLog', () => {
  it('keeps the later of repeated steps and skips a line that was cut off', () => {
    const lines = [entry(20), entry(40), entry(60, { loss: 9 })].map((one) => JSON.stringify(one));
    const again = [entry(40, { loss: 2 }), entry(60, { loss: 1 })].map((one) => JSON.stringify(one));
    const entries = readLog([...lines, '{"step":80,"lo', ...again, ''].join('\n'));
    expect(entries.map(({ step, loss }) => [step, loss])).toEqual([[20, 3], [40, 2], [60, 1]]);
  });
});

describe('lossCurveSvg', () => {
  it('draws falling losses downwards and accuracy by its own axis', () => {
    const svg = lossCurveSvg([entry(1), entry(50, { validationLoss: 0.4, validationAccuracy: 0.5 }), entry(100, { validationLoss: 0.3, validationAccuracy: 1 })]);
    const [answer, code, , accuracy] = curves(svg);
    expect(answer).toHaveLength(3);
    for (const line of [answer, code]) for (let i = 1; i < line.length; i++) expect(line[i][1]).toBeGreaterThan(line[i - 1][1]);
    const halfway = (366 + 48) / 2;
    expect(accuracy.map(([, y]) => y)).toEqual([halfway, 48]);
    expect(svg).toContain('validation accuracy 100.0 %');
  });

  it('keeps every point inside the plot', () => {
    const svg = lossCurveSvg(Array.from({ length: 200 }, (_, i) => entry(37 * (i + 1), { labelLoss: 9.37 / (i + 1) })));
    for (const [x, y] of curves(svg).flat()) {
      expect(x >= 62 && x <= 800.1).toBe(true);
      expect(y >= 47.9 && y <= 366.1).toBe(true);
    }
  });

  it('leaves out what is not a number, and draws nothing without entries', () => {
    const svg = lossCurveSvg([entry(1, { labelLoss: NaN }), entry(2)]);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(curves(svg)[0]).toHaveLength(1);
    expect(curves(lossCurveSvg([]))).toEqual([]);
  });
});
