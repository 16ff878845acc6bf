import { describe, expect, test } from 'vitest';
import { AlignedText } from '../../../src/snippets/tokenizer/aligned-text';
import { withoutAtomic } from '../../../src/snippets/tokenizer/atomic';
import { normalizerOf } from '../../../src/snippets/tokenizer/normalizer';
import { CodeTokenizer, MAX_TIME } from '../../../src/snippets/tokenizer/tokenizer';
import { tokenizerJson } from './kit';

/** The matches of an expression, as Oniguruma finds them. */
const matches = (source: string, text: string) => Array.from(text.matchAll(new RegExp(withoutAtomic(source), 'gv')), ([found]) => found);

describe('atomic groups and possessive quantifiers', () => {
  test.each([
    ['(?>a|ab)c', 'abc ac', ['ac']],
    ['(?:a|ab)c', 'abc ac', ['abc', 'ac']],
    ['(?>a+)b', 'aab', ['aab']],
    ['a++a', 'aaa', []],
    ['a*+b|.', 'aab', ['aab']],
    ['a?+a', 'a aa', ['aa']],
    ['a??a', 'aa', ['a', 'a']],
    ['[^\\r\\n]?+\\p{L}', 'ab a', ['ab', ' a']],
    ['[\\]a]++\\]', ']a]', []],
    ['[a[b]]++b', 'ab', []],
    ['(?>(?>a|ab)|b)+c', 'abc bc', ['abc', 'bc']],
    ['(ab)++', 'abab', ['abab']],
    ['(?<w>a)\\k<w>++b', 'aaab', ['aaab']],
    ['(?<w>a)\\k<w>++ab', 'aaab', []],
    ['\\+++\\+', '+++', []],
  ])('%s in %j', (source, text, found) => {
    expect(withoutAtomic(source).includes('atomic')).toBe(/\(\?>|[+*?]\+/.test(source));
    expect(matches(source, text)).toEqual(found);
  });

  test('what has none stays as it is', () => {
    const llama3 = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    for (const source of [llama3, 'x{2,3}+', '[!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+', '(?<=a)b(?<!c)']) expect(withoutAtomic(source)).toBe(source);
  });

  test.each([
    ['(?<=(?>a))b', 'in a lookbehind'], ['(a)(?>b)\\1', 'numbered reference'], ['(?>a', 'not closed'], ['a)', 'too many'], ['[a', 'not closed'], ['\\Ga', '\\G'],
  ])('%s is refused', (source, why) => expect(() => withoutAtomic(source)).toThrow(why));
});

describe('what a tokenizer says is limited', () => {
  const splits = (Regex: string) => {
    const json = tokenizerJson();
    const own = json.pre_tokenizer as { pretokenizers: object[] };
    return { ...json, pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Split', pattern: { Regex }, behavior: 'Isolated' }, ...own.pretokenizers] } };
  };

  test.each(['(?:(?:q+)+)+!', '(q|q)*!', '(?:q*)*!', '(?=(?:q+)+!)x'])('%s does not search without end', (source) => {
    const tokenizer = new CodeTokenizer(splits(source), {}, 'my/tokenizer.json');
    expect(tokenizer.encode('x = 1').length).toBeGreaterThan(2);
    const began = performance.now();
    expect(() => tokenizer.encode('q'.repeat(60))).toThrow('my/tokenizer.json takes longer than 2 s for 60 characters');
    expect(performance.now() - began).toBeLessThan(MAX_TIME + 3000);
    expect(tokenizer.encode('x = 1').length).toBeGreaterThan(2);
  });

  test('an atomic group that Oniguruma reads at once is read at once', () => {
    expect(new CodeTokenizer(splits('(?>q+)+!')).encode('q'.repeat(2000)).length).toBeGreaterThan(100);
  });

  test('a normalizer may not make much of little', () => {
    const refuse = (what: string): never => {
      throw new Error(what);
    };
    const Replace = { type: 'Replace', pattern: { String: ' ' }, content: '    ' };
    const often = (count: number) => normalizerOf({ type: 'Sequence', normalizers: Array.from({ length: count }, () => Replace) }, refuse);
    const text = AlignedText.of(`${' '.repeat(400)}x`);
    expect(often(1)(text).text).toHaveLength(1601);
    expect(() => often(30)(text)).toThrow(/normalizer makes 6401 characters of 401, so this text cannot be read/);
    expect(() => normalizerOf({ ...Replace, content: 'x'.repeat(100_000) }, refuse)).toThrow('by a long text');
    expect(() => normalizerOf({ type: 'Prepend', prepend: 'x'.repeat(100_000) }, refuse)).toThrow('at most 16 characters');
  });

  test('messages quote little of what they are about', () => {
    const { model, ...json } = tokenizerJson() as { model: { vocab: Record<string, number> } };
    const long = 'x'.repeat(100_000);
    const changes: object[] = [
      { ...json, model: { ...model, merges: [[long, 'a']] } },
      { ...json, model: { ...model, vocab: { a: long } } },
      { ...json, model: { ...model, type: long } },
      { ...json, model, pre_tokenizer: { type: long } },
      { ...json, model, normalizer: { type: `\u202e${long}` } },
      { ...json, model, post_processor: { type: long } },
      splits(`(${'x'.repeat(15_000)}`),
      splits(long),
      { ...json, model, pre_tokenizer: { type: 'Sequence', pretokenizers: Array.from({ length: 100_000 }, () => ({ type: 'Digits' })) } },
    ];
    for (const change of changes) {
      let message = '';
      try {
        new CodeTokenizer(change, {}, 'my/tokenizer.json');
      } catch (error) {
        ({ message } = error as Error);
      }
      expect(message).toMatch(/^my\/tokenizer\.json .*\.$/);
      expect(message.length).toBeLessThan(500);
      expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });
});
