/** What the engine process can be asked, in one list: the types of client and handlers, the checks and the order of work follow from it. */
import type * as z from 'zod';
import { activationsAt, analyse, asked, enclosing, firings, latentSearch, nothing, openModel, type AnalyseRequest } from './asked';
import { latentRef } from './analyses/activations';
import type { Cost } from './pages/answer';
import type { PromptToken } from './documents/explanation';
import type { ActivationsAt, Firings, LatentHits, LatentPage, SaeList } from './documents/latents';
import { askHub, namedModel, reference, type AddedModel, type Catalog, type DownloadProgress, type HubModel, type HubRefusal, type ModelInfo, type ModelList } from './models/models';
import type { Result, ResultUpdate } from './documents/result';
import type { UserChoice } from './models/wrong-choice';

export type { AnalyseRequest, Asked, AskedQuestion, Compare, OpenModel, RunsCode } from './asked';

/**
 * model: whether a model has to be open. turn: queue waits for the requests before it; now does not, as it only looks something up; beside
 * does not, and holds nothing up.
 */
interface Policy {
  params: z.ZodType;
  model: boolean;
  turn: 'queue' | 'now' | 'beside';
}

export const REQUESTS = {
  /** Opens a model and closes the one before. */
  openModel: { params: openModel, model: false, turn: 'queue' },
  /** Where the model's tokens lie in the code. */
  tokens: { params: asked, model: true, turn: 'queue' },
  /** Analyses of a program, put together into one result; what needs a near twin compares with one. */
  analyse: { params: analyse, model: true, turn: 'queue' },
  /** The SAEs of the model that is open, and what is wrong with those that cannot be used. */
  saes: { params: nothing, model: true, turn: 'queue' },
  /** The latents that are active at each token of some place in a file, however long that is. */
  activations: { params: activationsAt, model: true, turn: 'queue' },
  /** Where latents are active in a whole text. */
  firings: { params: firings, model: true, turn: 'queue' },
  /** All about one latent. */
  latent: { params: latentRef, model: true, turn: 'now' },
  /** Latents by what is said about them or by what they promote. */
  searchLatents: { params: latentSearch, model: true, turn: 'now' },
  /**
   * The code around an offset: a short text, or one that the open model can read whole, else the function, class or block of statements;
   * null where there is none. Needs no model, but where it holds a question.
   */
  enclosing: { params: enclosing, model: false, turn: 'now' },
  /** What the model reads when it is asked about the code. */
  prompt: { params: asked, model: true, turn: 'queue' },
  /** The questions that are built in. */
  templates: { params: nothing, model: false, turn: 'now' },
  /** Models that are on this machine: the package's, the store's, and those of Hugging Face's cache and of Ollama. */
  listModels: { params: nothing, model: false, turn: 'beside' },
  /** What is known about a model, whether it can be opened, and what that takes. */
  modelInfo: { params: namedModel, model: false, turn: 'beside' },
  /** Models and SAEs worth having. */
  catalog: { params: nothing, model: false, turn: 'beside' },
  /** What the Hub says about a repository, and what addModel would fetch. */
  hubModel: { params: askHub, model: false, turn: 'beside' },
  /** Downloads a model, a GGUF file or a folder of SAEs into the store, with progress; goes on where it was broken off. */
  addModel: { params: askHub, model: false, turn: 'beside' },
  /** Removes from the store a model or a folder of SAEs, finished or not; nothing anywhere else. Result: bytes freed. */
  removeModel: { params: reference, model: false, turn: 'beside' },
} as const satisfies Record<string, Policy>;

export type EngineMethod = keyof typeof REQUESTS;

interface Results {
  openModel: OpenedModel;
  tokens: PromptToken[];
  analyse: Result;
  saes: SaeList;
  activations: ActivationsAt;
  firings: Firings;
  latent: LatentPage;
  searchLatents: LatentHits;
  enclosing: { start: number; end: number; whole: boolean } | null;
  prompt: AskedPrompt;
  templates: QuestionTemplate[];
  listModels: ModelList;
  modelInfo: ModelInfo;
  catalog: Catalog;
  hubModel: HubModel;
  addModel: AddedModel;
  removeModel: number;
}

/** What is sent; `checked` is what the engine reads of it, with defaults filled in. */
export type EngineRequests = {
  [M in EngineMethod]: {
    params: M extends 'analyse' ? AnalyseRequest : z.input<(typeof REQUESTS)[M]['params']>;
    checked: z.output<(typeof REQUESTS)[M]['params']>;
    result: Results[M];
  };
};

export interface OpenedModel {
  /** The reference where the model is named by one, else its folder's or file's name. */
  id: string;
  folder: string;
  layers: number;
  context: number;
  /** Bytes of weights. */
  bytes: number;
  /** What answers questions about a place, by its id, and whether it was trained to fill in the middle, so that it reads what is behind. */
  open: { id: string; fillsHoles: boolean };
  /** Why it is not computed with what was asked for, in a sentence; null where it is. */
  notice: string | null;
}

/** A question as a template file holds it. */
export interface QuestionTemplate {
  /** Lower-case words joined by "-". */
  id: string;
  title: string;
  prefix: string;
  suffix: string;
  answers: { label: string; text: string }[];
  /** Programs with the labels of their answers that the model reads first. */
  examples?: { code: string; answer: string }[];
}

export interface AskedPrompt {
  text: string;
  tokens: number;
  /** The most tokens that it may have. */
  room: number;
}

/** Sent while a request runs. */
export interface EngineProgress {
  /** What is being done; `done` of `total` where that can be counted. */
  stage: string;
  done?: number;
  total?: number;
  /** How far a download is. */
  download?: DownloadProgress;
  /** What is newly known of an analysis. */
  update?: ResultUpdate;
  /** What the analysis that begins now takes, where that is more than a second; null where it is not. */
  cost?: Cost | null;
}

/** What comes with a request's error; its message is for the user. */
export interface EngineFailure {
  /** For the log. */
  stack?: string;
  /** Of hubModel and addModel: what stands in the way, where it is one of these. */
  refusal?: HubRefusal;
  /** What the user has to choose otherwise, where it is that. */
  choice?: UserChoice;
}
