/** An explanation for people: what is shown in the terminal. */
import { ANSWERS_HELP, ANSWERS_MATTER } from '../../protocol/words/answers-share';
import { windowLabel } from '../../protocol/analyses/patching';
import { estimateWords } from '../../protocol/words/estimate';
import { isRight, isUnchecked, outcomeText, uncheckedSentence } from '../../protocol/words/outcome';
import type { ActualOutcome, ExplainedPatching, ExplainedLens, ExplainedPrediction, Explanation, LensExplanation } from '../../protocol/documents/explanation';
import { byTunedLens } from '../../figures/lens';
import { codeOffset } from '../../protocol/reading/code-parts';
import { placeInFile } from '../../protocol/reading/open-place';
import { answerName, questionWords } from '../../protocol/words/question';
import type { Verdict } from '../../protocol/reading/verdict';
import { verdictWords } from '../../protocol/words/verdict';
import { unlistedSentence } from '../../protocol/words/unlisted';
import { renderBars, shortPercent, type Bar } from './bars';
import { renderCode } from './code';
import { renderDiff } from './diff';
import { renderHeatmap, type HeatmapColumn } from './heatmap';
import { lensLabels, renderLens } from './lens';
import type { Style } from './style';
import { cut, harmless, width, wrap } from './text';
import { NO_ERROR } from '../../vocabulary/labels';
import { isOpenQuestion } from '../../vocabulary/open-questions';

/** Answers shown as bars. */
const MOST_BARS = 5;

