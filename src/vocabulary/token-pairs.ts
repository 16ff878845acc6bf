/** Pairs of tokens between which a head may move something: kinds of them, in words that say what is read from a token. */
export const TOKEN_PAIRS = {
  previous: 'the token before',
  duplicate: 'the same token, earlier',
  induction: 'the token that followed the same token before',
  identifier: 'the same name, earlier',
  definition: 'where the name was given its meaning last',
  bracket: 'the bracket that is closed',
  signature: 'the header of the def or class around it',
  column: 'what stands above it, in the same column of the line before',
  import: 'the import that the name comes from',
} as const;

export type TokenPairKind = keyof typeof TOKEN_PAIRS;
export const TOKEN_PAIR_KINDS = Object.keys(TOKEN_PAIRS) as readonly TokenPairKind[];
