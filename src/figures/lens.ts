/** Figures of the logit lens and the tuned lens. */
import type { Part } from '../protocol/analyses';
import type { PromptToken } from '../protocol/reading/reading';
import type { Result } from '../protocol/documents/result';
import type { Figure, Row, TableFigure } from './kinds/figure';
import type { CellText, Grid } from './kinds/grid';
import { percent, plain, visible } from './kinds/text';
import { siteLabel, tokenColumns } from './kinds/tokens';
import type { SiteName } from '../vocabulary/sites';

export interface LensShown {
  lens: Part<'lens'>;
  tokens: readonly PromptToken[];
}

/** An answer's probability by row. */
export interface Line {
  label: string;
  values: number[];
}

/** What the program itself does, and what the near twin does, are among the lines that are drawn. */
export interface LinesShown extends LensShown {
  prediction: { label: string };
  actual: { label: string } | null;
  counterfactual: { prediction: { label: string }; actual: { label: string } | null } | null;
}

export function lensFigures(result: Result, lens: Part<'lens'>): Figure[] {
  const { reading: { tokens }, pair, parts: { prediction, lens: answered } } = result;
  const told = { prediction: { label: prediction?.value.label ?? '' }, actual: prediction?.value.actual ?? null, counterfactual: pair };
  const shown: LinesShown = { lens, tokens, ...told };
  const tuned = byTunedLens(shown);
  if (!tuned) return figuresOfOne(shown, LOGIT);
  if (answered?.params.lens === 'tuned') return figuresOfOne(tuned, TUNED);
  return [...figuresOfOne(shown, LOGIT), ...figuresOfOne(tuned, TUNED), ...comparison(shown, tokens.length - 1)];
}

const LOGIT = { name: 'logit-lens', title: 'Logit lens', by: '' };
const TUNED = { name: 'tuned-lens', title: 'Tuned lens', by: ', by the tuned lens' };

/** The same with the tuned lens in the place of the logit lens; null without one. */
export function byTunedLens<S extends LensShown>(shown: S): S | null {
  const { tuned, ...lens } = shown.lens;
  if (!tuned) return null;
  const { sites, top, answers } = tuned;
  return { ...shown, lens: { ...lens, sites, top, answers } };
}

function figuresOfOne(shown: LinesShown, { name, title, by }: typeof LOGIT): Figure[] {
  const { lens, tokens } = shown;
  const lines = lensLines(shown, tokens.length - 1);
  return [
    {
      kind: 'lines',
      name: `${name}-answers`,
      title: 'Answers by layer',
      about: `What each layer would answer at the last token${by}.`,
      unit: 'probability',
      points: lens.sites.map(rowLabel),
      series: lines,
      rows: () =>
        lens.sites.flatMap((site, row) => lines.map(({ label, values }): Row => ({ site, answer: label, probability: values[row] }))),
    },
    {
      kind: 'grid',
      name,
      title,
      about: `The most probable next token after each token, at each layer${by}.`,
      grid: lensGrid(shown, null),
      describe: (row, column) => lensCell(shown, row, column),
      rows: () => lensRows(shown),
    },
  ];
}

/** Both lenses at the last token, and how far each is from the model where that was measured. */
function comparison(shown: LinesShown, position: number): Figure[] {
  const { lens } = shown;
  const points = lens.sites.map(rowLabel);
  const lines = comparedLines(shown, position);
  return [{
    kind: 'lines',
    name: 'lenses-compared',
    title: 'Both lenses',
    about: 'The probability of answers at the last token by layer, by the logit lens and by the tuned lens.',
    unit: 'probability',
    points,
    series: lines,
    rows: () => comparedRows(shown, position),
  }, ...(lens.tuned?.divergence ? [divergenceTable(lens)] : [])];
}

/** How far each lens is from the model. @param lens of which that was measured */
export function divergenceTable({ sites, tuned }: LinesShown['lens']): TableFigure {
  const { heldOut } = tuned!;
  const divergence = [...tuned!.divergence!, { logit: 0, tuned: 0 }];
  const points = sites.map(rowLabel);
  const middle = Math.floor((divergence.length - 1) / 2); // where they differ most
  const where = middle === 0 ? 'At the embedding' : `After layer ${middle - 1}`;
  const nats = (value: number) => value.toFixed(2);
  return {
    kind: 'table',
    name: 'lens-divergence',
    title: 'How far each lens is from the model',
    about: `Mean KL(model ‖ lens), in nats a token, on ${heldOut === null ? '' : `${heldOut} `}programs that the tuned lens was not trained on. ${where} the logit lens is ${nats(divergence[middle].logit)} nats from the model, the tuned lens ${nats(divergence[middle].tuned)}. The last layer is the model.`,
    columns: [{ title: 'layer' }, { title: 'logit lens', right: true }, { title: 'tuned lens', right: true }],
    cells: points.map((label, row) => [label, divergence[row].logit.toFixed(3), divergence[row].tuned.toFixed(3)]),
    rows: () => sites.map((site, row): Row => ({ site, ...divergence[row] })),
  };
}

/** What a row is called; the tuned lens reads the embedding where it goes into the first layer. */
export function rowLabel(site: SiteName, row: number): string {
  return row === 0 ? 'embed' : siteLabel(site);
}

/** So many answers are compared: each has a line for either lens. */
const COMPARED = 2;

interface ComparedLine extends Line {
  answer: string;
  by: string;
}

/** The answers that matter most, by either lens at one position; none without a tuned lens. */
export function comparedLines(shown: LinesShown, position: number, limit = COMPARED): ComparedLine[] {
  const tuned = byTunedLens(shown);
  if (!tuned) return [];
  return lensLines(shown, position, limit).flatMap(({ label: answer, values }): ComparedLine[] => {
    const own = tuned.lens.answers.map((row) => row[position][tuned.lens.labels.indexOf(answer)].probability);
    const line = (by: string, of: number[]): ComparedLine => ({ label: `${answer}, ${by}`, answer, by, values: of });
    return [line('logit lens', values), line('tuned lens', own)];
  });
}

/** All answers by both lenses, flat. */
export function comparedRows(shown: LinesShown, position: number): Row[] {
  const lines = comparedLines(shown, position, Infinity);
  return shown.lens.sites.flatMap((site, row) =>
    lines.map(({ answer, by, values }): Row => ({ site, answer, lens: by, probability: values[row] })),
  );
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
    rows: lens.sites.map((site, row) => ({ label: rowLabel(site, row), site })),
    axes: ['tokens'],
    columns: tokenColumns(tokens),
    values: over(probability),
    activations: { site: 'hook_resid_post', read: 'original', into: 'original' },
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
export function lensLines(explanation: LinesShown, position: number, limit = 5): Line[] {
  const { lens, prediction, actual, counterfactual } = explanation;
  const lines = lens.labels.map((label, i) => ({ label, values: lens.answers.map((row) => row[position][i].probability) }));
  const first = [prediction.label, actual?.label, counterfactual?.prediction.label, counterfactual?.actual?.label];
  const order = ({ label }: { label: string }) => (first.includes(label) ? first.indexOf(label) : first.length);
  return lines.sort((a, b) => order(a) - order(b) || Math.max(...b.values) - Math.max(...a.values)).slice(0, limit);
}
