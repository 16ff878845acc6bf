/** Python for a command: started when it is first needed, ended with the command. */
import type { Progress } from '../engine/progress';
import { LazyPython } from '../engine/python';
import type { Labeller } from '../snippets/variants';

export interface Python {
  readonly label: Labeller;
  close(): void;
}

export function lazyPython(report: Progress, signal: AbortSignal): Python {
  const python = new LazyPython(' Add --no-run to go on without running the code.');
  return { label: python.labeller(report, signal), close: () => python.close() };
}
