/** Trying steering vectors on the programs that their card holds out. */
import { heldOutEffect } from '../../methods/steering/steering-effect';
import type { Model } from '../../model';
import type { Part } from '../../protocol/analyses';
import type { Question } from '../reading/question';
import type { Progress } from '../session/progress';
import { rounded } from '../session/rounded';
import type { SteeringVectors, VectorsCard } from './vectors-file';

/** The programs that a card holds out, of the set that the vector leads away from. */
export function heldOutOf({ heldOut }: VectorsCard, factor: number) {
  const set = factor < 0 ? ('positive' as const) : ('negative' as const);
  return { set, programs: heldOut?.[set] ?? [] };
}

/** @param problems is told why the vector is not tried where it was asked for */
export async function triedOn(
  { model, question }: { model: Model; question: Question },
  { card, site }: SteeringVectors,
  vectors: ReadonlyMap<number, Float32Array>,
  factor: number,
  count: number,
  problems: string[],
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: Progress },
): Promise<Part<'steering'>['heldOut']> {
  if (count === 0 || factor === 0) return null;
  const { set, programs } = heldOutOf(card, factor);
  const some = programs.slice(0, count);
  const { answers } = card;
  const known = (label: string) => question.answers.some((answer) => answer.label === label);
  const fits = ({ ids }: (typeof some)[number]) => ids.length <= model.shape.context && ids.every((one) => one < model.shape.vocabulary);
  const why = card.heldOut === undefined
    ? 'its card is of an older kind, without the programs that were held out; make it again'
    : some.length === 0
      ? 'none of its pairs was held out; make it from four pairs of programs or more'
      : card.template === question.form.id && answers && known(answers.toward) && known(answers.away) && some.every(fits)
        ? null
        : 'it was made with another question';
  if (why !== null) {
    problems.push(`The vector was not tried on held-out programs: ${why}.`);
    return null;
  }
  const { toward, away } = answers!;
  const how = { site, vectors, factor };
  const effect = await heldOutEffect(model, some, question.answers, { toward, away }, how, {
    signal, onProgress: (done, total) => onProgress?.('Steering held-out programs', done, total),
  });
  const { difference: { before, after, random }, answered, agree, p } = effect;
  const difference = { before: rounded(before), after: rounded(after), random: rounded(random) };
  return { set, programs: some.length, toward, away, difference, answered, agree, p: rounded(p) };
}
