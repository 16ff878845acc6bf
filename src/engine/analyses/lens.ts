/** The logit lens, from the run that the prediction comes from, and the tuned lens beside it, where there is one. */
import { overtaking } from '../../findings/explanation';
import type { Lens } from '../../methods/lenses/logit-lens';
import type { LensCard } from '../../methods/lenses/tuned-lens-folder';
import type { Part } from '../../protocol/analyses';
import { rounded } from '../session/rounded';
import { explainedLens, explainedRows } from './document';
import { namer } from './findings';
import { Unanswerable } from './reading';
import type { Run } from './run';

export const lens: Run<'lens'> = {
  run: async (reading, { topK, lens: which, lensFolder }, asking) => {
    const { question: { answers }, loaded: { tokenizer } } = reading;
    const problems: string[] = [];
    // One that was not asked for, but lies beside the model, keeps nobody from the logit lens.
    const unasked = which === null && lensFolder === null;
    const stored = which === 'logit' ? null : await reading.session.tunedLens(lensFolder).catch((error: Error) => {
      if (!unasked) throw error;
      problems.push(`The tuned lens beside the model is left out. ${error.message}`);
      return null;
    });
    if (!stored && which !== null && which !== 'logit') throw new Unanswerable(NONE);
    const found = await reading.lens(topK, asking);
    const { label } = await reading.prediction(topK, asking);
    const labels = answers.map((answer) => answer.label);
    const named = namer(reading.question.form);
    const sentences = (of: Lens) => sentencesOf(of, named(label), labels.map(named));
    const value = explainedLens(found, labels, tokenizer);
    const findings = which === 'tuned' ? [] : sentences(found);
    if (!stored) return { value, findings, problems };
    const tuned = await reading.tunedLens(stored, topK, asking);
    findings.push(...sentences(tuned).map((sentence) => `By the tuned lens: ${sentence[0].toLowerCase()}${sentence.slice(1)}`));
    const { folder, card } = stored;
    if (!card) problems.push(`${folder} has no card, so it is not known whether its lens was trained for these weights; the sizes fit.`);
    const rows = { folder, ...explainedRows(tuned, tokenizer), divergence: divergenceOf(card), heldOut: card?.heldOut.programs ?? null };
    return { value: { ...value, tuned: rows }, findings, problems };
  },
};

const NONE =
  'There is no tuned lens of this model. Train one, latent-lens train lens --model FOLDER --data PROGRAMS writes it into the folder lens of the model; or name a folder that holds one.';

function sentencesOf(found: Lens, label: string, labels: string[]): string[] {
  const last = found.answers.map((row) => row[found.positions - 1].map(({ logit }) => logit));
  const sentence = overtaking(label, labels, last);
  return sentence === null ? [] : [sentence];
}

function divergenceOf(card: LensCard | null): NonNullable<Part<'lens'>['tuned']>['divergence'] {
  return card && card.layers.map(({ before, after }) => ({ logit: rounded(before.tokens), tuned: rounded(after.tokens) }));
}
