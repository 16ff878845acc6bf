/**
 * Linear probes that are trained along with the model and not kept. Each tells from the residual stream, at some of the tokens and
 * after some layer, what happens there when the program runs. Their losses make the lower layers follow the run, which the answer
 * alone, one token a program, teaches far more slowly.
 */
import { LABELS, QUIET } from '../../corpus/labelling/labels';
import { TYPE_CLASSES } from '../../corpus/labelling/trace';
import { SYNTAX_STATES } from '../syntax';

export type ProbeName = 'syntax' | 'type' | 'line';

export interface Probe {
  /** What it can tell. */
  readonly classes: readonly string[];
  /** The class that means "nothing here", which counts less. */
  readonly quiet?: string;
  /** After which share of the layers it reads. */
  readonly depth: number;
}

export const PROBES: Readonly<Record<ProbeName, Probe>> = {
  /** At each token: in which bracket or string it ends. */
  syntax: { classes: SYNTAX_STATES, depth: 1 / 3 },
  /** At the end of each name, call, attribute, subscript and operation: what its value is, or that it raises. */
  type: { classes: TYPE_CLASSES, depth: 1 / 2 },
  /** At the end of each line: what that line raises. */
  line: { classes: LABELS, quiet: QUIET, depth: 5 / 6 },
};

/** How much a token of the quiet class counts beside another. */
export const QUIET_WEIGHT = 0.25;

export function probeNames(): ProbeName[] {
  return Object.keys(PROBES) as ProbeName[];
}
