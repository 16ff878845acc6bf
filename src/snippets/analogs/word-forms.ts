/** Parts of names and words: `find_emails` is `find` and `email` in the plural, and stays so with other words. */

/** A piece of a name or of a word of a text, without the signs, digits and capitals that part it from the next. */
export interface WordPart {
  /** Offsets in the name. */
  start: number;
  end: number;
  /** In small letters and the singular: what one other word stands for, wherever it occurs. */
  stem: string;
  form: WordForm;
}

export interface WordForm {
  letters: 'small' | 'large' | 'title';
  plural: boolean;
}

const PART = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+/gu;

/** A single letter has no stem but itself, as `x` and `X` are two names. */
export function partsOf(name: string): WordPart[] {
  return [...name.matchAll(PART)].map(({ 0: text, index }) => {
    const start = index;
    const end = index + text.length;
    if (Array.from(text).length === 1) return { start, end, stem: text, form: { letters: 'small', plural: false } };
    const small = text.toLowerCase();
    const letters = text === small ? 'small' : text === text.toUpperCase() ? 'large' : 'title';
    const plural = small.length > 3 && /[^sui]s$/.test(small);
    return { start, end, stem: plural ? singular(small) : small, form: { letters, plural } };
  });
}

/** A stem as it stands in a program. */
export function written(stem: string, { letters, plural }: WordForm): string {
  const word = plural ? pluralOf(stem) : stem;
  if (letters === 'small') return word;
  return letters === 'large' ? word.toUpperCase() : word[0].toUpperCase() + word.slice(1);
}

function pluralOf(stem: string): string {
  if (/(?:s|x|z|ch|sh)$/.test(stem)) return `${stem}es`;
  return /[^aeiou]y$/.test(stem) ? `${stem.slice(0, -1)}ies` : `${stem}s`;
}

function singular(word: string): string {
  if (/(?:ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^aeiou]ies$/.test(word) && word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}
