/** Which two answers are compared where there is no variant to say so. */
import { checked, type AnswerMetric, type ChosenAnswers } from '../../methods/prediction/metric';
import { partingTokens } from '../../snippets/prompts/prompts';
import { Unanswerable, type Asking, type Reading } from './reading';

/** The two answers that were chosen, or what the model predicts and its runner-up. @throws Unanswerable where no logit tells them apart */
export async function comparedAnswers(reading: Reading, chosen: ChosenAnswers | null, { topK, ...asking }: Asking & { topK: number }): Promise<Omit<AnswerMetric, 'basis'>> {
  const { answers } = reading.question;
  const ranked = (await reading.prediction(topK, asking)).answers;
  const [positive, negative] = chosen ? checked(answers, chosen) : ranked.slice(0, 2).map(({ label }) => label);
  if (negative === undefined) throw new Unanswerable('The question has one answer only, so there is no other to compare it with. Explain one token’s logit instead.');
  try {
    const { shared, tokens } = partingTokens(answers, positive, negative);
    return { positive, negative, shared, positiveToken: tokens[0], negativeToken: tokens[1] };
  } catch (error) {
    throw new Unanswerable((error as Error).message, { cause: error });
  }
}
