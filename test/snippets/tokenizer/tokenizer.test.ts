import { readFileSync } from 'node:fs';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AlignedText } from '../../../src/snippets/tokenizer/aligned-text';
import { tokenRanges } from '../../../src/snippets/tokenizer/ranges';
import { CodeTokenizer } from '../../../src/snippets/tokenizer/tokenizer';
import { MAX_TOKENIZER_BYTES } from '../../../src/snippets/tokenizer/folder';
import { Random } from '../../../src/corpus/random';
import { HARD_TEXTS, kitTokenizer, tokenizerJson } from './kit';

const encoder = new TextEncoder();

/** With U+FFFD for lone surrogates, as UTF-8 has it. */
const wellFormed = (text: string): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(encoder.encode(text));

/** What each token must cover, found the slow way: the bytes of every prefix of the text. */
function slowRanges(text: string, tokens: Uint8Array[]): { start: number; end: number }[] {
  const owner: [number, number][] = [];
  let at = 0;
  for (const char of text) {
    for (let i = 0; i < encoder.encode(char).length; i++) owner.push([at, at + char.length]);
    at += char.length;
  }
  let byte = 0;
  return tokens.map((token) => {
    const covered = owner.slice(byte, (byte += token.length));
    return { start: Math.min(...covered.map(([start]) => start)), end: Math.max(...covered.map(([, end]) => end)) };
  });
}

