/**
 * The engine's side of the protocol: one model at a time, or those of the package, of which each is asked what it was trained for; one
 * request after the other, Python started when it is first needed.
 */
import { RequestType, ResponseError, ProgressType, type CancellationToken, type MessageConnection } from 'vscode-jsonrpc/node.js';
import {
  REQUESTS, type EngineFailure, type EngineMethod, type EngineProgress, type EngineRequests, type OpenedModel,
} from '../protocol/engine';
import { aboutChoice, WrongChoice } from '../protocol/models/wrong-choice';
import { plainMessage } from '../protocol/words/file-problem';
import { enclosingCode } from '../snippets/context/enclosing';
import { sentinelsOf } from '../snippets/prompts/sentinels';
import { TEMPLATES } from '../snippets/prompts/templates';
import { unlessAborted } from '../unless-aborted';
import type { Labeller } from '../snippets/twins/variants';
import { packageModelFor } from '../vocabulary/package-models';
import type { ModelFolders } from '../store/places/folders';
import { HubError } from '../store/hub/error';
import { analyse } from './analyses/analyse';
import { arrange } from './reading/arrange';
import { LatentRequests, type LookingUp } from './latent-requests';
import { loadModel } from './session/load';
import { modelHandlers, type ModelHandlers } from './models/models';
import { fitsWhole, readProgram } from './reading/program';
import { openQuestion } from './reading/question';
import type { Progress } from './session/progress';
import { LazyPython } from './session/python';
import { Reading } from './analyses/reading';
import { againstOf, askedOf, checkedParams, contextLimitOf, templateOf, timeoutMsOf } from './requests';
import { Languages } from './languages';
import { Session } from './analyses/session';

interface Context {
  signal: AbortSignal;
  progress: (progress: EngineProgress) => void;
}

type Handlers = {
  [Method in EngineMethod]: (params: EngineRequests[Method]['checked'], context: Context) => Promise<EngineRequests[Method]['result']>;
};

