import { stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { FactsFile } from '../../../src/sae';
import { run } from '../kit';
import { smallWithSae } from './small';

const { small, folder, sae } = await smallWithSae();
const data = await folder.write('programs.jsonl', Array.from({ length: 12 }, (_, i) => JSON.stringify({ code: `x = ${i}\nprint(x)` })).join('\n'));

const described = (...rest: string[]) => run(['saes', 'describe', sae, '--model', small.folder, ...rest]);

test('saes describe writes one file beside the SAE and says so; progress goes to standard error', async () => {
  const { code, out, err } = await described('--data', data, '--programs', '4');
  const file = path.join(sae, 'latents.safetensors');
  expect([code, out]).toEqual([0, expect.stringMatching(/^.*latents\.safetensors: 30 latents of 1 SAE, on \d+ tokens of 4 programs\n$/)]);
  expect(out.startsWith(file)).toBe(true);
  for (const stage of ['Loading the model', 'Reading programs (4)', 'Counting activations (4)', 'Comparing latents (1)']) expect(err).toContain(stage);
  // Spread evenly over the twelve.
  const facts = await FactsFile.open(file, 3072);
  const { CodeTokenizer } = await import('../../../src/snippets/tokenizer/tokenizer');
  const tokenizer = await CodeTokenizer.fromFolder(small.folder);
  expect([0, 1, 2, 3].map((i) => /x = (\d+)/.exec(tokenizer.decode(facts.prompt(i)))![1])).toEqual(['0', '3', '6', '9']);
});

test('what cannot be done is said in a sentence, and nothing is written', async () => {
  const before = await stat(path.join(sae, 'latents.safetensors')).catch(() => null);
  expect(await described('--data', folder.path('none'))).toMatchObject({ code: 1, err: expect.stringContaining('There is no file or folder') as string });
  expect(await described('--data', await folder.write('empty.jsonl', '\n'))).toMatchObject({ code: 1, err: expect.stringContaining('holds no programs') as string });
  expect(await described('--data', data, '--programs', '0')).toMatchObject({ code: 2 });
  const long = await folder.write('long.jsonl', JSON.stringify({ code: 'x = 1\n'.repeat(200) }));
  expect(await described('--data', long)).toMatchObject({ code: 1, err: expect.stringMatching(/None of the 1 programs can be read/) as string });
  const stop = new AbortController();
  stop.abort();
  expect(await run(['saes', 'describe', sae, '--model', small.folder, '--data', data], { signal: stop.signal })).toMatchObject({ code: 130 });
  expect((await stat(path.join(sae, 'latents.safetensors')).catch(() => null))?.mtimeMs).toBe(before?.mtimeMs);
});
