/** Python for a command: started when it is first needed, ended with the command. */
import type { Progress } from '../engine/progress';
import { PythonSandbox } from '../snippets/sandbox/sandbox';
import type { Labeller } from '../snippets/variants';

export interface Python {
  readonly label: Labeller;
  close(): void;
}

export function lazyPython(report: Progress, signal: AbortSignal): Python {
  let starting: Promise<PythonSandbox> | undefined;
  const start = () =>
    PythonSandbox.start().catch((error: Error) => {
      throw new Error(`${error.message} Add --no-run to go on without running the code.`, { cause: error });
    });
  return {
    async label(codes) {
      report('Starting Python');
      const sandbox = await unlessAborted((starting ??= start()), signal);
      return sandbox.runMany(codes, (done) => report('Running programs', done, codes.length), signal);
    },
    close: () => void starting?.then((sandbox) => sandbox.close(), () => undefined),
  };
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
