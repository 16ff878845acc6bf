/** Embeddings for another vocabulary: a model that learnt to read with one tokenizer begins to with another. */

/** What is needed of a tokenizer: its tokens' texts, and the ids of a text. */
export interface Vocabulary {
  size: number;
  /** How the vocabulary spells a token, of both alike (bytes as letters); undefined for ids without a token. */
  spelling: (id: number) => string | undefined;
  text: (id: number) => string;
  ids: (text: string) => readonly number[];
}

/**
 * A row for each token of `own`: that of the token which spells the same in `theirs`, else the mean of those that its text is cut into
 * there; zero where nothing spells it.
 * @param rows [theirs.size or more, width]
 */
export function carriedRows(rows: Float32Array, width: number, theirs: Vocabulary, own: Vocabulary): Float32Array {
  const same = new Map<string, number>();
  for (let id = theirs.size - 1; id >= 0; id--) {
    const spelling = theirs.spelling(id);
    if (spelling !== undefined) same.set(spelling, id);
  }
  const carried = new Float32Array(own.size * width);
  for (let id = 0; id < own.size; id++) {
    const spelling = own.spelling(id);
    if (spelling === undefined) continue;
    const known = same.get(spelling);
    const from = known === undefined ? theirs.ids(own.text(id)) : [known];
    for (const one of from) {
      for (let i = 0; i < width; i++) carried[id * width + i] += rows[one * width + i] / from.length;
    }
  }
  return carried;
}
