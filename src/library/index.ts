/**
 * Latent Lens as a library: open a model, read a program, run any analysis on it, and run the model itself with hooks.
 *
 *     import { openModel } from 'latent-lens';
 *     const lens = await openModel();
 *     const reading = await lens.read('print("Temperature: " + 21)');
 *     const { parts } = await reading.analyse({ prediction: {}, patching: { site: 'hook_resid_post' } });
 *     await lens.close();
 *
 * The command line stands on the same functions. Needs Node 20; a process has one thread that computes, so await one call before the next.
 */
import { analyse, type Wanted } from '../engine/analyses/analyse';
import { Reading } from '../engine/analyses/reading';
import { Session } from '../engine/analyses/session';
import type { Against } from '../engine/twins/against';
import { loadModel, type LoadModelOptions } from '../engine/session/load';
import { LazyPython } from '../engine/session/python';
import type { Model } from '../model';
import { paramsOf, type AnalysisId, type AskedParams } from '../protocol/analyses';
import type { Result, ResultUpdate } from '../protocol/documents/result';
import { holePrompt, type Hole, type HoleOptions, type HolePrompt } from '../snippets/prompts/hole';
import { sentinelsOf } from '../snippets/prompts/sentinels';
import type { Form } from '../snippets/prompts/forms';
import { PYTHON_ERROR_TYPE } from '../snippets/prompts/templates';
import { pythonTypes, type PythonTypes } from '../snippets/python-types';
import type { CodeTokenizer } from '../snippets/tokenizer/tokenizer';
export {
  Activations, Batch, PatchedBatch,
  type At, type BatchMoved, type BatchPrompt, type BatchToken, type CollectOptions, type PatchOptions, type TopToken, type Transplanted,
} from './batch';
export { blockSite, siteName, BLOCK_SITES, type BlockSite, type Site } from '../vocabulary/sites';

export type { Hook, Model, RunOptions, RunResult } from '../model';
export { figuresOf, allFigures } from '../figures';
export type { Figure } from '../figures/kinds/figure';
export { ANALYSES, paramsOf, type AnalysisId, type AskedParams, type Params, type Part } from '../protocol/analyses';
export { jsonSchema } from '../protocol/fields';
export { allFindings, readResult, type Answered, type Result, type ResultUpdate } from '../protocol/documents/result';
export type { Form, OpenForm } from '../snippets/prompts/forms';
export type { Hole, HolePrompt } from '../snippets/prompts/hole';
export type { PythonTypes } from '../snippets/python-types';
export type { FimOrder } from '../snippets/prompts/sentinels';
export { PYTHON_ERROR_TYPE, TEMPLATES, type Template } from '../snippets/prompts/templates';

export interface OpenOptions extends LoadModelOptions {
  /** Folders of SAEs, or their names in the store; those in the model's own folder when left out. */
  saes?: readonly string[];
  /** Whether programs are run in the sandbox, so that what is true is known and variants are verified; true when left out. */
  python?: boolean;
}

export interface ReadOptions {
  /** Its name in messages and results. */
  file?: string;
  /** What the model is asked; which error Python raises, when left out. An open question is about `place`. */
  template?: Form;
  /** Of an open question, the place in the code, in UTF-16 offsets: empty, or what stands there and is left out. */
  place?: Hole;
}

export interface AnalyseOptions {
  /** The near twin: a variant by its number or kind, or the code with changes; the most telling verified edit when left out. */
  against?: Exclude<Against, { program: unknown }>;
  /** Told what is newly known. */
  onUpdate?: (update: ResultUpdate) => void;
  /** Told what is being done. */
  onProgress?: (stage: string, done?: number, total?: number) => void;
  signal?: AbortSignal;
}

/**
 * Opens the model that a reference names (a folder, a .gguf file, org/name@revision, ollama:name); the one that comes with the package
 * when left out.
 * @throws a sentence that says what is wrong with it
 */
