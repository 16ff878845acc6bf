/** The edits that studies make of programs, and what each does. */

/** Those that keep the type at a hole, each verified by the language's judge. */
export const TYPE_EDITS = {
  'rename-misleading': 'names that usually stand for another type',
  'rename-neutral': 'names that say nothing',
  'rename-swapped': 'names that the scope uses for something else',
  'rename-scrambled': 'the same letters in another order',
  'rename-letter': 'names of one letter',
  'rename-several': 'several names at once',
  'remove-annotation': 'another annotation taken out',
  'add-distractor': 'an unused declaration of another type put in',
} as const;
export type TypeEditName = keyof typeof TYPE_EDITS;
