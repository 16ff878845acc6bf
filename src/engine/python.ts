/** Python for requests: started when one first needs it, kept for the next. */
import { PythonSandbox } from '../snippets/sandbox/sandbox';
import type { Labeller } from '../snippets/variants';
import type { Progress } from './progress';

export class LazyPython {
  private starting?: Promise<PythonSandbox>;

  /** `advice` follows what is said when Python does not start. */
  constructor(private readonly advice = '') {}

  /** Runs the programs of one request; a cancellation does not wait for Python to start. */
  labeller(report: Progress, signal: AbortSignal): Labeller {
    return async (codes) => {
      const sandbox = await unlessAborted(this.start(report), signal);
      return sandbox.runMany(codes, (done) => report('Running programs', done, codes.length), signal);
    };
  }

  private start(report: Progress): Promise<PythonSandbox> {
    if (this.starting) return this.starting;
    report('Starting Python');
    const starting = PythonSandbox.start().catch((error: Error) => {
      this.starting = undefined; // tried again when it is next needed
      throw new Error(`${error.message}${this.advice}`, { cause: error });
    });
    return (this.starting = starting);
  }

  close(): void {
    void this.starting?.then((sandbox) => sandbox.close(), () => undefined);
  }
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
