/** The prediction, as far as the model says it: what Python does is filled in when that is known. */
import type { Run } from './run';

export const prediction: Run<'prediction'> = {
  run: async (reading, { topK }, asking) => {
    const { prediction: value } = await reading.document(topK, asking);
    return { value: { ...value, actual: null } };
  },
};
