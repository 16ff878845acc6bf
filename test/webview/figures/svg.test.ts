import { lensGrid, lensLines } from '../../../src/figures/lens';
import { patchingGrid } from '../../../src/figures/patching/patching';
import { siteLabel } from '../../../src/figures/kinds/tokens';
import { describe, expect, it } from 'vitest';
import { barChart, lineChart } from '../../../webview/figures/charts';
import type { Theme } from '../../../webview/ui/colours';
import { heatmapPicture } from '../../../webview/figures/heatmap/picture';
import { predictionBars } from '../../../webview/views/display';
import { svgPicture, type Picture } from '../../../webview/figures/picture';
import { svgCanvas } from '../../../webview/figures/svg-context';
import { escapeXml, paint } from '../../../webview/figures/svg-text';
import { sampleExplanation } from '../sample';
import { elements, parseXml } from './xml';

const theme: Theme = {
  dark: false, highContrast: false, text: '#111111', muted: 'rgba(20, 30, 40, 0.5)', line: '#dddddd', surface: '#ffffff', accent: '#0b62b8',
  positive: '#0f4c8a', negative: '#b35806', mono: "'DejaVu Sans Mono', monospace", sans: 'sans-serif',
};
const measure = (text: string, font: string) => text.length * 0.6 * Number(/([\d.]+)px/.exec(font)![1]);
const words = { title: 'A & B', subtitle: ['<file>'] };
const heatmap = { minCell: 24, maxCell: 64, fit: false };
const texts = (xml: string) => elements(parseXml(xml), 'text').map(({ text }) => text);
const cells = (xml: string, width: number, height: number) =>
  elements(parseXml(xml), 'path').filter(({ attributes: { d, fill } }) => {
    const points = [...d.matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
    const extent = (axis: number) => Math.max(...points.map((point) => point[axis])) - Math.min(...points.map((point) => point[axis]));
    return fill?.startsWith('#') && Math.abs(extent(0) - width) < 0.05 && Math.abs(extent(1) - height) < 0.05;
  });

describe('heatmaps as SVG', () => {
  it('have one shape for each patch, under tokens that are text', () => {
    const explanation = sampleExplanation({ code: 'print(area(3))', variant: 'print(area(3, 14), end)' });
    const grid = patchingGrid(explanation)!;
    const picture = heatmapPicture(grid, 800, heatmap, { selected: null, numbers: false }, theme, words);
    const xml = svgPicture(picture, measure);
    const numbers = grid.values.flat().filter((value) => value !== null);
    const cell = (picture.width - 70 - 72) / grid.columns.length;
    const missing = grid.values.flat().length - numbers.length;
    expect(cells(xml, cell - 1, 25)).toHaveLength(numbers.length + missing);
    for (const label of ['original', 'variant', 'layer', 'position', 'mean', grid.scale.label, 'A & B', '<file>']) expect(texts(xml)).toContain(label);
    for (const { labels } of grid.columns) if (labels[0] && labels[0].length < 4) expect(texts(xml)).toContain(labels[0]);
  });

  it('hold hostile tokens as text', () => {
    const code = '"</text><script>alert(1)</script>&\u0000\ud800]]>"';
    const explanation = sampleExplanation({ code, variant: null });
    const xml = svgPicture(heatmapPicture(lensGrid(explanation, null), 800, heatmap, { selected: null, numbers: false }, theme, { title: code, subtitle: [code] }), measure);
    const known = ['svg', 'title', 'desc', 'defs', 'clipPath', 'path', 'g', 'text'];
    expect(new Set(elements(parseXml(xml)).map(({ name }) => name))).toEqual(new Set(known));
    expect(texts(xml)).toContain(code.replace('\u0000', '\ufffd').replace('\ud800', '\ufffd'));
  });
});

describe('charts as SVG', () => {
  const explanation = sampleExplanation();
  const still = (draw: Picture['draw']) => svgPicture({ ...words, width: 600, height: 400, theme, draw }, measure);

  it.each([false, true])('have a bar and its value for each answer and program (high contrast: %s)', (highContrast) => {
    const bars = predictionBars(explanation);
    const xml = still((canvas, ratio) => {
      const chart = barChart(canvas, bars, { ...theme, highContrast }, ratio);
      return () => chart.destroy();
    });
    const colours = ['#0067b0', '#c45a00'];
    const filled = (colour: string) => elements(parseXml(xml), 'path').filter(({ attributes: { fill } }) => fill === colour).length;
    for (const colour of colours) expect(filled(colour)).toBeGreaterThanOrEqual(bars.length);
    const values = texts(xml).filter((text) => /^[<>]?\u00a0?\d+\.\d\u00a0%$/.test(text));
    expect(values).toHaveLength(2 * bars.length);
    for (const expected of ['TypeError', 'probability', 'original', 'variant']) expect(texts(xml)).toContain(expected);
  });

  it('have a line for each answer, through every layer', () => {
    const at = explanation.tokens.length - 1;
    const lines = lensLines(explanation, at);
    const data = { layers: explanation.lens.sites.map(siteLabel), lines };
    const xml = still((canvas, ratio) => {
      const chart = lineChart(canvas, data, theme, ratio);
      return () => chart.destroy();
    });
    const drawn = elements(parseXml(xml), 'path').filter(({ attributes: { d, fill } }) => fill === 'none' && d.split('L').length === data.layers.length && !d.includes('Z'));
    expect(new Set(drawn.map(({ attributes: { stroke } }) => stroke)).size).toBe(lines.length);
    for (const expected of [...lines.map(({ label }) => label), 'layer', 'probability']) expect(texts(xml)).toContain(expected);
  });
});

describe('the canvas that writes SVG', () => {
  it('throws at what it cannot write', () => {
    const { context } = svgCanvas(10, 10, measure);
    expect(() => context.drawImage({} as CanvasImageSource, 0, 0)).toThrow('drawImage');
    expect(() => (context.shadowBlur = 3)).toThrow('shadowBlur');
    expect(() => context.stroke({} as Path2D)).toThrow('Path2D');
    expect(() => context.fillRect(NaN, 0, 1, 1)).toThrow('number');
  });

  it('puts points where a canvas would', () => {
    const { context, markup } = svgCanvas(10, 10, measure);
    context.save();
    context.translate(10, 20);
    context.rotate(-Math.PI / 2);
    context.scale(2, 2);
    context.fillRect(1, 2, 3, 4);
    context.restore();
    context.fillRect(1, 2, 3, 4);
    expect(markup()).toBe('<path d="M14 18L14 12L22 12L22 18Z" fill="#000000"/><path d="M1 2L4 2L4 6L1 6Z" fill="#000000"/>');
  });

  it('draws whole circles and keeps clips apart', () => {
    const { context, markup } = svgCanvas(10, 10, measure, 'c');
    for (const x of [0, 5, 0]) {
      context.save();
      context.beginPath();
      context.rect(x, 0, 5, 5);
      context.clip();
      context.beginPath();
      context.arc(x, 0, 2, 0, 2 * Math.PI);
      context.fill();
      context.restore();
    }
    const root = parseXml(`<svg>${markup()}</svg>`);
    expect(elements(root, 'clipPath').map(({ attributes: { id } }) => id)).toEqual(['c0', 'c1']);
    expect(elements(root, 'g').map((group) => group.attributes['clip-path'])).toEqual(['url(#c0)', 'url(#c1)', 'url(#c0)']);
    expect(elements(root, 'path').at(-1)!.attributes.d).toBe('M2 0A2 2 0 0 1 -2 0A2 2 0 0 1 2 0');
  });

  it('writes colours that every program reads', () => {
    expect(paint({ fill: '#11223380' }, 1)).toEqual({ fill: '#112233', 'fill-opacity': 128 / 255 });
    expect(paint({ fill: 'rgba(1, 2, 3, 0.5)' }, 0.5)).toEqual({ fill: 'rgb(1,2,3)', 'fill-opacity': 0.25 });
    expect(paint({ fill: 'transparent' }, 1)).toEqual({ fill: 'none' });
    expect(escapeXml('<&"\'>\u0001')).toBe('&lt;&amp;&quot;&#39;&gt;\ufffd');
  });
});
