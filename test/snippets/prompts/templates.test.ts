import { describe, expect, test } from 'vitest';
import { PythonSandbox } from '../../../src/snippets/sandbox/sandbox';
import { renderPrompt } from '../../../src/snippets/prompts/prompts';
import { chooseTemplate, frameOf, parseTemplates, PYTHON_ERROR_TYPE, PYTHON_ERROR_TYPE_FEW_SHOT, TEMPLATES, withAnswers } from '../../../src/snippets/prompts/templates';

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

describe('examples', () => {
  const own = { id: 'own', prefix: 'Q: ', suffix: '\nA:', answers: ['yes', { label: 'no error', text: ' fine' }] };
  const parse = (examples: unknown) => parseTemplates(JSON.stringify({ ...own, examples }), 'mine.json')[0];

  test('stand before the code in the same frame, and the code is found behind them', () => {
    const template = parse([{ code: 'a = 1\r\nb\n\n', answer: 'yes' }, { code: 'c', answer: 'NoError' }]);
    expect(template.examples).toEqual([{ code: 'a = 1\nb', answer: 'yes' }, { code: 'c', answer: 'no error' }]);
    const prompt = renderPrompt(template, 'x = 2\n', null);
    expect(prompt.text).toBe('Q: a = 1\nb\nA: yes\n\nQ: c\nA: fine\n\nQ: x = 2\nA:');
    expect(prompt.code).toBe('x = 2');
  });

  test('none make no difference', () => {
    expect(parse([])).toEqual(parse(undefined));
    expect(frameOf(PYTHON_ERROR_TYPE)).toEqual({ before: '', after: PYTHON_ERROR_TYPE.suffix });
  });

  test.each<[unknown, string]>([
    ['x', '"examples" must be a list of at most 50 examples'],
    [Array.from({ length: 51 }, () => ({ code: 'x', answer: 'yes' })), 'at most 50'],
    [['x'], 'mine.json, example 1 must be an object with "code" and "answer"'],
    [[{ code: 'x', answer: 'yes' }, { code: 'x' }], 'example 2 must be an object'],
    [[{ code: ' \n', answer: 'yes' }], 'example 1 has no code'],
    [[{ code: 'x'.repeat(10_001), answer: 'yes' }], 'the code has more than 10000 characters'],
    [[{ code: 'x', answer: 'maybe' }], 'example 1: "maybe" is not among the answers'],
  ])('%j are refused', (examples, why) => {
    expect(() => parse(examples)).toThrow(why);
  });

  test('need their answers', () => {
    expect(() => withAnswers(PYTHON_ERROR_TYPE_FEW_SHOT, ['TypeError', 'KeyError'])).toThrow('answered with IndexError, which is not among the answers');
    expect(withAnswers(PYTHON_ERROR_TYPE_FEW_SHOT, ['NameError', 'TypeError', 'IndexError']).answers).toHaveLength(3);
  });

  test('of the built-in question raise in Python what they say, each something else', async () => {
    const examples = TEMPLATES.flatMap((template) => template.examples ?? []);
    expect(new Set(examples.map(({ answer }) => answer)).size).toBe(3);
    const sandbox = await PythonSandbox.start();
    try {
      const outcomes = await sandbox.runMany(examples.map(({ code }) => code));
      expect(outcomes.map(({ label }) => label)).toEqual(examples.map(({ answer }) => answer));
    } finally {
      sandbox.close();
    }
  });
});
