/** The findings of an explanation, from its numbers. */
import { patchingFindings, predictionFindings } from '../../findings/explanation';
import { editWords, type PredictionSummary } from '../../findings/answer';
import { checked, type ChosenAnswers } from '../../methods/prediction/metric';
import { preference } from '../../findings/preference';
import { tokenNames } from '../../findings/token-names';
import { percent } from '../../findings/percent';
import { answersCaution } from '../../protocol/words/answers-share';
import type { ActualOutcome, ExplainedPatching } from '../../protocol/documents/explanation';
import { codeLinesOf, fileLine } from '../../protocol/reading/code-parts';
import { answerName } from '../../protocol/words/question';
import { isOpen, type Form } from '../../snippets/prompts/forms';
import { sourceRange } from '../../snippets/prompts/prompts';
import { isUnchecked, uncheckedSentence } from '../../protocol/words/outcome';
import { lineShifted, type Compared, type Comparison } from '../twins/against';
import { lineEnds, type Program } from '../reading/program';
import type { Reading } from './reading';
import type { PredictedTwin } from '../twins/twins';
import { NO_ERROR, outcomeLabel } from '../../vocabulary/labels';

/** What the prediction says, once it is known what Python does and what the program is compared with. */
export async function explainPrediction(
  reading: Reading, compared: Compared | null, topK: number, chosen?: ChosenAnswers,
): Promise<string[]> {
  const { program } = reading;
  const prediction = await reading.prediction(topK, {});
  const { prediction: { label, continuation } } = await reading.document(topK, {});
  const actual = await reading.actual();
  const { comparison, none, seen } = compared ?? { comparison: null, none: null, seen: [] };
  const { form } = reading.question;
  const named = namer(form);
  const sentences = predictionFindings({
    open: isOpen(form),
    prediction: withNames(prediction, named),
    actual: actual && {
      label: named(outcomeLabel(actual)),
      line: actual.line,
      python: actual.python,
      by: actual.by,
      unlisted: actual.unlisted,
      unchecked: isUnchecked(actual) ? uncheckedSentence(actual) : undefined,
    },
    counterfactual: comparison && {
      description: lineShifted(comparison.description, comparison, program),
      relation: comparison.relation,
      words: comparison.edit && editWords(comparison.edit),
      line: comparison.line && fileLine(program.source, comparison.line),
      // What is true of a variant under an open question is what is true of the program, as the edit leaves it so.
      actual: comparison.outcome && comparison.outcome.by === undefined ? named(outcomeLabel(comparison.outcome)) : null,
      uncalled: comparison.outcome?.uncalled,
      prediction: withNames(comparison.prediction, named),
    },
    caution: answersCaution({ ...prediction, continuation }, form.id, percent),
    mended: actual && mendedOf(seen, label, outcomeLabel(actual), comparison, program),
    reads: readsOf(seen),
  });
  const preferred = chosen ? await preferenceOf(reading, chosen, topK) : [];
  return [...sentences, ...preferred, actual?.note, none].filter((sentence) => sentence !== null && sentence !== undefined);
}

/** Of two chosen answers. */
async function preferenceOf(reading: Reading, chosen: ChosenAnswers, topK: number): Promise<string[]> {
  const { answers } = await reading.prediction(topK, {});
  const labels = checked(reading.question.answers, chosen);
  const columns = labels.map((label) => reading.question.answers.findIndex((answer) => answer.label === label));
  const lens = await reading.lens(topK, {});
  const rows = lens.answers.map((row) => columns.map((column) => row[lens.positions - 1][column].logit));
  const named = namer(reading.question.form);
  return preference([named(labels[0]), named(labels[1])], withNames({ label: labels[0], answers }, named).answers, rows);
}

/** What sentences call an answer. */
export function namer({ id }: Form): (label: string) => string {
  return (label) => answerName(id, label);
}

function withNames<P extends PredictionSummary>(prediction: P, named: (label: string) => string): P {
  const answers = prediction.answers.map((answer) => ({ ...answer, label: named(answer.label) }));
  return { ...prediction, label: named(prediction.label), answers };
}

/** Where patching finds the difference, from the cells that were measured. */
export function explainSweep(patching: ExplainedPatching, { program, question }: Pick<Reading, 'program' | 'question'>, actual: ActualOutcome | null): string[] {
  const named = namer(question.form);
  const behind = patching.behind ?? null;
  const summary = {
    ...patching,
    effect: measuredEffect(patching),
    partly: patching.estimate !== undefined && patching.estimate.measuredCells < patching.estimate.cells,
    positive: named(patching.metric.positive),
    negative: named(patching.metric.negative),
    basis: patching.metric.basis,
    shared: (behind?.tokens ?? []).map(({ text }) => text).join('').trim(),
    names: sweptNames(patching, program),
  };
  return patchingFindings(summary, actual && named(outcomeLabel(actual)));
}

/** [layer][position], the tokens behind the prompt included; null where nothing was patched. */
export function measuredEffect(patching: Pick<ExplainedPatching, 'effect' | 'measured' | 'behind'>): (number | null)[][] | null {
  const halves = [patching, ...(patching.behind ? [patching.behind] : [])];
  return patching.effect && patching.effect.map((_, layer) => halves.flatMap((part) => patched(part, layer)));
}

/** What sentences call these positions. */
export function sweptNames({ behind }: Pick<ExplainedPatching, 'behind'>, program: Program): string[] {
  return [...positionNames(program), ...(behind?.tokens ?? []).map(({ text }) => `\`${text.trim()}\` of the answers`)];
}

/** A layer's effects where they were measured: no sentence rests on an estimate. */
function patched({ effect, measured }: Pick<ExplainedPatching, 'effect' | 'measured'>, layer: number): (number | null)[] {
  return effect![layer].map((value, position) => (measured?.[layer][position] === false ? null : value));
}

/** Of a prediction that is wrong, the first repair of which the model predicts the same; null where the comparison is with one already. */
function mendedOf(seen: readonly PredictedTwin[], predicted: string, truth: string, comparison: Comparison | null, program: Program) {
  if (predicted === truth || truth === NO_ERROR || comparison?.relation === 'repair') return null;
  const mended = seen.filter(({ variant, outcome }) => variant.repair && outcome?.label === NO_ERROR);
  const twin = mended.find(({ prediction }) => prediction.label === predicted);
  if (!twin) return null;
  const { edit } = twin.variant;
  return { description: lineShifted(edit.description, edit, program), prediction: twin.prediction };
}

/** Only variants that Python judged count. */
function readsOf(seen: readonly PredictedTwin[]): { right: number; total: number } | null {
  const judged = seen.filter(({ outcome }) => outcome !== null && !outcome.uncalled);
  if (judged.length === 0) return null;
  const right = judged.filter(({ outcome, prediction }) => outcomeLabel(outcome!) === prediction.label);
  return { right: right.length, total: judged.length };
}

/** What sentences call each position of a prompt. */
export function positionNames({ prompt, tokens, encoded, source }: Program): string[] {
  const lines = codeLinesOf(source);
  const named = tokens.map(({ text }, i) => {
    const own = sourceRange(prompt, encoded[i]);
    const line = own && lines[lineEnds(source.code, 0, own.start)].line;
    return { text, start: encoded[i].start, end: encoded[i].end, line };
  });
  return tokenNames(prompt.text, named);
}
