/** Progress on standard error: one line that is rewritten on a terminal, a line for each stage elsewhere. */
import type { Progress } from '../engine/session/progress';
import type { Cost } from '../protocol/pages/answer';
import { costWords } from '../protocol/words/cost';
import type { Io } from './io';
import { cut, harmless } from './render/text';

export interface ProgressLine {
  readonly report: Progress;
  /** Takes the line away; call before anything else is written. */
  clear(): void;
}

/** A line is rewritten at most this often, in milliseconds. */
const INTERVAL = 80;

export function progressLine(io: Io): ProgressLine {
  let stage = '';
  let shown = false;
  let last = 0;
  const report: Progress = (name, done, total) => {
    const counted = done === undefined ? name : `${name}: ${done}/${total}`;
    if (io.line) {
      const now = Date.now();
      if (name === stage && now - last < INTERVAL && done !== total) return;
      last = now;
      io.line(cut(`${harmless(counted)} …`, io.columns - 1));
      shown = true;
    } else if (name !== stage) {
      io.err(`${total === undefined ? name : `${name} (${total})`} …\n`);
    }
    stage = name;
  };
  const clear = () => {
    if (shown) io.line?.('');
    shown = false;
  };
  return { report, clear };
}

/** Runs something with a progress line that is gone afterwards, whether it succeeds or not; what takes long is said, and stays. */
export async function withProgress<T>(io: Io, work: (report: Progress, onCost: (cost: Cost | null) => void) => Promise<T>): Promise<T> {
  const line = progressLine(io);
  const onCost = (cost: Cost | null) => {
    if (!cost) return;
    line.clear();
    io.err(`This takes a while: ${costWords(cost)}.\n`);
  };
  try {
    return await work(line.report, onCost);
  } finally {
    line.clear();
  }
}
