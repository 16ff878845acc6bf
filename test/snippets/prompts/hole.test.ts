/** Prompts with a hole, against the families' published forms (test/golden/fim.py), and what is cut and kept. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { holePrompt, ordersOf, type HoleOptions } from '../../../src/snippets/prompts/hole';
import { sentinelsOf } from '../../../src/snippets/prompts/sentinels';
import type { FimOrder } from '../../../src/snippets/prompts/sentinels';
import { CodeTokenizer } from '../../../src/snippets/tokenizer/tokenizer';

const FIXTURES = new URL('../../fixtures/', import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, FIXTURES), 'utf8'));

interface Row {
  kind: string;
  added: string[];
  order: FimOrder;
  before: string;
  behind: string;
  ids: number[];
}

const ROWS = read('fim.json') as Row[];

/** A tokenizer with sentinels added behind its vocabulary, as the original library does it. */
function withAdded(kind: string, added: readonly string[]): CodeTokenizer {
  const { tokenizer } = read(`tokenizers/${kind}.json`) as { tokenizer: { model: { vocab: Record<string, number> }; added_tokens: { id: number; content: string }[] } };
  const known = new Set(tokenizer.added_tokens.map(({ content }) => content));
  const next = 1 + Math.max(...Object.values(tokenizer.model.vocab), ...tokenizer.added_tokens.map(({ id }) => id));
  const fresh = added.filter((content) => !known.has(content));
  const tokens = fresh.map((content, i) => ({ id: next + i, content, special: true, normalized: false, single_word: false, lstrip: false, rstrip: false }));
  return new CodeTokenizer({ ...tokenizer, added_tokens: [...tokenizer.added_tokens, ...tokens] }, {}, `${kind}.json`);
}

const starcoder = withAdded('starcoder', ['<fim_prefix>', '<fim_suffix>', '<fim_middle>', '<fim_pad>']);
const sentinels = sentinelsOf(starcoder)!;

/** The prompt of a code whose hole is written as ⟦…⟧. */
function prompt(marked: string, options: Partial<HoleOptions> = {}, tokenizer = starcoder) {
  const [start, close] = [marked.indexOf('⟦'), marked.indexOf('⟧') - 1];
  const code = marked.replace('⟦', '').replace('⟧', '');
  return holePrompt(tokenizer, code, { start, end: close }, { sentinels: sentinelsOf(tokenizer), ...options });
}

const idsOf = (tokens: readonly { id: number }[]) => tokens.map(({ id }) => id);

describe('published forms', () => {
  const cases = [...new Map(ROWS.map((row) => [`${row.kind} ${row.order}`, row])).values()];

  it.each(cases)('of $kind in the order $order', ({ kind, added, order }) => {
    const tokenizer = withAdded(kind, added);
    for (const row of ROWS.filter((one) => one.kind === kind && one.order === order)) {
      const { tokens } = prompt(`${row.before}⟦T⟧${row.behind}`, { order }, tokenizer);
      expect(idsOf(tokens).slice(tokenizer.addsBos ? 1 : 0)).toEqual(row.ids);
    }
  });

  it('are of ten tokenizers, two of them in both orders', () => expect(cases).toHaveLength(12));

  it('begin with the beginning of sequence where the tokenizer has that habit', () => {
    const { tokenizer } = read('tokenizers/codellama.json');
    const own = new CodeTokenizer(tokenizer, { tokenizer_class: 'CodeLlamaTokenizer', bos_token: '<s>', add_bos_token: true }, 'codellama.json');
    expect(prompt('x: ⟦int⟧', {}, own).tokens.slice(0, 2)).toMatchObject([{ text: '<s>', start: 0, end: 0 }, { text: '▁<PRE>' }]);
  });
});

