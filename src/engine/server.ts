/** The engine's side of the protocol: one model at a time, one request after the other, Python started when it is first needed. */
import { RequestType, ResponseError, ProgressType, type CancellationToken, type MessageConnection } from 'vscode-jsonrpc/node.js';
import type { Asked, AskedQuestion, EngineFailure, EngineMethod, EngineProgress, EngineRequests, OpenedModel, OpenModel, RunsCode } from '../protocol/engine';
import { enclosingCode } from '../snippets/context/enclosing';
import { TEMPLATES } from '../snippets/prompts/templates';
import { unlessAborted } from '../unless-aborted';
import type { Labeller } from '../snippets/twins/variants';
import type { ModelFolders } from '../store/places/folders';
import { HubError } from '../store/hub/error';
import { arrange } from './reading/arrange';
import { explain } from './analyses/explain';
import { ExplainMemory } from './analyses/explain-memory';
import { LatentRequests, type Asking } from './latent-requests';
import { listVariants } from './analyses/list-variants';
import { loadModel, type LoadedModel } from './session/load';
import { modelHandlers, type ModelHandlers } from './models/models';
import { fitsWhole, openQuestion, readProgram } from './reading/program';
import type { Progress } from './session/progress';
import { LazyPython } from './session/python';
import { checkParams, contextLimitOf, enclosingOf, explainOptionsOf, modelOf, sourceOf, templateOf, timeoutMsOf } from './requests';

interface Context {
  signal: AbortSignal;
  progress: (progress: EngineProgress) => void;
}

type Handlers = {
  [Method in EngineMethod]: (params: EngineRequests[Method]['params'], context: Context) => Promise<EngineRequests[Method]['result']>;
};

/** JSON-RPC's and the Language Server Protocol's codes. */
const CANCELLED = -32800;
const FAILED = -32803;

/** These wait for no other request, as they look something up: no run of the model, no Python. */
const AT_ONCE: readonly EngineMethod[] = ['enclosing', 'templates', 'latent', 'searchLatents'];
/** Nor do these, and no other request waits for them: they are about what is on the disk, and a download takes long. */
const BESIDE: readonly EngineMethod[] = ['listModels', 'modelInfo', 'catalog', 'hubModel', 'addModel', 'removeModel'];

/**
 * Answers requests on a connection; resolves when it has closed and nothing is open any more.
 * @param folders where models are; the machine's own when left out
 */
export function serveEngine(connection: MessageConnection, folders?: ModelFolders): Promise<void> {
  const engine = new Engine(folders);
  const closing = new AbortController();
  const progressType = new ProgressType<EngineProgress>();
  let last: Promise<unknown> = Promise.resolve();
  const beside = new Set<Promise<unknown>>();
  for (const [method, handler] of Object.entries(engine.handlers) as [EngineMethod, Handlers['explain']][]) {
    const type = new RequestType<{ progressToken: number; params: never } | null, unknown, EngineFailure>(method);
    connection.onRequest(type, async (request, token) => {
      const { progressToken, params = {} as never } = request ?? {};
      const progress = (value: EngineProgress) => {
        if (progressToken === undefined || signal.aborted) return;
        connection.sendProgress(progressType, progressToken, value).catch(() => undefined); // the connection's end tells
      };
      const signal = AbortSignal.any([signalOf(token), closing.signal]);
      const apart = BESIDE.includes(method);
      const before = apart || AT_ONCE.includes(method) ? Promise.resolve() : last;
      const result = unlessAborted(before, signal).then(() => {
        checkParams(method, params);
        return handler(params, { signal, progress });
      });
      if (apart) void track(beside, result);
      else last = Promise.allSettled([last, result]).then(() => undefined); // keeps no result
      return result.catch((error: Error) => {
        if (signal.aborted) throw new ResponseError<EngineFailure>(CANCELLED, 'Cancelled.');
        const refusal = error instanceof HubError ? error.refusal : undefined;
        throw new ResponseError<EngineFailure>(FAILED, error.message, { stack: error.stack, ...(refusal && { refusal }) });
      });
    });
  }
  return new Promise((resolve) => {
    connection.onClose(() => {
      closing.abort();
      resolve(Promise.allSettled([last, ...beside]).then(() => engine.close()));
    });
    connection.listen();
  });
}

