/** The parts of an explanation's document, from what was computed: numbers rounded to what float32 holds, lines counted in the file. */
import { continuation } from '../../methods/prediction/continuation';
import type { Lens } from '../../methods/lenses/logit-lens';
import type { Prediction } from '../../methods/prediction/prediction';
import { codeLinesOf, fileLine } from '../../protocol/reading/code-parts';
import { ANSWERS_MATTER } from '../../protocol/words/answers-share';
import type { ActualOutcome, Continuation, Counterfactual, ExplainedLens, ExplainedPrediction, ReadProgram } from '../../protocol/documents/explanation';
import type { ListedVariant } from '../../protocol/documents/variants';
import { isOpen } from '../../snippets/prompts/forms';
import type { AnswerTokens } from '../../snippets/prompts/prompts';
import type { Outcome } from '../../snippets/sandbox/sandbox';
import type { CodeTokenizer } from '../../snippets/tokenizer/tokenizer';
import { baseAmong } from '../../snippets/outcomes/base-classes';
import { UNJUDGED } from '../../snippets/twins/variants';
import { lineShifted, type Comparison } from '../twins/against';
import type { LoadedModel } from '../session/load';
import { inFile, sourceInFile, type Program } from '../reading/program';
import type { Question } from '../reading/question';
import { rounded } from '../session/rounded';
import type { PredictedTwin } from '../twins/twins';
import { outcomeLabel } from '../../vocabulary/labels';

/** What every result begins with. */
export async function readDocument(
  loaded: LoadedModel,
  { form, answers }: Question,
  program: Program,
  prediction: Prediction,
  signal?: AbortSignal,
): Promise<ReadProgram & { prediction: ExplainedPrediction }> {
  const { id, model, tokenizer } = loaded;
  const rather = !isOpen(form) && prediction.answersProbability < ANSWERS_MATTER
    ? await likeliest(loaded, program.ids, answers, signal)
    : null;
  return {
    model: { id, sha256: await model.sha256(), layers: model.shape.layers },
    template: form.id,
    source: sourceInFile(program),
    ...(isOpen(form) && { place: placeIn(program, form.behind, form.others) }),
    prompt: program.prompt.text,
    tokens: program.tokens,
    prediction: { ...explainedPrediction(prediction, tokenizer), ...(rather && { continuation: rather }) },
  };
}

function placeIn(program: Program, behind: boolean, others: readonly string[] = []): ReadProgram['place'] {
  const more = { ...(behind && { behind: true as const }), ...(others.length > 0 && { others: [...others] }) };
  return { ...inFile(program.place!, program.inserted), ...more };
}

/** The code that was read as it stands, or would stand, in the file. */
function codeInFile(program: Program): string {
  return sourceInFile(program).code;
}

/** What the model would rather write than an answer, up to the end of the line. */
async function likeliest(
  { model, tokenizer }: LoadedModel,
  ids: readonly number[],
  answers: readonly AnswerTokens[],
  signal?: AbortSignal,
): Promise<Continuation | null> {
  const known = (id: number) => id < tokenizer.vocabSize;
  const found = await continuation(model, ids, answers, { ends: (id) => !known(id) || tokenizer.tokenText(id).includes('\n'), signal });
  return found && { text: tokenizer.decode(found.ids.filter(known)), probability: rounded(found.probability) };
}

export function explainedPrediction(prediction: Prediction, tokenizer: CodeTokenizer): ExplainedPrediction {
  const { label, answers, answersProbability, top } = prediction;
  return {
    label,
    answers: answers.map((answer) => ({ label: answer.label, probability: rounded(answer.probability), logit: rounded(answer.logit) })),
    answersProbability: rounded(answersProbability),
    top: explainedTop(top, tokenizer),
  };
}

export function explainedTop(top: readonly { id: number; probability: number; logit: number }[], tokenizer: CodeTokenizer) {
  return top.map(({ id, probability, logit }) => {
    return { id, text: tokenizer.tokenText(id), probability: rounded(probability), logit: rounded(logit) };
  });
}

export function explainedLens(lens: Lens, labels: string[], tokenizer: CodeTokenizer): ExplainedLens {
  return {
    layers: lens.sites.length,
    positions: lens.positions,
    labels,
    ...explainedRows(lens, tokenizer),
  };
}

export function explainedRows(lens: Lens, tokenizer: CodeTokenizer): Pick<ExplainedLens, 'sites' | 'top' | 'answers'> {
  return {
    sites: lens.sites,
    top: lens.top.map((row) => row.map((top) => explainedTop(top, tokenizer))),
    answers: lens.answers.map((row) =>
      row.map((answers) =>
        answers.map(({ logit, logProbability, rank }) => ({ logit: rounded(logit), probability: rounded(Math.exp(logProbability)), rank })),
      ),
    ),
  };
}

export function explainedTwin(comparison: Comparison, original: Program, tokenizer: CodeTokenizer): Counterfactual {
  const { program, kind, description, outcome, prediction, alignment, relation } = comparison;
  return {
    description: lineShifted(description, comparison, original),
    kind,
    ...(relation && { relation }),
    code: codeInFile(program),
    actual: shifted(outcome, program, prediction.answers),
    prediction: explainedPrediction(prediction, tokenizer),
    prompt: program.prompt.text,
    tokens: program.tokens,
    alignment,
    ...(program.hole && program.source.parts && { parts: sourceInFile(program).parts }),
  };
}

/** What Python did, with its line in the file, and whether an answer says so; an outcome that is no verdict has neither. */
export function shifted(outcome: Outcome | null, { source }: Program, answers: readonly { label: string }[]): ActualOutcome | null {
  if (!outcome) return null;
  const { label, message, line, python, by, note, uncalled } = outcome;
  const labels = answers.map((answer) => answer.label);
  const isAnswer = labels.includes(outcomeLabel(outcome));
  const unlisted = isAnswer || UNJUDGED.includes(label) ? {} : { unlisted: { base: baseAmong(label, labels) } };
  const at = line === null || UNJUDGED.includes(label) ? null : placeOf(source, line);
  const otherCell = at?.cell !== undefined && at.cell !== source.parts!.at(-1)!.cell && { cell: at.cell };
  const said = {
    ...(python !== undefined && { python }), ...(by !== undefined && { by }), ...(note && { note }), ...(uncalled && { uncalled }),
  };
  return { label, message, line: at && at.line, ...otherCell, ...unlisted, ...said };
}

function placeOf(source: Program['source'], line: number): { line: number; cell?: number } {
  if (!source.parts) return { line: line + source.firstLine - 1 };
  const lines = codeLinesOf(source);
  return lines[Math.min(line, lines.length) - 1];
}

/** In the order of their numbers. */
export function listedVariants(twins: readonly PredictedTwin[], original: Program): ListedVariant[] {
  return twins.map((twin, i) => listedVariant(twin, original, i + 1));
}

export function listedVariant(
  { variant, program, outcome, prediction: { answers } }: PredictedTwin, original: Program, number: number,
): ListedVariant {
  return {
    number,
    kind: variant.edit.kind,
    description: lineShifted(variant.edit.description, variant.edit, original),
    line: fileLine(original.source, variant.edit.line),
    code: program.inserted ? codeInFile(program) : variant.edit.variant,
    actual: shifted(outcome, program, answers),
    prediction: { label: answers[0].label, probability: rounded(answers[0].probability) },
    tokensKept: variant.tokensKept,
    labelChanged: outcome && variant.labelChanged,
    control: variant.control,
    repair: variant.repair,
  };
}
