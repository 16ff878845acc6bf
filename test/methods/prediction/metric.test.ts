import { expect, test } from 'vitest';
import { chooseMetric } from '../../../src/methods/prediction/metric';
import { percent } from '../../../src/findings/percent';
import { tokenNames } from '../../../src/findings/token-names';

const answers = ['TypeError', 'SyntaxError', 'NameError', 'no error'].map((label, i) => ({ label, text: ` ${label}`, ids: [10 + i] }));
/** The given labels are ranked first, then the others. */
const program = (actual: string | null, ...labels: string[]) => ({
  actual,
  answers: [...labels, ...answers.map(({ label }) => label).filter((label) => !labels.includes(label))].map((label) => ({ label })),
});

test('a right prediction is compared with what the variant gives', () => {
  const right = chooseMetric(answers, program('TypeError', 'TypeError'), program('SyntaxError', 'NameError'));
  expect(right).toEqual({ positive: 'TypeError', negative: 'SyntaxError', shared: [], positiveToken: 10, negativeToken: 11, basis: 'actual' });
});

test('a wrong prediction is compared with what is true, or with what the model rightly sees in the variant, never two others', () => {
  const compared = (variant: ReturnType<typeof program>) => {
    const { positive, negative, basis } = chooseMetric(answers, program('TypeError', 'NameError'), variant);
    return [positive, negative, basis];
  };
  expect(compared(program('SyntaxError', 'NameError'))).toEqual(['NameError', 'TypeError', 'mistake']);
  expect(compared(program('SyntaxError', 'SyntaxError'))).toEqual(['NameError', 'SyntaxError', 'mistake']);
  expect(compared(program('no error', 'SyntaxError'))).toEqual(['NameError', 'TypeError', 'mistake']);
  expect(compared(program('NameError', 'NameError'))).toEqual(['NameError', 'TypeError', 'mistake']);
});

test('the prediction stands in for an outcome that is unknown or no answer', () => {
  expect(chooseMetric(answers, program(null, 'TypeError'), program(null, 'NameError'))).toMatchObject({ positive: 'TypeError', negative: 'NameError', basis: 'predicted' });
  expect(chooseMetric(answers, program('OSError', 'TypeError'), program('no error', 'NameError'))).toMatchObject({ positive: 'TypeError', negative: 'no error', basis: 'predicted' });
});

test('programs with one outcome differ in what the model predicts, or else in its first two choices', () => {
  const control = chooseMetric(answers, program('TypeError', 'TypeError', 'NameError'), program('TypeError', 'NameError', 'TypeError'));
  expect(control).toMatchObject({ positive: 'TypeError', negative: 'NameError', basis: 'predicted' });
  const alike = chooseMetric(answers, program('TypeError', 'TypeError', 'NameError'), program('TypeError', 'TypeError', 'SyntaxError'));
  expect(alike).toMatchObject({ positive: 'TypeError', negative: 'NameError', basis: 'runner-up' });
});

test('two answers can be chosen; one that is none, or one twice, is refused with a sentence', () => {
  const of = (...pair: [string, string]) => chooseMetric(answers, program('TypeError', 'TypeError'), program('SyntaxError', 'SyntaxError'), pair);
  expect(of('NameError', 'no error')).toMatchObject({ positive: 'NameError', negative: 'no error', basis: 'chosen' });
  expect(() => of('NameError', 'OSError')).toThrow('"OSError" is none of the answers to compare; there are: TypeError, SyntaxError, NameError, no error.');
  expect(() => of('NameError', 'NameError')).toThrow('Give two different answers to compare');
});

test('answers that begin alike are compared where they part, and refused where they never do', () => {
  const alike = answers.map((answer, i) => ({ ...answer, ids: [5, 6, 10 + i] }));
  const compared = chooseMetric(alike, program('TypeError', 'TypeError'), program('SyntaxError', 'TypeError'));
  expect(compared).toMatchObject({ positive: 'TypeError', negative: 'SyntaxError', shared: [5, 6], positiveToken: 10, negativeToken: 11 });
  const within = answers.map((answer, i) => ({ ...answer, ids: [5, 6, 7, 8].slice(0, i + 1) }));
  expect(() => chooseMetric(within, program('TypeError', 'TypeError'), program('SyntaxError', 'TypeError'))).toThrow('begins with all of');
});

test('tokens are named by the word that they are part of, by their line where a word comes again, and by the question', () => {
  const prompt = 'total = 130\nprint(total + 2.5)\n# raise a';
  const pieces: [string, number | null][] = [
    ['total', 1], [' =', 1], [' 1', 1], ['3', 1], ['0', 1], ['\n', 1], ['print', 2], ['(', 2], ['to', 2], ['tal', 2], [' +', 2], [' 2', 2], ['.', 2], ['5', 2], [')', 2],
    ['\n', null], ['#', null], [' raise', null], [' a', null],
  ];
  let at = 0;
  const tokens = pieces.map(([text, line]) => ({ text, line, start: at, end: (at += text.length) }));
  expect(tokens.map(({ text }) => text).join('')).toBe(prompt);
  expect(tokenNames(prompt, tokens)).toEqual([
    '`total` on line 1', '`=`', '`1` in `130`', '`3` in `130`', '`0` in `130`', 'the line break on line 1', '`print`', '`(`', '`to` in `total` on line 2',
    '`tal` in `total` on line 2', '`+`', '`2` in `2.5`', '`.`', '`5` in `2.5`', '`)`', 'the line break of the question', '`#` of the question',
    '`raise` of the question', 'the last token',
  ]);
});

test('percentages never round to certainty', () => {
  expect([1, 0, 0.97, 0.9, 0.034, 0.0001, 0.9999, 0.9995, 0.996, -0.2, 1.12].map(percent)).toEqual([
    '100 %', '0 %', '97 %', '90 %', '3.4 %', 'less than 0.1 %', 'over 99.9 %', 'over 99.9 %', '99.6 %', '−20 %', '112 %',
  ]);
});
