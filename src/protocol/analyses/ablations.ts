/** What stands for parts of a model that are left out. */

export const CIRCUIT_ABLATIONS = {
  counterfactual: 'what it writes in the near twin',
  mean: 'the mean of what it writes in the half of the programs that serves for finding',
  resample: 'what it writes in another program of that half',
  zero: 'nothing',
} as const;
export type CircuitAblation = keyof typeof CIRCUIT_ABLATIONS;
