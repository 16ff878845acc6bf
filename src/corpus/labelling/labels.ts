import { ERROR_TYPES } from '../../snippets/prompts/templates';

/** What the generated programs may raise; `NO_ERROR` stands for a program that ends without an exception. */
export const NO_ERROR = 'NoError';

export const LABELS = [...ERROR_TYPES, NO_ERROR] as const;

export type Label = (typeof LABELS)[number];
