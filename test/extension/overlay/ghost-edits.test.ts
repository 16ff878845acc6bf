import { describe, expect, it } from 'vitest';
import { ghostEdits, type GhostEdit } from '../../../src/extension/overlay/ghost-edits';
import type { Explanation, PromptToken } from '../../../src/protocol/documents/explanation';
import { alignTokens, singleChange } from '../../../src/snippets/twins/align';
import { madeUp } from '../../cli/explanation-fixture';

/** Words and what stands between them, as tokens; the question has no place in the file. */
function tokensOf(code: string, offset: number): { own: PromptToken[]; encoded: { id: number; text: string; start: number; end: number }[] } {
  const encoded = [...`${code}\n# raise`.matchAll(/\w+|\n| +|[^\w\s]/g)].map((match) => ({
    id: [...match[0]].reduce((hash, character) => (hash * 31 + character.codePointAt(0)!) % 100_003, 7),
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  const own = encoded.map(({ id, text, start, end }) => ({ id, text, start: end <= code.length ? start + offset : null, end: end <= code.length ? end + offset : null }));
  const beginning = { id: 0, text: '<|bos|>', start: 0, end: 0 };
  return { own: [{ ...beginning, start: null, end: null }, ...own], encoded: [beginning, ...encoded] };
}

function explained(code: string, variant: string, kind: string | null = 'quote', start = 100): Explanation {
  const [a, b] = [tokensOf(code, start), tokensOf(variant, kind === null ? 0 : start)];
  const alignment = alignTokens(a.encoded, b.encoded, singleChange(`${code}\n# raise`, `${variant}\n# raise`));
  const base = madeUp();
  return {
    ...base,
    source: { ...base.source, code, start, end: start + code.length },
    tokens: a.own,
    counterfactual: { ...base.counterfactual!, kind, code: variant, tokens: b.own, alignment },
  };
}

/** The edits made in the code, last one first. */
function applied(code: string, edits: readonly GhostEdit[], start: number): string {
  return [...edits].reverse().reduce((text, edit) => text.slice(0, edit.start - start) + edit.inserted + text.slice(edit.end - start), code);
}

describe('ghost edits', () => {
  it('name what is removed and what stands there instead', () => {
    expect(ghostEdits(explained('print("a")\nx = 12', 'print("a")\nx = "12"'))).toEqual([
      { start: 115, end: 115, inserted: '"' },
      { start: 117, end: 117, inserted: '"' },
    ]);
    expect(ghostEdits(explained('print("a")', 'print("a"'))).toEqual([{ start: 109, end: 110, inserted: '' }]);
  });

  it.each([
    ['one change', 'total = price + 3\nprint(total)', 'total = price + count\nprint(total)'],
    ['a renaming in several places', 'x = 1\ny = x + x\nprint(x)', 'zz = 1\ny = zz + zz\nprint(zz)'],
    ['an insertion at the start', 'x = 1\nprint(x)', ' x = 1\nprint(x)'],
    ['a line removed', 'import os\nx = 1\nprint(x)', 'x = 1\nprint(x)'],
    ['more at the end', 'x = 1', 'x = 1\nprint(y)'],
    ['all of it', 'a + b', '12'],
  ])('make the variant of the original: %s', (_, code, variant) => {
    expect(applied(code, ghostEdits(explained(code, variant)), 100)).toBe(variant);
  });

  it('work for a program that the user gave, whose ranges are in its own text', () => {
    const [code, variant] = ['x = 1\nprint(x)', 'x = 1\nprint(y)'];
    expect(ghostEdits(explained(code, variant, null))).toEqual([{ start: 112, end: 113, inserted: 'y' }]);
  });

  it('remove a line from its beginning to its end, wherever its tokens begin', () => {
    const code = 'def f(a):\n    a += 1\n    b = 2\n    return a';
    const edits = ghostEdits(explained(code, code.replace('    b = 2\n', '')));
    expect(edits.map(({ start, end, inserted }) => [code.slice(start - 100, end - 100), inserted])).toEqual([['    b = 2\n', '']]);
  });

  it('are none without a variant', () => {
    expect(ghostEdits(madeUp({ counterfactual: null, patching: null }))).toEqual([]);
  });
});
