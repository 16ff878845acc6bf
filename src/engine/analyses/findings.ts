/** The findings of an explanation, from its numbers. */
import { patchingFindings, predictionFindings } from '../../findings/explanation';
import { editWords } from '../../findings/answer';
import { tokenNames } from '../../findings/token-names';
import { percent } from '../../findings/percent';
import { answersCaution } from '../../protocol/words/answers-share';
import type { ActualOutcome, ExplainedPatching } from '../../protocol/explanation';
import { codeLinesOf, codeOffset, fileLine } from '../../protocol/code-parts';
import { isUnchecked, uncheckedSentence } from '../../protocol/words/outcome';
import { lineShifted, type Compared, type Comparison } from '../twins/against';
import { lineEnds, type Program } from '../reading/program';
import type { Reading } from './reading';
import type { PredictedTwin } from '../twins/twins';
import { canonicalLabel, NO_ERROR } from '../../vocabulary/labels';

/** What the prediction says, once it is known what Python does and what the program is compared with. */
export async function explainPrediction(reading: Reading, compared: Compared | null, topK: number): Promise<string[]> {
  const { program } = reading;
  const prediction = await reading.prediction(topK, {});
  const { prediction: { label, continuation } } = await reading.document(topK, {});
  const actual = await reading.actual();
  const { comparison, none, seen } = compared ?? { comparison: null, none: null, seen: [] };
  const sentences = predictionFindings({
    prediction,
    actual: actual && {
      label: canonicalLabel(actual.label),
      line: actual.line,
      python: actual.python,
      unlisted: actual.unlisted,
      unchecked: isUnchecked(actual) ? uncheckedSentence(actual) : undefined,
    },
    counterfactual: comparison && {
      description: lineShifted(comparison.description, comparison, program),
      relation: comparison.relation,
      words: comparison.edit && editWords(comparison.edit),
      line: comparison.line && fileLine(program.source, comparison.line),
      actual: comparison.outcome && canonicalLabel(comparison.outcome.label),
      uncalled: comparison.outcome?.uncalled,
      prediction: comparison.prediction,
    },
    caution: answersCaution({ ...prediction, continuation }, percent),
    mended: actual && mendedOf(seen, label, canonicalLabel(actual.label), comparison, program),
    reads: readsOf(seen),
  });
  return [...sentences, actual?.note, none].filter((sentence) => sentence !== null && sentence !== undefined);
}

/** Where patching finds the difference, from the cells that were measured. */
export function explainSweep(patching: ExplainedPatching, program: Program, actual: ActualOutcome | null): string[] {
  const behind = patching.behind ?? null;
  const halves = [patching, ...(behind ? [behind] : [])];
  const summary = {
    ...patching,
    effect: patching.effect && patching.effect.map((_, layer) => halves.flatMap((part) => patched(part, layer))),
    partly: patching.estimate !== undefined && patching.estimate.measuredCells < patching.estimate.cells,
    positive: patching.metric.positive,
    negative: patching.metric.negative,
    basis: patching.metric.basis,
    shared: (behind?.tokens ?? []).map(({ text }) => text).join('').trim(),
    names: [...positionNames(program), ...(behind?.tokens ?? []).map(({ text }) => `\`${text.trim()}\` of the answers`)],
  };
  return patchingFindings(summary, actual && canonicalLabel(actual.label));
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
  const right = judged.filter(({ outcome, prediction }) => canonicalLabel(outcome!.label) === prediction.label);
  return { right: right.length, total: judged.length };
}

/** What sentences call each position of a prompt. */
export function positionNames({ prompt, tokens, encoded, source }: Program): string[] {
  const lines = codeLinesOf(source);
  const named = tokens.map(({ text, start }, i) => {
    const line = start === null ? null : lines[lineEnds(source.code, 0, codeOffset(source, start))].line;
    return { text, start: encoded[i].start, end: encoded[i].end, line };
  });
  return tokenNames(prompt.text, named);
}
