import { lensCell, lensGrid, lensLines, lensRows } from '../../../src/figures/lens';
import { patchingCell, patchingGrid, patchingRows } from '../../../src/figures/patching/patching';
import { csv } from '../../../src/figures/kinds/figure';
import { describe, expect, it } from 'vitest';
import { contrast, diverging, ink, scaleColour, sequential } from '../../../webview/ui/colours';
import { folded, lineDiff } from '../../../webview/views/overview/diff';
import { extent } from '../../../webview/figures/heatmap/margins';
import { cellAt, heatmapLayout, seenColumns } from '../../../webview/figures/heatmap/layout';
import { agreement, codeLines, predictionBars } from '../../../webview/views/display';
import { predictionRows } from '../../../src/figures/prediction';
import { decimal, percent, shorten, shownCode, visible } from '../../../src/figures/kinds/text';
import { sampleExplanation } from '../sample';

const inserted = { code: 'print(area(3))', variant: 'print(area(3, 14), end)' };

describe('text', () => {
  it('shows what cannot be seen', () => {
    expect(visible(' a\n\tb\r')).toBe('·a↵⇥b␍');
    expect(visible('\u202eabc\u200b\ud800\u00a0')).toBe('⟨U+202E⟩abc⟨U+200B⟩⟨U+D800⟩⟨U+00A0⟩');
    expect(visible('😀שלום')).toBe('😀שלום');
    expect(shownCode('a b\n\t\u2066')).toBe('a b\n\t⟨U+2066⟩');
  });

  it('writes the ends of a range with so many digits that they differ', () => {
    const ends = (...values: (number | null)[]) => {
      const { low, high, text } = extent(values);
      return [low, high].map(text);
    };
    expect(ends(0.41, null, 0.1)).toEqual(['0', '0.41']);
    expect(ends(-0.0004, 0.003)).toEqual(['0.000', '0.003']);
    expect(ends(0.00004)).toEqual(['0', '0.00004']);
    expect(ends(null)).toEqual(['0', '1.00']);
  });

  it('shortens by code points', () => {
    expect(shorten('😀😀😀', 2)).toBe('😀…');
    expect(shorten('ab', 2)).toBe('ab');
  });

  it('never rounds a probability to certainty', () => {
    expect([0, 0.0004, 0.5, 0.99996, 1].map(percent)).toEqual(['0.0 %', '< 0.1 %', '50.0 %', '> 99.9 %', '100.0 %'].map((text) => text.replaceAll(' ', '\u00a0')));
    expect([decimal(-0.001), decimal(-1.5), decimal(null)]).toEqual(['0.00', '−1.50', '–']);
  });
});

describe('colours', () => {
  it('are neutral at zero and differ by sign', () => {
    expect(diverging(0, false)).toBe('#ffffff');
    expect(sequential(0, false)).toBe('#ffffff');
    expect(diverging(-1, false)).not.toBe(diverging(1, false));
    expect(scaleColour({ kind: 'diverging', limit: 2 }, 9, false)).toBe(diverging(1, false));
  });

  it('leave every cell readable', () => {
    for (const dark of [false, true]) {
      for (let value = -1; value <= 1; value += 0.01) {
        for (const colour of [diverging(value, dark), sequential(value, dark)]) expect(contrast(colour, ink(colour))).toBeGreaterThan(4.5);
      }
    }
  });
});

