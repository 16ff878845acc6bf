/** The processes beside the extension that run and read studies: each run has one of its own, and one answers what is looked at. */
import { fork, type ChildProcess } from 'node:child_process';
import type { DeskMethod, DeskRequests, FromDesk, StudyProgress, ToDesk } from '../../protocol/studies/desk';

/** A process that nobody asks any more ends after so many milliseconds. */
const IDLE_MS = 60_000;
/** One that was told to stop gets so long to give the folder back. */
const GRACE_MS = 3000;

interface Waiting {
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
  onProgress?: (progress: StudyProgress) => void;
}

export class Desk {
  private child?: ChildProcess;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;
  private idle?: NodeJS.Timeout;
  private stopping?: Promise<void>;

  /** @param script the program of the process */
  constructor(private readonly script: string, private readonly log: (line: string) => void) {}

  /** @throws a sentence */
  ask<M extends DeskMethod>(
    method: M, params: DeskRequests[M]['params'], onProgress?: (progress: StudyProgress) => void,
  ): Promise<DeskRequests[M]['result']> {
    clearTimeout(this.idle);
    const child = (this.child ??= this.start());
    const id = ++this.last;
    return new Promise<DeskRequests[M]['result']>((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as Waiting['resolve'], reject, onProgress });
      child.send({ id, do: method, params } as ToDesk, (error) => error && this.settle(id, ({ reject: no }) => no(error)));
    });
  }

  /** Ends the process and what it started; resolves when it has given back what it held. */
  stop(): Promise<void> {
    clearTimeout(this.idle);
    const { child } = this;
    if (!child) return this.stopping ?? Promise.resolve();
    this.child = undefined;
    return (this.stopping = new Promise((resolve) => {
      const kill = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      child.once('exit', () => {
        clearTimeout(kill);
        resolve();
      });
      if (child.connected) child.disconnect();
    }));
  }

  private start(): ChildProcess {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', ORT_DISABLE_TELEMETRY: '1' };
    const child = fork(this.script, [], { serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [], env });
    let errors = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data: Buffer) => {
        errors = (errors + String(data)).slice(-2000);
        this.log(String(data).trimEnd());
      });
    }
    child.on('message', (message: FromDesk) => {
      if ('progress' in message) this.waiting.get(message.id)?.onProgress?.(message.progress);
      else if ('wrong' in message) this.settle(message.id, ({ reject }) => reject(new Error(message.wrong)));
      else this.settle(message.id, ({ resolve }) => resolve(message.result));
    });
    const ended = (why: string) => {
      if (this.child === child) this.child = undefined;
      for (const id of [...this.waiting.keys()]) this.settle(id, ({ reject }) => reject(new Error(why)));
    };
    child.on('error', (error) => ended(`The process for studies could not be started: ${error.message}.`));
    child.on('exit', (code, by) => {
      const memory = /out of memory|bad_alloc|allocation failed/i.test(errors) || by === 'SIGKILL' ? ', perhaps for want of memory' : '';
      ended(`The process of the study ended (${by ?? `exit code ${code}`})${memory}. What was done is kept: resume it.`);
    });
    return child;
  }

  private settle(id: number, how: (waiting: Waiting) => void): void {
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    this.waiting.delete(id);
    how(waiting);
    if (this.waiting.size === 0 && this.child) this.idle = setTimeout(() => void this.stop(), IDLE_MS);
  }
}
