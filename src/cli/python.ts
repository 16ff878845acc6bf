/** Python for a command: started when it is first needed, ended with the command. */
import type { Progress } from '../engine/session/progress';
import { LazyPython } from '../engine/session/python';
import type { Labeller } from '../snippets/twins/variants';

export interface Python {
  readonly label: Labeller;
  /** Starts Python before it is needed, beside what else is to be done first. */
  begin(): void;
  close(): void;
}

export function lazyPython(report: Progress, signal: AbortSignal): Python {
  const python = new LazyPython(' Add --no-run to go on without running the code.');
  return { begin: () => python.begin(), label: python.labeller(report, signal), close: () => python.close() };
}