describe('overview', () => {
  it('says whether model and Python agree', () => {
    expect(agreement(sampleExplanation()).kind).toBe('agree');
    const wrong = agreement(sampleExplanation({ actual: 'SyntaxError' }));
    expect(wrong).toEqual({ kind: 'disagree', sentence: 'The model is wrong: it gives SyntaxError 5.1\u00a0%.' });
    expect(agreement(sampleExplanation({ actual: 'timeout' })).kind).toBe('unknown');
    expect(agreement({ ...sampleExplanation(), actual: null }).kind).toBe('unknown');
  });

  it('shows bars that add up to one', () => {
    const bars = predictionBars(sampleExplanation({ actual: 'StopIteration' }));
    expect(bars.slice(0, 2).map(({ label }) => label)).toEqual(['TypeError', 'SyntaxError']);
    expect(bars.find(({ label }) => label === 'StopIteration')?.mark).toBe('✓ true');
    expect(bars.map(({ label }) => label).slice(-2)).toEqual(['11 other answers', 'anything else']);
    for (const side of ['original', 'variant'] as const) expect(bars.reduce((sum, bar) => sum + bar[side]!, 0)).toBeCloseTo(1, 10);
    expect(predictionBars(sampleExplanation({ variant: null })).every(({ variant }) => variant === null)).toBe(true);
  });

  it('cuts code into lines and tokens without losing a character', () => {
    const { source, tokens } = sampleExplanation({ code: 'def f():\n    return 1\n\nf("é😀")' });
    const lines = codeLines(source, tokens);
    expect(lines.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(lines.flatMap(({ pieces }) => pieces.map(({ text }) => text)).join('')).toBe(source.code);
    for (const { text, position } of lines.flatMap(({ pieces }) => pieces)) expect(tokens[position!].text).toContain(text);
  });

  it('gives a character that two tokens share to the first, and hides carriage returns', () => {
    const token = (start: number, end: number) => ({ id: 1, text: '', start, end });
    const source = { file: null, code: 'é\r\nb', start: 10, end: 14, firstLine: 7, lastLine: 8 };
    const lines = codeLines(source, [token(10, 11), token(10, 11), token(12, 13), token(13, 14)]);
    expect(lines).toEqual([
      { number: 7, pieces: [{ text: 'é', position: 0 }, { text: '\n', position: 2 }] },
      { number: 8, pieces: [{ text: 'b', position: 3 }] },
    ]);
  });
});

describe('diff', () => {
  it('marks the changed part of a line', () => {
    const lines = lineDiff('a\nprint("x" + 21)\nb', 'a\nprint("x" + "21")\nb');
    expect(lines.map(({ kind }) => kind)).toEqual(['same', 'removed', 'added', 'same']);
    expect(lines[1].parts).toEqual(['print("x" + ', '21', ')']);
    expect(lines[2].parts).toEqual(['print("x" + ', '"21"', ')']);
  });

  it('finds several changes, and gives back both programs', () => {
    const [a, b] = ['x = 1\ny = x\n\nz = 3\nprint(x)', 'n = 1\ny = n\nnew\n\nz = 3\nprint(n)'];
    const lines = lineDiff(a, b);
    const side = (gone: string) => lines.filter(({ kind }) => kind !== gone).map(({ parts }) => parts.join('')).join('\n');
    expect([side('added'), side('removed')]).toEqual([a, b]);
    expect(lines.filter(({ kind }) => kind === 'same').map(({ original, variant }) => [original, variant])).toEqual([[3, 4], [4, 5]]);
  });

  it('folds what is far from any change', () => {
    const text = Array.from({ length: 30 }, (_, i) => `line ${i}`);
    const shown = folded(lineDiff(text.join('\n'), text.map((line, i) => (i === 15 ? 'new' : line)).join('\n')), 2);
    expect(shown).toHaveLength(8); // fold, 2, removed, added, 2, fold
    expect([shown[0], shown.at(-1)]).toEqual([null, null]);
  });
});

describe('logit lens', () => {
  const explanation = sampleExplanation();

  it('shows top tokens or one answer', () => {
    const grid = lensGrid(explanation, null);
    expect(grid.rows.map(({ label }) => label)).toEqual(['embed', '0', '1', '2', '3', '4', '5']);
    expect(grid.texts![6].at(-1)).toBe('·TypeError');
    expect(grid.values[6].at(-1)).toBe(explanation.lens.top[6].at(-1)![0].probability);
    const index = explanation.lens.labels.indexOf('KeyError');
    expect(lensGrid(explanation, 'KeyError').values[3][2]).toBe(explanation.lens.answers[3][2][index].probability);
  });

  it('describes a cell by its top tokens and the best ranks', () => {
    const { lines, beside } = lensCell(explanation, 6, explanation.tokens.length - 1);
    expect(lines).toHaveLength(10);
    expect(beside!.lines).toHaveLength(17);
    expect(beside!.lines[0][0]).toBe('1. TypeError');
  });

  it('draws the lines that matter first', () => {
    const lines = lensLines(explanation, explanation.tokens.length - 1);
    expect(lines.map(({ label }) => label).slice(0, 2)).toEqual(['TypeError', 'SyntaxError']);
    expect(lines).toHaveLength(5);
    expect(lines[0].values).toHaveLength(7);
  });
});

describe('patching', () => {
  it('puts each effect under its own token, and nothing under an insertion', () => {
    const explanation = sampleExplanation(inserted);
    const grid = patchingGrid(explanation)!;
    expect(grid.columns.map(({ mark }) => mark)).toContain('inserted');
    for (const [at, { position, mark }] of grid.columns.entries()) {
      const expected = position === null ? null : explanation.patching!.effect![2][position];
      expect(grid.values[2][at]).toBe(expected);
      if (mark === 'inserted') expect(patchingCell(explanation, grid, 2, at).lines).toContainEqual(['alignment', 'only in the variant: nothing to patch']);
    }
    expect(grid.columns.at(-1)!.template).toBe(true);
  });

  it('marks deletions when programs are swapped', () => {
    const grid = patchingGrid(sampleExplanation({ code: inserted.variant, variant: inserted.code }))!;
    const deleted = grid.columns.findIndex(({ mark }) => mark === 'deleted');
    expect(grid.columns[deleted].labels[1]).toBeNull();
    expect(grid.values.every((row) => row[deleted] === null)).toBe(true);
    expect(grid.means!.columns[deleted]).toBeNull();
  });

  it('is zero where noising changes nothing, and one where it removes everything', () => {
    const explanation = sampleExplanation({ direction: 'noising' });
    explanation.patching!.effect![0][0] = 1;
    explanation.patching!.effect![0][1] = 0;
    const grid = patchingGrid(explanation)!;
    expect(grid.values[0].slice(0, 2)).toEqual([0, 1]);
    expect(grid.scale.label).toContain('removed');
  });

  it('falls back to logits without normalisation, with an even scale', () => {
    const explanation = sampleExplanation({ normalised: false });
    const { clean, corrupted } = explanation.patching!;
    explanation.patching!.logitDifference[0][0] = clean;
    const grid = patchingGrid(explanation)!;
    expect(grid.values[0][0]).toBeCloseTo(clean - corrupted);
    expect(grid.scale.limit).toBeGreaterThanOrEqual(clean - corrupted - 1e-9);
    expect(grid.scale.label).toContain('logits');
  });

  it('averages over rows and columns', () => {
    const grid = patchingGrid(sampleExplanation())!;
    const row = grid.values[1] as number[];
    expect(grid.means!.rows[1]).toBeCloseTo(row.reduce((sum, value) => sum + value, 0) / row.length);
  });

  it('tells estimates from patches, in cells, in exported rows, and nowhere else', () => {
    const explanation = sampleExplanation();
    const patching = explanation.patching!;
    expect(patchingGrid(explanation)!.estimated).toBeUndefined();
    expect(patchingRows(explanation).every(({ patched }) => patched === true || patched === null)).toBe(true);
    patching.measured = patching.logitDifference.map((row, layer) => row.map((_, position) => layer !== 2 || position !== 3));
    const grid = patchingGrid(explanation)!;
    const column = grid.columns.findIndex(({ position }) => position === 3);
    expect(grid.estimated!.flatMap((row, layer) => row.flatMap((estimated, at) => (estimated ? [[layer, at]] : [])))).toEqual([[2, column]]);
    expect(patchingCell(explanation, grid, 2, column).lines).toContainEqual(['this cell', 'estimated from gradients, not patched']);
    expect(patchingCell(explanation, grid, 1, column).lines.flat().join()).not.toContain('estimated');
    expect(patchingRows(explanation).filter(({ patched }) => patched === false)).toMatchObject([{ layer: 2, originalPosition: 3 }]);
  });

  it('is absent without a variant', () => {
    expect(patchingGrid(sampleExplanation({ variant: null }))).toBeNull();
  });
});

describe('exports', () => {
  it('hold one row for each number', () => {
    const explanation = sampleExplanation(inserted);
    const count = explanation.tokens.length;
    expect(predictionRows(explanation)).toHaveLength(34);
    expect(lensRows(explanation)).toHaveLength(7 * count * 17);
    expect(patchingRows(explanation)).toHaveLength(6 * explanation.counterfactual!.alignment.columns.length);
  });

  it('quote what CSV needs quoted', () => {
    expect(csv([{ a: ' x', b: 'say "hi",\n', c: null, d: 0.1 }])).toBe('a,b,c,d\r\n" x","say ""hi"",\n",,0.1\r\n');
    expect(csv([])).toBe('');
  });
});

describe('heatmap layout', () => {
  const grid = patchingGrid(sampleExplanation())!;
  const options = { minCell: 24, maxCell: 64, fit: false, maxHeight: Infinity };

  it('finds each cell again at its middle, scrolled or not', () => {
    const layout = heatmapLayout(grid, 400, options);
    expect(layout.totalWidth).toBeGreaterThan(400);
    for (const scroll of [{ x: 0, y: 0 }, { x: 100, y: 0 }]) {
      const [from, to] = seenColumns(layout, grid.columns.length, scroll);
      for (let column = from + 1; column < to - 1; column++) {
        const x = layout.left + (column + 0.5) * layout.cell - scroll.x;
        const y = layout.top + (grid.rows.length - 0.5) * layout.rowHeight; // the lowest row
        expect(cellAt(grid, layout, scroll, x, y)).toEqual({ row: 0, column });
      }
    }
    expect(cellAt(grid, layout, { x: 0, y: 0 }, 5, 100)).toBeUndefined();
  });

  it('fits everything when asked to', () => {
    expect(heatmapLayout(grid, 400, { ...options, fit: true }).totalWidth).toBeLessThanOrEqual(400.001);
  });
});

describe('tokens behind both prompts, and before the code', () => {
  const plain = sampleExplanation();
  const layers = plain.patching!.logitDifference.length;
  const rows = (of: (layer: number) => number) => Array.from({ length: layers }, (_, layer) => [of(layer)]);
  const behind = { tokens: [{ id: 3, text: ' Type' }], effect: rows((layer) => layer / 10), logitDifference: rows((layer) => layer) };
  const explanation = { ...plain, patching: { ...plain.patching!, behind } };

  it('what both answers begin with is the last column, with its own numbers', () => {
    const grid = patchingGrid(explanation)!;
    const last = grid.columns.length - 1;
    expect(grid.columns[last]).toEqual({ position: null, labels: ['·Type', '·Type'], mark: 'same', behind: 0, template: true });
    expect(grid.values.map((row) => row[last])).toEqual(behind.effect.map(([value]) => value));
    expect(grid.values.map((row) => row.slice(0, last))).toEqual(patchingGrid(plain)!.values);
    const { title, lines } = patchingCell(explanation, grid, 2, last);
    expect(title).toContain('behind both prompts');
    expect(lines).toContainEqual(['normalised (1 as original, 0 as variant)', '0.200']);
    const exported = patchingRows(explanation);
    expect(exported).toHaveLength(patchingRows(plain).length + layers);
    expect(exported.filter(({ originalPosition }) => originalPosition === explanation.tokens.length).map(({ logitDifference, originalToken }) => [logitDifference, originalToken]))
      .toEqual(behind.logitDifference.map(([value]) => [value, ' Type']));
  });
});
