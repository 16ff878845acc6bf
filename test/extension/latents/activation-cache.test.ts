import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ActivationCache, certainUntil, mostTokens, type Place } from '../../../src/extension/latents/activation-cache';
import type { ActivationsAt } from '../../../src/protocol/documents/latents';
import { renderPrompt, sourceRange } from '../../../src/snippets/prompts/prompts';
import { PYTHON_ERROR_TYPE } from '../../../src/snippets/prompts/templates';
import { CodeTokenizer } from '../../../src/snippets/tokenizer/tokenizer';
import { Random } from '../../../src/corpus/random';
import { KIT_WORDS, tokenizerJson } from '../../snippets/tokenizer/kit';

const CODE = 'first = 1\nsecond = "two"\n\nprint(first + second)\n';
const SAE: ActivationsAt['sae'] = {
  name: 'sae', site: 'blocks.1.hook_resid_post', layer: 1, format: 'saelens', architecture: 'topk', width: 4, latents: 8, k: 1,
};

const ROOM = 40;

/** Every word is a token, at which the latent with the number of letters before it is active. */
function read(text: string, { start, end } = { start: 0, end: text.length }): ActivationsAt {
  const words = [...text.slice(start, end).matchAll(/\S+/g)];
  const tokens = words.map(({ 0: word, index }, id) => ({ id, text: word, start: start + index, end: start + index + word.length }));
  const active = tokens.map((token) => [{ latent: token.start, activation: 1 }]);
  const latents = active.flat().map(({ latent }) => ({ site: SAE.site, latent, description: null, maximum: null }));
  return { sae: SAE, read: { start, end }, room: ROOM, tokens, active, counts: active.map(() => 1), latents, problems: [] };
}

function counted(answer: (place: Place) => ActivationsAt = ({ text }) => read(text)) {
  const asked: Place[] = [];
  const ask = (place: Place) => {
    asked.push(place);
    return Promise.resolve().then(() => answer(place));
  };
  return { asked, ask };
}

const never = () => false;
const at = (offset: number, text = CODE, key = 'file') => ({ key, text, offset });
const textOf = (found: Awaited<ReturnType<ActivationCache['get']>>) => found && found.reading.tokens[found.position].text;

