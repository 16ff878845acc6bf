/** What a token of a prompt is, coarsely enough to be said in every language: each token is exactly one of these. */
export const CODE_ROLES = {
  first: 'the first token of all, where heads rest that look for nothing',
  question: 'the question, or the marks around the place that is asked about',
  comments: 'comments',
  strings: 'texts in quotes',
  numbers: 'numbers',
  keywords: 'keywords',
  annotations: 'other annotations of types',
  same: 'other places of the name whose type is asked about',
  names: 'other names',
  signs: 'operators, brackets and other signs',
  blanks: 'spaces and line breaks',
} as const;
export type CodeRole = keyof typeof CODE_ROLES;
