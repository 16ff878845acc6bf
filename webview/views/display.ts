/** Display models: what an explanation shows, as pure functions of it. Drawing is elsewhere. */
import { codeLinesOf, codeOffset } from '../../src/protocol/code-parts';
import type { ExplainedPatching, ExplainedPrediction, ExplainedSource, Explanation, PromptToken } from '../../src/protocol/explanation';
import { ESTIMATED } from '../../src/protocol/words/estimate';
import { isRight, isUnchecked } from '../../src/protocol/words/outcome';
import { unlistedSentence } from '../../src/protocol/words/unlisted';
import { decimal, percent, plain, visible } from '../../src/figures/text';
import { type Grid, type GridColumn, isPending, type CellText } from '../../src/figures/grid';
import type { Bar } from '../figures/charts';

export interface Agreement {
  kind: 'agree' | 'disagree' | 'unknown';
  sentence: string;
}

/** Whether the model's prediction is what Python did. */
export function agreement({ prediction, actual }: Explanation): Agreement {
  if (!actual) return { kind: 'unknown', sentence: 'The program was not run, so the prediction is unchecked.' };
  if (isUnchecked(actual)) return { kind: 'unknown', sentence: 'Whether the model is right is not known.' };
  if (!prediction.answers.some(({ label }) => label === actual.label)) {
    const { unlisted, label } = actual;
    return { kind: 'unknown', sentence: unlisted ? unlistedSentence(label, prediction.answers.length, unlisted) : `Python's outcome (${label}) is not one of the answers.` };
  }
  if (actual.label === prediction.label) return { kind: 'agree', sentence: 'The model is right.' };
  const { probability } = prediction.answers.find(({ label }) => label === actual.label)!;
  return { kind: 'disagree', sentence: `The model is wrong: it gives ${actual.label} ${percent(probability)}.` };
}

/** Of the most probable answer. */
export function probabilityOf({ answers, label }: ExplainedPrediction): number {
  return answers.find((answer) => answer.label === label)?.probability ?? NaN;
}

/** The most probable answers of both programs, what Python did, and the rest in one bar each. */
export function predictionBars({ prediction, actual, counterfactual }: Explanation, limit = 6): Bar[] {
  const ofVariant = counterfactual && new Map(counterfactual.prediction.answers.map(({ label, probability }) => [label, probability]));
  const bars = prediction.answers.map(({ label, probability }): Bar => ({
    label,
    original: probability,
    variant: ofVariant ? (ofVariant.get(label) ?? 0) : null,
    predicted: label === prediction.label,
    actual: isRight(actual, label) === true,
  }));
  const weight = (bar: Bar) => Math.max(bar.original, bar.variant ?? 0);
  const expected = [prediction.label, actual?.label, counterfactual?.prediction.label, counterfactual?.actual?.label];
  const ranked = [...bars].sort((a, b) => weight(b) - weight(a));
  const first = ranked.filter(({ label }) => expected.includes(label));
  const candidates = new Set([...first, ...ranked.filter((bar) => weight(bar) >= 0.0005)]);
  const chosen = new Set([...candidates].slice(0, Math.max(limit, first.length)));
  const shown = bars.filter((bar) => chosen.has(bar)).sort((a, b) => b.original - a.original);
  const rest = bars.filter((bar) => !chosen.has(bar));
  const plain = { predicted: false, actual: false };
  const sum = (of: readonly Bar[], side: 'original' | 'variant') => of.reduce((total, bar) => total + (bar[side] ?? 0), 0);
  if (rest.length > 0) {
    shown.push({
      label: `${rest.length} other ${rest.length === 1 ? 'answer' : 'answers'}`,
      original: Math.min(sum(rest, 'original'), prediction.answersProbability),
      variant: counterfactual ? Math.min(sum(rest, 'variant'), counterfactual.prediction.answersProbability) : null,
      ...plain,
    });
  }
  shown.push({
    label: 'anything else',
    original: Math.max(0, 1 - prediction.answersProbability),
    variant: counterfactual ? Math.max(0, 1 - counterfactual.prediction.answersProbability) : null,
    ...plain,
  });
  return shown;
}

export interface CodeLine {
  /** In the file, from 1; in a notebook in the cell. */
  number: number;
  cell?: number;
  /** Text and the token that it belongs to; null for what no token covers. */
  pieces: { text: string; position: number | null }[];
}

