/**
 * The engine process as the extension sees it: started when first asked, watched, and replaced when it dies or does not listen.
 * Knows nothing of VS Code, so that it can be tested without one.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  CancellationTokenSource, createMessageConnection, IPCMessageReader, IPCMessageWriter, ProgressType, RequestType, ResponseError,
  type MessageConnection,
} from 'vscode-jsonrpc/node.js';
import { bytesText } from '../ui/units';
import { REQUESTS, type EngineFailure, type EngineMethod, type EngineProgress, type EngineRequests, type OpenedModel, type OpenModel } from '../../protocol/engine';
import type { HubRefusal, ModelInfo } from '../../protocol/models/models';
import { WrongChoice } from '../../protocol/models/wrong-choice';

/** A request that its own signal cancelled. */
export class Cancelled extends Error {}

export interface RequestOptions {
  signal?: AbortSignal;
  onProgress?: (progress: EngineProgress) => void;
}

export interface EngineClientOptions {
  /** The engine's script. */
  script: string;
  /** Which model a started engine opens; asked at each start. */
  model: () => OpenModel;
  /** Asked before a model is opened, and may look at what is known about it; when it throws, the model is not opened. */
  mayOpen?: (model: OpenModel, info: () => Promise<ModelInfo>) => Promise<void>;
  /** More arguments of the process, which tell it from others in a list of processes. */
  args?: readonly string[];
  log?: (line: string) => void;
  onState?: (state: EngineState) => void;
}

/** What stands in the way of a request to the Hub; undefined where it failed for another reason. */
export function refusalOf(error: unknown): HubRefusal | undefined {
  const { cause } = error as Error;
  return cause instanceof ResponseError ? (cause.data as EngineFailure | undefined)?.refusal : undefined;
}

export type EngineState = { is: 'stopped' } | { is: 'starting' } | { is: 'ready'; model: OpenedModel } | { is: 'busy'; model: OpenedModel };

/** An engine's end is known this soon; one that ends later ends of what it was asked. */
const NOTICED_MS = 500;

/** A cancelled request gets this long to end by itself; then its engine is ended. */
const GRACE_MS = 2000;

interface Running {
  process: ChildProcess;
  connection: MessageConnection;
  /** Whether it has answered anything. */
  answered?: boolean;
  /** Whether it ended by itself. */
  died?: boolean;
  /** Why it ended, once it has. */
  ended?: string;
  /** Rejects when the process or the connection ends; never resolves. */
  end: Promise<never>;
  /** Once a request needs the model. */
  opened?: Promise<OpenedModel>;
  /** The model that is being opened or open, for what is said when memory runs out. */
  model?: { name: string; bytes: number };
}

/** Why an engine was ended that did not heed a cancellation. */
const IMPATIENT = 'The engine did not stop in time and was ended.';

export class EngineClient {
  private running?: Running;
  private nextToken = 1;
  private pending = 0;

  constructor(private readonly options: EngineClientOptions) {}

  /** @throws Cancelled, or an Error whose message says what to do */
  async request<M extends Exclude<EngineMethod, 'openModel'>>(
    method: M,
    params: EngineRequests[M]['params'],
    options: RequestOptions = {},
  ): Promise<EngineRequests[M]['result']> {
    const running = (this.running ??= this.start());
    const asked = Date.now();
    const idle = this.pending === 0 && running.answered === true;
    let heard = false;
    const onProgress = (progress: EngineProgress) => {
      heard = true;
      options.onProgress?.(progress);
    };
    try {
      return await this.ask(running, method, params, { ...options, onProgress });
    } catch (error) {
      // Another request was cancelled, and took its engine along; this one was only waiting for it.
      const waited = running.ended === IMPATIENT;
      // The engine was dead before this request came, or was dying: nobody had noticed.
      const late = idle && running.died && !heard && Date.now() - asked < NOTICED_MS;
      if (!(waited || late) || options.signal?.aborted) throw error;
      return this.ask((this.running ??= this.start()), method, params, options);
    }
  }

  private async ask<M extends Exclude<EngineMethod, 'openModel'>>(
    running: Running,
    method: M,
    params: EngineRequests[M]['params'],
    { signal, onProgress }: RequestOptions,
  ): Promise<EngineRequests[M]['result']> {
    const asksModel = REQUESTS[method].model || (params as { question?: unknown } | null)?.question !== undefined;
    if (!asksModel) return this.send(running, method, params, signal, onProgress);
    const opened = this.opened(running);
    this.pending++;
    try {
      const model = await unlessAborted(opened, signal);
      this.options.onState?.({ is: 'busy', model });
      return await this.send(running, method, params, signal, onProgress);
    } finally {
      this.pending--;
      if (this.pending === 0 && this.running === running) {
        void opened.then((model) => this.options.onState?.({ is: 'ready', model }), () => undefined);
      }
    }
  }

  /** The running process's number. */
  get pid(): number | undefined {
    return this.running?.process.pid;
  }

  /** Whether a model has been opened, or is being opened. */
  get isOpen(): boolean {
    return this.running?.opened !== undefined;
  }

  /** Opens the model if that has not happened yet. */
  open(): Promise<OpenedModel> {
    return this.opened((this.running ??= this.start()));
  }

  /** Ends the engine; the next request starts another. */
  stop(why = 'The engine was stopped.'): void {
    const { running } = this;
    if (!running) return;
    this.running = undefined;
    running.ended ??= why;
    running.connection.dispose();
    running.process.kill('SIGKILL');
    this.options.onState?.({ is: 'stopped' });
  }

