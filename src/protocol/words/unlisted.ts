/** In words, that what Python raised is none of the answers: the model could not have been right. */

/** See ActualOutcome. */
export interface Unlisted {
  base: string | null;
}

/** "JSONDecodeError is none of the 17 answers; it is a ValueError, which is one." */
export function unlistedSentence(label: string, answers: number, { base }: Unlisted): string {
  const which = base === null ? '' : `; it is ${/^[AEIOU]/.test(base) ? 'an' : 'a'} ${base}, which is one`;
  return `${label} is none of the ${answers} answers${which}.`;
}
