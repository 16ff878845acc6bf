/** Figures of the logit lens. */
import type { Part } from '../protocol/analyses';
import type { PromptToken } from '../protocol/reading';
import type { Result } from '../protocol/result';
import type { Figure, Row } from './figure';
import type { CellText, Grid } from './grid';
import { percent, plain, visible } from './text';
import { siteLabel, tokenColumns } from './tokens';

export interface LensShown {
  lens: Part<'lens'>;
  tokens: readonly PromptToken[];
}

/** What the program itself does, and what the near twin does, are among the lines that are drawn. */
export interface LinesShown extends LensShown {
  prediction: { label: string };
  actual: { label: string } | null;
  counterfactual: { prediction: { label: string }; actual: { label: string } | null } | null;
}

export function lensFigures({ reading: { tokens }, pair, parts: { prediction } }: Result, lens: Part<'lens'>): Figure[] {
  const shown: LensShown = { lens, tokens };
  const last = tokens.length - 1;
  const name = { label: prediction?.value.label ?? '' };
  const lines = lensLines({ ...shown, prediction: name, actual: prediction?.value.actual ?? null, counterfactual: pair }, last);
  return [
    {
      kind: 'lines',
      name: 'logit-lens-answers',
      title: 'Answers by layer',
      about: 'What each layer would answer at the last token.',
      unit: 'probability',
      points: lens.sites.map(siteLabel),
      series: lines,
      rows: () =>
        lens.sites.flatMap((site, row) => lines.map(({ label, values }): Row => ({ site, answer: label, probability: values[row] }))),
    },
    {
      kind: 'grid',
      name: 'logit-lens',
      title: 'Logit lens',
      about: 'The most probable next token after each token, at each layer.',
      grid: lensGrid(shown, null),
      describe: (row, column) => lensCell(shown, row, column),
      rows: () => lensRows(shown),
    },
  ];
}

/** One row for each answer at each site and position, with the top token there. */
export function lensRows({ lens, tokens }: LensShown): Row[] {
  return lens.sites.flatMap((site, row) =>
    tokens.flatMap((token, position) => {
      const top = lens.top[row][position][0];
      const where = { site, position, token: token.text, topToken: top.text, topProbability: top.probability };
      return lens.labels.map((answer, i): Row => ({ ...where, answer, ...lens.answers[row][position][i] }));
    }),
  );
}

/** The lens as a grid of each cell's most probable token, or of one answer's probability. */
export function lensGrid({ lens, tokens }: LensShown, answer: string | null): Grid {
  const column = answer === null ? -1 : lens.labels.indexOf(answer);
  const probability = (row: number, at: number) =>
    column < 0 ? lens.top[row][at][0].probability : lens.answers[row][at][column].probability;
  const text = (row: number, at: number) => (column < 0 ? visible(lens.top[row][at][0].text) : percent(probability(row, at)));
  const over = <T>(of: (row: number, at: number) => T) => lens.sites.map((_, row) => tokens.map((__, at) => of(row, at)));
  return {
    rows: lens.sites.map((site) => ({ label: siteLabel(site), site })),
    axes: ['tokens'],
    columns: tokenColumns(tokens),
    values: over(probability),
    texts: over(text),
    scale: {
      kind: 'sequential',
      limit: 1,
      beyond: false,
      label: column < 0 ? 'probability of the top token' : `probability of ${answer}`,
      format: (value) => (value === null ? '–' : percent(value)),
    },
    means: null,
  };
}

/** So many answers at most are listed for a cell. */
const ANSWERS_LISTED = 20;

/** The top tokens of a cell of the lens, and the answers' ranks beside them. */
export function lensCell({ lens, tokens }: LensShown, row: number, position: number): CellText {
  const answers = lens.labels
    .map((label, i) => ({ label, ...lens.answers[row][position][i] }))
    .sort((a, b) => a.rank - b.rank || b.probability - a.probability)
    .slice(0, ANSWERS_LISTED);
  return {
    title: `${lens.sites[row]}, after token ${position}: ${visible(tokens[position].text)}`,
    lines: lens.top[row][position].map(({ text, probability }) => [visible(text), percent(probability)]),
    beside: {
      heading: 'rank of each answer among all tokens',
      lines: answers.map(({ label, probability, rank }) => [`${rank + 1}. ${plain(label)}`, percent(probability)]),
    },
  };
}

/** The probability of answers by row of the lens at one position: those that matter in the end, and those highest on the way. */
export function lensLines(explanation: LinesShown, position: number, limit = 5): { label: string; values: number[] }[] {
  const { lens, prediction, actual, counterfactual } = explanation;
  const lines = lens.labels.map((label, i) => ({ label, values: lens.answers.map((row) => row[position][i].probability) }));
  const first = [prediction.label, actual?.label, counterfactual?.prediction.label, counterfactual?.actual?.label];
  const order = ({ label }: { label: string }) => (first.includes(label) ? first.indexOf(label) : first.length);
  return lines.sort((a, b) => order(a) - order(b) || Math.max(...b.values) - Math.max(...a.values)).slice(0, limit);
}