export function renderExplanation(explanation: LensExplanation, style: Style, columns: number): string {
  const { prediction, actual } = explanation;
  const sections = [
    header(explanation, style, columns),
    [heading('Prediction', `after “${harmless(ending(explanation.prompt))}”`, style, columns), ...predictionLines(prediction, actual, explanation.template, style, columns)],
    ...lensSections(explanation, style, columns),
    counterfactualLines(explanation, style, columns),
    patchingLines(explanation, style, columns),
    [heading('Findings', '', style, columns), ...explanation.findings.flatMap((finding) => bullet(finding, columns))],
  ];
  return `${sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** The logit lens, and the tuned lens where there is one; that alone where it was asked for. */
function lensSections(explanation: LensExplanation, style: Style, columns: number): string[][] {
  const { prediction, actual, tunedAlone } = explanation;
  const section = (title: string, lens: ExplainedLens) => {
    const labels = lensLabels(lens, prediction.answers.map(({ label }) => label), actual?.label ?? null);
    return [heading(title, 'what each layer would answer at the last token', style, columns), ...renderLens(lens, labels, style, columns)];
  };
  const tuned = byTunedLens(explanation);
  return [
    ...(tunedAlone ? [] : [section('Logit lens', explanation.lens)]),
    ...(tuned ? [section('Tuned lens', tuned.lens)] : []),
  ];
}

function header({ source, model, actual, place }: Explanation, style: Style, columns: number): string[] {
  const range = source.firstLine > 1 || source.start > 0 ? `:${source.firstLine}-${source.lastLine}` : '';
  const where = `${source.file ?? 'code'}${place ? `:${placeInFile({ source, place })}` : range}`;
  const raised = actual && actual.by === undefined && actual.label !== NO_ERROR && !isUnchecked(actual) ? actual : null;
  const text = raised && `${raised.label}${raised.message ? `: ${raised.message}` : ''}`;
  const notes = raised && raised.line !== null ? [{ line: raised.line, cell: raised.cell, text: text! }] : [];
  const asked = place ? source.code.slice(0, codeOffset(source, place.start)).split(/\r\n|\r|\n/).length - 1 : null;
  const lines = [`${style.bold(harmless(where))} ${style.dim(`· ${model.id}, ${model.layers} layers`)}`, '', ...renderCode(source, notes, style, columns, asked)];
  if (source.read) lines.splice(1, 0, ...wrap(harmless(`read: ${source.read}`), columns).map((line) => style.dim(line)));
  if (raised && notes.length === 0) lines.push(...wrap(`    ${harmless(text!)}`, columns).map((line) => style.red(line)));
  return lines;
}

function heading(title: string, subtitle: string, style: Style, columns: number): string {
  return `${style.bold(style.cyan(title))}${subtitle ? `  ${style.dim(cut(subtitle, columns - width(title) - 2))}` : ''}`;
}

/** The last line of the prompt, which asks the question. */
function ending(prompt: string): string {
  const line = prompt.slice(prompt.lastIndexOf('\n') + 1);
  return line.length > 60 ? `…${line.slice(-58)}` : line;
}

function predictionLines(
  prediction: ExplainedPrediction, actual: ActualOutcome | null, question: string, style: Style, columns: number,
): string[] {
  const { answers } = prediction;
  const { trueNote: note } = questionWords(question);
  const right = isRight(actual, prediction.label);
  const truth = actual && right !== null ? actual.label : null;
  const bars: Bar[] = answers
    .filter(({ label }, i) => i < MOST_BARS || label === truth)
    .map(({ label, probability, verdict }) => ({
      label,
      share: probability,
      marked: label === truth,
      note: label !== truth ? noted(verdict, style) : right ? style.green(`✓ ${note}`) : style.yellow(`← ${note}`),
    }));
  const rest = answers.slice(MOST_BARS).filter(({ label }) => label !== truth);
  const others = rest.reduce((sum, { probability }) => sum + probability, 0);
  const lines = renderBars(bars, style, columns);
  const { answersProbability } = prediction;
  const parts = [
    ...(rest.length > 0 ? [`${rest.length} other answers ${shortPercent(Math.min(others, answersProbability))}`] : []),
    `all ${answers.length} together ${shortPercent(answersProbability)}`,
    `anything else ${shortPercent(Math.max(0, 1 - answersProbability))}`,
  ];
  lines.push(style.dim(`  ${parts.join(' · ')}`));
  if (answersProbability < ANSWERS_MATTER && !isOpenQuestion(question)) lines.push(...paragraph(`${ANSWERS_HELP} Try --few-shot, or --template.`, style.dim, columns));
  return [...lines, ...agreement(question, prediction.label, answers.length, actual, style, columns)];
}

/** What a checker says of an answer that is not what stands there. */
function noted(verdict: Verdict | undefined, style: Style): string | undefined {
  const words = verdict && verdictWords(verdict);
  return words ? (verdict.checks ? style.green(words) : style.dim(words)) : undefined;
}

function agreement(
  question: string, predicted: string, answers: number, actual: ActualOutcome | null, style: Style, columns: number,
): string[] {
  if (!actual) return paragraph(unrunSentence(question), style.dim, columns);
  if (isUnchecked(actual)) return paragraph(`? Whether that is right is not known. ${uncheckedSentence(actual)}`, style.yellow, columns);
  const [truth, said] = [answerName(question, actual.label), answerName(question, predicted)];
  const does = outcomeText({ ...actual, label: truth });
  if (actual.label === predicted) return paragraph(`✓ ${does}, as predicted.`, style.green, columns);
  if (actual.unlisted) {
    const none = unlistedSentence(actual.label, answers, actual.unlisted);
    return paragraph(`? ${does}; predicted was ${predicted}. ${none}`, style.yellow, columns);
  }
  return paragraph(`${actual.by === undefined ? '✗' : '≠'} ${does}; predicted was ${said}.`, style.yellow, columns);
}

function unrunSentence(question: string): string {
  return isOpenQuestion(question) ? questionWords(question).unknownSentence : 'The program was not run, so what Python does is not known.';
}

function paragraph(text: string, colour: (line: string) => string, columns: number): string[] {
  return wrap(harmless(text), columns - 2).map((line) => `  ${colour(line)}`);
}

function counterfactualLines({ counterfactual, source, patching, template }: Explanation, style: Style, columns: number): string[] {
  if (!counterfactual) return [];
  const { description, code, actual, prediction } = counterfactual;
  const [best] = prediction.answers;
  const model = `Model: ${best.label} ${shortPercent(best.probability)}`;
  const python = actual ? `${outcomeText(actual)}. ` : isOpenQuestion(template) ? '' : 'It was not run. ';
  const right = isRight(actual, best.label);
  const verdict = right === null ? model : right ? style.green(`${model} ✓`) : style.yellow(`${model} ✗`);
  const [first, ...rest] = wrap(harmless(description), columns - 9);
  const metric = patching
    ? paragraph(
        `${patching.metric.positive} − ${patching.metric.negative}, logits${behindText(patching)}: ${logit(patching.clean)} in the original, ${logit(patching.corrupted)} in the variant`,
        style.dim,
        columns,
      )
    : [];
  return [
    heading('Variant', first, style, columns),
    ...rest.map((line) => `${' '.repeat(9)}${style.dim(line)}`),
    ...renderDiff(source, code, style, columns),
    ...(width(python) + width(verdict) + 2 <= columns ? [`  ${python}${verdict}`] : [`  ${python.trimEnd()}`, `  ${verdict}`]),
    ...metric,
  ];
}

/** Where the metric is read, if not at the prompt's end. */
function behindText({ behind }: ExplainedPatching): string {
  return behind ? ` behind “${harmless(behind.tokens.map(({ text }) => text).join('').trim())}”` : '';
}

function logit(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

function patchingLines(explanation: Explanation, style: Style, columns: number): string[] {
  const { patching } = explanation;
  if (!patching?.effect) return [];
  const what =
    patching.direction === 'denoising'
      ? `% restored by putting the original's ${patching.site} into the variant`
      : `% lost by putting the variant's ${patching.site} into the original`;
  const { estimate, effect, window } = patching;
  const names = window ? effect.map((_, layer) => windowLabel(layer, window, effect.length)) : undefined;
  const exact = estimate && estimate.measuredCells < estimate.cells ? ' --exact patches all.' : '';
  const words = estimate ? paragraph(`${estimateWords(estimate, shortPercent)}${exact}`, style.dim, columns) : [];
  const done = window ? `${what}, in ${window} layers at once` : what;
  return [heading('Patching', done, style, columns), ...renderHeatmap(heatmapColumns(explanation, patching), style, columns, names), ...words];
}

/** What each patch moves: towards the original when denoising, away from it when noising. */
export function heatmapColumns({ tokens, counterfactual }: Explanation, patching: ExplainedPatching): HeatmapColumn[] {
  const { effect, measured, direction, behind } = patching;
  const moved = (value: number | null) => (value === null || direction === 'denoising' ? value : 1 - value);
  const counterpart = new Map(counterfactual?.alignment.columns.map(({ original, variant }) => [original, variant]));
  const prompt = tokens.map(({ id, text, start }, position) => {
    const other = counterpart.get(position);
    return {
      token: text,
      values: effect!.map((row) => moved(row[position])),
      estimated: measured?.map((row) => !row[position]),
      changed: other === null || other === undefined || counterfactual!.tokens[other].id !== id,
      question: start === null,
    };
  });
  const shared = (behind?.tokens ?? []).map(({ text }, i) => {
    const estimated = behind!.measured?.map((row) => !row[i]);
    return { token: text, values: behind!.effect!.map((row) => moved(row[i])), estimated, changed: false, question: true };
  });
  return [...prompt, ...shared];
}

function bullet(text: string, columns: number): string[] {
  return wrap(harmless(text), columns - 4).map((line, i) => `${i === 0 ? '  • ' : '    '}${line}`);
}
