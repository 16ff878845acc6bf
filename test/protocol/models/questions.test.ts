import { expect, test } from 'vitest';
import { ANSWERS_MATTER, answersCaution } from '../../../src/protocol/words/answers-share';
import { questionPlace } from '../../../src/protocol/models/questions';

test('a setting names a question that is built in, one of the user, or a file', () => {
  const own = ['mine', 'folder'];
  expect(questionPlace('', own)).toEqual({ in: 'package', name: 'python-error-type' });
  expect(questionPlace('python-error-type-few-shot', own)).toEqual({ in: 'package', name: 'python-error-type-few-shot' });
  expect(questionPlace('mine', own)).toEqual({ in: 'settings', name: 'mine' });
  expect(questionPlace('yours', own)).toEqual({ in: 'file', file: 'yours', id: null });
  expect(questionPlace('a folder/q.json#mine', own)).toEqual({ in: 'file', file: 'a folder/q.json', id: 'mine' });
  expect(questionPlace('C:\\q.json', own)).toEqual({ in: 'file', file: 'C:\\q.json', id: null });
});

test('little probability is said with what the model would rather write, whatever that is', () => {
  const percent = (share: number) => `${100 * share} %`;
  const caution = (text?: string, answersProbability = 0.25, question = 'python-error-type') => {
    return answersCaution({ answers: [1, 2, 3], answersProbability, ...(text !== undefined && { continuation: { text, probability: 0.1 } }) }, question, percent);
  };
  const begin = 'The 3 answers together have 25 % of the probability, so their order says little';
  expect(caution()).toBe(`${begin}.`);
  expect(caution(' n error\tof')).toBe(`${begin}; the model would rather continue with \`n error of\`.`);
  expect(caution(' `x`')).toBe(`${begin}; the model would rather continue with “\`x\`”.`);
  expect(caution('\n')).toBe(`${begin}; the model would rather continue with a line break.`);
  expect(caution(' ')).toBe(`${begin}; the model would rather continue with white space.`);
  expect(caution('x', ANSWERS_MATTER)).toBeNull();
  expect(caution('x', 0.25, 'next-token')).toBeNull();
});
