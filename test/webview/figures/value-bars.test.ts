import { describe, expect, it } from 'vitest';
import type { BarsFigure } from '../../../src/figures/kinds/figure';
import { percent } from '../../../src/figures/kinds/text';
import { fitted } from '../../../webview/figures/canvas';
import { svgPicture } from '../../../webview/figures/picture';
import { barPlaces, barsPicture } from '../../../webview/figures/value-bars';
import type { Theme } from '../../../webview/ui/colours';
import { elements, parseXml } from './xml';

const theme: Theme = {
  dark: false, highContrast: false, text: '#111111', muted: '#777777', line: '#dddddd', surface: '#ffffff', accent: '#0b62b8',
  positive: '#0f4c8a', negative: '#b35806', mono: 'monospace', sans: 'sans-serif',
};

describe('bars', () => {
  it('lie on one scale with zero in it', () => {
    expect(barPlaces([3, -1, 0])).toEqual([{ from: 0.25, length: 0.75 }, { from: 0, length: 0.25 }, { from: 0.25, length: 0 }]);
    expect(barPlaces([0.5, 0.25])).toEqual([{ from: 0, length: 1 }, { from: 0, length: 0.5 }]);
    expect(barPlaces([NaN])).toEqual([{ from: 0, length: 0 }]);
    expect(barPlaces([])).toEqual([]);
  });

  it('are a picture with each label, number and note as text', () => {
    const figure: BarsFigure = {
      kind: 'bars', name: 'answers', title: 'Answers', about: '', unit: 'probability', format: percent, rows: () => [],
      bars: [{ label: 'TypeError', value: 0.75, marked: true, note: 'true' }, { label: 'KeyError\u202e', value: 0.25 }],
    };
    const xml = svgPicture(barsPicture(figure, theme, { title: 'Answers', subtitle: ['a.py'] }), (text) => text.length * 6);
    const texts = elements(parseXml(xml), 'text').map(({ text }) => text);
    for (const text of ['Answers', 'a.py', 'probability', 'TypeError', 'true', percent(0.75), 'KeyError⟨U+202E⟩']) expect(texts).toContain(text);
  });
});

it('a label that is too long is cut in its middle, to the room that there is', () => {
  const measure = (text: string) => Array.from(text).length * 6;
  const label = 'most at the question’s last token · where the model answers TypeError';
  const cut = fitted(label, 240, measure);
  expect(measure(cut)).toBeLessThanOrEqual(240);
  expect(measure(cut)).toBeGreaterThan(220);
  expect(cut).toMatch(/^most at the.*….*TypeError$/);
  expect(fitted('abc', 18, measure)).toBe('abc');
  expect(fitted('😀😀😀😀', 18, measure)).toBe('😀…😀');
  expect([0, 6, 12].map((room) => measure(fitted('abcdef', room, measure)))).toEqual([6, 6, 12]);
});
