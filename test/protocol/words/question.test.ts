/** Of a question about a place nothing is run, so nothing of Python is said; answers that are signs are told from the sentence. */
import { describe, expect, it } from 'vitest';
import { answerName, questionWords, readWords } from '../../../src/protocol/words/question';
import { OPEN_QUESTIONS } from '../../../src/vocabulary/open-questions';

describe.each(OPEN_QUESTIONS)('%s', (question) => {
  it('is asked without a word of Python, errors or running', () => {
    const words = questionWords(question);
    const said = [...Object.values(words).filter((word) => typeof word === 'string'), ...Object.values(words.badges), words.wrong('x', '1 %'), words.around(3)];
    expect(said.length).toBeGreaterThan(15);
    for (const text of said) expect(text).not.toMatch(/Python|raises|error|\brun\b|program/i);
  });

  it('names answers as code', () => {
    expect([answerName(question, '('), answerName(question, '`')]).toEqual(['`(`', '“`”']);
  });
});

it('says on which sides of a place was read, and what did not fit', () => {
  const source = { file: null, code: 'ab', start: 0, end: 2, firstLine: 1, lastLine: 1 };
  const place = { start: 1, end: 1 };
  const cut = { ...source, read: 'lines 3–9' };
  expect(readWords({ template: 'next-token', source, place })).toBe('only what is before the place');
  expect(readWords({ template: 'next-token', source, place: { ...place, behind: true } })).toBe('what is before and behind the place');
  expect(readWords({ template: 'next-token', source: cut, place })).toBe('only what is before the place; lines 3–9');
  expect([source, cut].map((one) => readWords({ template: 'type', source: one, place }))).toEqual([null, 'lines 3–9']);
});

it('says of templates what was said of them before', () => {
  expect(questionWords('python-error')).toMatchObject({ judge: 'Python', unknown: 'not run', right: 'The model is right.' });
  expect(answerName('python-error', 'TypeError')).toBe('TypeError');
});
