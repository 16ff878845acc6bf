import { Tokenizer } from '@huggingface/tokenizers';
import { describe, expect, it } from 'vitest';
import { countWords, toByteCharacters, trainBpe } from '../../../src/training/tokenizer/bpe';
import { trainTokenizer } from '../../../src/training/tokenizer/tokenizer';

const TEXTS = [
  'def add(first, second):\n    return first + second\n\nprint(add(1, 2))',
  'for name in names:\n    print("Hello, " + name)',
  'total = 0\nwhile total < 120:\n    total += 15\nprint(f"total: {total}")',
];
const ANSWERS = [' TypeError', ' StopIteration', ' NoError'];

/** Merges found by counting all pairs again after every merge. */
function slowMerges(counts: Map<string, number>, size: number): string[] {
  const words = [...counts].map(([word, count]) => ({ parts: [...toByteCharacters(word)], count }));
  const merges: string[] = [];
  while (merges.length < size) {
    const pairs = new Map<string, number>();
    for (const { parts, count } of words) {
      for (let i = 1; i < parts.length; i++) {
        const key = `${parts[i - 1]} ${parts[i]}`;
        pairs.set(key, (pairs.get(key) ?? 0) + count);
      }
    }
    const [best, count] = [...pairs].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0]);
    if (count < 2) return merges;
    merges.push(best);
    const [left, right] = best.split(' ');
    for (const word of words) {
      const parts: string[] = [];
      for (const part of word.parts) {
        if (part === right && parts.at(-1) === left && !merged.has(parts)) {
          parts[parts.length - 1] = left + right;
          merged.add(parts);
        } else {
          parts.push(part);
          merged.delete(parts);
        }
      }
      word.parts = parts;
    }
  }
  return merges;
}
/** Part lists whose last part was just merged; it must not take part in the next merge of the same round. */
const merged = new WeakSet<string[]>();

describe('trainBpe', () => {
  it('learns the merges that recounting every pair would give', () => {
    // Distinct counts (powers of two and odd factors), so that no two pairs tie.
    const counts = new Map([
      ['aaaa', 64], ['abab', 37], [' banana', 23], ['cabcab', 11], ['aab', 129], ['bbb', 257],
    ]);
    const model = trainBpe(counts, 256 + 5);
    expect(model.merges.map((pair) => pair.join(' '))).toEqual(slowMerges(counts, 5));
    expect(model.tokens.slice(256)).toEqual(model.merges.map((pair) => pair.join('')));
  });

  it('learns nothing across digits or from non-ASCII words', () => {
    const counts = countWords(['abc 1234 naïve x12y'.repeat(10)]);
    expect([...counts.keys()].filter((word) => /\d/.test(word) && word.length > 1)).toEqual([]);
    expect([...counts.keys()].some((word) => word.includes('ï'))).toBe(false);
  });
});

describe('trainTokenizer', () => {
  const files = trainTokenizer(TEXTS, { vocabularySize: 400, answers: ANSWERS });
  const tokenizer = new Tokenizer(files['tokenizer.json'], files['tokenizer_config.json']);

  it('puts the start token first and every answer into one token', () => {
    for (const answer of ANSWERS) {
      expect(tokenizer.encode(`a${answer}`).tokens.slice(2)).toEqual([toByteCharacters(answer)]);
    }
    expect(tokenizer.encode('x').ids[0]).toBe(0);
    expect(tokenizer.token_to_id('<|bos|>')).toBe(0);
    expect(tokenizer.token_to_id('<|eos|>')).toBe(1);
    expect(tokenizer.token_to_id('<|pad|>')).toBe(2);
  });

  it('splits digits one by one and gives back any text', () => {
    expect(tokenizer.encode('n=1203').tokens.slice(-4)).toEqual(['1', '2', '0', '3']);
    for (const text of [TEXTS[0], 'é 日本 👩‍👩‍👧\t\r\n  ½ \u0000', '    "\'s  #"  ']) {
      const { ids } = tokenizer.encode(text);
      expect(tokenizer.decode(ids, { skip_special_tokens: true })).toBe(text);
    }
  });

  it('is the same for the same texts', () => {
    expect(trainTokenizer(TEXTS, { vocabularySize: 400, answers: ANSWERS })).toEqual(files);
  });

  it('refuses a vocabulary that cannot hold the answers', () => {
    expect(() => trainTokenizer(TEXTS, { vocabularySize: 262, answers: ANSWERS })).toThrow(/did not become one token/);
  });
});
