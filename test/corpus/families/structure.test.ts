import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PythonSandbox } from '../../../src/snippets/sandbox/sandbox';
import { families } from '../../../src/corpus/families/structure';
import { Random } from '../../../src/corpus/random';

const DRAWS = 8;
const groupsOf = (name: string): string[][] => {
  const family = families.find((f) => f.name === name)!;
  const random = new Random(`test ${name}`);
  return Array.from({ length: DRAWS }, () => family.make(random));
};

describe('structure families', () => {
  it('have names of their own', () => {
    expect(families.length).toBeGreaterThanOrEqual(120);
    expect(new Set(families.map((f) => f.name)).size).toBe(families.length);
  });

  it('give the same groups for the same seed', () => {
    for (const { name } of families.slice(0, 40)) expect(groupsOf(name)).toEqual(groupsOf(name));
  });

  it('give two to four different programs of one to fifteen lines', () => {
    for (const { name } of families) {
      for (const group of groupsOf(name)) {
        expect(group.length, name).toBeGreaterThanOrEqual(2);
        expect(group.length, name).toBeLessThanOrEqual(4);
        expect(new Set(group).size, name).toBe(group.length);
        for (const code of group) {
          expect(code.split('\n').length, code).toBeLessThanOrEqual(15);
          expect(code.trim(), name).not.toBe('');
        }
      }
    }
  });
});

describe('outcomes of structure families', () => {
  let sandbox: PythonSandbox;
  beforeAll(async () => {
    sandbox = await PythonSandbox.start();
  });
  afterAll(() => sandbox.close());

  it('differ within every family and rarely cannot be judged', async () => {
    const drawn = families.flatMap(({ name }) => groupsOf(name).flat().map((code) => ({ name, code })));
    const outcomes = await sandbox.runMany(drawn.map((d) => d.code));
    const labels = new Map<string, Set<string>>();
    drawn.forEach(({ name }, i) => labels.set(name, (labels.get(name) ?? new Set()).add(outcomes[i]!.label)));
    for (const [name, seen] of labels) expect(seen.size, name).toBeGreaterThanOrEqual(2);

    const unjudged = outcomes.filter((o) => ['timeout', 'memory limit', 'not contained', 'exited'].includes(o.label));
    expect(unjudged.length / outcomes.length).toBeLessThan(0.01);
    const all = new Set(outcomes.map((o) => o.label));
    for (const label of ['SyntaxError', 'IndentationError', 'ImportError', 'ModuleNotFoundError', 'FileNotFoundError', 'AssertionError', 'no error']) {
      expect(all, label).toContain(label);
    }
  }, 300_000);
});
