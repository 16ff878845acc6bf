import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { skeletonFamilies } from '../../../src/corpus/families/skeletons';
import { makeGroup } from '../../../src/corpus/kits/skeletons/skeleton';
import { Random } from '../../../src/corpus/random';
import { filesOf } from '../../../src/corpus/written/files';
import { readSkeletons } from '../../../src/corpus/written/skeletons';
import { PythonSandbox } from '../../../src/snippets/sandbox/sandbox';

const written = readSkeletons(filesOf('data/python-errors/skeletons', '.skeleton'));
const plain = (skeleton: string) => skeleton;

let sandbox: PythonSandbox;
beforeAll(async () => {
  sandbox = await PythonSandbox.start();
}, 60_000);
afterAll(() => sandbox.close());

describe('skeletons', () => {
  it('are many, in families of their own names', () => {
    expect(written.length).toBeGreaterThan(20);
    expect(written.flatMap(({ skeletons }) => skeletons).length).toBeGreaterThan(900);
  });

  it('give the same group for the same seed', () => {
    for (const family of skeletonFamilies(written)) expect(family.make(new Random(5))).toEqual(family.make(new Random(5)));
  });

  it('make two to four short twins each, in any surroundings', () => {
    for (const { text, place } of written.flatMap(({ skeletons }) => skeletons)) {
      const random = new Random(text);
      for (const group of [makeGroup(text, random), makeGroup(text, random)]) {
        expect(group.length, place).toBeGreaterThanOrEqual(2);
        expect(group.length, place).toBeLessThanOrEqual(4);
        expect(new Set(group).size, place).toBe(group.length);
        for (const code of group) {
          expect(code.split('\n').length, place).toBeLessThanOrEqual(15);
          expect(code, place).not.toMatch(/[⟦⟧⟨⟩$~]/);
        }
      }
    }
  });

  // Without surroundings, which may raise and catch something of their own. A skeleton seeds its own draws: another one changes none of them.
  it.each(written)('$name raise what their heading says, all of it and nothing else', async ({ outcomes, skeletons }) => {
    const groups = skeletons.flatMap(({ text, place }) => {
      const random = new Random(text);
      return Array.from({ length: 3 }, () => ({ place, codes: makeGroup(text, random, plain) }));
    });
    const raised = await sandbox.runMany(groups.flatMap(({ codes }) => codes));
    let at = 0;
    const labels = groups.map(({ codes }) =>
      codes.map((code) => {
        const { label } = raised[at++];
        return code.includes(`class ${label}`) ? 'own error' : label;
      }));
    const unstated = groups.flatMap(({ place, codes }, i) =>
      codes.flatMap((code, j) => (outcomes.includes(labels[i][j]) ? [] : [{ place, code, raises: labels[i][j] }])));
    expect(unstated).toEqual([]);
    expect(outcomes.filter((outcome) => !labels.flat().includes(outcome)), 'stated, and not raised').toEqual([]);
    expect(labels.filter((group) => new Set(group).size > 1).length / groups.length).toBeGreaterThan(0.5);
  }, 60_000);
});