export async function openModel(reference?: string, options: OpenOptions = {}): Promise<Lens> {
  const { saes = [], python = true, ...how } = options;
  return new Lens(new Session(await loadModel(reference, how), saes), python ? new LazyPython() : null);
}

/** An open model, with Python beside it. Close it, or the process does not end. */
export class Lens {
  /** @internal */
  constructor(
    private readonly session: Session,
    private readonly python: LazyPython | null,
  ) {}

  /** The model itself: `run` takes prompts of token ids, hooks and sites to read. */
  get model(): Model {
    return this.session.loaded.model;
  }

  get tokenizer(): CodeTokenizer {
    return this.session.loaded.tokenizer;
  }

  /** @throws a sentence when the code is empty or too long for the model */
  async read(code: string, { file, template = PYTHON_ERROR_TYPE, place }: ReadOptions = {}): Promise<LensReading> {
    const asking: Pick<AnalyseOptions, 'onProgress' | 'signal'> = {};
    const { python } = this;
    const never = new AbortController().signal;
    const label: ReturnType<LazyPython['labeller']> | undefined =
      python ? (codes, how) => python.labeller(asking.onProgress ?? (() => undefined), asking.signal ?? never)(codes, how) : undefined;
    const reading = await Reading.open(this.session, template, {
      file: file ?? null, text: code, ...(place && { hole: place }) }, { label,
    });
    return new LensReading(reading, asking);
  }

  /**
   * A prompt with a hole (fill in the middle), by the sentinels that the model was trained with; the code before the hole alone where its
   * tokenizer has none. Its tokens' ids are what `model.run` reads.
   * @param code with LF line ends; `hole` in UTF-16 offsets
   * @throws a sentence when the model was not trained in that order, or the hole's own line does not fit
   */
  hole(code: string, hole: Hole, options: Omit<HoleOptions, 'sentinels'> = {}): HolePrompt {
    const { model: { shape: { context } }, tokenizer } = this;
    return holePrompt(tokenizer, code, hole, { room: context, ...options, sentinels: sentinelsOf(tokenizer) });
  }

  /**
   * Edits of Python code that keep the type at a hole (names changed, other annotations removed, unused declarations added), each run
   * unless Python is off, and the types that the value there has in the run.
   * @param hole of an annotation, in UTF-16 offsets; empty where nothing is written
   * @param options `seed` of the names that are drawn, and how many edits there are at `most`
   */
  pythonTypes(code: string, hole: Hole, options: { seed?: number; most?: number } = {}): Promise<PythonTypes> {
    const label = this.python?.labeller(() => undefined, new AbortController().signal);
    return pythonTypes({ text: code, hole, ...options }, label);
  }

  async close(): Promise<void> {
    this.python?.close();
    await this.session.close();
  }
}

/** One program under one question; what analyses find of it they share. */
export class LensReading {
  /** @internal */
  constructor(
    private readonly reading: Reading,
    private readonly asking: Pick<AnalyseOptions, 'onProgress' | 'signal'>,
  ) {}

  /** The ids of the prompt's tokens: what `model.run` reads. */
  get ids(): readonly number[] {
    return this.reading.program.ids;
  }

  /**
   * Runs analyses, each with what it is told (`{}` for what is usual; `ANALYSES` has the schemas).
   * @throws a sentence when an analysis is told something wrong, or cannot be done; one that has nothing to say is under `missing`
   */
  async analyse(asked: { readonly [K in AnalysisId]?: AskedParams<K> }, options: AnalyseOptions = {}): Promise<Result> {
    const { against, onUpdate, onProgress, signal } = options;
    const wanted = Object.fromEntries(Object.entries(asked).map(([id, params]) => [id, paramsOf(id as AnalysisId, params)])) as Wanted;
    Object.assign(this.asking, { onProgress, signal });
    return analyse(this.reading, wanted, { against, signal, onProgress, onPartial: onUpdate && ((update) => onUpdate(update)) });
  }
}
