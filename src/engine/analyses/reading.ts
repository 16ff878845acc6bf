/**
 * A reading: one program under one question. What the model predicts, what Python does, and the near twin are each found when they are
 * first needed, and kept, so that every analysis of the reading shares them.
 */
import { lensSites, logitLens, type Lens } from '../../methods/lenses/logit-lens';
import { checked, type ChosenAnswers } from '../../methods/prediction/metric';
import type { PatchingResult } from '../../methods/patching/patching';
import { predictBehind, type Prediction } from '../../methods/prediction/prediction';
import type { RunResult } from '../../model';
import { tunedLens } from '../../methods/lenses/tuned-lens';
import type { StoredLens } from '../../methods/lenses/tuned-lens-folder';
import type { Verdict } from '../../protocol/reading/verdict';
import type { ActualOutcome, Counterfactual, ExplainedPrediction, ReadProgram } from '../../protocol/documents/explanation';
import type { ProgramEdit } from '../../snippets/edits';
import type { Outcome } from '../../snippets/sandbox/sandbox';
import { isOpen, type Form } from '../../snippets/prompts/forms';
import { UNJUDGED, type Labeller } from '../../snippets/twins/variants';
import { compared, comparisonOf, isGiven, namedTwin, type Against, type Compared } from '../twins/against';
import { arrange } from '../reading/arrange';
import { arrangePlace } from '../reading/around-place';
import type { KeptEdits, Knowledge } from '../reading/knowledge';
import { standing, withOpenAnswers } from '../reading/open-answers';
import { explainedTwin, readDocument, shifted } from './document';
import type { LoadedModel } from '../session/load';
import { readProgram, type Program, type SourceText } from '../reading/program';
import { openQuestion, type Question } from '../reading/question';
import type { Progress } from '../session/progress';
import type { Session } from './session';
import { chooseOpenTwin, openTwin } from '../twins/open-twins';
import { Pair } from '../twins/pair';
import { findTwins, predictRest, predictTwins, remembering, TwinSearch, type PredictedTwin, type Twin } from '../twins/twins';

export interface ReadingOptions {
  /** Runs programs; without it nothing is run, and whether the model is right stays unknown. */
  label?: Labeller;
  /** The most tokens that a prompt may have, where that is fewer than the model reads. */
  contextLimit?: number;
  /** What is known about the language that the code is in; where that is nothing, an open question has what stands in the code. */
  knowledge?: Knowledge;
  /** Ends the search for an open question's answers. */
  signal?: AbortSignal;
}

/** Whoever asks at the moment. */
export interface Asking {
  signal?: AbortSignal;
  onProgress?: Progress;
}

export class Reading {
  private readonly kept = new Map<string, unknown>();
  /** By the number of tokens that are listed; each is begun when the prediction is known. */
  private readonly lenses = new Map<number, Promise<Lens>>();
  private search: TwinSearch | null = null;
  /** The run in which an open question's answers were found, for the prediction and the lens; let go then. */
  private made: RunResult | undefined;

  private constructor(
    readonly session: Session,
    readonly question: Question,
    readonly program: Program,
    /** Runs the program and its edits, as they are put together. */
    private readonly label: Labeller | undefined,
    /** Runs programs as they are. */
    private readonly running: Labeller | undefined,
    /** Of an open question. */
    private readonly open: { readonly truth: Outcome | null; readonly knowledge: Knowledge | undefined } | null = null,
  ) {}

  /** @throws a sentence when the code is empty or too long, or the question cannot be asked of the model */
  static async open(session: Session, form: Form, text: SourceText, options: ReadingOptions = {}): Promise<Reading> {
    const { label: run, contextLimit, knowledge, signal } = options;
    const { loaded } = session;
    const question = openQuestion(loaded, form, contextLimit);
    if (isOpen(form)) {
      const source = await arrangePlace(loaded, question, text, knowledge, signal);
      const program = readProgram(loaded, question, source);
      const stands = standing(loaded, question, text);
      const known = await knowledge?.truth(program, signal);
      const truth = known ?? (stands === null ? null : { label: stands.label, message: null, line: null, by: 'the code' });
      const { model } = loaded;
      const made = await model.run([program.ids], { cache: true, read: lensSites(model), signal });
      const answered = await withOpenAnswers(loaded, question, program, known ? known.label : stands && stands.text, { made, signal });
      const reading = new Reading(session, answered, program, undefined, undefined, { truth, knowledge });
      reading.made = made;
      return reading;
    }
    const { source, label } = await arrange(loaded, question, text, { label: run });
    return new Reading(session, question, readProgram(loaded, question, source), label && remembering(label), run);
  }

