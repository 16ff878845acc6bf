import { expect, it } from 'vitest';
import { ghostText } from '../../../src/extension/overlay/ghost-edits';

it('what is inserted is drawn on one line, with the white space at its ends, and not longer than can be read', () => {
  expect(ghostText('"')).toBe('"');
  expect(ghostText('  x = 1\r\n')).toBe('··x = 1↵');
  expect(ghostText('a\n\tb')).toBe('a↵⇥b');
  expect(ghostText(' ')).toBe('·');
  expect(ghostText('x'.repeat(81))).toBe(`${'x'.repeat(80)}…`);
});
