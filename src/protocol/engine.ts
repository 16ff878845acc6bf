/** What the engine process can be asked, in one list: the client's and the handlers' types derive from it. */
import type { Explanation, PatchingDirection, PromptToken } from './explanation';
import type { VariantList } from './variants';

export interface EngineRequests {
  /** Opens a model folder (the one that comes with the package when null) and closes the one before. */
  openModel: { params: OpenModel; result: OpenedModel };
  /** Where the model's tokens lie in the code. */
  tokens: { params: Asked; result: PromptToken[] };
  /** What the model predicts for the code and why; with `compare` also patching against a near twin. */
  explain: { params: ExplainRequest; result: Explanation };
  /** The edits of the code with their true errors and the model's predictions. */
  variants: { params: Asked & RunsCode; result: VariantList };
}

export type EngineMethod = keyof EngineRequests;

export interface OpenModel {
  folder: string | null;
  /** Threads of one run; null for as many as there are processors. */
  threads: number | null;
}

export interface OpenedModel {
  id: string;
  folder: string;
  layers: number;
  context: number;
  /** Bytes of weights. */
  bytes: number;
}

/** A question about code: all of `text`, or a range of it in UTF-16 offsets. */
export interface Asked {
  /** The file as the user names it; null for unsaved text. */
  file: string | null;
  text: string;
  range: { start: number; end: number } | null;
}

/** Code is run in the sandbox only when the user trusts it. */
export interface RunsCode {
  run: boolean;
}

export interface ExplainRequest extends Asked, RunsCode {
  /** Whether to compare with a near twin: the best one, or a variant by its number in the list of variants, or another program. */
  compare: 'best' | { number: number } | { text: string } | null;
  site: string;
  direction: PatchingDirection;
  topK: number;
}

/** Sent while a request runs. */
export interface EngineProgress {
  /** What is being done; `done` of `total` where that can be counted. */
  stage: string;
  done?: number;
  total?: number;
  /** What is known so far: the explanation with the rest left null or empty. */
  partial?: Explanation;
}

/** What comes with a request's error; its message is for the user. */
export interface EngineFailure {
  /** For the log. */
  stack?: string;
}