  get loaded(): LoadedModel {
    return this.session.loaded;
  }

  /** Whether programs are run. */
  get runs(): boolean {
    return this.label !== undefined;
  }

  /** Runs programs with others in the code's place, as that is put together; none where nothing is run. */
  get labeller(): Labeller | undefined {
    return this.label;
  }

  /** Looks for near twins from now on: the program and its nearest edits run in Python's own process while the model reads the code. */
  beginSearch(): void {
    if (!this.open) this.search ??= new TwinSearch(this.loaded, this.question, this.program, this.label);
  }

  /**
   * @param topK tokens to list
   * @param lens whether the logit lens is asked for as well: it comes from the same run, and is begun then
   */
  async prediction(topK: number, asking: Asking, lens = false): Promise<Prediction> {
    const known = this.kept.get(`prediction ${topK}`) as Prediction | undefined;
    if (known && (!lens || this.lenses.has(topK))) return known;
    asking.onProgress?.('Reading the code');
    const reading = this.read(topK, asking, lens);
    const whole = reading.then(() => this.lenses.get(topK));
    whole.catch(() => undefined); // whoever waits is told
    // What programs did is looked at when the prediction is shown: that takes the thread that the model is read on.
    if (this.search) this.search.reading = whole.then(() => undefined, () => undefined);
    await reading;
    return this.kept.get(`prediction ${topK}`) as Prediction;
  }

  async lens(topK: number, asking: Asking): Promise<Lens> {
    await this.prediction(topK, asking, true);
    return this.lenses.get(topK)!;
  }

  /** By the translators of a folder, at the same rows as the logit lens. */
  tunedLens({ folder, translators }: StoredLens, topK: number, { signal }: Asking): Promise<Lens> {
    const { loaded: { model }, question: { answers }, program: { ids } } = this;
    const firsts = answers.map((answer) => answer.ids[0]);
    return this.once(`tuned ${topK} ${folder}`, () => tunedLens(model, translators, ids, firsts, { topK, signal }));
  }

  /** What every result begins with, and the prediction with what the model would rather write. */
  document(topK: number, asking: Asking): Promise<ReadProgram & { prediction: ExplainedPrediction }> {
    return this.once(`document ${topK}`, async () => {
      return readDocument(this.loaded, this.question, this.program, await this.prediction(topK, asking), asking.signal);
    });
  }

  /** What Python does with the program; null when it is not run. */
  outcome(): Promise<Outcome | null> {
    const { label, search, program, open } = this;
    return this.once('outcome', async () => {
      if (open) return open.truth;
      if (search) return (await search.happened)?.outcome ?? null;
      return label ? (await label([program.source.code]))[0] : null;
    });
  }

  async actual(): Promise<ActualOutcome | null> {
    return shifted(await this.outcome(), this.program, this.question.answers);
  }

  /** What a language's checker says of answers to an open question; null where none does. */
  async verdicts(answers: readonly string[], { signal }: Asking): Promise<Verdict[] | null> {
    const { open, program } = this;
    return open?.knowledge ? open.knowledge.verdicts(program, open.truth && open.truth.label, answers, signal) : null;
  }

  /**
   * What the program is compared with, and why nothing, where there is nothing.
   * @param against the most telling verified edit when left out
   * @throws a sentence when `against` names nothing
   */
  compared(against: Against | undefined, topK: number, asking: Asking): Promise<Compared> {
    if (!isGiven(against)) this.beginSearch();
    return this.once(`compared ${JSON.stringify(against ?? null)} ${topK}`, async () => {
      const prediction = await this.prediction(topK, asking);
      const { loaded, question, program, search, label, running } = this;
      if (this.open && !isGiven(against)) return this.comparedOpenly(against, prediction, topK, asking);
      return compared(loaded, question, { program, prediction }, search, { ...asking, label, running, against, topK });
    });
  }

  /** The twin as documents have it. */
  twin({ comparison }: Compared): Counterfactual | null {
    return comparison && explainedTwin(comparison, this.program, this.loaded.tokenizer);
  }

  /** @throws a sentence where there is nothing to compare with, or no logit tells the two answers apart */
  async pair(against: Against | undefined, answers: ChosenAnswers | null, topK: number, asking: Asking): Promise<Pair> {
    if (answers) checked(this.question.answers, answers);
    const { comparison, none } = await this.compared(against, topK, asking);
    if (!comparison) throw new Unanswerable(none ?? 'There is nothing to compare with.');
    const [prediction, outcome] = [await this.prediction(topK, asking), await this.outcome()];
    try {
      return Pair.of(this.question.answers, { program: this.program, prediction, outcome }, comparison, answers ?? undefined);
    } catch (error) {
      throw new Unanswerable((error as Error).message, { cause: error });
    }
  }

