import type { Outcome, RunOptions } from '../sandbox/sandbox';

/** Outcomes that say only that a program could not be judged. */
export const UNJUDGED: readonly string[] = ['timeout', 'memory limit', 'not contained', 'exited'];

/** Runs programs and says what each one does, in their order. */
export type Labeller = (codes: string[], how?: RunOptions) => Promise<readonly Outcome[]>;
