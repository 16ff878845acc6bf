/** Tokenizers of every kind that code models have, against the original library. The fixtures come from test/golden/tokenizer_kinds.py. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Token } from '../../../src/snippets/tokenizer/ranges';
import { CodeTokenizer } from '../../../src/snippets/tokenizer/tokenizer';
import type { TokenizerConfig } from '../../../src/snippets/tokenizer/file';

const FOLDER = new URL('../../fixtures/tokenizers/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));

interface Kind {
  tokenizer: { normalizer: { type: string } | null; model: { vocab: Record<string, number> } };
  /** Flat (id, start, end); of long texts their hash. */
  rows: (number[] | string)[];
}

const TEXTS = read('texts.json') as string[];
const KINDS = readdirSync(FOLDER).filter((name) => name.endsWith('.json') && name !== 'texts.json');
const open = (kind: string, config?: TokenizerConfig): CodeTokenizer => new CodeTokenizer((read(`${kind}.json`) as Kind).tokenizer, config, `${kind}.json`);

type Row = [id: number, start: number, end: number];

const rowsOf = (tokens: readonly Token[]): Row[] => tokens.map(({ id, start, end }) => [id, start, end]);

/** The original lays an inserted space over the character behind it, where the next token begins as well; here it has no character. */
function withoutInserted(rows: readonly Row[], mark: number | undefined): Row[] {
  return rows.map(([id, start, end], i) => [id, start, id === mark && rows[i + 1]?.[1] === start ? start : end]);
}

/**
 * The original leaves a mark that was composed with its letter in no token; here a letter with its marks is one character. So a token must
 * have the original's range, or where it touches a character that NFC changes, no less than that and no more than the whole character.
 */
function expectComposed(text: string, rows: readonly Row[], original: readonly Row[]): void {
  const changed = Array.from(new Intl.Segmenter('en').segment(text)).filter(({ segment }) => segment.normalize('NFC') !== segment);
  expect(rows.map(([id]) => id)).toEqual(original.map(([id]) => id));
  for (const [i, [, start, end]] of rows.entries()) {
    const [, from, to] = original[i];
    const touched = changed.filter(({ index, segment }) => index < to && from < index + segment.length);
    expect(start).toBeLessThanOrEqual(from);
    expect(end).toBeGreaterThanOrEqual(to);
    expect(start).toBeGreaterThanOrEqual(Math.min(from, ...touched.map(({ index }) => index)));
    expect(end).toBeLessThanOrEqual(Math.max(to, ...touched.map(({ index, segment }) => index + segment.length)));
  }
}

test('there are fixtures of sixteen kinds', () => expect(KINDS).toHaveLength(16));

describe.each(KINDS)('%s', (file) => {
  const kind = read(file) as Kind;
  const own = new CodeTokenizer(kind.tokenizer);

  test('ids and ranges are those of the original library', () => {
    const mark = kind.tokenizer.model.vocab['▁'];
    let hashed = 0;
    for (const [i, original] of kind.rows.entries()) {
      const text = TEXTS[i];
      const rows = rowsOf(own.encode(text));
      if (typeof original === 'string') {
        const ids = JSON.stringify(rows.map(([id]) => id));
        expect(createHash('sha256').update(ids).digest('hex'), JSON.stringify(text)).toBe(original);
        hashed++;
        continue;
      }
      const wanted = Array.from({ length: original.length / 3 }, (_, token) => original.slice(3 * token, 3 * token + 3) as Row);
      if (kind.tokenizer.normalizer?.type === 'NFC' && text.normalize('NFC') !== text) expectComposed(text, rows, wanted);
      else expect(rows, JSON.stringify(text)).toEqual(withoutInserted(wanted, mark));
    }
    expect(hashed).toBeGreaterThan(30);
    expect(kind.rows.length - hashed).toBeGreaterThan(60);
  });

  test('tokens spell the text, and each the characters of its range', () => {
    for (const text of TEXTS) {
      const tokens = own.encode(text, { bos: false });
      const ids = tokens.map(({ id }) => id);
      expect(own.encodeIds(text)).toEqual(ids);
      expect(tokens.at(0)?.start ?? 0).toBe(0);
      expect(tokens.at(-1)?.end ?? 0).toBe(text.length);
      for (const [i, { start }] of tokens.entries()) if (i > 0) expect(start, text).toBeLessThanOrEqual(tokens[i - 1].end);
      if (text.normalize('NFC') !== text || text.includes('▁') || /<\|?\w+\|?>/.test(text)) continue;
      // What SentencePiece does not keep: whether the text began with the space that it puts there otherwise.
      expect([text, text.replace(/^ /, '')]).toContain(own.textOf(ids));
      for (const token of tokens) {
        const covered = text.slice(token.start, token.end);
        if (!token.text.includes('\\x') && token.end > token.start) expect([covered, ` ${covered}`], text).toContain(token.text);
      }
    }
  });
});

test('a text eight times as long takes about eight times as long', () => {
  const code = TEXTS.reduce((a, b) => (b.length > a.length ? b : a));
  for (const kind of ['gpt2', 'gemma', 'deepseek-coder']) {
    const tokenizer = open(kind);
    for (const text of [code, ' ', 'e\u0301']) {
      const seconds = (characters: number): number => {
        const before = process.cpuUsage().user;
        tokenizer.encode(text.repeat(Math.ceil(characters / text.length)).slice(0, characters));
        return (process.cpuUsage().user - before) / 1e6;
      };
      seconds(6_250);
      expect(seconds(50_000) / Math.max(seconds(6_250), 0.02), kind).toBeLessThan(30); // squared it would be 64
    }
  }
});
