/** Python for requests: started when one first needs it, kept for the next. */
import { PythonSandbox } from '../../snippets/sandbox/sandbox';
import { unlessAborted } from '../../unless-aborted';
import type { Labeller } from '../../snippets/twins/variants';
import type { Progress } from './progress';

export class LazyPython {
  private starting?: Promise<PythonSandbox>;
  private started = false;
  private timeoutMs?: number;

  /** `advice` follows what is said when Python does not start. */
  constructor(private readonly advice = '') {}

  /**
   * Runs the programs of one request; a cancellation does not wait for Python to start. The limit on a program's time belongs to the
   * process, so that one with another limit (`timeoutMs`; the sandbox's own when left out) is started anew.
   */
  labeller(report: Progress, signal: AbortSignal, timeoutMs?: number): Labeller {
    return async (codes, how) => {
      const starting = this.start(timeoutMs);
      if (!this.started) report('Starting Python');
      const sandbox = await unlessAborted(starting, signal);
      return sandbox.runMany(codes, (done) => report('Running programs', done, codes.length), signal, how);
    };
  }

  /** Starts already, where it will surely be needed; what goes wrong is said when it is. */
  begin(timeoutMs?: number): void {
    this.start(timeoutMs).catch(() => undefined);
  }

  private start(timeoutMs: number | undefined): Promise<PythonSandbox> {
    if (timeoutMs !== this.timeoutMs) this.close();
    if (this.starting) return this.starting;
    this.started = false;
    const starting: Promise<PythonSandbox> = PythonSandbox.start({ timeoutMs }).then(
      (sandbox) => {
        if (this.starting === starting) this.started = true;
        return sandbox;
      },
      (error: Error) => {
        if (this.starting === starting) this.starting = undefined; // tried again when it is next needed
        throw new Error(`${error.message}${this.advice}`, { cause: error });
      },
    );
    this.timeoutMs = timeoutMs;
    return (this.starting = starting);
  }

  close(): void {
    void this.starting?.then((sandbox) => sandbox.close(), () => undefined);
    this.starting = undefined;
  }
}
