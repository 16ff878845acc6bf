/** Generation lens: each written token’s column is the last column of a logit lens of the text up to it. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { generationLens } from '../../../src/methods/lenses/generation-lens';
import { lensSites, logitLens } from '../../../src/methods/lenses/logit-lens';
import { generate, Model } from '../../../src/model';
import type { Result } from '../../../src/protocol/documents/result';
import { run, temporaryFolder } from '../../cli/kit';
import { smallModel } from '../small-model';

const PROMPT = [3, 14, 15, 9, 26, 5, 31, 7];

describe.each(['llama-gqa', 'families/gpt2', 'families/gemma2', 'families/gptj'])('%s', (fixture) => {
  test('is a lens of each beginning of the text', async () => {
    const model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
    const found = await generationLens(model, PROMPT, { maxTokens: 4, topK: 3 });
    const ids = found.tokens.map(({ id }) => id);
    expect(ids).toEqual(await generate(model, PROMPT, { maxTokens: 4 }));
    for (const [at, id] of ids.entries()) {
      const whole = await model.run([[...PROMPT, ...ids.slice(0, at)]], { read: lensSites(model) });
      const lens = await logitLens(model, whole, [id], { topK: 3 });
      for (const row of found.sites.keys()) {
        const [{ logProbability }] = lens.answers[row].at(-1)!;
        expect(found.written[row][at].probability).toBeCloseTo(Math.exp(logProbability), 4);
        found.top[row][at].forEach(({ probability }, i) => expect(probability).toBeCloseTo(lens.top[row].at(-1)![i].probability, 4));
      }
      expect(found.top.at(-1)![at][0].id).toBe(id);
      expect(found.written.at(-1)![at]).toMatchObject({ rank: 0 });
    }
    expect(await generationLens(model, PROMPT, { maxTokens: 4, stop: [ids[0]] })).toMatchObject({ tokens: [] });
    await model.release();
  });
});

test('on the command line, with text and tokens at the top', async () => {
  const [small, folder] = [await smallModel(), await temporaryFolder()];
  const file = await folder.write('weather.py', 'city = "Lisbon"\nprint("Temperature: " + 21)\n');
  const asked = ['generation', file, '--model', small.folder, '--no-run', '--generate', '3'];
  const { code, out } = await run([...asked, '--json']);
  expect(code).toBe(0);
  const document = JSON.parse(out) as Result & { text: string; tokens: { text: string; probability: number }[] };
  const { value } = document.parts.generation!;
  expect([document.text, document.tokens]).toEqual([value.text, value.tokens]);
  expect(value.top.map((row) => row.length)).toEqual(value.sites.map(() => value.tokens.length));
  const people = await run(asked);
  for (const part of ['The model writes', 'Logit lens while it writes']) expect(people.out).toContain(part);
  await small.remove();
  await folder.remove();
});
