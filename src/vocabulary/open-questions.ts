/** Open questions, about a place in the code: their names, and what they ask. */

/** next-token: which token comes next; type: which type an annotation names. */
export const OPEN_QUESTIONS = ['next-token', 'type'] as const;
export type OpenQuestion = (typeof OPEN_QUESTIONS)[number];

export function isOpenQuestion(name: string): name is OpenQuestion {
  return (OPEN_QUESTIONS as readonly string[]).includes(name);
}

/** What is read first of code with a hole: what is before it (PSM: prefix, suffix, middle) or what is behind it (SPM). */
export const FIM_ORDERS = ['PSM', 'SPM'] as const;
export type FimOrder = (typeof FIM_ORDERS)[number];
