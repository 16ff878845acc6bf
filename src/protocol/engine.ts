/** What the engine process can be asked, in one list: the client's and the handlers' types derive from it. */
import type { ExplainedPatching, Explanation, PatchingDirection, PromptToken } from './explanation';
import type { Activations, ChangedDocument, ChangedLatent, Firings, LatentHits, LatentPage, LatentRef, LatentsDocument, SaeList } from './latents';
import type { AddedModel, AskHub, Catalog, DownloadProgress, HubModel, HubRefusal, ModelInfo, ModelList, ModelReference, NamedModel } from './models';
import type { VariantList } from './variants';

export interface EngineRequests {
  /** Opens a model and closes the one before. */
  openModel: { params: OpenModel; result: OpenedModel };
  /** Where the model's tokens lie in the code. */
  tokens: { params: Asked; result: PromptToken[] };
  /** What the model predicts for the code and why; with `compare` also patching against a near twin. */
  explain: { params: ExplainRequest; result: Explanation };
  /** The edits of the code with their true errors and the model's predictions. */
  variants: { params: Asked & RunsCode; result: VariantList };
  /** The SAEs of the model that is open, and what is wrong with those that cannot be used. */
  saes: { params: null; result: SaeList };
  /** Which latents tell the code from a near twin. */
  latents: { params: LatentsRequest; result: LatentsDocument };
  /** The latents that are active at each token. */
  activations: { params: ActivationsRequest; result: Activations };
  /** Where latents are active in a whole text. */
  firings: { params: FiringsRequest; result: Firings };
  /** What the model answers when latents are changed. */
  changeLatents: { params: ChangeLatentsRequest; result: ChangedDocument };
  /** All about one latent. */
  latent: { params: LatentRef; result: LatentPage };
  /** Latents by what is said about them or by what they promote. */
  searchLatents: { params: LatentSearch; result: LatentHits };
  /**
   * The code around an offset: a short text, or one that the open model can read whole, else the function, class or block of statements;
   * null where there is none. Needs no model.
   */
  enclosing: { params: Enclosing; result: { start: number; end: number; whole: boolean } | null };
  /** What the model reads when it is asked about the code. */
  prompt: { params: Asked; result: AskedPrompt };
  /** The questions that are built in. Needs no model. */
  templates: { params: null; result: QuestionTemplate[] };
  // Those below need no open model, wait for nothing and hold nothing up.
  /** Models that are on this machine: the package's, the store's, and those of Hugging Face's cache and of Ollama. */
  listModels: { params: null; result: ModelList };
  /** What is known about a model, whether it can be opened, and what that takes. */
  modelInfo: { params: NamedModel; result: ModelInfo };
  /** Models and SAEs worth having. */
  catalog: { params: null; result: Catalog };
  /** What the Hub says about a repository, and what addModel would fetch. */
  hubModel: { params: AskHub; result: HubModel };
  /** Downloads a model, a GGUF file or a folder of SAEs into the store, with progress; goes on where it was broken off. */
  addModel: { params: AskHub; result: AddedModel };
  /** Removes from the store a model or a folder of SAEs, finished or not; nothing anywhere else. Result: bytes freed. */
  removeModel: { params: { reference: string }; result: number };
}

export type EngineMethod = keyof EngineRequests;

/** What ONNX Runtime can compute with. */
export const PROVIDERS = ['cpu', 'cuda', 'dml', 'coreml', 'webgpu'] as const;
export type Provider = (typeof PROVIDERS)[number];

export interface OpenModel {
  /** Null for the model that comes with the package. */
  model: ModelReference | null;
  /** The folder that a relative path starts from; without it, relative paths other than the Hub's ids are refused. */
  from?: string | null;
  /** Folders of its SAEs, or `org/name/folder` of the store; none for those in the model's own folder. */
  saes?: string[];
  /** For sites, the folder of a Neuronpedia export with explanations of the SAE's latents. */
  explanations?: Record<string, string>;
  /** Threads of one run; null for as many as there are processors. */
  threads: number | null;
  /** What to compute with: the CPU where left out, and where it does not work. */
  provider?: Provider;
}

export interface OpenedModel {
  /** The reference where the model is named by one, else its folder's or file's name. */
  id: string;
  folder: string;
  layers: number;
  context: number;
  /** Bytes of weights. */
  bytes: number;
  /** Why it is not computed with what was asked for, in a sentence; null where it is. */
  notice: string | null;
}