  /** What an earlier sweep of the same found; its cells that are patched need not be patched again. */
  sweep(key: readonly unknown[]): PatchingResult | undefined {
    return this.kept.get(`sweep ${JSON.stringify(key)}`) as PatchingResult | undefined;
  }

  keepSweep(key: readonly unknown[], result: PatchingResult): void {
    this.kept.set(`sweep ${JSON.stringify(key)}`, result);
  }

  /** Whether Python would do the same another time: not with a program that ran out of time, or whose modules may be there then. */
  async lasts(): Promise<boolean> {
    const outcome = await this.outcome();
    return outcome === null || !(UNJUDGED.includes(outcome.label) || outcome.label === 'ModuleNotFoundError');
  }

  /** Whether the files that the code imports are as they were, where these are read. */
  async isCurrent(): Promise<boolean> {
    return (await this.open?.knowledge?.isCurrent?.()) ?? true;
  }

  /** The program's verified edits in the order of their numbers, each as the model reads it. */
  async variants(asking: Asking): Promise<PredictedTwin[]> {
    this.beginSearch();
    asking.onProgress?.('Making variants');
    const { loaded, question, program, search } = this;
    if (this.open) return predictRest(loaded, question.answers, await this.openTwins(asking), [], asking);
    const { twins } = await this.once('twins', () => findTwins(loaded, question, program, search!.label));
    const seen = [...this.kept].flatMap(([key, value]) => (key.startsWith('compared ') ? (value as Compared).seen : []));
    return predictRest(loaded, question.answers, twins, seen, asking);
  }

  /** Edits that leave what is true under an open question as it is; null where none are known. @param most that are tried */
  async keptEdits(most: number, { signal }: Asking): Promise<KeptEdits | null> {
    const { program, open } = this;
    return open?.knowledge ? this.once(`kept ${most}`, () => open.knowledge!.edits(program, signal, most)) : null;
  }

  /** As `openTwin` of this reading. */
  openTwin(edit: ProgramEdit): Twin | null {
    const { loaded, question, program, open } = this;
    return openTwin(loaded, question, program, edit, open && open.truth);
  }

  /** In the order of their numbers. */
  private openTwins({ signal }: Asking): Promise<Twin[]> {
    const { loaded, question, program, open } = this;
    return this.once('open twins', async () => {
      const { edits } = (await open!.knowledge?.edits(program, signal)) ?? { edits: [] };
      return edits.flatMap((edit) => openTwin(loaded, question, program, edit, open!.truth) ?? []);
    });
  }

  private async comparedOpenly(
    against: { number: number } | { kind: string } | undefined, prediction: Prediction, topK: number, asking: Asking,
  ): Promise<Compared> {
    const { loaded, question, open } = this;
    const twins = await this.openTwins(asking);
    const outcome = open!.truth;
    if (against) {
      const [seen] = await predictTwins(loaded, question.answers, [namedTwin({ outcome, twins }, against)], { topK, ...asking });
      return { outcome, comparison: comparisonOf(seen, null), none: null, seen: [seen] };
    }
    const { twin, none, seen } = await chooseOpenTwin(loaded, question, prediction, twins, { topK, ...asking });
    return { outcome, comparison: twin && comparisonOf(twin, null), none, seen };
  }

  private async read(topK: number, { signal }: Asking, lens: boolean): Promise<void> {
    const { loaded: { model }, question: { answers }, program: { ids } } = this;
    const { made } = this;
    const { prediction, run } = await predictBehind(model, ids, answers, { topK, signal, made, read: lens ? lensSites(model) : [] });
    this.made = undefined;
    this.kept.set(`prediction ${topK}`, prediction);
    if (!lens) return;
    const lensing = logitLens(model, run, answers.map((answer) => answer.ids[0]), { topK, signal });
    lensing.catch(() => this.lenses.delete(topK));
    this.lenses.set(topK, lensing);
  }

  private async once<T>(key: string, make: () => Promise<T>): Promise<T> {
    if (!this.kept.has(key)) this.kept.set(key, await make());
    return this.kept.get(key) as T;
  }
}

/** An analysis that has nothing to say about a program; its message says why. */
export class Unanswerable extends Error {}
