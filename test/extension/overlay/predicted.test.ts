/** The predicted token stands at its place, with its share, and nowhere where the question is about no place. */
import { expect, it } from 'vitest';
import { predictedAt } from '../../../src/extension/overlay/predicted';
import { madeUp } from '../../cli/explanation-fixture';

it('is drawn at the place', () => {
  const prediction = { label: '·x', answers: [{ label: '·x', probability: 0.281, logit: 2 }], answersProbability: 0.281, top: [] };
  expect(predictedAt(madeUp({ template: 'next-token', place: { start: 4, end: 6 }, prediction }))).toEqual({
    start: 4, end: 6, text: '·x', label: '⟵ predicted, 28 %', hover: 'Latent Lens: the model would put ·x here (28 %). It is not in the file.',
  });
  expect(predictedAt(madeUp())).toBeNull();
});
