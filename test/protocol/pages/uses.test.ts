/** What a reader has chosen can be used wherever a form has such a place, and is then what the analysis accepts. */
import { expect, test } from 'vitest';
import { ANALYSES } from '../../../src/protocol/analyses';
import { usesOf } from '../../../src/protocol/pages/uses';

const token = { position: 7, layer: 2, head: null };
const told = (chosen: Parameters<typeof usesOf>[0]) => Object.fromEntries(usesOf(chosen).map(({ title, params }) => [title, params]));

test('a token in forms with places, a head in forms with heads', () => {
  expect(told(token)).toMatchObject({
    'Knock-out: Ignored tokens': { sources: ['#7'] },
    'Knock-out: Tokens that read': { queries: ['#7'] },
    'Components: Token': { position: '#7' },
    'Attention: Token': { token: '#7' },
  });
  expect(told({ position: null, layer: 3, head: 1 })).toEqual({
    'Pattern Patching: Head': { head: '3.1' },
    'Path Patching: Senders together': { from: ['3.1'] },
    'Knock-out: Heads': { heads: ['3.1'] },
    'Ablation: Left out': { without: ['3.1'] },
    'Components: Through tokens of': { head: '3.1' },
    'Attention: Pattern of head': { head: '3.1' },
  });
  expect(usesOf({ position: null, layer: 3, head: null })).toEqual([]);
});

test('each is accepted', () => {
  for (const { id, params } of usesOf({ ...token, head: 0 })) expect(ANALYSES[id].params.safeParse(params).success, id).toBe(true);
});
