/** Prompts of open questions: what is read of the code, and where a place lies after edits. */
import { describe, expect, it } from 'vitest';
import { moved } from '../../../src/snippets/judge/changes';
import { linesAround, renderHole, type OpenForm } from '../../../src/snippets/prompts/forms';
import { promptTokens, sourceRange } from '../../../src/snippets/prompts/prompts';
import { sentinelsOf } from '../../../src/snippets/prompts/sentinels';
import { kitTokenizer } from '../tokenizer/kit';

const tokenizer = kitTokenizer();
const next: OpenForm = { id: 'next-token', behind: false };

describe('without sentinels', () => {
  it('the code before the place is read, without one space that a word brings along', () => {
    const code = 'total = 1\r\nprint( total)\r\n';
    const prompt = renderHole(tokenizer, null, next, code, { start: 18, end: 18 });
    expect(prompt.text).toBe('total = 1\nprint(');
    const place = code.indexOf('total)');
    expect(renderHole(tokenizer, null, next, code, { start: place, end: place }).text).toBe('total = 1\nprint(');
    expect(renderHole(tokenizer, null, next, code, { start: place - 1, end: place - 1 }).text).toBe('total = 1\nprint(');
  });

  it('tokens lie where they are in the file, carriage returns included', () => {
    const code = 'total = 1\r\nprint(total)\r\n';
    const prompt = renderHole(tokenizer, null, next, code, { start: 17, end: 17 });
    const last = promptTokens(tokenizer, prompt).at(-1)!;
    expect(sourceRange(prompt, last)).toEqual({ start: 16, end: 17 });
  });

  it('whole lines are left out from the beginning until it fits, and a line that does not fit is said', () => {
    const code = 'first = 1\r\nsecond = 2\r\nthird = first';
    const end = code.length;
    const few = tokenizer.encode('third = first').length;
    expect(linesAround(tokenizer, null, next, code, { start: end, end }, few)).toEqual({ start: code.indexOf('third'), end });
    expect(linesAround(tokenizer, null, next, code, { start: end, end }, 1000)).toEqual({ start: 0, end });
    expect(() => linesAround(tokenizer, null, next, code, { start: end, end }, few - 1)).toThrow('The line with the hole has more tokens than the model reads.');
  });
});

it('a tokenizer without sentinels has none', () => {
  expect(sentinelsOf(tokenizer)).toBeNull();
});

describe('a place after edits', () => {
  const hole = { start: 10, end: 16 };
  it('moves with what is changed before it, and not with what is behind', () => {
    expect(moved(hole, [{ start: 0, end: 1, replacement: 'four' }, { start: 20, end: 25, replacement: '' }])).toEqual({ start: 13, end: 19 });
    expect(moved(hole, [{ start: 8, end: 10, replacement: '' }])).toEqual({ start: 8, end: 14 });
    expect(moved(hole, [{ start: 16, end: 16, replacement: 'x' }])).toEqual(hole);
  });
  it('is gone where a change touches it', () => {
    expect(moved(hole, [{ start: 9, end: 11, replacement: '' }])).toBeNull();
    expect(moved(hole, [{ start: 12, end: 12, replacement: 'x' }])).toBeNull();
    expect(moved({ start: 5, end: 5 }, [{ start: 4, end: 6, replacement: '' }])).toBeNull();
    expect(moved({ start: 5, end: 5 }, [{ start: 5, end: 5, replacement: 'ab' }])).toEqual({ start: 7, end: 7 });
  });
});
