import { expect, test } from 'vitest';
import { carriedRows, type Vocabulary } from '../../../src/training/lm/other-vocabulary';

/** A vocabulary of words; a text is cut into the letters and words that it knows, from the left, the longest first. */
function vocabulary(words: readonly (string | undefined)[]): Vocabulary {
  return {
    size: words.length,
    spelling: (id) => words[id],
    text: (id) => words[id]!,
    ids: (text) => {
      const ids: number[] = [];
      for (let at = 0; at < text.length; ) {
        const id = words.reduce((best, word, i) => (word && text.startsWith(word, at) && word.length > (words[best]?.length ?? 0) ? i : best), -1);
        if (id < 0) return ids;
        ids.push(id);
        at += words[id]!.length;
      }
      return ids;
    },
  };
}

test('a token begins as the one that spells the same, else as the mean of those that its text is cut into, else as nothing', () => {
  const theirs = vocabulary(['<end>', 'a', 'b', 'ab', undefined]);
  const own = vocabulary(['ab', 'abb', '<end>', '?', undefined]);
  const rows = Float32Array.from([9, 9, 1, 10, 2, 20, 3, 30, 7, 7]);
  expect([...carriedRows(rows, 2, theirs, own)]).toEqual([3, 30, 2.5, 25, 9, 9, 0, 0, 0, 0]);
});
