import { describe, expect, test } from 'vitest';
import { bar, shortPercent } from '../../src/cli/render/bars';
import { renderCode } from '../../src/cli/render/code';
import { inColumns } from '../../src/cli/render/columns';
import { renderDiff } from '../../src/cli/render/diff';
import { renderEvaluation } from '../../src/cli/render/evaluation';
import { renderExplanation } from '../../src/cli/render/explanation';
import { renderFigure } from '../../src/cli/render/figures';
import { heat, renderHeatmap } from '../../src/cli/render/heatmap';
import { styleFor } from '../../src/cli/render/style';
import { cut, harmless, tokenText, width, wrap } from '../../src/cli/render/text';
import { madeUp } from './explanation-fixture';

const plain = styleFor('none');
// eslint-disable-next-line no-control-regex -- colours are escapes
const withoutColours = (text: string) => text.replace(/\x1b\[[0-9;]*m/g, '');

describe('an explanation in the terminal', () => {
  test('reads like this', () => {
    expect(renderExplanation(madeUp(), plain, 80)).toMatchSnapshot();
  });

  test.each([60, 80, 120])('fits into %i columns', (columns) => {
    for (const colours of ['none', '256', 'true'] as const) {
      for (const line of renderExplanation(madeUp(), styleFor(colours), columns).split('\n')) expect(width(line)).toBeLessThanOrEqual(columns);
    }
  });

  test('colours change nothing but colours', () => {
    const text = renderExplanation(madeUp(), plain, 80);
    for (const colours of ['256', 'true'] as const) {
      const coloured = renderExplanation(madeUp(), styleFor(colours), 80);
      expect(coloured).toContain('\x1b[');
      expect(withoutColours(coloured).replace(/ +$/gm, '')).toBe(text.replace(/ +$/gm, ''));
    }
  });

  test('no code or token can write escapes to the terminal', () => {
    const evil = madeUp();
    const { file, code, ...source } = evil.source;
    const text = renderExplanation({ ...evil, source: { ...source, file: `${file}\x1b[2J`, code: `x = "\x1b]0;title\x07"\u202e\n${code}` } }, plain, 80);
    // eslint-disable-next-line no-control-regex -- none may be left
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  });

  test('a wrong prediction, no run, and no variant', () => {
    const wrong = renderExplanation(madeUp({ actual: { label: 'OSError', message: 'no', line: 1 } }), plain, 80);
    expect(wrong).toContain('✗ Python raises OSError on line 1; predicted was TypeError.');
    const unknown = renderExplanation(madeUp({ actual: null, counterfactual: null, patching: null }), plain, 80);
    expect(unknown).toContain('The program was not run');
    expect(unknown).not.toMatch(/^(Variant|Patching)/m);
    const raw = renderExplanation(madeUp({ patching: { ...madeUp().patching!, effect: null } }), plain, 80);
    expect(raw).toContain('+4.50 in the original, −2.25 in the variant');
    expect(raw).not.toMatch(/^Patching/m);
  });

  test('answers with little of the probability, and tokens that both of them begin with', () => {
    const made = madeUp();
    const { patching, prediction } = made;
    const behind = { tokens: [{ id: 3, text: ' Type' }], effect: [[0], [0.5], [0.77]], logitDifference: [[0], [1], [2]] };
    const text = renderExplanation({ ...made, patching: { ...patching!, behind }, prediction: { ...prediction, answersProbability: 0.031 } }, plain, 80);
    expect(text).toContain('all 4 together 3.1% · anything else 96.9%');
    expect(text).toMatch(/Another question, or solved examples[^]*Try --few-shot, or --template\./);
    expect(text).toContain('TypeError − SyntaxError, logits behind “Type”: +4.50 in the original');
    const [cells, without] = [text, renderExplanation(made, plain, 80)].map((all) => /layer 2 (.*)$/m.exec(all.slice(all.indexOf('Patching')))![1].trimEnd());
    expect(cells).toBe(`${without.padEnd(13 * 4 - 1)}  77`);
  });

  test('says how much of the heatmap is estimated, and how well that agrees', () => {
    const made = madeUp();
    const measured = made.patching!.logitDifference.map((row, layer) => row.map((_, i) => layer > 0 || i !== 3));
    const estimate = { cells: 954, measuredCells: 120, correlation: 0.921, checked: 12, largestMiss: 0.013 };
    const text = renderExplanation({ ...made, patching: { ...made.patching!, measured, estimate } }, plain, 200).replace(/\s+/g, ' ');
    expect(text).toContain('120 of 954 cells are really patched, the others estimated from gradients (r = 0.92 where both are known).');
    expect(text).toContain('Of the small ones 12 were drawn at random and patched: the most that one of them moves is 1.3%. --exact patches all.');
    const all = renderExplanation({ ...made, patching: { ...made.patching!, estimate: { ...estimate, measuredCells: 954 } } }, plain, 200);
    expect(all).toContain('All 954 cells are really patched; estimates from gradients agree with r = 0.92.');
    expect(all).not.toContain('--exact');
  });

  test('noising shows what is lost', () => {
    const made = madeUp();
    const effect = made.patching!.effect!.map((row) => row.map((value) => value && 1 - value));
    const text = renderExplanation({ ...made, patching: { ...made.patching!, direction: 'noising', effect } }, plain, 80);
    expect(text).toContain('% lost by putting the variant');
  });
});

test('tokens without any strength are not among the strongest', () => {
  const marked = (strengths: number[]) => renderFigure({
    kind: 'marks', name: 'marks', title: 'Marks', about: 'About.', unit: 'activation', rows: () => [],
    marks: strengths.map((strength, position) => ({ position, text: `t${position}`, strength, note: '' })),
  }, plain, 80);
  const some = marked([0, -2, 0, 1]);
  expect(some).toContain('the strongest 2 of 4 tokens');
  expect(some.match(/t\d/g)).toEqual(['t1', 't3']);
  expect(marked([0, 0])).toContain('none');
});

describe('a heatmap', () => {
  const column = (token: string, ...values: (number | null)[]) => ({ token, values, changed: false, question: false });

  test('of many tokens is folded into panels, or thinned to where something happens', () => {
    const some = Array.from({ length: 30 }, (_, i) => column('ab', i / 30));
    const folded = renderHeatmap(some, plain, 80).join('\n');
    expect(folded.match(/layer 0/g)).toHaveLength(2);
    const many = Array.from({ length: 200 }, (_, i) => column(`t${i}`, i === 150 ? 0.8 : i === 3 ? -0.4 : 0));
    const thinned = renderHeatmap(many, plain, 80).join('\n');
    expect(thinned.match(/layer 0/g)).toHaveLength(1);
    expect(thinned).toContain(' 80');
    expect(thinned).toContain('-40');
    expect(thinned).toContain('197 of 200 tokens left out');
  });

  test('has one column for a stretch of tokens that the variant lacks, when there are many', () => {
    const many = Array.from({ length: 100 }, (_, i) => ({ ...column(`t${i}`, i >= 10 && i < 60 ? null : i === 70 ? 0.9 : 0), changed: i >= 10 && i < 60 }));
    const lines = renderHeatmap(many, plain, 80);
    expect(lines[0].trimEnd()).toBe('  layer 0   ×  90   ·');
    expect(lines.at(-1)).toContain('× not in the variant');
  });

  test('tells estimates from patches', () => {
    const lines = renderHeatmap([{ ...column('a', 0.5, 0), estimated: [true, true] }, column('b', 0.5, 0)], plain, 80);
    expect(lines.slice(0, 2).map((line) => line.trimEnd())).toEqual(['  layer 0 ~50  50', '  layer 1   ~   ·']);
    expect(lines.at(-1)).toContain('~ estimated');
    expect(renderHeatmap([column('b', 0.5, 0)], plain, 80).join('\n')).not.toContain('~');
  });

  test('has wide characters, long tokens and white space below their columns', () => {
    const lines = renderHeatmap([column('值值', 1), column('a very long token indeed', 0), column('\n', 0.5)], plain, 80);
    expect(lines[1]).toBe('           值   a   ⏎');
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)!.trim()).toBe('…');
  });

  test('is neutral at zero and stronger away from it, in other colours to either side', () => {
    const strength = (value: number) => Math.max(...heat(value)) - Math.min(...heat(value));
    expect(strength(0.9)).toBeGreaterThan(strength(0.2));
    expect(strength(-0.9)).toBeGreaterThan(strength(-0.2));
    expect(heat(0.5)[0]).toBeGreaterThan(heat(0.5)[2]);
    expect(heat(-0.5)[2]).toBeGreaterThan(heat(-0.5)[0]);
    expect(heat(7)).toEqual(heat(1));
    expect(renderHeatmap([column('a', 0)], styleFor('true'), 80)[0]).not.toContain('48;2');
  });
});

