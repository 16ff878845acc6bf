/** Near twins of a program, each with what Python does and what the model predicts. */
import { predictMany } from '../../methods/prediction/predictions';
import type { Prediction } from '../../methods/prediction/prediction';
import { chooseMetric, type AnswerMetric, type ChosenAnswers } from '../../methods/prediction/metric';
import type { Change, EditKind } from '../../snippets/edits';
import { moved } from '../../snippets/judge/changes';
import { promptOf } from '../../snippets/prompts/forms';
import { LOCAL, proposeNear, whatHappens, type Happened, type NearEdit, type ReadPlaces } from '../../snippets/twins/near';
import type { AnswerTokens } from '../../snippets/prompts/prompts';
import type { Outcome } from '../../snippets/sandbox/sandbox';
import { findVariants, UNJUDGED, verified, type Labeller, type Variant } from '../../snippets/twins/variants';
import type { LoadedModel } from '../session/load';
import { withCode, type Program } from '../reading/program';
import type { Question } from '../reading/question';
import type { Progress } from '../session/progress';
import { outcomeLabel } from '../../vocabulary/labels';

export interface Twin {
  variant: Variant;
  program: Program;
  /** Null when it was not run. */
  outcome: Outcome | null;
}

export interface PredictedTwin extends Twin {
  prediction: Prediction;
}

/** A twin and what its edit has to do with the prediction. */
export interface NearTwin extends Twin {
  near: NearEdit;
}

/** A program that was run (or not: null) and read by the model. */
export interface Read {
  outcome: Outcome | null;
  prediction: Prediction;
}

export interface Twins {
  /** What the program itself does; null when it was not run. */
  outcome: Outcome | null;
  /** Best first, as `findVariants` ranks them: a twin's number is its place here, from 1. */
  twins: Twin[];
}

const NOT_RUN: Outcome = { label: 'not run', message: null, line: null };
const runNothing: Labeller = (codes) => Promise.resolve(codes.map(() => NOT_RUN));

/** The verified edits of a program, or those of some kinds; without a labeller nothing is run, and all proposed edits are listed. */
export async function findTwins(
  loaded: LoadedModel,
  question: Question,
  program: Program,
  label: Labeller | undefined,
  kinds?: readonly EditKind[],
): Promise<Twins> {
  const options = { label: label ?? runNothing, tokenizer: loaded.tokenizer, render: rendering(loaded, question, program), kinds };
  const found = await findVariants(program.source.code, options);
  const twins = found.variants.flatMap((variant) => twinOf(loaded, question, program, variant, label !== undefined) ?? []);
  return { outcome: label ? found.outcome : null, twins };
}

/** The prompts of a program's edits. */
function rendering({ tokenizer }: LoadedModel, { form, sentinels }: Question, { hole }: Program) {
  return (
    code: string, changes: readonly Change[],
  ) => promptOf(tokenizer, sentinels, form, code, hole && (moved(hole, changes) ?? undefined));
}

/** Undefined where the model cannot read it. */
function twinOf(loaded: LoadedModel, question: Question, program: Program, variant: Variant, run: boolean): Twin | undefined {
  const twin = withCode(loaded, question, program, variant.edit.variant, variant.edit.changes);
  return twin.ids.length > question.room ? undefined : { variant, program: twin, outcome: run ? variant.outcome : null };
}

export async function predictTwins<T extends Twin>(
  { model }: LoadedModel,
  answers: readonly AnswerTokens[],
  twins: readonly T[],
  { topK, signal, onProgress }: { topK?: number; signal?: AbortSignal; onProgress?: Progress } = {},
): Promise<(T & { prediction: Prediction })[]> {
  const predictions = await predictMany(model, twins.map(({ program }) => program.ids), answers, {
    topK,
    signal,
    onProgress: (done, total) => onProgress?.('Reading variants', done, total),
  });
  return twins.map((twin, i) => ({ ...twin, prediction: predictions[i] }));
}

