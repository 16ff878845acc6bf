/** Explaining a program: what the model predicts, whether that is right, and where in layers and tokens the prediction is made. */
import { logitLens, type Lens } from '../methods/logit-lens';
import { predict, type Prediction } from '../methods/prediction';
import type { PatchSite } from '../methods/patching';
import type { ActualOutcome, Counterfactual, ExplainedLens, ExplainedPatching, ExplainedPrediction, Explanation, PatchingDirection } from '../protocol/explanation';
import type { CodeTokenizer } from '../snippets/tokenizer';
import type { Outcome } from '../snippets/sandbox/sandbox';
import type { Template } from '../snippets/templates';
import { UNJUDGED, type Labeller } from '../snippets/variants';
import { againstTwin, lineShifted, type Against, type Comparison } from './against';
import { explainFindings } from './explain-findings';
import { explainPatching } from './explain-patching';
import type { LoadedModel } from './load';
import { openQuestion, readProgram, type Program, type SourceText } from './program';
import type { Progress } from './progress';
import { rounded } from './rounded';

export interface ExplainOptions {
  /** Runs programs; without it nothing is run, and whether the model is right stays unknown. */
  label?: Labeller;
  /** The near twin to compare with; the most telling verified edit when left out. */
  against?: Against;
  /** Whether to compare with a near twin at all; true when left out. */
  compare?: boolean;
  site?: PatchSite;
  direction?: PatchingDirection;
  /** Tokens listed by prediction and lens. */
  topK?: number;
  onProgress?: Progress;
  /** Called with what is known so far, the rest being null or empty. */
  onPartial?: (partial: Explanation) => void;
  signal?: AbortSignal;
}

/** @throws when the code is empty or too long, or `against` names nothing to compare with */
export async function explain(
  loaded: LoadedModel,
  template: Template,
  text: SourceText,
  options: ExplainOptions = {},
): Promise<Explanation> {
  const { topK = 10, compare = true, site = 'hook_resid_pre', direction = 'denoising', signal, onProgress, onPartial } = options;
  const { model, tokenizer } = loaded;
  const question = openQuestion(loaded, template);
  const { answers } = question;
  const program = readProgram(loaded, question, text);
  onProgress?.('Reading the code');
  const prediction = await predict(model, program.ids, answers, { topK, signal });
  const lens = await logitLens(model, program.ids, answers.map(({ ids }) => ids[0]), { topK, signal });
  const read: Explanation = {
    format: 'latent-lens/explanation',
    version: 1,
    model: { id: loaded.id, sha256: await model.sha256(), layers: model.shape.layers },
    template: template.id,
    source: program.source,
    prompt: program.prompt.text,
    tokens: program.tokens,
    prediction: explainedPrediction(prediction, tokenizer),
    actual: null,
    lens: explainedLens(lens, answers.map(({ label }) => label), tokenizer),
    counterfactual: null,
    patching: null,
    findings: [],
  };
  onPartial?.(read);

  const { outcome, compared } = compare
    ? await againstTwin(loaded, question, program, prediction, options)
    : { outcome: await ownOutcome(program, options), compared: { none: null } };
  const comparison = 'none' in compared ? null : compared;
  const original = { program, prediction, outcome };
  const settings = { site, direction, signal, onProgress };
  const patching = comparison && (await explainPatching(loaded, answers, original, comparison, settings));
  const result: ExplainedPatching | null = patching && 'effect' in patching ? patching : null;
  const why = 'none' in compared ? compared.none : patching && 'none' in patching ? patching.none : null;

  const actual = shifted(outcome, program);
  return {
    ...read,
    actual,
    counterfactual: comparison && counterfactual(comparison, program, tokenizer),
    patching: result,
    findings: explainFindings({ program, prediction, actual, lens, answers, comparison, patching: result, why }),
  };
}

async function ownOutcome({ source }: Program, { label }: ExplainOptions): Promise<Outcome | null> {
  return label ? (await label([source.code]))[0] : null;
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

function explainedTop(top: readonly { id: number; probability: number; logit: number }[], tokenizer: CodeTokenizer) {
  const text = (id: number) => (id < tokenizer.vocabSize ? tokenizer.tokenText(id) : `<${id}>`);
  return top.map(({ id, probability, logit }) => ({ id, text: text(id), probability: rounded(probability), logit: rounded(logit) }));
}

function explainedLens(lens: Lens, labels: string[], tokenizer: CodeTokenizer): ExplainedLens {
  return {
    layers: lens.sites.length,
    positions: lens.positions,
    sites: lens.sites,
    top: lens.top.map((row) => row.map((top) => explainedTop(top, tokenizer))),
    labels,
    answers: lens.answers.map((row) =>
      row.map((answers) =>
        answers.map(({ logit, logProbability, rank }) => ({ logit: rounded(logit), probability: rounded(Math.exp(logProbability)), rank })),
      ),
    ),
  };
}

function counterfactual(comparison: Comparison, original: Program, tokenizer: CodeTokenizer): Counterfactual {
  const { program, kind, description, outcome, prediction, alignment } = comparison;
  return {
    description: lineShifted(description, comparison, original),
    kind,
    code: program.source.code,
    actual: shifted(outcome, program),
    prediction: explainedPrediction(prediction, tokenizer),
    prompt: program.prompt.text,
    tokens: program.tokens,
    alignment,
  };
}

/** What Python did, with its line in the file; an outcome that is no verdict has none. */
export function shifted(outcome: Outcome | null, { source }: Program): ActualOutcome | null {
  if (!outcome) return null;
  const { label, message, line } = outcome;
  return { label, message, line: line === null || UNJUDGED.includes(label) ? null : line + source.firstLine - 1 };
}