/** The code cut into lines and tokens; of tokens that share a character, the first one has it. */
export function codeLines(source: ExplainedSource, tokens: readonly PromptToken[]): CodeLine[] {
  const { code } = source;
  const places = codeLinesOf(source);
  const lines: CodeLine[] = [];
  const begin = () => {
    const { line, ...cell } = places[lines.length] ?? places[places.length - 1];
    lines.push({ number: line, ...cell, pieces: [] });
  };
  begin();
  const add = (text: string, position: number | null) => {
    for (const [i, part] of text.split(/(?<=\n)/).entries()) {
      if (i > 0) begin();
      if (part !== '') lines.at(-1)!.pieces.push({ text: part.replace(/\r?\n$/, '\n'), position });
    }
    if (text.endsWith('\n')) begin();
  };
  let at = 0;
  tokens.forEach((token, position) => {
    if (token.start === null || token.end === null) return;
    const [from, to] = [Math.max(codeOffset(source, token.start), at), Math.min(codeOffset(source, token.end - 1) + 1, code.length)];
    if (to <= from) return;
    // Prompts have no carriage returns, so that of a line break may lie between two tokens.
    const between = code.slice(at, from);
    if (from > at) add(code[from] === '\n' ? between.replace(/\r$/, '') : between, null);
    add(code.slice(from, to), position);
    at = to;
  });
  if (at < code.length) add(code.slice(at), null);
  if (lines.length > 1 && lines.at(-1)!.pieces.length === 0) lines.pop();
  return lines;
}

const ofTemplate = ({ start }: PromptToken) => start === null;

