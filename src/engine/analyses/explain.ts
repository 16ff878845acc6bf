/** Explaining a program: what the model predicts, whether that is right, and where in layers and tokens the prediction is made. */
import { lensSites, logitLens, type Lens } from '../../methods/logit-lens';
import { predictBehind, type Prediction } from '../../methods/prediction';
import { checked, type ChosenAnswers } from '../../methods/metric';
import type { PatchSite } from '../../methods/patching/patching';
import type { ExplainedPatching, Explanation, PatchingDirection } from '../../protocol/explanation';
import type { Model } from '../../model';
import type { AnswerTokens } from '../../snippets/prompts/prompts';
import type { Template } from '../../snippets/prompts/templates';
import type { Labeller } from '../../snippets/twins/variants';
import { arrange } from '../reading/arrange';
import { compared, isGiven, type Against } from '../twins/against';
import { explainedLens, readDocument, explainedTwin, listedVariants, shifted } from './document';
import { ExplainMemory, isLasting, type Reading } from './explain-memory';
import { explainFindings } from './explain-findings';
import { explainPatching, type OnSweep } from './explain-patching';
import type { LoadedModel } from '../session/load';
import { openQuestion, readProgram, type Question, type SourceText } from '../reading/program';
import type { Progress } from '../session/progress';
import { findTwins, predictRest, TwinSearch } from '../twins/twins';

export interface ExplainOptions {
  /** Runs programs; without it nothing is run, and whether the model is right stays unknown. */
  label?: Labeller;
  /** The near twin to compare with; the most telling verified edit when left out. */
  against?: Against;
  /** Whether to compare with a near twin at all; true when left out. */
  compare?: boolean;
  /** Whether to list the program's variants; false when left out. */
  variants?: boolean;
  site?: PatchSite;
  direction?: PatchingDirection;
  /** Whether every cell of the heatmap is really patched, however long that takes; false when left out. */
  exact?: boolean;
  /** Labels of two answers whose logits are compared; where left out, those that the programs give. */
  pair?: ChosenAnswers;
  /** Tokens listed by prediction and lens. */
  topK?: number;
  /** The most tokens that a prompt may have, where that is fewer than the model reads. */
  contextLimit?: number;
  onProgress?: Progress;
  /** Called with what is known so far, the rest being null or empty, and with what is done next. */
  onPartial?: (partial: Explanation, next: string) => void;
  /** Called while the patches of the last partial explanation are made. */
  onSweep?: OnSweep;
  /** What is remembered of earlier explanations, and what tells this one's code and question from theirs. */
  memory?: { of: ExplainMemory; key: string };
  signal?: AbortSignal;
}

/** @throws when the code is empty or too long, or `against` names nothing to compare with */
export async function explain(
  loaded: LoadedModel,
  template: Template,
  text: SourceText,
  options: ExplainOptions = {},
): Promise<Explanation> {
  const { topK = 10, compare = true, against, site = 'hook_resid_pre', direction = 'denoising', exact, pair } = options;
  const { signal, onProgress, onPartial, onSweep } = options;
  const { model, tokenizer } = loaded;
  const question = openQuestion(loaded, template, options.contextLimit);
  const { answers } = question;
  if (pair) checked(answers, pair);
  const { of: memory, key } = options.memory ?? { of: new ExplainMemory(), key: '' };
  const comparing = [key, compare ? (against ?? 'best') : null];
  let reading = memory.readings.peek([key]);
  let found = reading && !options.variants ? memory.comparisons.peek(comparing) : undefined;
  let search: TwinSearch | null = null;
  if (!reading || !found) {
    const { source, label } = await arrange(loaded, question, text, options.label);
    const program = reading?.program ?? readProgram(loaded, question, source);
    const wantsTwins = options.variants || (compare && !isGiven(against));
    // The program and its nearest edits run in Python's own process while the model reads the code.
    search = wantsTwins ? new TwinSearch(loaded, question, program, label) : null;
    onProgress?.('Reading the code');
    const both = reading ? Promise.resolve(reading) : predictedWithLens(model, program.ids, answers, { topK, signal });
    // What they did is looked at when the prediction is shown: that takes the thread that the model is read on.
    if (search) search.reading = both.then(() => undefined, () => undefined);
    const { prediction, lens } = await both;
    reading ??= { program, prediction, lens, read: await readExplanation(loaded, question, { program, prediction, lens }, signal) };
    memory.readings.set([key], reading);
    const next = wantsTwins ? 'Making variants' : options.label ? 'Running programs' : compare ? 'Reading the other program' : 'Reading the code';
    onPartial?.(reading.read, next);
    if (wantsTwins) onProgress?.(next);
    found = await compared(loaded, question, { program, prediction }, search, { ...options, label, running: options.label });
    if (isLasting(found.outcome)) memory.comparisons.set(comparing, found);
  }
  const { program, prediction, lens, read } = reading;
  const { outcome, comparison, none, seen } = found;
  const actual = shifted(outcome, program, answers);
  const known: Explanation = {
    ...read,
    actual,
    counterfactual: comparison && explainedTwin(comparison, program, tokenizer),
  };

  let begun = false;
  const started: OnSweep = (patching, done, total) => {
    if (begun) onSweep?.(patching, done, total);
    else onPartial?.({ ...known, patching }, 'Patching');
    begun = true;
  };
  const sweep = [...comparing, site, direction, pair ?? null];
  const swept =
    comparison &&
    (await explainPatching(loaded, answers, { program, prediction, outcome }, comparison, {
      site, direction, exact, pair, signal, onProgress,
      onSweep: onPartial && started,
      known: memory.sweeps.peek(sweep),
      onResult: (result) => memory.sweeps.set(sweep, result),
    }));
  const patching: ExplainedPatching | null = swept && 'effect' in swept ? swept : null;
  const why = none ?? (swept && 'none' in swept ? swept.none : null);
  const { continuation } = read.prediction;
  const whole: Explanation = {
    ...known,
    patching,
    findings: explainFindings({ program, prediction, continuation, actual, lens, answers, comparison, patching, why, seen }),
  };
  if (!options.variants) return whole;
  onPartial?.(whole, 'Reading variants');
  const { twins } = await findTwins(loaded, question, program, search?.label);
  return { ...whole, variants: listedVariants(await predictRest(loaded, answers, twins, seen, { signal, onProgress }), program) };
}

/** The document as far as it says what was read and predicted. */
async function readExplanation(
  loaded: LoadedModel,
  question: Question,
  { program, prediction, lens }: Omit<Reading, 'read'>,
  signal?: AbortSignal,
): Promise<Explanation> {
  return {
    format: 'latent-lens/explanation',
    version: 1,
    ...(await readDocument(loaded, question, program, prediction, signal)),
    actual: null,
    lens: explainedLens(lens, question.answers.map(({ label }) => label), loaded.tokenizer),
    counterfactual: null,
    patching: null,
    variants: null,
    findings: [],
  };
}

/** Both from one run, which is forgotten then. */
async function predictedWithLens(
  model: Model,
  ids: readonly number[],
  answers: readonly AnswerTokens[],
  options: { topK: number; signal?: AbortSignal },
): Promise<{ prediction: Prediction; lens: Lens }> {
  const { prediction, run } = await predictBehind(model, ids, answers, { ...options, read: lensSites(model) });
  return { prediction, lens: await logitLens(model, run, answers.map((answer) => answer.ids[0]), options) };
}
