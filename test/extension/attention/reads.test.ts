import { describe, expect, it } from 'vitest';
import { attentionHover } from '../../../src/extension/attention/hover-text';
import { readsTable } from '../../../src/extension/attention/reads';
import { COLOURS, SHADES, shadeOf, shadeStyle, STEPS } from '../../../src/extension/attention/shades';
import type { Part } from '../../../src/protocol/analyses';

/** Two heads of one layer over four tokens, dense; [head][query][source]. */
const DENSE = [
  [[1, 0, 0, 0], [0.5, 0.5, 0, 0], [0.2, 0.7, 0.1, 0], [0.1, 0.3, 0.6, 0]],
  [[1, 0, 0, 0], [0.9, 0.1, 0, 0], [0, 0.2, 0.8, 0], [0.05, 0.05, 0.5, 0.4]],
];
const TOWARDS = [[[1, 2, -3, 4], [0, -1, 0.5, 2]]];

const pattern = (rows: number[][]) => ({
  sources: rows.map((row) => row.flatMap((share, at) => (share > 0 ? [at] : [])).sort((a, b) => row[b] - row[a])),
  weights: rows.map((row) => row.filter((share) => share > 0).sort((a, b) => b - a)),
  rest: [0, 0, 0, 0.25],
  sink: rows.map(([first]) => first),
  entropy: rows.map(() => 0),
});
const part: Part<'attention'> = {
  position: 3, heads: 2, weights: [DENSE.map((rows) => rows[3])], shown: { layer: 0, head: 1 }, patterns: [DENSE.map(pattern)],
  signed: { metric: 'KeyError − no error', values: [DENSE.map((rows, head) => rows[3].map((share, at) => share * TOWARDS[0][head][at]))], towards: TOWARDS },
  valueNorms: [[[1, 1, 2, 1], [1, 3, 1, 1]]],
};

/** What the dense rows say of two tokens, the slow way. */
function slow(heads: readonly number[], query: number, source: number, factor: (head: number, at: number) => number): number {
  return heads.reduce((sum, head) => sum + DENSE[head][query][source] * factor(head, source), 0) / heads.length;
}

describe('attention as the code carries it', () => {
  it.each([
    ['mean, plain', { head: 'most', weigh: 'plain' }, [0, 1], () => 1],
    ['one head, plain', { head: '0.1', weigh: 'plain' }, [1], () => 1],
    ['mean, by value norm', { head: 'most', weigh: 'norm' }, [0, 1], (head: number, at: number) => part.valueNorms![0][head][at]],
    ['mean, signed', { head: 'most', weigh: 'signed' }, [0, 1], (head: number, at: number) => TOWARDS[0][head][at]],
  ] as const)('is in both directions what the rows say: %s', (_, params, heads, factor) => {
    const table = readsTable(part, params)!;
    expect(table.heads).toBe(heads.length);
    expect(table.weigh).toBe(params.weigh);
    const all: number[] = [];
    for (let position = 0; position < 4; position++) {
      const { reads, readBy, sink, itself } = table.of(position);
      for (const { at, value } of reads) expect(value).toBeCloseTo(slow(heads, position, at, factor), 9);
      for (const { at, value } of readBy) expect(value).toBeCloseTo(slow(heads, at, position, factor), 9);
      expect(reads.every(({ at }) => at !== position && at !== 0)).toBe(true);
      // Who is not named reads nothing, or is not read.
      for (let other = 1; other < 4; other++) {
        if (other < position && !reads.some(({ at }) => at === other)) expect(slow(heads, position, other, factor)).toBe(0);
        if (other > position && !readBy.some(({ at }) => at === other)) expect(slow(heads, other, position, factor)).toBe(0);
      }
      for (const list of [reads, readBy]) expect(list.map(({ value }) => Math.abs(value))).toEqual(list.map(({ value }) => Math.abs(value)).sort((a, b) => b - a));
      expect(sink).toBeCloseTo(position === 0 ? 0 : slow(heads, position, 0, () => 1), 9);
      expect(itself).toBeCloseTo(slow(heads, position, position, () => 1), 9);
      all.push(...reads.map(({ value }) => Math.abs(value)));
    }
    expect(table.limit).toBeCloseTo(Math.max(...all), 9);
  });

  it('counts plainly what was not asked for, and has nothing of an older part', () => {
    expect(readsTable({ ...part, valueNorms: undefined }, { weigh: 'norm' })!.weigh).toBe('plain');
    expect(readsTable({ position: 3, heads: 2, weights: part.weights }, {})).toBeNull();
  });

  it('is told by a short table with places, and with what is left out', () => {
    const tokens = ['x', ' =', '|', '\n'].map((text, i) => ({ id: i, text, start: i < 3 ? i : null, end: i < 3 ? i + 1 : null }));
    const places = (at: number) => (at < 3 ? `1:${at + 1}` : null);
    const text = attentionHover(readsTable(part, { head: '0.1', weigh: 'plain' })!, tokens, 2, places);
    expect(text).toContain('**Attention** of `"|"` 1:3, head 0.1: share of the attention');
    expect(text).toContain('| `" ="` 1:2 | 20 % | `"\\n"` question, token 3 | 50 % |');
    expect(text.split('\n').filter((line) => line.startsWith('| `'))).toHaveLength(1);
    expect(text).toMatch(/gets 0 &#37;.*itself 80 &#37;.*0 &#37;/);
    expect(attentionHover(readsTable(part, { weigh: 'signed' })!, tokens, 3, places)).toContain('−0.775');
    expect(attentionHover(readsTable(part, { weigh: 'signed' })!, tokens, 3, places)).toContain('logits added to KeyError');
  });
});

describe('the shades of attention', () => {
  it('grow with the weight, part the directions and signs, and leave out what cannot be seen', () => {
    for (const direction of ['reads', 'readBy'] as const) {
      expect(SHADES[shadeOf(direction, 1, 1)!]).toEqual({ direction, negative: false, step: STEPS - 1 });
      expect(SHADES[shadeOf(direction, -0.25, 1)!]).toEqual({ direction, negative: true, step: STEPS / 2 - 1 });
      expect(shadeOf(direction, 0.005, 1)).toBeNull();
    }
    for (const kind of ['usual', 'highContrast'] as const) {
      const styles = SHADES.map((shade) => shadeStyle(shade, kind));
      expect(new Set(styles.map(({ background, border }) => `${background} ${border ?? ''}`)).size).toBe(SHADES.length);
      const opacities = styles.slice(0, STEPS).map(({ background }) => Number(/(\d+)%/.exec(background)![1]));
      expect(opacities).toEqual([...opacities].sort((a, b) => a - b));
      expect(opacities.at(-1)).toBeLessThanOrEqual(60);
    }
    // In high contrast the kind of line tells the directions apart.
    expect(shadeStyle(SHADES[0], 'highContrast').border).toContain('solid');
    expect(shadeStyle(SHADES[2 * STEPS], 'highContrast').border).toContain('dashed');
    expect(shadeStyle(SHADES[0], 'usual')).toEqual({ background: `color-mix(in srgb, var(--vscode-latentLens-attentionReads) 12%, transparent)`, border: undefined });
    expect(Object.values(COLOURS)).toHaveLength(2);
  });
});