  private start(): Running {
    const { script, args = [], log, onState } = this.options;
    // In an editor the executable is Electron. The engine switches ONNX Runtime's telemetry off itself; here it never even begins on.
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', ORT_DISABLE_TELEMETRY: '1' };
    const child = fork(script, args, { serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [], env });
    const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    let errors = '';
    child.stdout?.on('data', (data: Buffer) => log?.(String(data).trimEnd()));
    child.stderr?.on('data', (data: Buffer) => {
      errors = (errors + String(data)).slice(-4000);
      log?.(String(data).trimEnd());
    });
    const running = { process: child, connection } as Running;
    running.end = new Promise<never>((_, reject) => {
      const check = () => setImmediate(() => reject(new Error(running.ended ?? 'The engine ended.')));
      child.once('close', check);
      connection.onDispose(check);
    });
    running.end.catch(() => undefined); // whoever waits is told
    child.on('error', (error) => (running.ended ??= `The engine could not be started: ${error.message}.`));
    child.on('close', (code, killedBy) => { // its last words have been read
      running.died = running.ended === undefined;
      running.ended ??= exitReason(code, killedBy, errors, running.model);
      log?.(running.ended);
      if (this.running === running) {
        this.running = undefined;
        onState?.({ is: 'stopped' });
      }
      connection.dispose();
    });
    connection.onError(() => undefined); // the process's end tells more
    connection.listen();
    return running;
  }

  private opened(running: Running): Promise<OpenedModel> {
    if (running.opened) return running.opened;
    const asked = this.options.model(); // may throw
    this.options.onState?.({ is: 'starting' });
    if (asked.model !== null) running.model = { name: path.basename(asked.model), bytes: weightBytes(asked.model) };
    const info = () => this.send(running, 'modelInfo', { model: asked.model ?? '', from: asked.from });
    const allowed = this.options.mayOpen ? this.options.mayOpen(asked, info) : Promise.resolve();
    running.opened = allowed.then(() => this.send(running, 'openModel', asked)).then((opened) => {
      running.model = { name: opened.id, bytes: opened.bytes };
      if (this.running === running) this.options.onState?.({ is: 'ready', model: opened });
      return opened;
    });
    running.opened.catch(() => {
      if (this.running === running) this.stop(); // so that the next request tries again, perhaps with another model
    });
    return running.opened;
  }

  private async send<M extends EngineMethod>(
    running: Running,
    method: M,
    params: EngineRequests[M]['params'],
    signal?: AbortSignal,
    onProgress?: (progress: EngineProgress) => void,
  ): Promise<EngineRequests[M]['result']> {
    if (signal?.aborted) throw new Cancelled('Cancelled.');
    const { connection } = running;
    const progressToken = this.nextToken++;
    const listening = onProgress && connection.onProgress(new ProgressType<EngineProgress>(), progressToken, onProgress);
    const source = new CancellationTokenSource();
    let patience: NodeJS.Timeout | undefined;
    const cancel = () => {
      source.cancel();
      patience = setTimeout(() => this.running === running && this.stop(IMPATIENT), GRACE_MS);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    const type = new RequestType<object, EngineRequests[M]['result'], EngineFailure>(method);
    try {
      const result = await Promise.race([connection.sendRequest(type, { progressToken, params }, source.token), running.end]);
      running.answered = true;
      return result;
    } catch (error) {
      if (signal?.aborted) throw new Cancelled('Cancelled.');
      if (running.ended) throw new Error(running.ended, { cause: error });
      if (error instanceof ResponseError) {
        const { stack, choice } = (error.data ?? {}) as EngineFailure;
        if (stack) this.options.log?.(stack);
        if (choice && !OUT_OF_MEMORY.test(error.message)) throw new WrongChoice(choice, error.message, { cause: error });
        throw new Error(OUT_OF_MEMORY.test(error.message) ? outOfMemory(running.model) : error.message, { cause: error });
      }
      // It could not be sent: the process has ended, which is about to be told.
      await running.end.catch(() => undefined);
      throw new Error(running.ended, { cause: error });
    } finally {
      clearTimeout(patience);
      signal?.removeEventListener('abort', cancel);
      listening?.dispose();
    }
  }
}

function unlessAborted<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new Cancelled('Cancelled.'));
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', abort));
  });
}

/** What V8, C++ and ONNX Runtime say when there is no more memory. */
const OUT_OF_MEMORY = /out of memory|bad_alloc|allocation failed|failed to allocate|Cannot allocate memory/i;
const AGAIN = 'The next request starts it again.';

/** What the end of the process means to the user. */
function exitReason(code: number | null, killedBy: NodeJS.Signals | null, errors: string, model: Running['model']): string {
  if (OUT_OF_MEMORY.test(errors) || killedBy === 'SIGABRT') return `${outOfMemory(model)} ${AGAIN}`;
  // Linux ends the process that takes the most memory in this way.
  const large = model && model.bytes > 2e8;
  const perhaps = killedBy === 'SIGKILL' && large ? `, perhaps for want of memory: the weights of ${model.name} are ${bytesText(model.bytes)}` : '';
  return `The engine ended unexpectedly (${killedBy ?? `exit code ${code}`})${perhaps}. ${AGAIN} Latent Lens: Show Log tells more.`;
}

function outOfMemory(model: Running['model']): string {
  const size = model && model.bytes > 0 ? ` with ${model.name}, whose weights are ${bytesText(model.bytes)}` : '';
  return `The engine ran out of memory${size}. Choose a smaller model or less code, or close other programs.`;
}

/** The size of the weight files in a model folder; 0 when they cannot be found, which opening the model explains. */
function weightBytes(folder: string): number {
  try {
    const files = readdirSync(folder).filter((name) => name.endsWith('.safetensors'));
    return files.reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
  } catch {
    return 0;
  }
}
