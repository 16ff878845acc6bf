/** Lists on one line: what is written is read again, whatever the items hold. */
import { expect, it } from 'vitest';
import { listOf, listText } from '../../../src/protocol/words/lists';

it.each([[['TypeError', 'no error']], [[',', '(']], [['[', ']']], [['·return', '↵']], [[' a', 'b']], [['"', "'"]]])('%j', (items) => {
  expect(listOf(listText(items))).toEqual(items);
});

it('reads what people write', () => {
  expect(listOf('TypeError, no error')).toEqual(['TypeError', 'no error']);
  expect(listOf('[, ]')).toEqual(['[', ']']);
  expect(listText(['TypeError', 'no error'])).toBe('TypeError,no error');
});
