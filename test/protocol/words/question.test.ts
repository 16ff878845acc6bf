/** Of a question about a place nothing is run, so nothing of Python is said; answers that are signs are told from the sentence. */
import { describe, expect, it } from 'vitest';
import { answerName, questionWords } from '../../../src/protocol/words/question';
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

it('says of templates what was said of them before', () => {
  expect(questionWords('python-error')).toMatchObject({ judge: 'Python', unknown: 'not run', right: 'The model is right.' });
  expect(answerName('python-error', 'TypeError')).toBe('TypeError');
});