/** A question about code: all of `text`, or a range of it in UTF-16 offsets. */
export interface Asked {
  /** The file as the user names it; null for unsaved text. */
  file: string | null;
  text: string;
  range: { start: number; end: number } | null;
  /** Whether the range was found around a cursor: what the code needs of the file is then read with it. */
  needs?: boolean;
  /** The cursor then, UTF-16: of code that is more than the model reads, what is there is read. */
  at?: number | null;
  /** The folder that the file is in, for modules of the user's own. */
  folder?: string | null;
  /** Where the text is that of a notebook's cell: its number, from 1, and the cells with code before it. */
  notebook?: { number: number; before: { number: number; text: string }[] } | null;
  question: AskedQuestion;
}

/** What is asked about the code; nulls stand for what comes with the package and the model. */
export interface AskedQuestion {
  /** The content of a file with templates and its name for messages, of several templates the one with this id; or one that is built in. */
  template: { file: string; json: string; id: string | null } | { name: string } | null;
  /** Labels of the answers instead of the template's own: some of them, or others, each of which follows the prompt after a space. */
  answers: string[] | null;
  /** The most tokens that a prompt may have, where that is fewer than the model reads. */
  contextLimit: number | null;
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

/** Code is run in the sandbox only when the user trusts it. */
export interface RunsCode {
  run: boolean;
  /** Processor time of one program, in seconds; null for the sandbox's own. */
  timeout: number | null;
}

export interface ExplainRequest extends Asked, RunsCode {
  /**
   * Whether to compare with a near twin: the best one, or a variant by its number in the list of variants, or the code as it is read
   * (`source.code`) with changes, and what these are called.
   */
  compare: 'best' | { number: number } | { text: string; description?: string } | null;
  /** Whether to list the program's variants in the explanation. */
  variants: boolean;
  site: string;
  direction: PatchingDirection;
  /** Whether every cell of the heatmap is really patched; where left out, those are estimated that hardly matter. */
  exact?: boolean;
  topK: number;
  /** Labels of the two answers whose logits are compared; where left out or null, those that the programs give. */
  pair?: readonly [string, string] | null;
}

export interface LatentsRequest extends Asked, RunsCode {
  compare: NonNullable<ExplainRequest['compare']>;
  /** As of an explanation. */
  pair?: ExplainRequest['pair'];
  /** Sites whose SAEs take part; null for all that there are. */
  sites: string[] | null;
  /** Positions of the original to attribute at; 'relevant' for those where patching moves a tenth of the difference; null for all. */
  positions: number[] | 'relevant' | null;
  /** How many latents to list. */
  top: number;
  /** Whether the SAEs' error terms are part of the runs. */
  errorTerm: boolean;
  method: LatentsDocument['method'];
  /** Gradients on the way, for integrated gradients; 10 when left out. */
  steps?: number;
  /** Whether each latent that is listed is really patched as well. */
  check: boolean;
}

export interface ActivationsRequest extends Asked {
  /** The SAE's site; null for the residual stream after the middle layer, or the site nearest to it. */
  site: string | null;
  /** How many latents to list for each token. */
  count: number;
  /** Where to read when the text is too long for the model, UTF-16; null refuses such a text. */
  around: number | null;
}

export interface FiringsRequest {
  text: string;
  latents: LatentRef[];
  /** What is asked about the code, as what a template puts before it is read too; the package's own question when left out. */
  question?: AskedQuestion;
}

export interface ChangeLatentsRequest extends Asked {
  changes: ChangedLatent[];
  errorTerm: boolean;
  /** Tokens to generate before and after; 0 for none. */
  generate: number;
}

export interface LatentSearch {
  by: 'description' | 'promotes';
  query: string;
  /** Null for all. */
  site: string | null;
  limit: number;
}

/** Where to look for the code that a cursor means. */
export interface Enclosing {
  text: string;
  /** UTF-16. */
  offset: number;
  /** What will be asked: where a model is open that can read all of the text with it, it is all of the text. */
  question?: AskedQuestion;
}

/** Sent while a request runs. */
export interface EngineProgress {
  /** What is being done; `done` of `total` where that can be counted. */
  stage: string;
  done?: number;
  total?: number;
  /** How far a download is. */
  download?: DownloadProgress;
  /** What is known so far: the explanation with the rest left null or empty. */
  partial?: Explanation;
  /** The patching of the last partial explanation so far: numbers are estimates, or null as well, where a patch has not been made yet. */
  patching?: ExplainedPatching;
}

/** What comes with a request's error; its message is for the user. */
export interface EngineFailure {
  /** For the log. */
  stack?: string;
  /** Of hubModel and addModel: what stands in the way, where it is one of these. */
  refusal?: HubRefusal;
}
