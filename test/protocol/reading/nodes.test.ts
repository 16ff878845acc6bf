/** Nodes by their names. */
import { expect, test } from 'vitest';
import { checked } from '../../../src/protocol/fields';
import { parseReader, parseWriter, readers, readersWords, readerWords, writers } from '../../../src/protocol/reading/nodes';

test('readers and writers, in each way of writing them', () => {
  expect(['5.3.k', 'L5H3.k'].map(parseReader)).toEqual(Array(2).fill({ kind: 'head', layer: 5, head: 3, input: 'k' }));
  expect(['12.mlp', '12_mlp_out'].map(parseReader)).toEqual(Array(2).fill({ kind: 'mlp', layer: 12 }));
  expect(parseReader('logits')).toEqual({ kind: 'logits' });
  expect(['5.3', 'L5H3'].map(parseWriter)).toEqual(Array(2).fill({ kind: 'head', layer: 5, head: 3 }));
  expect(['2.mlp', '2_mlp_out'].map(parseWriter)).toEqual(Array(2).fill({ kind: 'mlp', layer: 2 }));
  expect(['2.attn', '2_attn_out'].map(parseWriter)).toEqual(Array(2).fill({ kind: 'attention', layer: 2 }));
  expect(parseWriter('embed')).toEqual({ kind: 'embed' });
});

test('in words', () => {
  expect(['logits', '5.3.k', '2.mlp'].map(readerWords)).toEqual(['the logits', 'the keys of head 5.3', 'MLP 2']);
  expect(readersWords(['L1H0.v', '2.mlp', 'logits'])).toBe('the values of head 1.0, MLP 2 and the logits');
  expect(readersWords(['L1H0.v', '2.mlp', 'logits', '0.0.q'])).toBe('4 readers');
});

test.each(['', '5.3', '5.3.z', 'L5.3.q', '5H3.q', 'embed', '3.attn', 'logits '])('%j is no reader', (name) => {
  expect(() => checked(readers, [name], 'readers')).toThrow('LAYER.HEAD.q');
});

test.each(['', 'logits', '5.3.q', 'L5', '5', '3_resid_pre'])('%j is no writer', (name) => {
  expect(() => checked(writers, [name], 'writers')).toThrow('LAYER.attn');
});
