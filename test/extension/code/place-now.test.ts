/** Tokens of explained code, after edits and in files that were opened anew. */
import { expect, test } from 'vitest';
import { goneWords, placeNow } from '../../../src/extension/code/place-now';

const CODE = 'a = 1\nprint("x" + 21)\nprint(a)\n';
const source = (start = 0) => ({ code: CODE, start, end: start + CODE.length, firstLine: 1, lastLine: 3 });
const span = (of: string, text = CODE) => ({ start: text.indexOf(of), end: text.indexOf(of) + of.length });
const at = (text: string, now: ReturnType<typeof placeNow>) => (now.kind === 'gone' ? null : text.slice(now.start, now.end));

test('where the code is as it was a token moves with it', () => {
  expect(placeNow(source(), span('21'), CODE, null)).toEqual({ kind: 'same', ...span('21') });
  const below = `# first\n${CODE}`;
  expect(placeNow(source(), span('21'), below, { start: 8, end: below.length })).toEqual({ kind: 'moved', ...span('21', below) });
  expect(placeNow(source(), span('21'), below, null)).toEqual({ kind: 'moved', ...span('21', below) });
  const [read, now] = [`import os\n${CODE}`, `import os, sys\n${CODE}`]; // a selection of a file
  expect(at(now, placeNow(source(10), span('21', read), now, null))).toBe('21');
});

test('in edited code it is found by what did not change, or is gone', () => {
  const now = `# new\n${CODE.replace('a = 1', 'a = 100').replace('print(a)', 'pass')}`;
  for (const range of [null, { start: 6, end: now.length }]) {
    expect(at(now, placeNow(source(), span('21'), now, range))).toBe('21');
    expect(placeNow(source(), span('a)', CODE), now, range)).toEqual({ kind: 'gone' });
  }
  const twice = CODE + CODE;
  expect(at(twice, placeNow(source(), span('21'), twice, { start: 0, end: CODE.length }))).toBe('21');
  expect(placeNow({ ...source(), parts: [{ at: 0, start: 0, line: 1 }, { at: 6, start: 9, line: 4 }] }, span('21'), now, null)).toEqual({ kind: 'gone' });
  expect(goneWords('x'.repeat(50), 3)).toContain(`"${'x'.repeat(40)}…" (token 3) is gone`);
});
