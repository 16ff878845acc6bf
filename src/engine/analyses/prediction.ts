/** The prediction, as far as the model says it: what Python does is filled in when that is known. */
import { checked } from '../../methods/prediction/metric';
import type { Run } from './run';

export const prediction: Run<'prediction'> = {
  run: async (reading, { topK, answers }, asking) => {
    if (answers) checked(reading.question.answers, answers);
    const { prediction: value } = await reading.document(topK, asking);
    const verdicts = await reading.verdicts(value.answers.map(({ label }) => label), asking);
    const judged = value.answers.map((answer, i) => ({ ...answer, ...(verdicts && { verdict: verdicts[i] }) }));
    return { value: { ...value, answers: judged, actual: null } };
  },
};