test('code is shown with its notes, and around them when it is long', () => {
  const code = Array.from({ length: 60 }, (_, i) => `line${i + 1}`).join('\n');
  const lines = renderCode({ code, firstLine: 101 }, [{ line: 130, text: 'NameError: name' }], plain, 60);
  expect(lines).toContain(' 130 │ line30');
  expect(lines[lines.indexOf(' 130 │ line30') + 1]).toContain('╰ NameError: name');
  expect(lines.join('\n')).not.toContain('line45');
  expect(lines.filter((line) => line.includes('⋮'))).toHaveLength(2);
});

test('a difference is its lines, those that are gone first', () => {
  expect(renderDiff({ code: 'a\nb\nc\n', firstLine: 11 }, 'a\nB\nB2\nc\n', plain, 40)).toEqual([' 12 - b', ' 12 + B', ' 13 + B2']);
  expect(renderDiff({ code: 'a', firstLine: 1 }, 'a\nb', plain, 40)).toEqual(['  2 + b']);
});

test('an evaluation has classes and a matrix within 80 columns', () => {
  const labels = ['TypeError', 'ModuleNotFoundError', ...Array.from({ length: 15 }, (_, i) => `Class${i}Error`)];
  const rows = labels.flatMap((label, i) => Array.from({ length: 20 - i }, (_, k) => ({ label, predicted: k === 0 ? 'FileNotFoundError' : label, probability: 0.5 })));
  const right = rows.filter(({ label, predicted }) => label === predicted).length;
  const all = { programs: rows.length, unlisted: 3, accuracy: right / rows.length, noErrorRecall: null, calibrationError: 0.125 };
  const apart = ['EOFError', 'JSONDecodeError', 'EOFError'].map((label) => ({ label, predicted: 'ValueError', probability: 0.5, unlisted: true as const }));
  const text = renderEvaluation({ ...all, bySource: { hand: all, 'a source with a name that is too long': { ...all, noErrorRecall: 0.25 } }, byLength: {}, rows: [...rows, ...apart] }, plain, 80);
  expect(text).toContain('Not counted are 3, none of the answers: EOFError 2, JSONDecodeError 1\n');
  expect(text).not.toMatch(/EOFError +█|\d EOFError/);
  expect(text).toContain(`${right} of ${rows.length} programs`);
  expect(text).toMatch(/TypeError +█+\S* +95 % {2}19\/20/);
  expect(text).toMatch(/ 1 TypeError +19( +·)+ +1\n/);
  expect(text).toMatch(/By source.*\n +hand +92 % +– +0\.125 +204\n +a source with a name th… +92 % +25 % +0\.125 +204\n/);
  expect(text).not.toContain('By length');
  expect(text).toMatch(/18 FileNotFoundError +·/);
  for (const line of text.split('\n')) expect(width(line)).toBeLessThanOrEqual(80);
});

