import { describe, expect, test } from 'vitest';
import { answerTokens, partingTokens, renderPrompt, sourceRange, toPrompt, toSource } from '../../../src/snippets/prompts/prompts';
import { parseTemplates, PYTHON_ERROR_TYPE, withAnswers } from '../../../src/snippets/prompts/templates';
import type { Template } from '../../../src/snippets/prompts/templates';
import { HARD_TEXTS, kitTokenizer } from '../tokenizer/kit';
import { canonicalLabel, NO_ERROR } from '../../../src/vocabulary/labels';

const SUFFIX = '\n# When this code is executed, Python will raise a';

describe('prompts', () => {
  test('the code, a newline, the question', () => {
    const prompt = renderPrompt(PYTHON_ERROR_TYPE, 'print(1)', null);
    expect(prompt).toEqual({ text: `print(1)${SUFFIX}`, code: 'print(1)', pieces: [{ start: 0, end: 8, at: 0 }], carriageReturns: [], bos: true });
    expect(PYTHON_ERROR_TYPE.answers.map(({ label }) => label)).toHaveLength(17);
    for (const { label, text } of PYTHON_ERROR_TYPE.answers) {
      expect(text).toBe(label === NO_ERROR ? ' NoError' : ` ${label}`);
    }
  });

  test('how a file was saved changes no prompt', () => {
    const { text } = renderPrompt(PYTHON_ERROR_TYPE, 'if x:\n\n    y = "  "', null);
    for (const saved of [
      'if x:\n\n    y = "  "\n',
      'if x:\r\n\r\n    y = "  "\r\n',
      'if x:\r\r    y = "  "  \t\n \n\n',
    ]) {
      expect(renderPrompt(PYTHON_ERROR_TYPE, saved, null).text).toBe(text);
    }
    expect(renderPrompt(PYTHON_ERROR_TYPE, '\n  x', null).text).toBe(`\n  x${SUFFIX}`); // leading space is code
    for (const empty of ['', '  ', '\r\n\t\n']) {
      expect(() => renderPrompt(PYTHON_ERROR_TYPE, empty, null)).toThrow('There is no code here');
    }
  });

  test('ranges lead back to the text as the user wrote it', () => {
    const template: Template = { ...PYTHON_ERROR_TYPE, prefix: '# Python\n' };
    const code = 'a = 1\r\nb = "é"\r\n\r\nprint(a)  \r\n';
    const prompt = renderPrompt(template, code, null);
    const [{ start, end }] = prompt.pieces;
    const tokens = kitTokenizer().encode(prompt.text);
    let covered = '';
    for (const token of tokens) {
      const range = sourceRange(prompt, token);
      if (!range) {
        expect(token.end <= start || token.start >= end).toBe(true);
        continue;
      }
      if (token.start >= start && token.end <= end) {
        expect(code.slice(range.start, range.end).replaceAll('\r', '')).toBe(token.text);
      }
      covered += code.slice(range.start, range.end);
    }
    expect(covered.replaceAll('\r', '')).toBe('a = 1\nb = "é"\n\nprint(a)');
    for (let at = 0; at <= 'a = 1\r\nb = "é"\r\n\r\nprint(a)'.length; at++) {
      if (code[at - 1] !== '\r') expect(toSource(prompt, toPrompt(prompt, at)), `offset ${at}`).toBe(at);
    }
    expect(toPrompt(prompt, code.length)).toBe(end);
    expect(toSource(prompt, 0)).toBe(0);
  });

  test('hard texts keep their characters', () => {
    for (const text of HARD_TEXTS.filter((hard) => hard.trim() !== '')) {
      const prompt = renderPrompt(PYTHON_ERROR_TYPE, `${text}\n`, null);
      const [{ start, end }] = prompt.pieces;
      for (let at = start; at < end; at++) {
        const original = text[toSource(prompt, at)];
        expect(prompt.text[at] === original || (prompt.text[at] === '\n' && original === '\r')).toBe(true);
      }
    }
  });
});

