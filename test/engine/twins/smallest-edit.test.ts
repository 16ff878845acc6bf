/** The search for the smallest edit, held against looking at every set of edits there is. */
import { describe, expect, test } from 'vitest';
import { randomLists, smallestEdit, type Candidate, type Looked, type Space } from '../../../src/engine/twins/smallest-edit';
import { uniformFrom } from '../../../src/random';

interface Made {
  effects: readonly number[];
  tokens: readonly number[];
  /** From which sum on the answer is another one. */
  flipsAt: number;
  /** Pairs that do not go together. */
  apart?: readonly (readonly [number, number])[];
  /** What a pair adds beyond its effects. */
  more?: (parts: readonly number[]) => number;
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

function space({ effects, tokens, flipsAt, apart = [], more = () => 0 }: Made): Space<string> & { looks: number[][] } {
  const looks: number[][] = [];
  const candidate = (parts: readonly number[]): Candidate<string> => ({ parts, tokens: sum(parts.map((i) => tokens[i])), made: parts.join('+') });
  return {
    looks,
    singles: effects.map((_, i) => candidate([i])),
    alike: [effects.map((_, i) => i)],
    join: (lists) => Promise.resolve(lists.map((list) => (apart.some(([a, b]) => list.includes(a) && list.includes(b)) ? null : candidate(list)))),
    look(candidates) {
      looks.push(...candidates.map(({ parts }) => [...parts]));
      return Promise.resolve(candidates.map((one): Looked<string> => {
        const moved = sum(one.parts.map((i) => effects[i])) + more(one.parts);
        return { ...one, moved, flips: moved >= flipsAt };
      }));
    },
  };
}

const subsets = (of: number): number[][] => Array.from({ length: 2 ** of - 1 }, (_, bits) => Array.from({ length: of }, (_2, i) => i).filter((i) => ((bits + 1) >> i) & 1));

describe.each(Array.from({ length: 40 }, (_, seed) => seed))('seed %i', (seed) => {
  const random = uniformFrom(seed);
  const effects = Array.from({ length: 9 }, () => 2 * random() - 0.8);
  const tokens = effects.map(() => 1 + Math.floor(random() * 5));
  const made: Made = { effects, tokens, flipsAt: 0.6 + 2.5 * random(), apart: [[0, 1], [2, 3]] };

  test('a single edit that flips is the smallest of those; of several nothing can be left out; nothing is found only where nothing flips', async () => {
    const { found, furthest, ended } = await smallestEdit(space(made), { budget: 10_000 });
    const fits = (parts: readonly number[]) => !made.apart!.some(([a, b]) => parts.includes(a) && parts.includes(b));
    const flips = (parts: readonly number[]) => fits(parts) && sum(parts.map((i) => effects[i])) >= made.flipsAt;
    const flipping = subsets(9).filter(flips);
    if (found === null) {
      expect([flipping, ended]).toEqual([[], 'exhausted']);
      expect(furthest!.moved).toBeGreaterThanOrEqual(Math.max(...effects));
      return;
    }
    expect(ended).toBe('found');
    expect(flips(found.parts)).toBe(true);
    const alone = flipping.filter(({ length }) => length === 1);
    if (alone.length > 0) expect([found.parts.length, found.tokens]).toEqual([1, Math.min(...alone.map(([i]) => tokens[i]))]);
    else expect(found.parts.length).toBeGreaterThan(1);
    for (const part of found.parts) expect(flips(found.parts.filter((other) => other !== part)), `without ${part}`).toBe(false);
  });
});

test('of edits that do nothing one by one, all of a kind are tried at once, and what is not needed is taken out', async () => {
  const more = (parts: readonly number[]) => (parts.includes(2) && parts.includes(5) ? 3 : 0);
  const { found, steps } = await smallestEdit(space({ effects: Array.from({ length: 8 }, () => 0), tokens: Array.from({ length: 8 }, () => 1), flipsAt: 2, more }), { budget: 1000 });
  expect([...found!.parts].sort()).toEqual([2, 5]);
  expect(steps.at(-1)!.parts).toHaveLength(8);
});

test.each([1, 3, 8, 11, 12, 20])('no more than %i are looked at, none twice, and what went furthest is told', async (budget) => {
  const searched = space({ effects: [0.1, 0.3, 0.2, 0.4, -1, 0.25, 0.05, 0.01, 0.02], tokens: [1, 2, 3, 4, 5, 6, 7, 8, 9], flipsAt: 9 });
  const told: number[] = [];
  const { furthest, singles, several, ended } = await smallestEdit(searched, { budget, onLooked: (_, looked) => told.push(looked) });
  expect(searched.looks.length).toBe(Math.min(budget, searched.looks.length));
  expect(new Set(searched.looks.map((parts) => [...parts].sort().join())).size).toBe(searched.looks.length);
  expect(singles + several).toBe(searched.looks.length);
  expect(told.at(-1)).toBe(searched.looks.length);
  expect(ended).toBe('budget');
  const best = Math.max(...searched.looks.map((parts) => sum(parts.map((i) => [0.1, 0.3, 0.2, 0.4, -1, 0.25, 0.05, 0.01, 0.02][i]))));
  expect(furthest!.moved).toBeCloseTo(best, 10);
});

test('it ends when its time is up, with what is known by then', async () => {
  let looks = 0;
  const searched = space({ effects: Array.from({ length: 30 }, () => 0.1), tokens: Array.from({ length: 30 }, () => 1), flipsAt: 9 });
  const { ended, singles } = await smallestEdit(searched, { budget: 1000, timeIsUp: () => looks++ >= 2 });
  expect([ended, singles]).toEqual(['time', 16]);
});

test('random lists are drawn once each, and the same ones for the same seed', () => {
  const drawn = (seed: number) => randomLists({ of: 6, size: 2, most: 10, random: uniformFrom(seed) });
  expect(drawn(1)).toEqual(drawn(1));
  expect(drawn(1)).not.toEqual(drawn(2));
  expect(new Set(drawn(1).map((list) => [...list].sort().join())).size).toBe(10);
  expect(randomLists({ of: 3, size: 2, most: 10, random: uniformFrom(3) })).toHaveLength(3);
  expect(randomLists({ of: 1, size: 2, most: 10, random: uniformFrom(3) })).toEqual([]);
});

test('what was found when the budget ended is not said to be the smallest', async () => {
  const more = (parts: readonly number[]) => (parts.includes(2) && parts.includes(5) ? 3 : 0);
  const made = { effects: Array.from({ length: 8 }, () => 0), tokens: Array.from({ length: 8 }, () => 1), flipsAt: 2, more };
  const whole = await smallestEdit(space(made), { budget: 1000 });
  const cut = await smallestEdit(space(made), { budget: 9 }); // eight single ones, and all at once
  expect([whole.ended, whole.found!.parts.length]).toEqual(['found', 2]);
  expect([cut.ended, cut.found!.parts.length]).toEqual(['budget', 8]);
});
