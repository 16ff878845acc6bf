/** What the numbers of an explanation say, in sentences. */
import { holdingSentence, largestSentence, type HeldDifference } from './findings-patching';
import { percent } from './percent';
import type { MetricBasis } from './metric';
import { NO_ERROR } from '../snippets/templates';
import { UNJUDGED } from '../snippets/variants';

export interface FindingsInput {
  prediction: PredictionSummary;
  /** Null when the program was not run. */
  actual: { label: string; line: number | null; unlisted?: { readonly base: string | null } } | null;
  /** At the prompt's last position: [row][label] logits of the answers' first tokens; row 0 is the embedding, row l + 1 follows layer l. */
  lens: { labels: readonly string[]; logits: readonly (readonly number[])[] };
  counterfactual: { description: string; actual: string | null; prediction: PredictionSummary } | null;
  patching: (HeldDifference & ComparedAnswers) | null;
  /** That the answers together have little of the probability; null where they have enough. */
  caution: string | null;
}

interface ComparedAnswers {
  positive: string;
  negative: string;
  basis: MetricBasis;
  /** What both answers begin with, so that it was put after both prompts; empty where they differ at once. */
  shared: string;
  clean: number;
  corrupted: number;
}

export interface PredictionSummary {
  label: string;
  /** Most probable first. */
  answers: readonly { readonly label: string; readonly probability: number }[];
}

export function findings(input: FindingsInput): string[] {
  const { counterfactual, patching } = input;
  return [
    verdict(input),
    input.caution,
    overtaking(input),
    counterfactual && twin(input.prediction, counterfactual),
    patching && comparison(patching, input.actual !== null && counterfactual !== null && counterfactual.actual !== null),
    patching && sits(patching),
  ].filter((sentence) => sentence !== null);
}

/** Whether the prediction is right. */
function verdict({ prediction, actual }: FindingsInput): string {
  const { label, answers } = prediction;
  const predicts = `The model predicts ${label} (${percent(answers[0].probability)})`;
  if (!actual) return `${predicts}; the program was not run, so whether that is right is not known.`;
  const at = actual.line === null ? '' : ` on line ${actual.line}`;
  if (actual.label === label) {
    return actual.label === NO_ERROR ? `${predicts}, and the program indeed raises nothing.` : `${predicts}, and that is what Python raises${at}.`;
  }
  const rank = answers.findIndex((answer) => answer.label === actual.label);
  const does = actual.label === NO_ERROR ? 'the program raises nothing' : `Python raises ${actual.label}${at}`;
  if (rank >= 0) {
    return `${predicts}, but ${does}, which the model ranks ${ordinal(rank + 1)} (${percent(answers[rank].probability)}).`;
  }
  if (UNJUDGED.includes(actual.label)) return `${predicts}; Python could not judge the program (${actual.label}).`;
  const { base } = actual.unlisted ?? { base: null };
  const kind = base === null ? '' : base === label ? `; it is a kind of ${base}, which is what the model predicts` : `; it is a kind of ${base}, which is one`;
  return `${predicts}, but ${does}, which is none of the ${answers.length} answers${kind}.`;
}

/** The layer from which the predicted answer leads the others to the end. */
function overtaking({ prediction, lens: { labels, logits } }: FindingsInput): string | null {
  const leaders = logits.map((row) => labels[row.indexOf(Math.max(...row))]);
  const { label } = prediction;
  // With answers of several tokens their first tokens may be in another order than the answers.
  if (leaders.at(-1) !== label) return null;
  let row = leaders.length - 1;
  while (row > 0 && leaders[row - 1] === label) row--;
  // The embedding knows the last token only, so whatever leads there was no answer to the program.
  if (row <= 1) return `At the last token, ${label} is ahead of the other answers from ${row === 0 ? 'the embedding' : 'layer 0'} on.`;
  const end = row === leaders.length - 1 ? ', the last' : ' and stays ahead';
  return `At the last token, ${label} overtakes ${leaders[row - 1]} at layer ${row - 1}${end}.`;
}

/** What the edit does to Python and to the model. */
function twin(original: PredictionSummary, { description, actual, prediction }: NonNullable<FindingsInput['counterfactual']>): string {
  const { label, answers } = prediction;
  const edit = `In the variant (${description})`;
  const still = label === original.label ? 'still ' : '';
  const predicts = `the model ${still}predicts ${label} (${percent(answers[0].probability)})`;
  if (actual === null) return `${edit} ${predicts}; it was not run.`;
  if (actual === label) return `${edit} ${predicts}, which is right.`;
  const does = actual === NO_ERROR ? 'Python raises nothing' : UNJUDGED.includes(actual) ? `Python could not judge it (${actual})` : `Python raises ${actual}`;
  return `${edit} ${does}, but ${predicts}.`;
}

/** What the metric compares where that is not plain, and whether it can be normalised. */
function comparison({ positive, negative, basis, shared, clean, corrupted, effect }: NonNullable<FindingsInput['patching']>, run: boolean): string | null {
  const parts: string[] = [];
  if (basis === 'predicted' && run) parts.push(`What Python does with the two programs gives no two answers, so patching compares what the model predicts: ${positive} and ${negative}.`);
  if (basis === 'runner-up') {
    parts.push(
      `Both programs have the same answer, for Python as for the model, so patching measures the model's first choice, ${positive}, against its second, ${negative}.`,
    );
  }
  if (shared !== '') {
    parts.push(`Both answers, ${positive} and ${negative}, begin with \`${shared}\`, so that is put after both prompts, and patching compares what comes next.`);
  }
  const metric = `logit(${positive}) - logit(${negative})`;
  const values = `${clean.toFixed(2)} in the original and ${corrupted.toFixed(2)} in the variant`;
  if (effect === null) parts.push(`${metric} is ${values}: too close to express patches as a share of the difference, so only the logits are given.`);
  else if (clean < corrupted) parts.push(`${metric} is ${values}: the model leans the wrong way between the two.`);
  return parts.join(' ') || null;
}

function sits(patching: NonNullable<FindingsInput['patching']>): string | null {
  if (patching.effect === null) return null;
  return patching.site.startsWith('hook_resid') ? holdingSentence(patching) : largestSentence(patching);
}

function ordinal(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  return `${n}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;
}
