/** What the engine process can be asked, in one list: the client's and the handlers' types derive from it. */
import type { ExplainedPatching, Explanation, PatchingDirection, PromptToken } from './explanation';
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
  /** The code around an offset: a short text, else the function, class or block of statements; null where there is none. Needs no model. */
  enclosing: { params: Enclosing; result: { start: number; end: number } | null };
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
  question: AskedQuestion;
}

/** What is asked about the code; nulls stand for what comes with the package and the model. */
export interface AskedQuestion {
  /** The content of a file with templates and its name for messages; of several templates the one with this id. */
  template: { file: string; json: string; id: string | null } | null;
  /** Labels of the answers instead of the template's own: some of them, or others, each of which follows the prompt after a space. */
  answers: string[] | null;
  /** The most tokens that a prompt may have, where that is fewer than the model reads. */
  contextLimit: number | null;
}

/** Code is run in the sandbox only when the user trusts it. */
export interface RunsCode {
  run: boolean;
  /** Processor time of one program, in seconds; null for the sandbox's own. */
  timeout: number | null;
}

export interface ExplainRequest extends Asked, RunsCode {
  /** Whether to compare with a near twin: the best one, or a variant by its number in the list of variants, or another program. */
  compare: 'best' | { number: number } | { text: string } | null;
  /** Whether to list the program's variants in the explanation. */
  variants: boolean;
  site: string;
  direction: PatchingDirection;
  topK: number;
}

/** Where to look for the code that a cursor means. */
export interface Enclosing {
  text: string;
  /** UTF-16. */
  offset: number;
}

/** Sent while a request runs. */
export interface EngineProgress {
  /** What is being done; `done` of `total` where that can be counted. */
  stage: string;
  done?: number;
  total?: number;
  /** What is known so far: the explanation with the rest left null or empty. */
  partial?: Explanation;
  /** The patching of the last partial explanation so far: numbers are null as well where a patch has not been made yet. */
  patching?: ExplainedPatching;
}

/** What comes with a request's error; its message is for the user. */
export interface EngineFailure {
  /** For the log. */
  stack?: string;
}