/** The lens as a grid of each cell's most probable token, or of one answer's probability. */
export function lensGrid({ lens, tokens }: Explanation, answer: string | null): Grid {
  const column = answer === null ? -1 : lens.labels.indexOf(answer);
  const probability = (row: number, at: number) =>
    column < 0 ? lens.top[row][at][0].probability : lens.answers[row][at][column].probability;
  const text = (row: number, at: number) => (column < 0 ? visible(lens.top[row][at][0].text) : percent(probability(row, at)));
  const over = <T>(of: (row: number, at: number) => T) => lens.sites.map((_, row) => tokens.map((__, at) => of(row, at)));
  return {
    rows: lens.sites.map((site) => ({ label: siteLabel(site), site })),
    axes: ['tokens'],
    columns: tokens.map((token, position) => ({ position, labels: [visible(token.text)], mark: 'same', template: ofTemplate(token) })),
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

/** "embed" for the embedding, the layer's number for `blocks.{l}.…`. */
export function siteLabel(site: string): string {
  const [first, layer] = site.split('.');
  return first === 'blocks' ? layer : site.replace(/^hook_/, '');
}

/** So many answers at most are listed for a cell. */
const ANSWERS_LISTED = 20;

/** The top tokens of a cell of the lens, and the answers' ranks beside them. */
export function lensCell({ lens, tokens }: Explanation, row: number, position: number): CellText {
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
export function lensLines(explanation: Explanation, position: number, limit = 5): { label: string; values: number[] }[] {
  const { lens, prediction, actual, counterfactual } = explanation;
  const lines = lens.labels.map((label, i) => ({ label, values: lens.answers.map((row) => row[position][i].probability) }));
  const first = [prediction.label, actual?.label, counterfactual?.prediction.label, counterfactual?.actual?.label];
  const order = ({ label }: { label: string }) => (first.includes(label) ? first.indexOf(label) : first.length);
  return lines.sort((a, b) => order(a) - order(b) || Math.max(...b.values) - Math.max(...a.values)).slice(0, limit);
}

/** Patching as a grid over the aligned tokens. Null without patching. */
export function patchingGrid(explanation: Explanation): Grid | null {
  const { patching, counterfactual, tokens } = explanation;
  if (!patching || !counterfactual) return null;
  const columns = counterfactual.alignment.columns.map(({ original, variant }): GridColumn => {
    const [a, b] = [original === null ? null : tokens[original], variant === null ? null : counterfactual.tokens[variant]];
    return {
      position: original,
      labels: [a && visible(a.text), b && visible(b.text)],
      mark: !a ? 'inserted' : !b ? 'deleted' : a.id === b.id ? 'same' : 'changed',
      template: (a === null || ofTemplate(a)) && (b === null || ofTemplate(b)),
    };
  });
  for (const [behind, { text }] of (patching.behind?.tokens ?? []).entries()) {
    columns.push({ position: null, labels: [visible(text), visible(text)], mark: 'same', behind, template: true });
  }
  const values = patching.logitDifference.map((_, layer) => columns.map((column) => change(explanation, layer, column)));
  const estimated = values.map((row, layer) => row.map((value, at) => value !== null && isEstimated(patching, layer, columns[at])));
  const normalised = patching.effect !== null;
  const largest = values.flat().reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0);
  const limit = normalised ? Math.min(2, Math.max(1, largest)) : Math.max(largest, 1e-6);
  const verb = patching.direction === 'denoising' ? 'restored' : 'removed';
  return {
    rows: values.map((_, layer) => ({ label: String(layer), site: `blocks.${layer}.${patching.site}` })),
    axes: ['original', 'variant'],
    columns,
    values,
    ...(estimated.some((row) => row.includes(true)) && { estimated }),
    texts: null,
    scale: {
      kind: 'diverging',
      limit,
      beyond: largest > limit,
      label: normalised ? `share of the logit difference ${verb}` : `logit difference ${verb} (logits)`,
      format: (value) => decimal(value),
    },
    means: { rows: values.map(mean), columns: columns.map((_, at) => mean(values.map((row) => row[at]))) },
  };
}

/** How much one patch changes the run that it is put into: 0 is nothing, 1 (if normalised) all of the difference. */
function change({ patching }: Explanation, layer: number, column: GridColumn): number | null {
  if (!patching) return null;
  const { direction, clean, corrupted } = patching;
  const { effect, raw } = patchOf(patching, layer, column);
  const value = patching.effect ? effect : raw;
  if (value === null) return null;
  const [top, bottom] = patching.effect ? [1, 0] : [clean, corrupted];
  return direction === 'denoising' ? value - bottom : top - value;
}

/** The normalised effect and the metric itself of one patch. */
function patchOf(patching: ExplainedPatching, layer: number, { position, behind }: GridColumn): Record<'effect' | 'raw', number | null> {
  const from = behind === undefined ? patching : patching.behind;
  const at = behind ?? position;
  if (!from || at === null) return { effect: null, raw: null };
  return { effect: from.effect && from.effect[layer][at], raw: from.logitDifference[layer][at] };
}

function isEstimated({ measured, behind: shared }: ExplainedPatching, layer: number, { position, behind }: GridColumn): boolean {
  const made = behind === undefined ? measured : shared?.measured;
  const at = behind ?? position;
  return at !== null && made?.[layer][at] === false;
}

function mean(values: readonly (number | null)[]): number | null {
  const numbers = values.filter((value) => value !== null);
  return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

/** Both tokens and both metrics of a cell of patching. */
export function patchingCell(explanation: Explanation, grid: Grid, row: number, column: number): CellText {
  const { patching } = explanation;
  const { position, labels, mark, behind } = grid.columns[column];
  const [original, variant] = labels;
  const { effect, raw } = patchOf(patching!, row, grid.columns[column]);
  const place = behind !== undefined ? ', behind both prompts: both answers begin with it' : position === null ? '' : `, token ${position}`;
  const unmade = isPending(grid, row, column) ? 'not done yet' : '';
  const missing = { inserted: 'only in the variant: nothing to patch', deleted: 'only in the original: nothing to patch', same: unmade, changed: unmade }[mark];
  return {
    title: `${grid.rows[row].site}${place}`,
    lines: [
      ['original', original ?? '(none)'],
      ['variant', variant ?? '(none)'],
      ...(grid.estimated?.[row][column] ? [['this cell', ESTIMATED] as [string, string]] : []),
      ...(missing ? [[unmade ? 'this patch' : 'alignment', missing] as [string, string]] : []),
      ...(missing
        ? []
        : ([
            [grid.scale.label, grid.scale.format(grid.values[row][column])],
            ...(patching!.effect ? [['normalised (1 as original, 0 as variant)', decimal(effect, 3)]] : []),
            [`logit difference after the patch${grid.estimated?.[row][column] ? ', estimated' : ''}`, decimal(raw, 3)],
          ] as [string, string][])),
    ],
  };
}
