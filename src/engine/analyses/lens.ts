/** The logit lens, from the run that the prediction comes from, and the tuned lens beside it, where there is one. */
import { overtaking } from '../../findings/explanation';
import type { Lens } from '../../methods/logit-lens';
import { tunedLens } from '../../methods/tuned-lens';
import type { LensCard } from '../../methods/tuned-lens-folder';
import type { Part } from '../../protocol/analyses';
import { rounded } from '../session/rounded';
import { explainedLens, explainedRows } from './document';
import { Unanswerable } from './reading';
import type { Run } from './run';

export const lens: Run<'lens'> = {
  run: async (reading, { topK, lens: which, lensFolder }, asking) => {
    const { question: { answers }, program, loaded: { model, tokenizer } } = reading;
    const stored = which === 'logit' ? null : await reading.session.tunedLens(lensFolder);
    if (!stored && which !== null && which !== 'logit') throw new Unanswerable(NONE);
    const found = await reading.lens(topK, asking);
    const { label } = await reading.prediction(topK, asking);
    const labels = answers.map((answer) => answer.label);
    const value = explainedLens(found, labels, tokenizer);
    const findings = which === 'tuned' ? [] : sentencesOf(found, label, labels);
    if (!stored) return { value, findings };
    const firsts = answers.map(({ ids }) => ids[0]);
    const tuned = await tunedLens(model, stored.translators, program.ids, firsts, { topK, signal: asking.signal });
    findings.push(...sentencesOf(tuned, label, labels).map((sentence) => `By the tuned lens: ${sentence[0].toLowerCase()}${sentence.slice(1)}`));
    const problems: string[] = [];
    if (stored.card) findings.push(fidelity(stored.card));
    else problems.push(`${stored.folder} has no card, so it is not known whether its lens was trained for these weights; the sizes fit.`);
    const rows = { folder: stored.folder, ...explainedRows(tuned, tokenizer), divergence: divergenceOf(stored.card) };
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

/** What a reader may believe of both, where they differ most: in the middle. */
function fidelity({ layers, heldOut: { programs } }: LensCard): string {
  const middle = Math.floor(layers.length / 2);
  const { before, after } = layers[middle];
  const nats = (value: number) => value.toFixed(2);
  const where = middle === 0 ? 'At the embedding' : `After layer ${middle - 1}`;
  return `${where} the tuned lens diverges from the model by ${nats(after.tokens)} nats a token and the logit lens by ${nats(before.tokens)}, on ${programs} programs that the lens was not trained on.`;
}