describe('the cache of activations', () => {
  it('answers all tokens of a file from one request', async () => {
    const cache = new ActivationCache();
    const { asked, ask } = counted();
    const offsets = [...CODE].map((_, offset) => offset);
    const found = await Promise.all(offsets.map((offset) => cache.get(at(offset), ask, never)));
    expect(asked).toHaveLength(1);
    expect(found.map((token) => token?.lines)).toEqual([...CODE].map((char) => (/\S/.test(char) ? null : undefined)));
    expect(textOf(found[CODE.indexOf('"two"')])).toBe('"two"');
    expect(cache.find(at(0, CODE, 'another file'))).toBeUndefined();
  });

  it('keeps what is before an edit, and asks once for the rest', async () => {
    const cache = new ActivationCache();
    const { asked, ask } = counted();
    await cache.get(at(0), ask, never);
    const edited = CODE.replace('"two"', '"three"');
    expect(textOf(cache.find(at(edited.indexOf('1'), edited)) ?? null)).toBe('1');
    expect(cache.find(at(edited.indexOf('"three"'), edited))).toBeUndefined();
    expect(cache.find(at(edited.indexOf('print'), edited))).toBeUndefined();
    const rest = await Promise.all(['"three"', 'print', '+', 'second)'].map((word) => cache.get(at(edited.lastIndexOf(word), edited), ask, never)));
    expect(rest.map(textOf)).toEqual(['"three"', 'print(first', '+', 'second)']);
    expect(asked.map(({ text }) => text)).toEqual([CODE, edited]);
  });

  it('knows the old text again when an edit is undone', async () => {
    const cache = new ActivationCache();
    const { asked, ask } = counted();
    await cache.get(at(0), ask, never);
    expect(cache.find(at(CODE.length - 3, `# ${CODE}`))).toBeUndefined();
    expect(textOf(cache.find(at(CODE.length - 3)) ?? null)).toBe('second)');
    expect(asked).toHaveLength(1);
  });

  it('asks again about what was edited while it was read', async () => {
    const cache = new ActivationCache();
    const { asked, ask } = counted();
    const before = cache.get(at(CODE.indexOf('print')), ask, never);
    const edited = CODE.replace('print', 'repr');
    const after = cache.get(at(edited.indexOf('repr'), edited), ask, never);
    const early = cache.get(at(0, edited), ask, never);
    expect([await before, await after, await early].map(textOf)).toEqual(['print(first', 'repr(first', 'first']);
    expect(asked.map(({ text }) => text)).toEqual([CODE, edited]);
  });

  it('asks nothing for a hover that is over, but keeps what was asked for it', async () => {
    const cache = new ActivationCache();
    const { asked, ask } = counted();
    expect(await cache.get(at(0), ask, () => true)).toBeNull();
    expect(asked).toHaveLength(0);
    let cancelled = false;
    const first = cache.get(at(0), ask, () => cancelled);
    cancelled = true;
    await first;
    await cache.get(at(12), ask, never);
    expect(asked).toHaveLength(1);
  });

  it('reads a long file in parts, and again after any edit, which may move their borders', async () => {
    const cache = new ActivationCache();
    const half = CODE.indexOf('\n\n') + 1;
    const { asked, ask } = counted(({ text, offset }) => read(text, offset < half ? { start: 0, end: half } : { start: half, end: text.length }));
    const print = CODE.indexOf('print');
    expect((await cache.get(at(0), ask, never))?.lines).toEqual({ first: 1, last: 2 });
    expect((await cache.get(at(print), ask, never))?.lines).toEqual({ first: 3, last: 4 });
    await cache.get(at(5), ask, never);
    expect(asked).toHaveLength(2);
    const below = `${CODE}more\n`;
    for (const offset of [0, print]) expect(cache.find(at(offset, below))).toBeUndefined();
    expect(textOf(cache.find(at(0)) ?? null)).toBe('first');
  });

  it('answers from what was read whole only while the edited text is surely read whole, whatever was hovered before', async () => {
    const cache = new ActivationCache();
    const long = `${CODE}def last():\n${'    return 1\n'.repeat(14)}`;
    expect(read(long).tokens).toHaveLength(ROOM - 1);
    const border = long.indexOf('def');
    const { asked, ask } = counted(({ text, offset }) => {
      if (read(text).tokens.length <= ROOM) return read(text);
      return read(text, offset < border ? { start: 0, end: border } : { start: border, end: text.length });
    });
    const inside = border + 4;
    await cache.get(at(inside, long), ask, never);
    const divided = `${long}    return 2\n    return 3\n`;
    expect(cache.find(at(inside, divided))).toBeUndefined();
    expect((await cache.get(at(inside, divided), ask, never))?.lines).toMatchObject({ first: 5 });
    await cache.get(at(0, divided), ask, never);
    expect(await cache.get(at(inside, divided), ask, never)).toMatchObject({ position: 1, lines: { first: 5 } });
    expect(asked).toHaveLength(3);
    const shorter = long.replace('first = 1', 'first = 2').slice(0, -'    return 1\n'.length);
    expect(cache.find(at(inside, shorter))).toBeUndefined();
    expect((await cache.get(at(inside, shorter), ask, never))?.lines).toBeNull();
    const farShorter = shorter.slice(0, border);
    expect(textOf(cache.find(at(0, farShorter)) ?? null)).toBe('first');
  });

  it('says once for a line what went wrong, and tries again with another text or when it was emptied', async () => {
    const cache = new ActivationCache();
    const { asked, ask } = counted(({ text, offset }) => {
      if (offset > 9) return read(text, { start: 10, end: text.length });
      throw new Error('No SAEs.');
    });
    await expect(cache.get(at(0), ask, never)).rejects.toThrow('No SAEs.');
    expect(await cache.get(at(7), ask, never)).toBeNull();
    expect(asked).toHaveLength(1);
    expect(textOf(await cache.get(at(10), ask, never))).toBe('second');
    expect(cache.find(at(7))).toBeNull();
    await expect(cache.get(at(0, `${CODE} `), ask, never)).rejects.toThrow();
    cache.clear();
    await expect(cache.get(at(0), ask, never)).rejects.toThrow();
    expect(asked).toHaveLength(4);
  });

  it('does not keep an answer that was asked for before it was emptied', async () => {
    const cache = new ActivationCache();
    const { asked, ask } = counted();
    const first = cache.get(at(0), ask, () => asked.length > 0);
    cache.clear();
    expect(await first).toBeNull();
    expect(cache.find(at(0))).toBeUndefined();
  });
});

