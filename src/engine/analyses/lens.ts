/** The logit lens, from the run that the prediction comes from. */
import { overtaking } from '../../findings/explanation';
import { explainedLens } from './document';
import type { Run } from './run';

export const lens: Run<'lens'> = {
  run: async (reading, { topK }, asking) => {
    const { answers } = reading.question;
    const found = await reading.lens(topK, asking);
    const { label } = await reading.prediction(topK, asking);
    const labels = answers.map((answer) => answer.label);
    const last = found.answers.map((row) => row[found.positions - 1].map(({ logit }) => logit));
    const sentence = overtaking(label, labels, last);
    return { value: explainedLens(found, labels, reading.loaded.tokenizer), findings: sentence === null ? [] : [sentence] };
  },
};
