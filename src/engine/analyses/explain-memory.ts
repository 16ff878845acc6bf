/** What was computed for the last explanations: asked for more of the same code, a request goes on from there. */
import type { Lens } from '../../methods/logit-lens';
import type { PatchingResult } from '../../methods/patching/patching';
import type { Prediction } from '../../methods/prediction';
import type { Explanation } from '../../protocol/explanation';
import type { Outcome } from '../../snippets/sandbox/sandbox';
import { UNJUDGED } from '../../snippets/twins/variants';
import type { Compared } from '../twins/against';
import type { Program } from '../reading/program';
import { Recent } from '../session/recent';

export interface Reading {
  program: Program;
  prediction: Prediction;
  lens: Lens;
  /** The document so far. */
  read: Explanation;
}

/** One code is looked at for a while, against some variants, at some sites. */
export class ExplainMemory {
  readonly readings = new Recent<Reading>(1);
  readonly comparisons = new Recent<Compared>(3);
  /** Their cells that are patched need not be patched again. */
  readonly sweeps = new Recent<PatchingResult>(6);
}

/** Whether an outcome would be the same another time: not of a program that ran out of time, or whose modules may be there then. */
export function isLasting(outcome: Outcome | null): boolean {
  return outcome === null || !(UNJUDGED.includes(outcome.label) || outcome.label === 'ModuleNotFoundError');
}
