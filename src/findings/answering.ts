/** A model's answer in words: one that has next to none of the probability is not called its answer. */
import { percent } from './percent';

/** The first answer and how probable each is. */
export interface Answering {
  readonly label: string;
  readonly answers: readonly { readonly label: string; readonly probability: number }[];
}

/** A first answer with less is only ahead of others that are as improbable. */
const IMPROBABLE = 0.05;

const probabilityOf = ({ answers }: Answering, label: string) => answers.find((answer) => answer.label === label)?.probability ?? 0;
const firstOf = (one: Answering) => probabilityOf(one, one.label);

export const isImprobable = (one: Answering): boolean => firstOf(one) < IMPROBABLE;

/** "predicts TypeError (90 %)", behind "the model". */
export function predicting(one: Answering): string {
  const said = percent(firstOf(one));
  return isImprobable(one) ? `finds every answer improbable, ${one.label} least so (${said})` : `predicts ${one.label} (${said})`;
}

/** "the model answers KeyError (90 %) instead of TypeError, which goes from 90 % to 1.2 %". */
export function answerChange(before: Answering, after: Answering): string {
  const [was, now] = [percent(firstOf(before)), percent(firstOf(after))];
  if (isImprobable(after)) {
    const same = after.label === before.label;
    return `the model then finds every answer improbable, ${after.label} least so (${now})${same ? `; it had ${was}` : `; ${before.label} goes from ${was} to ${percent(probabilityOf(after, before.label))}`}`;
  }
  if (after.label === before.label) return `the model still answers ${after.label}, with ${now === was ? `${was} as before` : `${now} instead of ${was}`}`;
  const goes = `which goes from ${was} to ${percent(probabilityOf(after, before.label))}`;
  return isImprobable(before)
    ? `the model answers ${after.label} (${now}); before, every answer was improbable, ${before.label} least so, ${goes}`
    : `the model answers ${after.label} (${now}) instead of ${before.label}, ${goes}`;
}
