/** Of two chosen answers the likelier one is preferred, and a layer is named only where their first tokens differ. */
import { expect, it } from 'vitest';
import { preference } from '../../src/findings/preference';

const answers = [{ label: 'f', probability: 0.12 }, { label: 'len', probability: 0.034 }, { label: '"', probability: 0.0001 }];

it('names the layer from which it leads to the end', () => {
  expect(preference(['len', 'f'], answers, [[2, 1], [3, 1], [2.5, 2], [1, 4], [1, 5]])).toEqual([
    'Of the two that were chosen, the model prefers f (12 %) to len (3.4 %).',
    'At the last token, f overtakes len at layer 2 and stays ahead.',
  ]);
  expect(preference(['f', '"'], answers, [[1, 0], [2, 0]])[1]).toBe('At the last token, f is ahead of " from the embedding on.');
});

it('names none where one token begins both', () => {
  expect(preference(['f', 'len'], answers, [[1, 1], [2, 2]])).toHaveLength(1);
});
