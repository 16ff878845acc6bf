import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PythonSandbox } from '../../../src/snippets/sandbox/sandbox';
import { families } from '../../../src/corpus/families/skeletons';
import { makeGroup } from '../../../src/corpus/kits/skeletons/skeletons';
import { Random } from '../../../src/corpus/random';

let sandbox: PythonSandbox;
beforeAll(async () => {
  sandbox = await PythonSandbox.start();
}, 60_000);
afterAll(() => sandbox.close());

describe('runtime families', () => {
  it('have different names and, together, more than 120 skeletons', () => {
    expect(new Set(families.map((family) => family.name)).size).toBe(families.length);
    expect(new Set(families.flatMap((family) => family.skeletons)).size).toBeGreaterThan(120);
  });

  it('give the same group for the same seed', () => {
    for (const family of families) expect(family.make(new Random(5))).toEqual(family.make(new Random(5)));
  });

  it.each(families)('$name: every skeleton makes short twins, and the family several outcomes', async (family) => {
    const random = new Random(family.name);
    const groups = family.skeletons.flatMap((skeleton) => [makeGroup(skeleton, random), makeGroup(skeleton, random)]);
    for (const group of groups) {
      expect(group.length).toBeGreaterThanOrEqual(2);
      expect(group.length).toBeLessThanOrEqual(4);
      expect(new Set(group).size).toBe(group.length);
      for (const code of group) {
        expect(code.split('\n').length).toBeLessThanOrEqual(15);
        expect(code).not.toMatch(/[⟦⟧⟨⟩$~]/);
      }
    }
    const outcomes = await sandbox.runMany(groups.flat());
    const labels = outcomes.map((outcome) => outcome.label);
    for (const label of ['timeout', 'memory limit', 'not contained', 'exited']) expect(labels).not.toContain(label);
    expect(new Set(labels).size).toBeGreaterThanOrEqual(2);
    let at = 0;
    const mixed = groups.filter((group) => new Set(labels.slice(at, (at += group.length))).size > 1);
    expect(mixed.length / groups.length).toBeGreaterThan(0.5);
  }, 60_000);
});
