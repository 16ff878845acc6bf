/** Claims: what is left out and which answers come of it, on a planted circuit and against single runs; rates with their intervals. */
import { expect, test } from 'vitest';
import { Ablations } from '../../../src/methods/circuits/ablation';
import { fewestThatChange, tryWithout, wilson, type Trying } from '../../../src/methods/circuits/claims';
import { writersOf } from '../../../src/methods/circuits/graph';
import { NodeCircuits } from '../../../src/methods/circuits/node-circuits';
import { runCircuits, type PlacedNode } from '../../../src/methods/circuits/node-places';
import type { PlacedPair } from '../../../src/methods/circuits/places';
import { meanReplacement } from '../../../src/methods/circuits/replacement';
import { INDUCTION, inductionModel } from '../../planted/circuits';

const ANSWERS = Array.from({ length: 12 }, (_, token) => token);
const same = (base: readonly number[]) => base.map((_, i) => i);
/** …A B … A: the answer is B; in the twin the first A is another, and nothing is to be copied. */
const pair = (a: number, b: number, c: number, d: number, e: number, other: number): PlacedPair => {
  const base = [0, a, b, c, d, e, a];
  return { base, source: [0, other, b, c, d, e, a], sourceOf: same(base), metric: { positive: b, negative: c }, placeOf: [null, 0, 1, 2, 3, 4, 5] };
};
const making = [pair(5, 7, 3, 9, 2, 6), pair(4, 7, 1, 9, 2, 6)];
const trying = [pair(9, 7, 3, 1, 11, 4), pair(10, 7, 2, 3, 4, 5), pair(6, 7, 8, 9, 2, 4)];

test('without the head that copies the answer is another one, in programs it was not made from too; without others of its kind it is not', async () => {
  const model = await inductionModel();
  const writers = writersOf(model);
  const { previous, induction } = INDUCTION;
  const at = ({ layer, head }: { layer: number; head: number }, place: number): PlacedNode =>
    ({ writer: writers.findIndex((one) => one.kind === 'head' && one.layer === layer && one.head === head), place });
  const [reads, copies] = [at(previous, 1), at(induction, 5)];
  const kinds = ['embed', 'head', 'mlp'];
  const kindOf = ({ writer }: PlacedNode) => kinds.indexOf(writers[writer].kind);
  const all = writers.flatMap(({ kind }, writer) => (kind === 'remainder' ? [] : [0, 1, 2, 3, 4, 5].map((place) => ({ writer, place }))));
  const twins = await Ablations.read(model, 'counterfactual', making);
  const run = (pairs: readonly PlacedPair[], circuits: Parameters<typeof runCircuits>[2], working: object) =>
    runCircuits(model, pairs, circuits, twins, working);
  const idle = all.filter((node) => kindOf(node) === 1 && ![reads, copies].some(({ writer, place }) => writer === node.writer && place === node.place));
  const progress: string[] = [];
  const options: Trying<PlacedNode> = {
    answers: ANSWERS, others: kinds.map((_, kind) => (kind === 1 ? idle : [])), kindOf, draws: 4, seed: 3, onProgress: (done, total) => progress.push(`${done}/${total}`),
  };
  const found = await tryWithout(run, [copies], making, trying, options);
  expect(found.answers[7]).toEqual({ whole: 3, without: 0, random: 12 });
  expect(found.claim.before).toBe(0);
  expect(found.claim.made.of).toBe(2);
  expect(found.claim.held.of).toBe(3);
  expect(found.claim.random).toEqual({ count: 0, of: 12 });
  expect(found.own.whole.answer).toBe(7);
  expect(found.own.without.answer).not.toBe(7);
  expect(found.left.without!).toBeLessThan(0.1);
  expect(found.left.random!).toBeGreaterThan(0.9);
  expect(progress.at(-1)).toBe('5/5');
  // The slow way: each program by itself.
  let sum = 0;
  for (const { base, source, sourceOf, metric } of trying) {
    const read = await NodeCircuits.read(model, base, metric);
    const replacement = await meanReplacement(model, read.run, [{ tokens: source, sourceOf }]);
    const [without] = await read.metrics([(writer, position) => writer !== copies.writer || position !== 6], replacement);
    sum += without;
  }
  expect(found.metrics.without).toBeCloseTo(sum / 3, 5);

  // Of nodes in an order the fewest are taken; of those without effect none.
  const fewest = await fewestThatChange(run, [idle[0], copies, reads], making, { answers: ANSWERS });
  expect(fewest === null || fewest.length === 2).toBe(true);
  expect(await fewestThatChange(run, idle.slice(0, 3), making, { answers: ANSWERS })).toBeNull();
  expect(await fewestThatChange(run, [], making, { answers: ANSWERS })).toBeNull();
  const lonely = await tryWithout(run, [copies], making, trying, { ...options, others: [[], [], []] });
  expect([lonely.draws, lonely.claim.random, lonely.metrics.random]).toEqual([0, null, null]);
  await model.release();
});

test('Wilson’s interval: as its tables have it, also at the ends', () => {
  const close = (count: number, of: number, low: number, high: number) => {
    const interval = wilson({ count, of });
    expect(interval.low).toBeCloseTo(low, 3);
    expect(interval.high).toBeCloseTo(high, 3);
  };
  close(10, 10, 0.7225, 1);
  close(0, 10, 0, 0.2775);
  close(81, 263, 0.2553, 0.3662); // Newcombe 1998, table I
});
