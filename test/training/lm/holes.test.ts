import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Tokenizer } from '@huggingface/tokenizers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TypeRow } from '../../../src/corpus/types/row';
import { encodeHole, encodePlain } from '../../../src/training/lm/holes';
import type { LogEntry } from '../../../src/training/lm/log';
import { loadTokenizer, makeModel, makeTokenizer, type TrainingFolders } from '../../../src/training/lm/make-model';
import { writePack } from '../../../src/training/lm/pack';
import { readRecipe, type Recipe } from '../../../src/training/lm/recipe';
import { TOKEN_KINDS } from '../../../src/training/lm/samples';

let folder: string;
let folders: TrainingFolders;
let recipe: Recipe;
let tokenizer: Tokenizer;

const row = (i: number): TypeRow => {
  const text = i % 2 === 0;
  const type = text ? 'string' : 'Account | null';
  return {
    id: String(i), language: 'typescript', prefix: `function f${i}(x: `, suffix: `) {\n  return x.${text ? 'trim' : 'owner'}();\n}\n`,
    type, kind: text ? 'keyword' : 'compound', site: 'parameter', name: 'x', baseline: 'string', ...(i >= 40 && { package: 'some', file: 'a.ts' }),
  };
};
const shard = (name: string, from: number) =>
  writeFile(path.join(folders.data, name), Array.from({ length: 40 }, (_, i) => JSON.stringify(row(from + i))).join('\n'));

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'latent-lens-holes-'));
  folders = { data: path.join(folder, 'data'), model: path.join(folder, 'model'), work: path.join(folder, 'work') };
  await mkdir(folders.data);
  recipe = await readRecipe('models/types/recipe.json');
  recipe.tokenizer.vocabularySize = 2400;
  Object.assign(recipe.model, { layers: 2, width: 32, heads: 2, keyValueHeads: 2, mlpWidth: 48 });
  Object.assign(recipe.training, { warmup: 2, batchTokens: 512, validateEvery: 20 });
  await shard('typescript-00000.jsonl', 0);
  await shard('generated-00000.jsonl', 0);
  await shard('validation-00000.jsonl', 20);
  await makeTokenizer(recipe, folders.data, folders.model);
  tokenizer = await loadTokenizer(folders.model);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const kindsOf = (kinds: Uint8Array) => [...kinds].map((kind) => TOKEN_KINDS[kind]);

test('the tokenizer has StarCoder’s sentinels, and names of types as one token, behind a space and without one', async () => {
  const { added_tokens: added } = JSON.parse(await readFile(path.join(folders.model, 'tokenizer.json'), 'utf8')) as { added_tokens: { content: string }[] };
  expect(added.map(({ content }) => content)).toEqual(['<|endoftext|>', '<fim_prefix>', '<fim_middle>', '<fim_suffix>', '<fim_pad>']);
  for (const name of ['string', ' string', 'Account', ' Account', 'Promise', 'Uint8Array', 'None']) {
    // Digits are split one by one.
    expect(tokenizer.encode(name, { add_special_tokens: false }).ids).toHaveLength(name.includes('8') ? 3 : 1);
  }
});

test('a hole is prefix, suffix, middle; the answer is the type with the token that ends it', () => {
  const { ids, kinds } = encodeHole(tokenizer, row(1), 400)!;
  const text = tokenizer.decode([...ids], { skip_special_tokens: false });
  expect(text).toBe(`<fim_prefix>${row(1).prefix}<fim_suffix>${row(1).suffix}<fim_middle>Account | null<|endoftext|>`);
  const learnt = [...ids].filter((_, i) => TOKEN_KINDS[kinds[i]] === 'label');
  expect(tokenizer.decode(learnt, { skip_special_tokens: false })).toBe('Account | null<|endoftext|>');
  const sentinels = [...ids].map((id, i) => [id, i]).filter(([id]) => id >= 1 && id <= 3).map(([, i]) => kindsOf(kinds)[i]);
  expect(sentinels).toEqual(['none', 'none', 'none']);
  const halves = [row(1).prefix, row(1).suffix].map((part) => tokenizer.encode(part, { add_special_tokens: false }).ids);
  expect([...ids].slice(1, 1 + halves[0].length)).toEqual(halves[0]);
});