/** Tokens of the code with their ranges in it, as the engine has them. */
function tokensOf(tokenizer: CodeTokenizer, code: string): { id: number; start: number; end: number }[] {
  if (code.trim() === '') return [];
  const prompt = renderPrompt(PYTHON_ERROR_TYPE, code, null);
  return tokenizer.encode(prompt.text).flatMap((token) => {
    const range = sourceRange(prompt, token);
    return range ? [{ id: token.id, ...range }] : [];
  });
}

const shipped = new CodeTokenizer(JSON.parse(readFileSync('models/python-errors/tokenizer.json', 'utf8')));
/** Signs and the line breaks after them make one word, as newer tokenizers of code have it. */
const words = String.raw`[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`;
const split = { type: 'Split', pattern: { Regex: words }, behavior: 'Isolated', invert: false };
const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false };
const merging = new CodeTokenizer({
  ...tokenizerJson({ words: [...KIT_WORDS, ':\n\n', '):\n', '\n    ', '"\n', '12', ' print'] }),
  pre_tokenizer: { type: 'Sequence', pretokenizers: [split, byteLevel] },
});

describe.each([['the shipped model', shipped], ['a tokenizer that joins signs and line breaks', merging]])('what is certain after an edit, with the tokens of %s', (_, tokenizer) => {
  it('is what is the same when all is read again', () => {
    const random = new Random(5);
    const pieces = ['', ' ', '\n', '\n\n    ', 'x', '1', '):', '"', 'é', '😀', 'print(', ' + ', '\t', '\r\n', '    '];
    const lines = ['def f(a):\n    return a + 12\n', 'print(f"é {x}")\n\n\n', 'for i in [1, 2]:\n    x = "日本" * i\r\n', 'value    =   3   \n'];
    let [kept, above] = [0, 0];
    for (let round = 0; round < 400; round++) {
      const code = Array.from({ length: 3 }, () => random.pick(lines)).join('');
      const from = random.int(0, code.length);
      const edited = code.slice(0, from) + random.pick(pieces) + code.slice(Math.min(code.length, from + random.int(0, 5)));
      const certain = certainUntil(code, edited);
      const before = tokensOf(tokenizer, code).filter(({ end }) => end <= certain);
      expect(tokensOf(tokenizer, edited).slice(0, before.length), JSON.stringify([code, edited])).toEqual(before);
      const [count, most] = [tokensOf(tokenizer, edited).length, mostTokens(tokensOf(tokenizer, code), code, edited)];
      expect(count, JSON.stringify([code, edited])).toBeLessThanOrEqual(most);
      above += most - count;
      if (code !== edited) kept += before.length;
    }
    expect(kept).toBeGreaterThan(2000);
    expect(above / 400).toBeLessThan(30);
  });
});

it('nothing is lost far before an edit, and nothing is certain in its word or the one before', () => {
  expect(certainUntil(CODE, CODE)).toBe(CODE.length);
  const edited = CODE.replace('second)', 'secondly)');
  expect(CODE.slice(0, certainUntil(CODE, edited))).toBe('first = 1\nsecond = "two"\n\nprint(first ');
});