describe('answers', () => {
  const tokenizer = kitTokenizer();
  const { text } = renderPrompt(PYTHON_ERROR_TYPE, 'print(1)', null);

  test('the ids after the prompt spell the answer', () => {
    for (const answer of answerTokens(tokenizer, PYTHON_ERROR_TYPE, text)) {
      expect(answer.ids.length).toBeGreaterThan(0);
      expect(tokenizer.decode(answer.ids)).toBe(answer.text);
    }
  });

  test('an answer that merges into the prompt is refused', () => {
    const merging = kitTokenizer({ words: ['ab'] });
    const template: Template = {
      ...PYTHON_ERROR_TYPE,
      suffix: ' a',
      answers: [
        { label: 'b', text: 'b' },
        { label: 'c', text: 'c' },
      ],
    };
    expect(() => answerTokens(merging, template, 'x a')).toThrow('changes the tokens of the prompt');
  });

  test('where two answers part, and what is refused', () => {
    const answers = answerTokens(tokenizer, PYTHON_ERROR_TYPE, text);
    const { shared, tokens } = partingTokens(answers, 'TypeError', 'None');
    expect(shared).toEqual([]);
    expect(tokens.map((id) => tokenizer.tokenText(id))).toEqual([' TypeError', ' NoError']);
    expect(() => partingTokens(answers, 'TypeError', 'OSError')).toThrow('"OSError" is not among');
    expect(() => partingTokens(answers, 'none', 'ok')).toThrow('needs two different answers');
  });

  test('answers that begin alike part where their tokens first differ; one that is the beginning of another does not', () => {
    const letters = kitTokenizer({ words: [] });
    const answers = answerTokens(letters, withAnswers(PYTHON_ERROR_TYPE, ['IndexError', 'IndentationError', 'Ind']), text);
    const { shared, tokens } = partingTokens(answers, 'IndexError', 'IndentationError');
    expect(letters.decode(shared)).toBe(' Inde');
    expect(tokens.map((id) => letters.tokenText(id)).join()).toBe('x,n');
    for (const pair of [['IndexError', 'Ind'], ['Ind', 'IndexError']]) {
      expect(() => partingTokens(answers, pair[0], pair[1])).toThrow('the answer " IndexError" begins with all of " Ind"');
    }
  });
});

describe('labels and templates', () => {
  test('spellings of no error', () => {
    for (const label of [
      'no error',
      'NoError',
      'No Error',
      'none',
      'None',
      '',
      ' ok ',
      null,
      undefined,
      'no_exception',
    ]) {
      expect(canonicalLabel(label)).toBe(NO_ERROR);
    }
    for (const label of ['TypeError', 'timeout', 'Error']) expect(canonicalLabel(` ${label} `)).toBe(label);
  });

  test('templates of the user', () => {
    const json = JSON.stringify({
      id: 'returns',
      suffix: '\n# It returns a',
      answers: ['list', { label: 'none', text: ' value' }],
    });
    expect(parseTemplates(json, 'mine.json')).toEqual([
      {
        id: 'returns',
        title: 'returns',
        prefix: '',
        suffix: '\n# It returns a',
        answers: [
          { label: 'list', text: ' list' },
          { label: NO_ERROR, text: ' value' },
        ],
      },
    ]);
  });

  const good = { id: 'mine', suffix: ' a', answers: ['x', 'y'] };
  test.each<[string, unknown, string]>([
    ['not JSON', '{', 'mine.json is not valid JSON'],
    ['an empty list', [], 'holds no template'],
    ['a text', '"x"', 'mine.json is not an object'],
    ['a wrong field', { ...good, sufix: '' }, '"sufix" is not a field'],
    ['a wrong id', { ...good, id: 'My template' }, 'lower-case words'],
    ['an id taken', { ...good, id: 'python-error-type' }, 'already taken'],
    ['an id twice', [good, good], 'already taken'],
    ['no suffix', { id: 'mine', answers: ['x', 'y'] }, '"suffix" must be a text'],
    ['space at the end', { ...good, suffix: 'a ' }, 'must not end with white space'],
    ['one answer', { ...good, answers: ['x'] }, '2 to 200 answers'],
    ['the same twice', { ...good, answers: ['x', 'x'] }, 'two answers have the label "x"'],
    [
      'no space',
      { ...good, answers: ['x', { label: 'y', text: 'y' }] },
      'answer 2: the text "y" must be a space and a word',
    ],
    ['a number', [good, { ...good, id: 'other', answers: ['x', 3] }], 'mine.json, template 2, answer 2 must be a word'],
  ])('refuses %s', (_, value, message) => {
    const json = typeof value === 'string' ? value : JSON.stringify(value);
    expect(() => parseTemplates(json, 'mine.json')).toThrow(message);
  });
});
