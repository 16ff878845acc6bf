import { expect, it } from 'vitest';
import { answerChange, predicting } from '../../src/findings/answering';

const says = (probabilities: Record<string, number>) => {
  const answers = Object.entries(probabilities).map(([label, probability]) => ({ label, probability })).sort((a, b) => b.probability - a.probability);
  return { label: answers[0].label, answers };
};
const sure = says({ TypeError: 0.9, KeyError: 0.05 });
const lost = says({ NameError: 0.005, TypeError: 0.002, KeyError: 0.001 });

it('an answer that is as improbable as all others is not called what the model predicts', () => {
  expect(predicting(sure)).toBe('predicts TypeError (90 %)');
  expect(predicting(lost)).toBe('finds every answer improbable, NameError least so (0.5 %)');
  expect(predicting(says({ TypeError: 0.06, KeyError: 0.01 }))).toBe('predicts TypeError (6 %)');
});

it('a change of answers says the same before and after', () => {
  expect(answerChange(sure, says({ TypeError: 0.4, KeyError: 0.3 }))).toBe('the model still answers TypeError, with 40 % instead of 90 %');
  expect(answerChange(sure, sure)).toBe('the model still answers TypeError, with 90 % as before');
  expect(answerChange(sure, says({ KeyError: 0.8, TypeError: 0.1 }))).toBe('the model answers KeyError (80 %) instead of TypeError, which goes from 90 % to 10 %');
  expect(answerChange(sure, lost)).toBe('the model then finds every answer improbable, NameError least so (0.5 %); TypeError goes from 90 % to 0.2 %');
  expect(answerChange(lost, lost)).toBe('the model then finds every answer improbable, NameError least so (0.5 %); it had 0.5 %');
  expect(answerChange(lost, says({ KeyError: 0.8, NameError: 0.1 }))).toBe('the model answers KeyError (80 %); before, every answer was improbable, NameError least so, which goes from 0.5 % to 10 %');
});
