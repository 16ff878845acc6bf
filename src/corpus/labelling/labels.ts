import { ERROR_TYPES } from '../../vocabulary/labels';

/** How shards of training programs say that one ends without an exception; everything else says `NO_ERROR` of snippets/prompts. */
export const QUIET = 'NoError';

/** What training programs may raise. */
export const LABELS = [...ERROR_TYPES, QUIET] as const;

export type Label = (typeof LABELS)[number];