test('without a hole it is the same text; too long, or with a sentinel of the user’s, it is left out', () => {
  const { ids, kinds } = encodePlain(tokenizer, row(0), 400)!;
  expect(tokenizer.decode([...ids], { skip_special_tokens: false })).toBe(`<|endoftext|>${row(0).prefix}string${row(0).suffix}<|endoftext|>`);
  expect(new Set(kindsOf(kinds).slice(1))).toEqual(new Set(['code']));
  expect(encodeHole(tokenizer, row(0), ids.length)).toBeUndefined();
  expect(encodeHole(tokenizer, { ...row(0), suffix: "'<fim_middle>'" }, 400)).toBeUndefined();
  expect(encodePlain(tokenizer, { ...row(0), suffix: "'<|endoftext|>'" }, 400)).toBeUndefined();
});

test('a trunk learns the types, and is measured by origin, kind and whole answers, beside what is right without a model', { timeout: 120_000 }, async () => {
  await makeModel(recipe, folders, { until: 120, threads: 1 });
  const last = (await readFile(path.join(folders.work, 'log.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as LogEntry).at(-1)!;
  const { bySource, accuracy, baseline, programs } = last.validation!;
  expect(programs).toBe(40);
  expect(Object.keys(bySource)).toEqual([
    'all keyword', 'generated TypeScript', 'generated TypeScript compound', 'generated TypeScript keyword', 'generated TypeScript, one token',
    'TypeScript', 'TypeScript compound', 'TypeScript keyword', 'TypeScript, one token',
  ]);
  expect(baseline).toBe(0.5);
  expect(bySource['TypeScript keyword']).toMatchObject({ programs: 10, baseline: 1 });
  expect(bySource['TypeScript, one token'].programs).toBe(10);
  // Of four tokens and an end all must be right.
  expect(accuracy).toBeGreaterThan(0.9);
  expect(last.validationLoss).toBeLessThan(1);
});

test('a pack for another trainer holds the same samples, and measures by language and kind', async () => {
  const to = path.join(folder, 'pack');
  const fitting = { ...recipe, tokenizer: { ...recipe.tokenizer, vocabularySize: tokenizer.get_vocab().size } };
  const report = await writePack(fitting, folders, to, { mostBytes: 2 ** 24 });
  const array = async (name: string) => gunzipSync(await readFile(path.join(to, `${name}.gz`)));
  const described = JSON.parse(await readFile(path.join(to, 'pack.json'), 'utf8')) as Record<string, unknown>;
  expect(report).toMatchObject({ samples: 80, leftOut: [] });
  expect(described).toMatchObject({
    probes: {},
    config: { eos_token_id: 0 },
    train: { groups: [{ name: 'generated', samples: 40 }, { name: 'typescript', samples: 40 }, { samples: 0, share: 0 }] },
    validation: {
      groups: [
        { name: 'TypeScript compound', samples: 10 }, { name: 'TypeScript keyword', samples: 10 },
        { name: 'generated TypeScript compound', samples: 10 }, { name: 'generated TypeScript keyword', samples: 10 },
      ],
    },
  });
  expect(described).not.toHaveProperty('answers');
  const measured = [...Array.from({ length: 40 }, (_, i) => row(20 + i))].map((one) => encodeHole(tokenizer, one, 400)!);
  const answers = (kinds: Iterable<number>) => [...kinds].filter((kind) => TOKEN_KINDS[kind] === 'label').length;
  expect(answers(await array('validation.kinds.u8'))).toBe(measured.reduce((sum, { kinds }) => sum + answers(kinds), 0));
});