async function track(running: Set<Promise<unknown>>, one: Promise<unknown>): Promise<void> {
  running.add(one);
  await one.catch(() => undefined);
  running.delete(one);
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

interface Range {
  start: number;
  end: number;
}

const PLAIN: AskedQuestion = { template: null, answers: null, contextLimit: null };
const NO_MODEL = 'No model is open. Choose one with Latent Lens: Select Model.';

class Engine {
  private loaded?: LoadedModel;
  private aboutLatents?: LatentRequests;
  private readonly python = new LazyPython();
  private memory = new ExplainMemory();

  constructor(private readonly folders?: ModelFolders) {
    this.handlers = { ...this.aboutOpenModel, ...modelHandlers(folders) };
  }

  readonly handlers: Handlers;

  private readonly aboutOpenModel: Omit<Handlers, keyof ModelHandlers> = {
    openModel: (params, context) => this.openModel(params, context),
    tokens: async (asked) => {
      const model = this.model();
      const question = openQuestion(model, templateOf(asked), contextLimitOf(asked));
      const { source } = await arrange(model, question, { ...sourceOf(asked), notebook: undefined });
      return readProgram(model, question, source).tokens;
    },
    explain: async (request, { signal, progress }) => {
      const onProgress = staged(progress);
      // What is asked about the code apart, as what is known of it is of use then.
      const asked = { ...request, compare: null, site: null, direction: null, exact: null, pair: null, variants: null };
      return explain(this.model(), templateOf(request), sourceOf(request), {
        ...explainOptionsOf(request),
        contextLimit: contextLimitOf(request),
        label: this.labeller(request, onProgress, signal),
        memory: { of: this.memory, key: JSON.stringify(asked) },
        signal,
        onProgress,
        onPartial: (partial, stage) => progress({ stage, partial }),
        onSweep: (patching, done, total) => progress({ stage: 'Patching', done, total, patching }),
      });
    },
    variants: async (request, { signal, progress }) => {
      const onProgress = staged(progress);
      const options = { contextLimit: contextLimitOf(request), label: this.labeller(request, onProgress, signal), signal, onProgress };
      return listVariants(this.model(), templateOf(request), sourceOf(request), options);
    },
    saes: () => this.latents().list(),
    latents: async (request, context) => {
      const onProgress = staged(context.progress);
      const label = this.labeller(request, onProgress, context.signal);
      return this.latents().attribute(request, { ...asking(request, context), label });
    },
    activations: async (request, context) => this.latents().activations(request, asking(request, context)),
    firings: async (request, context) => {
      const { text, question = PLAIN } = request;
      return this.latents().firings(request, asking({ file: null, text, range: null, question }, context));
    },
    changeLatents: async (request, context) => this.latents().change(request, asking(request, context)),
    latent: async (ref) => this.latents().latent(ref),
    searchLatents: async (search) => this.latents().search(search),
    enclosing: async (params) => {
      const { text, offset, question } = enclosingOf(params);
      const around = await enclosingCode(text, offset);
      return around && this.wholeOr(around, text, question);
    },
    prompt: async (asked) => {
      const model = this.model();
      const question = openQuestion(model, templateOf(asked), contextLimitOf(asked));
      const { prompt, ids } = readProgram(model, question, (await arrange(model, question, sourceOf(asked))).source);
      return { text: prompt.text, tokens: ids.length, room: question.room };
    },
    templates: async () => TEMPLATES.map((template) => ({ ...template })),
  };

  private model(): LoadedModel {
    if (!this.loaded) throw new Error(NO_MODEL);
    return this.loaded;
  }

  private latents(): LatentRequests {
    if (!this.aboutLatents) throw new Error(NO_MODEL);
    return this.aboutLatents;
  }

  /** All of the text, where the open model reads it with the question; else what is around the cursor. */
  private wholeOr(around: Range, text: string, question: AskedQuestion | undefined): Range & { whole: boolean } {
    const start = /^(?:[^\S\r\n]*(?:\r\n|\r|\n))*/.exec(text)![0].length;
    const all = { start, end: text.trimEnd().length };
    if (around.start === all.start && around.end === all.end) return { ...all, whole: true };
    const asked = { file: null, text, range: all, question: question ?? PLAIN };
    const { loaded } = this;
    const fits = question && loaded && fitsWhole(loaded, openQuestion(loaded, templateOf(asked), contextLimitOf(asked)), text);
    return fits ? { ...all, whole: true } : { ...around, whole: false };
  }

  private labeller(request: RunsCode, onProgress: Progress, signal: AbortSignal): Labeller | undefined {
    const timeoutMs = timeoutMsOf(request);
    return request.run === true ? this.python.labeller(onProgress, signal, timeoutMs) : undefined;
  }

  private async openModel(params: OpenModel, { signal, progress }: Context): Promise<OpenedModel> {
    const { model, from, threads, provider, saes, explanations } = modelOf(params);
    const loaded = await loadModel(model, { threads, provider, from, folders: this.folders, signal, onProgress: staged(progress) });
    await this.release();
    this.loaded = loaded;
    this.memory = new ExplainMemory();
    this.aboutLatents = new LatentRequests(loaded, saes, explanations, { from, folders: this.folders });
    const { shape, checkpoint, folder, provider: { notice } } = loaded.model;
    return { id: loaded.id, folder, layers: shape.layers, context: shape.context, bytes: checkpoint.bytes, notice };
  }

  async close(): Promise<void> {
    this.python.close();
    await this.release();
  }

  private async release(): Promise<void> {
    await this.aboutLatents?.close();
    await this.loaded?.model.release();
  }
}

function asking(request: Asked, { signal, progress }: Context): Asking {
  const contextLimit = contextLimitOf(request);
  return { template: templateOf(request), source: sourceOf(request), contextLimit, signal, onProgress: staged(progress) };
}

function staged(progress: Context['progress']): Progress {
  return (stage, done, total) => progress({ stage, done, total });
}
