import { unlessAborted } from '../../unless-aborted';
import { Worker } from './worker';
import type { Outcome, RunOptions } from './worker';

export type { Outcome, RunOptions };

export interface SandboxOptions {
  /** Processor time one program may take, in milliseconds; on a busy machine it may wait up to four times as long. */
  timeoutMs?: number;
  /** Memory of the whole interpreter, which itself takes about 40 MB. */
  memoryMb?: number;
}

/**
 * Runs Python programs in a process of their own, without files, network or environment, under a time and a memory
 * limit. The process is started again after a program that had to be killed. An idle sandbox keeps no process alive
 * that waits for it to end, and ends with the process that started it.
 */
export class PythonSandbox {
  readonly #timeoutMs: number;
  readonly #memoryMb: number;
  #worker: Worker | null = null;
  #starting: Promise<Worker> | null = null;
  #closed = false;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(options: SandboxOptions) {
    this.#timeoutMs = options.timeoutMs ?? 2000;
    this.#memoryMb = options.memoryMb ?? 256;
  }

  /** Starts the interpreter (about 1.2 s). Throws if the process cannot be confined. */
  static async start(options: SandboxOptions = {}): Promise<PythonSandbox> {
    const sandbox = new PythonSandbox(options);
    await sandbox.#ready();
    return sandbox;
  }

  /** The interpreter's process, undefined when there is none. */
  get pid(): number | undefined {
    return this.#worker?.alive ? this.#worker.pid : undefined;
  }

  async run(code: string, how?: RunOptions): Promise<Outcome> {
    return (await this.runMany([code], undefined, undefined, how))[0];
  }

  /** Outcomes in the order of `codes`. Rejects with the signal's reason when aborted. */
  runMany(codes: readonly string[], onProgress?: (done: number) => void, signal?: AbortSignal, how: RunOptions = {}): Promise<Outcome[]> {
    const job = this.#last.then(() => this.#runAll(codes, onProgress, signal, how));
    this.#last = job.catch(() => undefined);
    return job;
  }

  /** Ends the process at once; what is running rejects. */
  close(): void {
    this.#closed = true;
    this.#worker?.kill();
  }

  /** The process, started if there is none. */
  async #ready(): Promise<Worker> {
    if (this.#worker?.alive) return this.#worker;
    this.#starting ??= Worker.start(this.#timeoutMs, this.#memoryMb).finally(() => (this.#starting = null));
    this.#worker = await this.#starting;
    if (this.#closed) this.#worker.kill();
    return this.#worker;
  }

  async #runAll(
    codes: readonly string[],
    onProgress: ((done: number) => void) | undefined,
    signal: AbortSignal | undefined,
    how: RunOptions,
  ): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    const add = (outcome: Outcome) => {
      outcomes.push(outcome);
      onProgress?.(outcomes.length);
    };
    while (outcomes.length < codes.length) {
      signal?.throwIfAborted();
      if (this.#closed) throw new Error('The Python sandbox is closed; start another one.');
      const worker = await unlessAborted(this.#ready(), signal);
      if (!worker.alive) continue; // closed meanwhile
      const abort = () => worker.kill();
      signal?.addEventListener('abort', abort, { once: true });
      try {
        const ended = await worker.runAll(codes.slice(outcomes.length), add, how);
        if (ended && !signal?.aborted && !this.#closed) add(ended);
      } finally {
        signal?.removeEventListener('abort', abort);
      }
    }
    return outcomes;
  }
}
