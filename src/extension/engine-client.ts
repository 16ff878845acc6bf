/**
 * The engine process as the extension sees it: started when first asked, watched, and replaced when it dies or does not listen.
 * Knows nothing of VS Code, so that it can be tested without one.
 */
import { fork, type ChildProcess } from 'node:child_process';
import {
  CancellationTokenSource, createMessageConnection, IPCMessageReader, IPCMessageWriter, ProgressType, RequestType, ResponseError,
  type MessageConnection,
} from 'vscode-jsonrpc/node.js';
import type { EngineFailure, EngineMethod, EngineProgress, EngineRequests, OpenedModel, OpenModel } from '../protocol/engine';

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
  log?: (line: string) => void;
  onState?: (state: EngineState) => void;
}

export type EngineState = { is: 'stopped' } | { is: 'starting' } | { is: 'ready'; model: OpenedModel } | { is: 'busy'; model: OpenedModel };

/** A cancelled request gets this long to end by itself; then its engine is ended. */
const GRACE_MS = 2000;

interface Running {
  process: ChildProcess;
  connection: MessageConnection;
  /** Why it ended, once it has. */
  ended?: string;
  /** Rejects when the process or the connection ends; never resolves. */
  end: Promise<never>;
  opened: Promise<OpenedModel>;
}

export class EngineClient {
  private running?: Running;
  private nextToken = 1;
  private pending = 0;

  constructor(private readonly options: EngineClientOptions) {}

  /** @throws Cancelled, or an Error whose message says what to do */
  async request<M extends Exclude<EngineMethod, 'openModel'>>(
    method: M,
    params: EngineRequests[M]['params'],
    { signal, onProgress }: RequestOptions = {},
  ): Promise<EngineRequests[M]['result']> {
    const running = (this.running ??= this.start());
    this.pending++;
    try {
      const model = await unlessAborted(running.opened, signal);
      this.options.onState?.({ is: 'busy', model });
      return await this.send(running, method, params, signal, onProgress);
    } finally {
      this.pending--;
      if (this.pending === 0 && this.running === running) {
        void running.opened.then((model) => this.options.onState?.({ is: 'ready', model }), () => undefined);
      }
    }
  }

  /** The running process's number. */
  get pid(): number | undefined {
    return this.running?.process.pid;
  }

  /** Opens the model if that has not happened yet. */
  open(): Promise<OpenedModel> {
    return (this.running ??= this.start()).opened;
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
    const { script, model, log, onState } = this.options;
    onState?.({ is: 'starting' });
    const child = fork(script, [], { serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] });
    const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    let errors = '';
    child.stdout?.on('data', (data: Buffer) => log?.(String(data).trimEnd()));
    child.stderr?.on('data', (data: Buffer) => {
      errors = (errors + String(data)).slice(-4000);
      log?.(String(data).trimEnd());
    });
    const asked = model();
    const running = { process: child, connection } as Running;
    running.end = new Promise<never>((_, reject) => {
      const check = () => setImmediate(() => reject(new Error(running.ended ?? 'The engine ended.')));
      child.once('exit', check);
      connection.onDispose(check);
    });
    running.end.catch(() => undefined); // whoever waits is told
    child.on('error', (error) => (running.ended ??= `The engine could not be started: ${error.message}.`));
    child.on('exit', (code, killedBy) => {
      running.ended ??= exitReason(code, killedBy, errors);
      log?.(running.ended);
      if (this.running === running) {
        this.running = undefined;
        onState?.({ is: 'stopped' });
      }
      connection.dispose();
    });
    connection.onError(() => undefined); // the process's end tells more
    connection.listen();
    running.opened = this.send(running, 'openModel', asked).then((opened) => {
      if (this.running === running) onState?.({ is: 'ready', model: opened });
      return opened;
    });
    running.opened.catch(() => {
      if (this.running === running) this.stop(); // so that the next request tries again, perhaps with another model
    });
    return running;
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
      patience = setTimeout(() => this.running === running && this.stop('The engine did not stop in time and was ended.'), GRACE_MS);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    const type = new RequestType<object, EngineRequests[M]['result'], EngineFailure>(method);
    try {
      return await Promise.race([connection.sendRequest(type, { progressToken, params }, source.token), running.end]);
    } catch (error) {
      if (signal?.aborted) throw new Cancelled('Cancelled.');
      if (running.ended) throw new Error(running.ended, { cause: error });
      if (error instanceof ResponseError) {
        const { stack } = (error.data ?? {}) as EngineFailure;
        if (stack) this.options.log?.(stack);
        throw new Error(error.message, { cause: error });
      }
      throw error;
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

/** What the end of the process means to the user. */
function exitReason(code: number | null, killedBy: NodeJS.Signals | null, errors: string): string {
  const again = 'The next request starts it again.';
  if (/out of memory|bad_alloc|allocation failed|Failed to allocate/i.test(errors) || killedBy === 'SIGABRT') {
    return `The engine ran out of memory. Choose a smaller model, or close other programs. ${again}`;
  }
  return `The engine ended unexpectedly (${killedBy ?? `exit code ${code}`}). ${again} Latent Lens: Show Log tells more.`;
}