/** JSON-RPC's and the Language Server Protocol's codes. */
const CANCELLED = -32800;
const FAILED = -32803;

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
  for (const [method, handler] of Object.entries(engine.handlers) as [EngineMethod, Handlers['analyse']][]) {
    const type = new RequestType<{ progressToken: number; params: never } | null, unknown, EngineFailure>(method);
    connection.onRequest(type, async (request, token) => {
      const { progressToken, params } = request ?? {};
      const progress = (value: EngineProgress) => {
        if (progressToken === undefined || signal.aborted) return;
        connection.sendProgress(progressType, progressToken, value).catch(() => undefined); // the connection's end tells
      };
      const signal = AbortSignal.any([signalOf(token), closing.signal]);
      const { turn } = REQUESTS[method];
      const before = turn === 'queue' ? last : Promise.resolve();
      const result = unlessAborted(before, signal).then(() => handler(checkedParams(method, params) as never, { signal, progress }));
      if (turn === 'beside') void track(beside, result);
      else last = Promise.allSettled([last, result]).then(() => undefined); // keeps no result
      return result.catch((error: Error) => {
        if (signal.aborted) throw new ResponseError<EngineFailure>(CANCELLED, 'Cancelled.');
        const refusal = error instanceof HubError ? error.refusal : undefined;
        const choice = error instanceof WrongChoice ? error.choice : undefined;
        const { stack } = choice && error.cause instanceof Error ? error.cause : error;
        const failure = { stack, ...(refusal && { refusal }), ...(choice && { choice }) };
        throw new ResponseError<EngineFailure>(FAILED, plainMessage(error), failure);
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

type AskedOf = EngineRequests['analyse']['checked'];

interface Range {
  start: number;
  end: number;
}

const NO_MODEL = 'No model is open. Choose one with Latent Lens: Select Model.';

class Engine {
  private opened?: Session;
  private lookups?: LatentRequests;
  /** Opens the package's model for questions about a place, where none was chosen; and once that has happened, what it opened. */
  private opensOther?: () => Promise<Session>;
  private other?: Promise<Session>;
  /** The last reading, for more analyses of the same code. */
  private last?: { key: string; reading: Reading };
  /** Whose turn it is. */
  private asking?: { signal: AbortSignal; onProgress: Progress };
  private readonly python = new LazyPython();
  private readonly languages = new Languages();

  constructor(private readonly folders?: ModelFolders) {
    this.handlers = { ...this.aboutOpenModel, ...modelHandlers(folders) };
  }

  readonly handlers: Handlers;

  private readonly aboutOpenModel: Omit<Handlers, keyof ModelHandlers> = {
    openModel: (params, context) => this.openModel(params, context),
    tokens: async (asked, { signal }) => {
      const { loaded: model } = await this.sessionFor(asked);
      const { form, source: given, knowledge } = await askedOf(asked, this.languages, signal);
      const question = openQuestion(model, form, contextLimitOf(asked));
      const { source } = await arrange(model, question, { ...given, notebook: undefined }, { knowledge, signal });
      return readProgram(model, question, source).tokens;
    },
    analyse: async (request, { signal, progress }) => {
      const onProgress = staged(progress);
      this.asking = { signal, onProgress };
      const { last } = this;
      this.last = undefined; // one that failed, or was cancelled, is begun anew
      const key = readingKey(request);
      const reading = last?.key === key && (await last.reading.isCurrent()) ? last.reading : await this.read(request);
      const result = await analyse(reading, request.analyses, {
        against: againstOf(request),
        within: request.within,
        onCost: (cost, stage) => progress({ stage, cost }),
        signal,
        onProgress,
        onPartial: (update, { stage, done, total }) => progress({ stage, done, total, update }),
      });
      if (await reading.lasts()) this.last = { key, reading };
      return result;
    },
    saes: () => this.session().listSaes(),
    activations: async (request, context) => this.latents().activations(request, lookingUp(context)),
    firings: async (request, context) => this.latents().firings(request, lookingUp(context)),
    latent: async (ref) => this.latents().latent(ref),
    searchLatents: async (search) => this.latents().search(search),
    enclosing: async ({ text, offset, question }) => {
      const around = await enclosingCode(text, offset);
      return around && this.wholeOr(around, text, question);
    },
    prompt: async (asked, { signal }) => {
      const { loaded: model } = await this.sessionFor(asked);
      const { form, source, knowledge } = await askedOf(asked, this.languages, signal);
      const question = openQuestion(model, form, contextLimitOf(asked));
      const { prompt, ids } = readProgram(model, question, (await arrange(model, question, source, { knowledge, signal })).source);
      return { text: prompt.text, tokens: ids.length, room: question.room };
    },
    templates: async () => TEMPLATES.map((template) => ({ ...template })),
  };

  private session(): Session {
    if (!this.opened) throw new Error(NO_MODEL);
    return this.opened;
  }

  /** The session that a question is asked in. */
  private sessionFor({ question }: { question?: AskedOf['question'] }): Promise<Session> {
    const session = this.session();
    if (!question?.open || !this.opensOther) return Promise.resolve(session);
    const other = (this.other ??= this.opensOther());
    other.catch(() => (this.other = undefined));
    return other;
  }

  private latents(): LatentRequests {
    if (!this.lookups) throw new Error(NO_MODEL);
    return this.lookups;
  }

  /** All of the text, where the open model reads it with the question; else what is around the cursor. */
  private wholeOr(around: Range, text: string, question: EngineRequests['enclosing']['checked']['question']): Range & { whole: boolean } {
    const start = /^(?:[^\S\r\n]*(?:\r\n|\r|\n))*/.exec(text)![0].length;
    const all = { start, end: text.trimEnd().length };
    if (around.start === all.start && around.end === all.end) return { ...all, whole: true };
    const loaded = this.opened?.loaded;
    const asked = { question };
    const fits = question && loaded && fitsWhole(loaded, openQuestion(loaded, templateOf(asked), contextLimitOf(asked)), text);
    return fits ? { ...all, whole: true } : { ...around, whole: false };
  }

  /** Programs of a reading are run for whoever asks at the moment. */
  private async read(request: EngineRequests['analyse']['checked']): Promise<Reading> {
    const timeoutMs = timeoutMsOf(request);
    const label: Labeller = (codes, how) => {
      const { signal, onProgress } = this.asking!;
      return this.python.labeller(onProgress, signal, timeoutMs)(codes, how);
    };
    const { signal } = this.asking!;
    const { form, source, knowledge } = await askedOf(request, this.languages, signal, request.run ? label : undefined);
    const options = { label: request.run ? label : undefined, contextLimit: contextLimitOf(request), knowledge, signal };
    return Reading.open(await this.sessionFor(request), form, source, options);
  }

  private async openModel(params: EngineRequests['openModel']['checked'], { signal, progress }: Context): Promise<OpenedModel> {
    const { model, from = null, threads, provider = 'cpu', saes, explanations } = params;
    const how = { threads: threads ?? undefined, provider, from, folders: this.folders };
    const chosen = model ?? '';
    const loading = loadModel(chosen, { ...how, signal, onProgress: staged(progress) });
    const loaded = await loading.catch((error: Error) => {
      throw aboutChoice('model', plainly(error));
    });
    await this.release();
    this.opened = new Session(loaded, saes, explanations, { from, folders: this.folders });
    this.lookups = new LatentRequests(this.opened);
    const { shape, checkpoint, folder, provider: { notice } } = loaded.model;
    const open = chosen === '' ? packageModelFor(true) : loaded.id;
    const otherModel = chosen === '' ? async () => new Session(await loadModel(open, how)) : undefined;
    this.opensOther = otherModel;
    const fillsHoles = otherModel !== undefined || sentinelsOf(loaded.tokenizer) !== null;
    const { layers, context } = shape;
    return { id: loaded.id, folder, layers, context, bytes: checkpoint.bytes, open: { id: open, fillsHoles }, notice };
  }

  async close(): Promise<void> {
    this.python.close();
    this.languages.close();
    await this.release();
  }

  private async release(): Promise<void> {
    this.last = undefined;
    await this.lookups?.close();
    await this.opened?.close();
    await (await this.other?.catch(() => undefined))?.close();
    this.opensOther = this.other = undefined;
  }
}

function plainly(error: Error): Error {
  const message = plainMessage(error);
  return message === error.message ? error : new Error(message, { cause: error });
}

/** Tells apart what is read and how it is run. */
function readingKey({ compare: _, analyses: __, within: ___, ...asked }: EngineRequests['analyse']['checked']): string {
  return JSON.stringify(asked);
}

function lookingUp({ signal, progress }: Context): LookingUp {
  return { signal, onProgress: staged(progress) };
}

function staged(progress: Context['progress']): Progress {
  return (stage, done, total) => progress({ stage, done, total });
}
