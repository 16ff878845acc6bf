/** Display models: what an explanation shows, as pure functions of it. Drawing is elsewhere. */
import { codeLinesOf, codeOffset } from '../../src/protocol/reading/code-parts';
import type { ExplainedPrediction, ExplainedSource, Explanation, PromptToken } from '../../src/protocol/documents/explanation';
import { isRight, isUnchecked } from '../../src/protocol/words/outcome';
import { pythonName } from '../../src/protocol/words/python';
import { answerName, questionWords } from '../../src/protocol/words/question';
import { verdictWords } from '../../src/protocol/words/verdict';
import { unlistedSentence } from '../../src/protocol/words/unlisted';
import { percent } from '../../src/figures/kinds/text';
import type { Bar } from '../figures/charts';

export interface Agreement {
  kind: 'agree' | 'disagree' | 'unknown';
  sentence: string;
}

/** Whether the model's prediction is what is true. */
export function agreement({ prediction, actual, template }: Explanation): Agreement {
  const { unknownSentence, right, wrong } = questionWords(template);
  if (!actual) return { kind: 'unknown', sentence: unknownSentence };
  if (isUnchecked(actual)) return { kind: 'unknown', sentence: 'Whether the model is right is not known.' };
  if (!prediction.answers.some(({ label }) => label === actual.label)) {
    const { unlisted, label } = actual;
    return { kind: 'unknown', sentence: unlisted ? unlistedSentence(label, prediction.answers.length, unlisted) : `${pythonName(actual)}'s outcome (${label}) is not one of the answers.` };
  }
  if (actual.label === prediction.label) return { kind: 'agree', sentence: right };
  const { probability } = prediction.answers.find(({ label }) => label === actual.label)!;
  return { kind: 'disagree', sentence: wrong(answerName(template, actual.label), percent(probability)) };
}

/** Of the most probable answer. */
export function probabilityOf({ answers, label }: ExplainedPrediction): number {
  return answers.find((answer) => answer.label === label)?.probability ?? NaN;
}

/** The most probable answers of both programs, what Python did, and the rest in one bar each. */
export function predictionBars({ prediction, actual, counterfactual, template }: Explanation, limit = 6): Bar[] {
  const ofVariant = counterfactual && new Map(counterfactual.prediction.answers.map(({ label, probability }) => [label, probability]));
  const bars = prediction.answers.map(({ label, probability, verdict }): Bar => ({
    label,
    original: probability,
    variant: ofVariant ? (ofVariant.get(label) ?? 0) : null,
    predicted: label === prediction.label,
    mark: isRight(actual, label) === true ? questionWords(template).trueMark : verdict ? verdictWords(verdict) : null,
  }));
  const weight = (bar: Bar) => Math.max(bar.original, bar.variant ?? 0);
  const expected = [prediction.label, actual?.label, counterfactual?.prediction.label, counterfactual?.actual?.label];
  const ranked = [...bars].sort((a, b) => weight(b) - weight(a));
  const first = ranked.filter(({ label }) => expected.includes(label));
  const candidates = new Set([...first, ...ranked.filter((bar) => weight(bar) >= 0.0005)]);
  const chosen = new Set([...candidates].slice(0, Math.max(limit, first.length)));
  const shown = bars.filter((bar) => chosen.has(bar)).sort((a, b) => b.original - a.original);
  const rest = bars.filter((bar) => !chosen.has(bar));
  const plain = { predicted: false, mark: null };
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
