/** Two prompts of different lengths, aligned by hand, for tests of whatever puts activations of the one into the run of the other. */

export const ORIGINAL = [3, 14, 15, 9, 26, 5, 31, 7];
const LONGER = [3, 14, 8, 2, 9, 11, 5, 31, 7];

/** The base, the source, and for each position of the base that of the source: the longer prompt has a token at 3 that the other lacks. */
export type PromptPair = [name: string, base: number[], source: number[], sourceOf: (number | null)[]];
export const PAIRS: readonly PromptPair[] = [
  ['an inserted token, denoising', LONGER, ORIGINAL, [0, 1, 2, null, 3, 4, 5, 6, 7]],
  ['an inserted token, noising', ORIGINAL, LONGER, [0, 1, 2, 4, 5, 6, 7, 8]],
];
