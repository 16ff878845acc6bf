import { describe, expect, it } from 'vitest';
import { lensGrid } from '../../../src/figures/lens';
import { patchingGrid } from '../../../src/figures/patching/patching';
import { isPending, type Grid } from '../../../src/figures/kinds/grid';
import { foldColumns, isInSight, keptColumns } from '../../../webview/figures/heatmap/folding';
import { columnRoom, heatmapLayout, leastCell, readableCells } from '../../../webview/figures/heatmap/layout';
import { failingPositions, focusPositions } from '../../../webview/page/focus';
import { sampleExplanation } from '../sample';

const lines = Array.from({ length: 40 }, (_, i) => `value${i} = ${i} + 1`);
const code = [...lines, 'print(values[3])'].join('\n');
const variant = code.replace('value7 = 7', 'value7 = "7"');
const explanation = sampleExplanation({ code, variant });
const actual = { ...explanation.actual!, line: 23 };
const failing = failingPositions(explanation, actual);
const patching = patchingGrid(explanation)!;
/** No effect but at one token. */
const flat = (grid: Grid, strong: number): Grid => ({ ...grid, values: grid.values.map((row) => row.map((value, at) => value && (at === strong ? 0.9 : 0.01))) });

describe('columns that matter', () => {
  it('are the edit, the line at which Python fails, the largest effect and the last token, in no more columns than there is room for', () => {
    expect([...failing].map((position) => explanation.tokens[position].text.trim())).toEqual(expect.arrayContaining(['=', '+']));
    const strong = 100;
    const grid = flat(patching, strong);
    for (const room of [28, 40, 60]) {
      const folded = foldColumns(grid, keptColumns(grid, room, failing));
      const { columns } = folded.grid;
      expect(columns.length).toBeLessThanOrEqual(room);
      expect(columns.length).toBeGreaterThan(room - 3);
      const seen = columns.flatMap(({ position }) => position ?? []);
      const edited = grid.columns.flatMap(({ mark, position }) => (mark === 'same' || position === null ? [] : [position]));
      for (const position of [...edited, ...failing, grid.columns[strong].position, explanation.tokens.length - 1]) expect(seen).toContain(position);
      expect(columns.reduce((sum, { folded: gap = 1 }) => sum + gap, 0)).toBe(grid.columns.length);
      for (const [at, [from]] of folded.spans.entries()) {
        if (columns[at].folded === undefined) expect(folded.grid.values.map((row) => row[at])).toEqual(grid.values.map((row) => row[from]));
        else expect(isPending(folded.grid, 0, at)).toBe(false);
      }
    }
  });

  it('are all of them where there is room', () => {
    const room = patching.columns.length;
    const { grid, spans } = foldColumns(patching, keptColumns(patching, room, failing));
    expect(grid).toBe(patching);
    expect(spans).toEqual(patching.columns.map((_, at) => [at, at + 1]));
  });

  it('lie in the order of the program, never behind the question that is put before it', () => {
    const lens = lensGrid(explanation, null);
    const kept = keptColumns(lens, 9, new Set());
    expect(kept.at(-1)).toBe(true);
    const { grid } = foldColumns(lens, kept);
    const positions = grid.columns.flatMap(({ position }) => position ?? []);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(grid.texts!.every((row) => row.length === grid.columns.length)).toBe(true);
  });

  it.each([350, 500, 900, 1600])('fit %i pixels, with numbers in their cells or without', (width) => {
    for (const numbers of [false, true]) {
      const minCell = leastCell(patching, 24, numbers);
      const { grid } = foldColumns(patching, keptColumns(patching, columnRoom(patching, width, minCell), failing));
      const layout = heatmapLayout(grid, width, { minCell, maxCell: 64, fit: false, maxHeight: 600 });
      expect(layout.totalWidth).toBeLessThanOrEqual(width);
      expect(layout.cell).toBeGreaterThanOrEqual(minCell);
    }
  });
});

it('the edit has to be in sight also where a heatmap is of the original alone', () => {
  const edited = patching.columns.flatMap(({ mark, position }) => (mark === 'same' || position === null ? [] : [position]));
  const focus = focusPositions(explanation, actual, explanation.counterfactual);
  expect([...focus].slice(-failing.size)).toEqual([...failing]);
  for (const position of edited) expect(focus).toContain(position);
  expect(focus.size).toBeGreaterThan(failing.size);
  expect(focus.size).toBeLessThan(failing.size + 8);
  const lens = lensGrid(explanation, null);
  const kept = keptColumns(lens, 8, focus);
  expect(kept[[...focus][0]]).toBe(true);
  expect(focusPositions(explanation, null, null).size).toBe(0);
});

it('cells are narrower where what has to be in sight would not be, and wide enough to be read', () => {
  const inSight = (cell: number) => isInSight(patching, keptColumns(patching, columnRoom(patching, 440, cell), failing), failing);
  const cells = readableCells(patching, 24, false);
  expect(cells).toEqual([24, 20, 16, 14]);
  expect(cells.map(inSight)).toContain(true);
  expect(inSight(24)).toBe(false);
  expect(readableCells(patching, 24, true)).toEqual([30, 25, 24]);
  expect(readableCells(lensGrid(explanation, null), 58, false).at(-1)).toBe(42);
  expect(isInSight(patching, patching.columns.map((_, at) => at < patching.columns.length - 1), failing)).toBe(false);
});

describe('the line at which Python fails', () => {
  it('is none where nothing fails, and takes no white space before or behind it', () => {
    expect(failingPositions(explanation, null).size).toBe(0);
    expect(failingPositions(explanation, { ...actual, line: null }).size).toBe(0);
    const texts = [...failing].map((position) => explanation.tokens[position].text);
    expect(texts.every((text) => text.trim() !== '')).toBe(true);
    expect(texts.join('').replaceAll(/\s/g, '')).toBe(lines[22].replaceAll(' ', ''));
  });
});
