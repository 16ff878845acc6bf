import { expect, test } from 'vitest';
import { unlistedSentence } from '../../../src/protocol/words/unlisted';
import { baseAmong } from '../../../src/snippets/outcomes/base-classes';
import { PYTHON_ERROR_TYPE } from '../../../src/snippets/prompts/templates';

const answers = PYTHON_ERROR_TYPE.answers.map(({ label }) => label);

// As CPython's __mro__ has them.
test.each([
  ['JSONDecodeError', 'ValueError'],
  ['UnicodeDecodeError', 'ValueError'],
  ['NotImplementedError', 'RuntimeError'],
  ['BrokenPipeError', 'OSError'],
  ['EOFError', null],
  ['MyOwnError', null],
  ['constructor', null],
])('%s is a kind of %s', (label, base) => {
  expect(baseAmong(label, ['OSError', 'RuntimeError', 'ValueError', 'no error'])).toBe(base);
});

test('in words', () => {
  expect(unlistedSentence('JSONDecodeError', answers.length, { base: baseAmong('JSONDecodeError', answers) })).toBe(
    'JSONDecodeError is none of the 17 answers; it is a ValueError, which is one.',
  );
  expect(unlistedSentence('EOFError', 17, { base: null })).toBe('EOFError is none of the 17 answers.');
  expect(unlistedSentence('ZoneInfoNotFoundError', 2, { base: 'IndexError' })).toContain('it is an IndexError, which is one.');
});