/** As `predictTwins`, without reading again what was seen. */
export async function predictRest(
  loaded: LoadedModel,
  answers: readonly AnswerTokens[],
  twins: readonly Twin[],
  seen: readonly PredictedTwin[],
  options: { signal?: AbortSignal; onProgress?: Progress },
): Promise<PredictedTwin[]> {
  const known = new Map(seen.map(({ variant, prediction }) => [variant.edit.variant, prediction]));
  const fresh = twins.filter(({ variant }) => !known.has(variant.edit.variant));
  const rest = await predictTwins(loaded, answers, fresh, { topK: 1, ...options });
  for (const { variant, prediction } of rest) known.set(variant.edit.variant, prediction);
  return twins.map((twin) => ({ ...twin, prediction: known.get(twin.variant.edit.variant)! }));
}

/** Edits run at first: those nearest to the cause. */
const FIRST_RUN = 40;

/** A program's near twins, made as they are asked for. The program and its nearest edits are run at once, beside what the model does. */
export class TwinSearch {
  /** What Python did with the program; null when it was not run. */
  readonly happened: Promise<Happened | null>;
  /** The nearest local edits, which are run at once. */
  readonly first: Promise<NearTwin[]>;
  /** What the model reads meanwhile: variants are looked at when it has. */
  reading: Promise<unknown> = Promise.resolve();
  /** Runs programs, none of them twice. */
  readonly label: Labeller | undefined;
  private readonly asked = new Set<string>();

  constructor(
    private readonly loaded: LoadedModel,
    private readonly question: Question,
    private readonly program: Program,
    label: Labeller | undefined,
  ) {
    this.label = label && remembering(label);
    this.happened = label ? whatHappens(program.source.code, this.label!) : Promise.resolve(null);
    this.first = this.nearest(FIRST_RUN, ({ nearness }) => nearness < LOCAL);
    for (const promise of [this.happened, this.first]) promise.catch(() => undefined); // said when it is awaited
  }

  /**
   * Of the nearest edits that are wanted, those that can be judged. What was given before is left out, but with places that the model
   * reads: what an edit has to do with the prediction is another thing then.
   */
  async nearest(most: number, wanted: (near: NearEdit) => boolean, read: ReadPlaces = []): Promise<NearTwin[]> {
    const happened = await this.happened;
    if (happened && UNJUDGED.includes(happened.outcome.label)) return [];
    const { source: { code } } = this.program;
    const proposed = await proposeNear(code, happened, read);
    const near = proposed.filter((one) => wanted(one) && (read.length > 0 || !this.asked.has(one.edit.variant))).slice(0, most);
    for (const { edit } of near) this.asked.add(edit.variant);
    const { loaded, question, label } = this;
    const variants = await verified(code, happened?.outcome ?? NOT_RUN, near.map(({ edit }) => edit), {
      label: async (codes) => {
        const outcomes = await (label ?? runNothing)(codes);
        await this.reading;
        return outcomes;
      },
      tokenizer: loaded.tokenizer,
      render: rendering(loaded, question, this.program),
    });
    return variants.flatMap((variant) => {
      const twin = twinOf(loaded, question, this.program, variant, label !== undefined);
      return twin ? [{ ...twin, near: near.find(({ edit }) => edit === variant.edit)! }] : [];
    });
  }
}

/** Runs no program twice. */
export function remembering(label: Labeller): Labeller {
  const known = new Map<string, Outcome>();
  return async (codes) => {
    const fresh = [...new Set(codes)].filter((code) => !known.has(code));
    if (fresh.length > 0) (await label(fresh)).forEach((outcome, i) => known.set(fresh[i], outcome));
    return codes.map((code) => known.get(code)!);
  };
}

/** @throws when the one answer's tokens are the beginning of the other's, or a chosen one is no answer */
export function metricOf(answers: readonly AnswerTokens[], original: Read, variant: Read, chosen?: ChosenAnswers): AnswerMetric {
  const compared = ({ outcome, prediction }: Read) => ({
    actual: outcome && !outcome.uncalled ? outcomeLabel(outcome) : null,
    answers: prediction.answers,
  });
  return chooseMetric(answers, compared(original), compared(variant), chosen);
}
