/** Sandboxes as labellers, one or several side by side. */
import { PythonSandbox } from '../../snippets/sandbox/sandbox';
import type { Labeller } from './labeller';

/** Generated programs end at once or never. */
const TIMEOUT_MS = 1500;

/** Sandboxes that label side by side; whoever starts them closes them. */
export function startLabellers(processes: number): Promise<PythonSandbox[]> {
  return Promise.all(Array.from({ length: processes }, () => PythonSandbox.start({ timeoutMs: TIMEOUT_MS })));
}

/** Deals programs out to several labellers; the results are in the order of the programs. */
export function sideBySide(labellers: readonly Labeller[]): Labeller {
  return {
    async runMany(codes, onProgress, signal) {
      const hands = labellers.map((_, hand) => codes.filter((_, at) => at % labellers.length === hand));
      const results = await Promise.all(labellers.map((labeller, hand) => labeller.runMany(hands[hand], onProgress, signal)));
      return codes.map((_, at) => results[at % labellers.length][Math.floor(at / labellers.length)]);
    },
  };
}
