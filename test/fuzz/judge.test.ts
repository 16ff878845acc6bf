/** Whatever TypeScript is written, the judge answers, or says in a sentence why not; it never crashes, hangs or ends its process. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Random } from '../../src/corpus/random';
import { changed } from '../../src/snippets/judge/changes';
import { TypeJudge, Undecided, type TypeSite } from '../../src/snippets/judge/judge';
import { randomTypeScript } from './typescript-texts';

// All questions of other texts: FUZZ_FIRST=1000 FUZZ_COUNT=4000 FUZZ_ALL=1 npx vitest run test/fuzz/judge.test.ts
const COUNT = Number(process.env.FUZZ_COUNT ?? 1000);
const FIRST = Number(process.env.FUZZ_FIRST ?? 0);
/** Of how many texts one is asked what needs the compiler's types. */
const [HOLES, CANDIDATES, EDITS] = process.env.FUZZ_ALL ? [1, 1, 10] : [5, 10, 200];

const TYPES = ['string', 'number[]', 'unknown', 'Zed<string>', '{ a: 1', '(x: number) => void', ') : (', '😀'];

const judge = new TypeJudge();
beforeAll(() => judge.start());
afterAll(() => judge.dispose());

/** Rejects with anything but a sentence of the judge's. */
async function answered<T>(seed: number, ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Undecided)) throw new Error(`Seed ${seed}: ${(error as Error).message}`, { cause: error });
    expect(error.message, `seed ${seed}`).toMatch(/^(?:No type can stand at this place of the code|The code is nested too deeply for the compiler)\.$/);
    return null;
  }
}

test(`${COUNT} odd texts`, async () => {
  const pid = judge.pid;
  const counts = { sites: 0, holes: 0, verdicts: 0, edits: 0, kept: 0 };
  for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
    const { text, language } = randomTypeScript(seed);
    const found = await answered(seed, () => judge.sites({ language, text }));
    if (!found) continue;
    counts.sites += found.sites.length;
    for (const { hole, changes, written } of found.sites) {
      const whole = changed(text, changes);
      expect(whole.slice(hole.start, hole.end), `seed ${seed}`).toBe(written ?? '');
    }
    const random = new Random(seed);
    const { readings = [] } = (await answered(seed, () => judge.around({ language, text, offset: random.int(0, text.length) }))) ?? {};
    const sizes = readings.map((ranges) => ranges.reduce((sum, { start, end }) => sum + text.slice(start, end).length, 0));
    for (const [i, size] of sizes.entries()) expect(size, `seed ${seed}`).toBeLessThan(i === 0 ? text.length + 1 : sizes[i - 1]);
    const site: TypeSite | undefined = found.sites[random.int(0, Math.max(0, found.sites.length - 1))];
    if (!site) continue;
    const whole = changed(text, site.changes);
    const asked = { language, before: whole.slice(0, site.hole.start), after: whole.slice(site.hole.end) };
    if (seed % HOLES === 0) {
      const hole = await answered(seed, () => judge.hole({ ...asked, written: site.written }));
      if (hole) counts.holes++;
    }
    if (seed % CANDIDATES === 0) {
      const candidates = [random.pick(TYPES), random.pick(TYPES), site.written ?? 'number'];
      const verdicts = await answered(seed, () => judge.candidates({ ...asked, truth: site.written, candidates }));
      expect(verdicts?.length ?? 3, `seed ${seed}`).toBe(3);
      for (const { undecided } of verdicts ?? []) expect(undecided, `seed ${seed}`).toBeUndefined();
      counts.verdicts += verdicts?.length ?? 0;
    }
    if (seed % EDITS === 0) {
      const made = await answered(seed, () => judge.edits({ language, text: whole, hole: site.hole, most: 20 }));
      counts.edits += (made?.edits.length ?? 0) + Object.values(made?.dropped ?? {}).reduce((sum, n) => sum + n, 0);
      counts.kept += made?.edits.length ?? 0;
    }
  }
  expect(judge.pid).toBe(pid); // it has never been started anew
  console.log(JSON.stringify(counts));
  expect(counts.sites).toBeGreaterThan(COUNT);
  expect(counts.holes).toBeGreaterThan(COUNT / HOLES / 3);
  expect(counts.verdicts).toBeGreaterThan(COUNT / CANDIDATES);
}, 600_000);
