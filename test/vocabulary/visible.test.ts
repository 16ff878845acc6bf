import { expect, test } from 'vitest';
import { plain, prose, shownCode, shownProse, visible } from '../../src/vocabulary/visible';

test('spaces that do not break stay in what is written for reading, and are seen in what is quoted', () => {
  const text = 'it gives TypeError <\u00a00.1\u00a0%\u202e';
  expect(shownProse(`${text}\n`)).toBe('it gives TypeError <\u00a00.1\u00a0%⟨U+202E⟩\n');
  expect(prose(`${text}\n`)).toBe('it gives TypeError <\u00a00.1\u00a0%⟨U+202E⟩↵');
  for (const quoted of [shownCode, plain, visible]) expect(quoted(text)).toContain('⟨U+00A0⟩0.1⟨U+00A0⟩%⟨U+202E⟩');
});
