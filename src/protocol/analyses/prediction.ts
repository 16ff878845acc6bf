/** Prediction: the answers to the question with their probabilities, and what Python really does. */
import * as z from 'zod';
import { said, text, whole } from '../fields';
import { outcome, prediction as predicted } from '../reading/reading';
import { analysis } from './analysis';

export const topK = whole(1, 100, { title: 'Tokens to list', description: 'most probable tokens to list at each place' });

export const prediction = analysis({
  id: 'prediction',
  version: 1,
  title: 'Prediction',
  about: 'what the model predicts for the code, and whether Python agrees',
  group: 'what',
  needs: [],
  params: z.strictObject({
    topK: topK.default(10),
    answers: said(z.tuple([text, text]).optional(), {
      title: 'Answers', description: 'two answers of which it is said which the model prefers', words: 'a list of two answers',
    }),
  }),
  part: z.object({
    ...predicted.shape,
    /** What Python did; null when the program was not run. */
    actual: outcome.nullable(),
  }).refine(({ label, answers }) => answers.some((answer) => answer.label === label), { error: 'its label must be one of its answers' }),
});
