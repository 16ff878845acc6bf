/** Who writes a sum is told in shares where shares say something. */
import { expect, test } from 'vitest';
import { writers } from '../../../../src/engine/analyses/components/component-findings';
import type { Component } from '../../../../src/protocol/analyses/components';

const mlps = (...values: number[]): Component[] => values.map((value, layer) => ({ name: `${layer}_mlp_out`, kind: 'mlp_out', layer, head: null, value }));
const told = (sum: number, ...values: number[]) => writers('A − B', sum, mlps(...values), ({ value }) => value, (amount) => amount.toFixed(2));

test.each([
  ['a sum that one part mostly writes', told(1, 1.2, -0.2), 'Directly, MLP 0 writes 120 % of A − B, 1.00; one component of 2 drawn at random writes 50 % on average.'],
  ['one that is what is left when parts cancel', told(0.18, 0.92, -0.74), 'Directly, all components together give 0.18 of A − B, as what they write mostly cancels; the largest are MLP 0 0.92 and MLP 1 -0.74.'],
  ['one against its sign that cancels', told(-0.2, 0.5, -0.7), 'Directly, all components together give -0.20 of A − B, as what they write mostly cancels; the largest are MLP 1 -0.70 and MLP 0 0.50.'],
  ['next to nothing', told(0.05, 0.03, 0.02), 'Directly, all components together give 0.05 of A − B, too little to be told in shares; the largest are MLP 0 0.03 and MLP 1 0.02.'],
])('%s', (_, sentence, expected) => {
  expect(sentence).toBe(expected);
});