test('bars and percentages', () => {
  expect(bar(1, 4)).toBe('████');
  expect(bar(0.53125, 4)).toBe('██▏');
  expect(bar(0, 4)).toBe('');
  expect([1, 0, 0.5, 0.0004, 0.9995].map(shortPercent)).toEqual(['100%', '0%', '50.0%', '<0.1%', '>99.9%']);
});

test('text is measured in columns of the terminal', () => {
  expect([width('abc'), width('值'), width('e\u0301'), width('\x1b[1mx\x1b[22m'), width('😀')]).toEqual([3, 2, 1, 1, 2]);
  expect(cut('abcdef', 4)).toBe('abc…');
  expect(cut('值值值', 4)).toBe('值…');
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect([tokenText(' raise'), tokenText('    '), tokenText('\n\n'), tokenText('\t')]).toEqual(['raise', '␣␣␣␣', '⏎⏎', '⇥']);
  expect(harmless('a\x1b\u200b')).toBe('a\\u{1b}\\u{200b}');
});

test('a table that is wider than the terminal breaks its widest texts, and no number', () => {
  const columns = [{ title: 'What is read' }, { title: 'Share', right: true }, { title: 'Where' }];
  const rows = [['what stands above it, in the same column of the line before', '25.1 %', 'head 4.5 of 36'], ['short', '0 %', '–']];
  expect(inColumns(columns, rows, 50)).toEqual([
    '  What is read               Share  Where',
    '  what stands above it, in  25.1 %  head 4.5 of 36',
    '  the same column of the',
    '  line before',
    '  short                        0 %  –',
  ]);
  expect(inColumns(columns, rows, 200)).toEqual(inColumns(columns, rows));
  expect(inColumns(columns, rows)).toHaveLength(3);
});

test('bars give way to long notes, and marks that would be written as nothing are left out', () => {
  const note = 'most at the question’s last token';
  const bars = { kind: 'bars', name: 'b', title: 'Bars', about: 'About.', unit: 'logits', format: String, rows: () => [] } as const;
  const drawn = (of: string) => renderFigure({ ...bars, bars: [{ label: 'blocks.3.hook_attn_out:98', value: 1, note: of }] }, plain, 80);
  expect(drawn(note)).toContain(note);
  expect(drawn('short')).toContain('█'.repeat(20));
  const marks = { kind: 'marks', name: 'm', title: 'Marks', about: 'About.', unit: 'nats', rows: () => [] } as const;
  const of = (...strengths: number[]) => renderFigure({ ...marks, marks: strengths.map((strength, position) => ({ position, text: 'x', strength, note: '' })) }, plain, 80);
  expect(of(0.2, 0.0001, -0.3).match(/^ +\d/gm)).toHaveLength(2);
  expect(of(0.0001)).toContain('none');
});