describe('sentinels', () => {
  it('are none of a tokenizer that has none, and not the look-alikes of another family', () => {
    expect(sentinelsOf(withAdded('gpt2', []))).toBeNull();
    expect(sentinelsOf(withAdded('gpt2', ['<|fim▁begin|>', '<|fim▁hole|>', '<|fim▁end|>']))).toBeNull();
    expect(sentinelsOf(withAdded('gpt2', ['<fim_prefix>', '<fim_suffix>']))).toBeNull();
  });

  it('name their family, its orders and its ends', () => {
    expect(ordersOf(sentinels)).toEqual(['PSM', 'SPM']);
    expect(sentinels.family).toBe('StarCoder');
    expect(sentinels.ends.map(({ text }) => text)).toEqual(['<|endoftext|>']);
    const codestral = sentinelsOf(withAdded('mistral', ['[PREFIX]', '[SUFFIX]', '[MIDDLE]']))!;
    expect(ordersOf(codestral)).toEqual(['SPM']);
    expect(() => holePrompt(withAdded('mistral', ['[PREFIX]', '[SUFFIX]']), 'x', { start: 0, end: 1 }, { sentinels: codestral, order: 'PSM' })).toThrow('Codestral models read holes in the order SPM only.');
  });

  it('that the user’s code spells stay text', () => {
    const { tokens, text, pieces } = prompt('a = "<fim_middle><|endoftext|>"\nx: ⟦str⟧ = "<fim_suffix>"\n');
    const special = new Set([...sentinels.layouts.PSM!, ...sentinels.ends].flatMap((part) => (typeof part === 'string' ? [] : part.id)));
    expect(tokens.filter(({ id }) => special.has(id)).map(({ text: own }) => own)).toEqual(['<fim_prefix>', '<fim_suffix>', '<fim_middle>']);
    expect(text.slice(pieces[0].start, pieces[0].end)).toBe('a = "<fim_middle><|endoftext|>"\nx: ');
  });
});

describe('places', () => {
  it.each(['PSM', 'SPM'] as const)('of each token in the code, in the order %s', (order) => {
    const { code, text, tokens, pieces } = prompt('def f(x: ⟦int⟧) -> str:\n    return "naïve" * x\n', { order });
    for (const { start, end, at } of pieces) expect(text.slice(start, end)).toBe(code.slice(at, at + end - start));
    const covered = tokens.filter(({ start }) => pieces.some((piece) => start >= piece.start && start < piece.end));
    expect(tokens.length - covered.length).toBe(3);
    expect(pieces.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(code.length - 'int'.length);
    for (const token of tokens) expect(token.end).toBeGreaterThan(token.start);
  });

  it('of a space that is the answer’s', () => {
    const { text, space } = prompt('x: ⟦int⟧ = 1\n', { spaceInAnswer: true });
    expect(space).toBe(' ');
    expect(text).toBe('<fim_prefix>x:<fim_suffix> = 1\n<fim_middle>');
  });

  it('without sentinels: nothing behind the hole is read', () => {
    const { text, tokens, to, code } = prompt('x: ⟦int⟧ = 1\n', {}, withAdded('gpt2', []));
    expect(text).toBe('x: ');
    expect(tokens.map((token) => token.text).join('')).toBe('x: ');
    expect(code.slice(to)).toBe(' = 1\n');
  });
});

describe('what does not fit', () => {
  const lines = (n: number, name: string) => Array.from({ length: n }, (_, i) => `${name}${i} = ${i}\n`).join('');
  const long = `${lines(40, 'a')}x: ⟦int⟧ = 3\n${lines(40, 'b')}`;

  it.each([30, 60, 100, 200])('is cut by whole lines at both far ends, into %i tokens', (room) => {
    const { code, tokens, from, to } = prompt(long, { room });
    expect(tokens.length).toBeLessThanOrEqual(room);
    expect(from === 0 || code[from - 1] === '\n').toBe(true);
    expect(code[to - 1]).toBe('\n');
    expect(code.slice(from, to)).toContain('x: int = 3');
    // One more line on either side would be too much, or the other side has its half.
    const more = prompt(long, { room: room + 20 });
    expect(more.to - more.from).toBeGreaterThan(to - from);
  });

  it('leaves to one side what the other does not need', () => {
    const { from, to, code } = prompt(`x: ⟦int⟧ = 3\n${lines(40, 'b')}`, { room: 100 });
    expect(from).toBe(0);
    const both = prompt(long, { room: 100 });
    expect(to - code.indexOf('b0')).toBeGreaterThan(1.5 * (both.to - both.code.indexOf('b0')));
  });

  it('is refused where the line of the hole is too long', () => {
    expect(() => prompt('const aVeryLongNameOfSomething: ⟦number⟧ = 1', { room: 8 })).toThrow('The line with the hole has more tokens than the model reads. Choose shorter code.');
  });
});