describe('ranges and round trip', () => {
  for (const [name, options] of Object.entries({
    'digits split': {},
    'byte-level only': { digits: false, bos: false },
    'bytes only': { words: [] },
  })) {
    test.each(HARD_TEXTS.map((text) => [JSON.stringify(text).slice(0, 40), text]))(`${name}: %s`, (_, text) => {
      const tokenizer = kitTokenizer(options);
      const tokens = tokenizer
        .encode(text)
        .filter(({ id }, i) => !(i === 0 && tokenizer.addsBos && id === tokenizer.bos));
      expect(tokenizer.decode(tokens.map(({ id }) => id))).toBe(wellFormed(text));
      const bytes = tokens.map(({ id }) => tokenizer.bytesOf(id)!);
      expect(tokens.map(({ start, end }) => ({ start, end }))).toEqual(slowRanges(text, bytes));
      // Every character is covered, in order, and a token of whole characters is exactly its range.
      expect(tokens.at(0)?.start ?? 0).toBe(0);
      expect(tokens.at(-1)?.end ?? 0).toBe(text.length);
      for (const token of tokens) {
        if (!/\\x/.test(token.text)) expect(wellFormed(text.slice(token.start, token.end))).toBe(token.text);
      }
    });
  }

  test('random mixtures of hard texts', () => {
    const random = new Random('ranges');
    const tokenizer = kitTokenizer();
    for (let i = 0; i < 200; i++) {
      const text = Array.from({ length: 6 }, () => {
        const part = random.pick(HARD_TEXTS);
        const start = random.int(0, part.length);
        return part.slice(start, start + random.int(0, 12));
      }).join('');
      const tokens = tokenizer.encode(text).slice(1);
      expect(tokenizer.decode(tokens.map(({ id }) => id))).toBe(wellFormed(text));
      expect(tokens.map(({ start, end }) => ({ start, end }))).toEqual(
        slowRanges(
          text,
          tokens.map(({ id }) => tokenizer.bytesOf(id)!),
        ),
      );
    }
  });

  test('several tokens share one character', () => {
    const tokens = kitTokenizer({ words: [] }).encode('a😀').slice(1);
    expect(tokens.map(({ text, start, end }) => [text, start, end])).toEqual([
      ['a', 0, 1],
      ['\\xf0', 1, 3],
      ['\\x9f', 1, 3],
      ['\\x98', 1, 3],
      ['\\x80', 1, 3],
    ]);
  });

  test('a token with the end of one character and the start of the next covers both', () => {
    const tokenizer = kitTokenizer({ words: [] });
    const file = tokenizerJson({ words: [] }) as { model: { vocab: Record<string, number>; merges: string[] } };
    const [, second] = Array.from(tokenizer.encode('é').slice(1), ({ id }) => id);
    const [first] = Array.from(tokenizer.encode('ü').slice(1), ({ id }) => id);
    const names = Object.keys(file.model.vocab);
    file.model.merges.push(`${names[second]} ${names[first]}`);
    file.model.vocab[names[second] + names[first]] = names.length;
    const tokens = new CodeTokenizer(file).encode('éü').slice(1);
    expect(tokens.map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
  });

  test('a tokenizer that composes: ranges are in the text as it was written', () => {
    const tokenizer = kitTokenizer({ nfc: true });
    const text = 'e\u0301 = 1';
    const tokens = tokenizer.encode(text).slice(1);
    expect(tokens.map(({ text: own, start, end }) => [own, start, end])).toEqual([
      ['é', 0, 2],
      [' =', 2, 4],
      [' ', 4, 5],
      ['1', 5, 6],
    ]);
    const jamo = tokenizer.encode('가\u1112\u1161\u11ab').slice(1);
    expect(jamo.map(({ start, end }) => [start, end])).toEqual([
      ...Array<unknown>(3).fill([0, 1]),
      ...Array<unknown>(3).fill([1, 4]),
    ]);
    for (const hard of HARD_TEXTS) {
      const all = tokenizer.encode(hard).slice(1);
      expect(tokenizer.decode(all.map(({ id }) => id))).toBe(wellFormed(hard.normalize('NFC')));
      expect(all.at(-1)?.end ?? 0).toBe(hard.length);
      for (let i = 1; i < all.length; i++) expect(all[i].start).toBeLessThanOrEqual(all[i - 1].end);
    }
  });

  test('special tokens in the text take the spaces along that they strip', () => {
    const file = tokenizerJson() as { added_tokens: { rstrip: boolean; lstrip: boolean }[] };
    file.added_tokens[1].rstrip = true;
    file.added_tokens[1].lstrip = true;
    const tokenizer = new CodeTokenizer(file);
    const tokens = tokenizer.encode('a  </s>  b').slice(1);
    expect(tokens.map(({ text, start, end }) => [text, start, end])).toEqual([
      ['a', 0, 1],
      ['</s>', 1, 9],
      ['b', 9, 10],
    ]);
  });

  test('ids that do not spell the text are refused', () => {
    const tokens = ['print', '(', '1', ')'].map((part) => encoder.encode(part));
    expect(tokenRanges(AlignedText.of('print(1)'), tokens).at(-1)).toEqual({ start: 7, end: 8 });
    expect(() => tokenRanges(AlignedText.of('print(2)'), tokens)).toThrow('no token for "2"');
    expect(() => tokenRanges(AlignedText.of('print(1)😀'), tokens)).toThrow('no token for "😀"');
    expect(() => tokenRanges(AlignedText.of('print(1)'), [...tokens, encoder.encode(')')])).toThrow('no token');
  });
});

test('an id without a token is spelt as such, as models have more rows than their tokenizer has tokens', () => {
  const tokenizer = kitTokenizer();
  const [{ id }] = tokenizer.encode('a').filter(({ text }) => text === 'a');
  expect(tokenizer.decode([id, tokenizer.vocabSize + 7, id])).toBe(`a<${tokenizer.vocabSize + 7}>a`);
});

describe('agreement with the original tokenizers library', () => {
  // Made by test/golden/token_ranges.py.
  interface Golden {
    tokenizer: unknown;
    rows: { text: string; tokens: [id: number, start: number, end: number][] }[];
  }
  const golden = JSON.parse(
    readFileSync(new URL('../../fixtures/golden/token-ranges.json', import.meta.url), 'utf8'),
  ) as Golden[];

  test.each(golden.map((value, i) => [i, value] as const))(
    'ids and ranges of tokenizer %i',
    (_, { tokenizer, rows }) => {
      const own = new CodeTokenizer(tokenizer);
      expect(rows.length).toBeGreaterThan(20);
      for (const { text, tokens } of rows) {
        expect(
          own.encode(text).map(({ id, start, end }) => [id, start, end]),
          JSON.stringify(text),
        ).toEqual(tokens);
      }
    },
  );

  const pieces = (text: string): string[] =>
    kitTokenizer({ words: ['٣', '²', ' ²', '½', 'Ⅷ', '٣٣'] })
      .encode(text)
      .slice(1)
      .map((token) => token.text);

  test('digits are split one by one', () => {
    expect(pieces('1234 12')).toEqual(['1', '2', '3', '4', ' ', '1', '2']);
  });

  // `tokenizers` (Rust) takes char::is_numeric for Digits and Unicode's White_Space for \s; @huggingface/tokenizers
  // takes ASCII digits and JavaScript's \s. The kit has " ²" as a word, so a wrong split shows as one token.
  test('digits of any script are split as the original does', () => {
    expect(pieces('x ²')).toEqual(['x', ' ', '²']);
    expect(pieces('٣٣')).toEqual(['٣', '٣']);
    const unchanged = new Tokenizer(tokenizerJson({ words: [' ²'] }), {});
    expect(unchanged.encode('x ²', { add_special_tokens: false }).tokens).toEqual(['x', 'ĠÂ²']);
  });

  test('answers with a leading space are one token each', () => {
    const tokenizer = kitTokenizer();
    for (const word of [' TypeError', ' SyntaxError', ' NoError']) {
      const id = tokenizer.idOf(word);
      expect(id, word).toBeDefined();
      expect(tokenizer.encodeIds(`raise a${word}`).at(-1)).toBe(id);
      expect(tokenizer.tokenText(id!)).toBe(word);
    }
    expect(tokenizer.idOf(' Nonsense')).toBeUndefined();
  });
});

describe('the beginning-of-text token', () => {
  test('as the post-processor says', () => {
    const adds = kitTokenizer();
    expect([adds.bos, adds.addsBos]).toEqual([0, true]);
    expect(adds.encode('a')[0]).toEqual({ id: 0, text: '<s>', start: 0, end: 0 });
    expect(adds.encode('')).toHaveLength(1);
    const has = kitTokenizer({ bos: false });
    expect([has.bos, has.addsBos]).toEqual([0, false]);
    expect(has.encode('a')).toHaveLength(1);
    const none = new CodeTokenizer(tokenizerJson({ bos: false }));
    expect([none.bos, none.addsBos]).toEqual([null, false]);
  });

  test('as its class has it where the files name none', () => {
    const file = tokenizerJson({ bos: false }) as { added_tokens: object[] };
    file.added_tokens.push({ id: 2000, content: '<|endoftext|>', special: true });
    const ends = (tokenizer_class?: string): (number | null)[] => {
      const { bos, eos, addsBos } = new CodeTokenizer(file, { tokenizer_class });
      expect(addsBos).toBe(false);
      return [bos, eos];
    };
    expect(ends('GPT2Tokenizer')).toEqual([2000, 2000]);
    expect(ends()).toEqual([2000, 2000]);
    expect(ends('Qwen2Tokenizer')).toEqual([null, 2000]);
    expect(ends('PreTrainedTokenizerFast')).toEqual([null, null]);
  });

  test('as tokenizer_config.json says for Llama', () => {
    const config = { tokenizer_class: 'LlamaTokenizerFast', bos_token: { content: '<s>' } };
    expect(new CodeTokenizer(tokenizerJson({ bos: false }), { ...config, add_bos_token: true }).addsBos).toBe(true);
    expect(new CodeTokenizer(tokenizerJson(), { ...config, add_bos_token: false }).addsBos).toBe(false);
    expect(new CodeTokenizer(tokenizerJson(), config).addsBos).toBe(true);
  });
});

describe('files', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'tokenizer-'))));
  afterAll(() => rm(folder, { recursive: true }));
  const write = (value: unknown): Promise<void> =>
    writeFile(path.join(folder, 'tokenizer.json'), typeof value === 'string' ? value : JSON.stringify(value));

  test('a folder with both files', async () => {
    await write(tokenizerJson({ bos: false }));
    const config = path.join(folder, 'tokenizer_config.json');
    await writeFile(config, JSON.stringify({ bos_token: '</s>' }));
    const tokenizer = await CodeTokenizer.fromFolder(folder);
    expect(tokenizer.bos).toBe(1);
    expect(tokenizer.vocabSize).toBeGreaterThan(258);
    await writeFile(config, '[]');
    await expect(CodeTokenizer.fromFolder(folder)).rejects.toThrow('tokenizer_config.json is not a JSON object');
    await rm(config);
  });

  test('special tokens that only special_tokens_map.json names, and a chat template in a file of its own', async () => {
    await write(tokenizerJson({ bos: false }));
    const beside = ['special_tokens_map.json', 'tokenizer_config.json', 'chat_template.jinja'].map((name) => path.join(folder, name));
    await writeFile(beside[0], JSON.stringify({ bos_token: '<s>', eos_token: { content: '</s>' } }));
    await writeFile(beside[1], JSON.stringify({ bos_token: '</s>', chat_template: 'older {{ messages[0].content }}' }));
    await writeFile(beside[2], 'newer {{ messages[0].content }}');
    const tokenizer = await CodeTokenizer.fromFolder(folder);
    expect([tokenizer.bos, tokenizer.eos]).toEqual([1, 1]);
    expect(tokenizer.chat!.write('x').before).toBe('newer ');
    for (const file of beside) await rm(file);
  });

  test('missing, broken and too large', async () => {
    await expect(CodeTokenizer.fromFolder(path.join(folder, 'none'))).rejects.toThrow('There is no tokenizer.json in');
    await write('{"model": ');
    await expect(CodeTokenizer.fromFolder(folder)).rejects.toThrow('tokenizer.json is not valid JSON');
    await truncate(path.join(folder, 'tokenizer.json'), MAX_TOKENIZER_BYTES + 1);
    await expect(CodeTokenizer.fromFolder(folder)).rejects.toThrow('Is it really a tokenizer?');
  });

  test.each<[string, (file: ReturnType<typeof tokenizerJson>) => unknown, string]>([
    ['a list', () => [], 'is not a JSON object'],
    ['no model', (file) => ({ ...file, model: undefined }), 'has no "model"'],
    ['WordPiece', (file) => ({ ...file, model: { type: 'WordPiece', vocab: {} } }), 'only BPE is read'],
    ['no vocabulary', (file) => ({ ...file, model: { type: 'BPE', merges: [] } }), 'has no "model.vocab"'],
    [
      'a wild id',
      (file) => ({ ...file, model: { type: 'BPE', merges: [], vocab: { a: 1e9 } } }),
      'token id 1000000000',
    ],
    ['a text as id', (file) => ({ ...file, model: { type: 'BPE', merges: [], vocab: { a: 'b' } } }), 'token id "b"'],
    [
      'a broken merge',
      (file) => ({ ...file, model: { type: 'BPE', merges: ['ab'], vocab: { a: 1 } } }),
      'a merge that',
    ],
    ['a merge of unknown tokens', (file) => ({ ...file, model: { type: 'BPE', merges: ['a b'], vocab: { a: 1, b: 2 } } }), 'merge, ["a","b"], of tokens'],
    ['suffixes', (file) => ({ ...file, model: { ...(file.model as object), end_of_word_suffix: '</w>' } }), '"end_of_word_suffix"'],
    ['no way to spell all', (file) => ({ ...file, pre_tokenizer: null }), 'neither byte-level nor has it byte fallback'],
    ['other replacements', (file) => ({ ...file, normalizer: { type: 'Replace', pattern: { String: 'a' }, content: 'b' } }), 'something else than the space'],
    ['a prefix space', (file) => ({ ...file, pre_tokenizer: { type: 'ByteLevel', add_prefix_space: true } }), 'add_prefix_space'],
    ['punctuation', (file) => ({ ...file, pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Punctuation' }] } }), 'a pre-tokenizer (Punctuation)'],
    ['a broken pattern', (file) => ({ ...file, pre_tokenizer: { type: 'Split', pattern: { Regex: '(' }, behavior: 'Isolated' } }), 'pattern, "(", cannot be read'],
    ['an unknown behaviour', (file) => ({ ...file, pre_tokenizer: { type: 'Split', pattern: { String: 'a' }, behavior: 'Shuffled' } }), 'behavior (Shuffled)'],
    ['a sequence of nothing', (file) => ({ ...file, pre_tokenizer: { type: 'Sequence' } }), 'without "pretokenizers"'],
    ['an encoder', (file) => ({ ...file, post_processor: { type: 'RobertaProcessing' } }), 'a post-processor (RobertaProcessing)'],
    ['an unknown beginning', (file) => ({ ...file, post_processor: { type: 'TemplateProcessing', single: [{ SpecialToken: { id: '<x>' } }, { Sequence: {} }] } }), 'puts <x> before'],
    ['two beginnings', (file) => ({ ...file, post_processor: { type: 'TemplateProcessing', single: [{ SpecialToken: { id: '<s>' } }, { SpecialToken: { id: '</s>' } }, { Sequence: {} }] } }), 'puts 2 tokens before'],
    ['lower-casing', (file) => ({ ...file, normalizer: { type: 'Lowercase' } }), 'normalizer (Lowercase)'],
    ['not byte-level', (file) => ({ ...file, pre_tokenizer: { type: 'Whitespace' } }), 'a pre-tokenizer (Whitespace) that is not read'],
    ['added tokens', (file) => ({ ...file, added_tokens: [{ id: 3 }] }), 'without "content"'],
  ])('refuses %s', (_, change, message) => {
    expect(() => new CodeTokenizer(change(tokenizerJson()), {}, 'my/tokenizer.json')).toThrow(message);
    expect(() => new CodeTokenizer(change(tokenizerJson()), {}, 'my/tokenizer.json')).toThrow('my/tokenizer.json');
  });

  test('a vocabulary without some byte is noticed, not skipped', () => {
    const file = tokenizerJson({ words: [] }) as { model: { vocab: Record<string, number> } };
    delete file.model.vocab.z;
    expect(() => new CodeTokenizer(file).encode('az')).toThrow('no token for "z"');
    expect(() => new CodeTokenizer(file).encode('zab')).toThrow('no token for "z"');
  });
});
