import { describe, expect, test } from 'vitest';
import { chooseTemplate, parseTemplates, PYTHON_ERROR_TYPE, withAnswers } from '../../src/snippets/templates';

describe('other answers', () => {
  test('keep the text of those that the template has, and follow a space otherwise', () => {
    const { answers, ...rest } = withAnswers(PYTHON_ERROR_TYPE, ['TypeError', 'NoError', 'OSError ', ' a stack overflow']);
    expect(answers).toEqual([
      { label: 'TypeError', text: ' TypeError' },
      { label: 'no error', text: ' NoError' },
      { label: 'OSError', text: ' OSError' },
      { label: 'a stack overflow', text: ' a stack overflow' },
    ]);
    expect({ ...rest, answers: PYTHON_ERROR_TYPE.answers }).toEqual(PYTHON_ERROR_TYPE);
  });

  test.each<[unknown, RegExp]>([
    [[], /must be 2 to 200 answers.*"python-error-type"/],
    [['TypeError'], /must be 2 to 200 answers/],
    [Array.from({ length: 201 }, (_, i) => `E${i}`), /must be 2 to 200 answers/],
    ['TypeError,KeyError', /must be 2 to 200 answers/],
    [['TypeError', ' '], /Answer 2 is empty/],
    [['TypeError', 3], /Answer 2 is empty/],
    [['TypeError', 'x'.repeat(10_001)], /Answer 2 has more than/],
    [['TypeError', 'KeyError', 'TypeError '], /have the label "TypeError"/],
    [['none', 'NoError'], /have the label "no error"/],
  ])('%j are refused', (labels, why) => {
    expect(() => withAnswers(PYTHON_ERROR_TYPE, labels as string[])).toThrow(why);
  });
});

test('of several templates one is chosen by its id', () => {
  const one = (id: string) => ({ id, suffix: '\n#', answers: ['a', 'b'] });
  const [a, b] = parseTemplates(JSON.stringify([one('a'), one('b')]), 'both.json');
  expect(chooseTemplate([a, b], 'b', 'both.json', 'choose')).toBe(b);
  expect(chooseTemplate([a], null, 'one.json', 'choose')).toBe(a);
  expect(() => chooseTemplate([a, b], null, 'both.json', 'choose one with --x')).toThrow('both.json holds 2 templates (a, b); choose one with --x.');
  expect(() => chooseTemplate([a, b], 'c', 'both.json', 'choose')).toThrow('both.json holds no template "c"; it holds: a, b.');
});
