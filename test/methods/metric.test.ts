import { expect, test } from 'vitest';
import { chooseMetric } from '../../src/methods/metric';
import { percent } from '../../src/methods/percent';
import { tokenNames } from '../../src/methods/token-names';

const answers = ['TypeError', 'SyntaxError', 'NameError', 'no error'].map((label, i) => ({ label, text: ` ${label}`, ids: [10 + i] }));
/** The given labels are ranked first, then the others. */
const program = (actual: string | null, ...labels: string[]) => ({
  actual,
  answers: [...labels, ...answers.map(({ label }) => label).filter((label) => !labels.includes(label))].map((label) => ({ label })),
});

test('what Python really did decides, whatever the model predicts', () => {
  const same = chooseMetric(answers, program('TypeError', 'NameError'), program('SyntaxError', 'NameError'));
  expect(same).toEqual({ positive: 'TypeError', negative: 'SyntaxError', shared: [], positiveToken: 10, negativeToken: 11, basis: 'actual' });
});

test('the prediction stands in for an outcome that is unknown or no answer', () => {
  expect(chooseMetric(answers, program(null, 'TypeError'), program(null, 'NameError'))).toMatchObject({ positive: 'TypeError', negative: 'NameError', basis: 'predicted' });
  expect(chooseMetric(answers, program('OSError', 'TypeError'), program('no error', 'NameError'))).toMatchObject({ positive: 'TypeError', negative: 'no error', basis: 'actual' });
});

test('programs with one outcome differ in what the model predicts, or else in its first two choices', () => {
  const control = chooseMetric(answers, program('TypeError', 'TypeError', 'NameError'), program('TypeError', 'NameError', 'TypeError'));
  expect(control).toMatchObject({ positive: 'TypeError', negative: 'NameError', basis: 'predicted' });
  const alike = chooseMetric(answers, program('TypeError', 'TypeError', 'NameError'), program('TypeError', 'TypeError', 'SyntaxError'));
  expect(alike).toMatchObject({ positive: 'TypeError', negative: 'NameError', basis: 'runner-up' });
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
