/** The embedded model's tuned lens: it lies where it is found, is of these weights, and is nearer to the model than the logit lens. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identityTranslator } from '../../src/methods/lenses/tuned-lens';
import { readTunedLens, type StoredLens } from '../../src/methods/lenses/tuned-lens-folder';
import { Model } from '../../src/model';
import { PYTHON_ERROR_TYPE } from '../../src/snippets/prompts/templates';
import { CodeTokenizer } from '../../src/snippets/tokenizer/tokenizer';
import { evaluateLenses } from '../../src/training/lens/evaluate';
import { promptIds } from '../../src/training/sae/prompts';

const MODEL = path.resolve('models/python-errors');

let model: Model;
let lens: StoredLens;
beforeAll(async () => {
  model = await Model.load(MODEL, { threads: 1 });
  lens = await readTunedLens(path.join(MODEL, 'lens'), { ...model.shape, sha256: await model.sha256() });
});
afterAll(() => model.release());

test('it has a card of these weights, which says that each layer but the embedding is nearer to the model by half at least', () => {
  expect(lens.card!.layers).toHaveLength(model.shape.layers);
  for (const { before, after } of lens.card!.layers.slice(1)) expect(after.tokens).toBeLessThan(before.tokens / 2);
});

test('on programs written by hand it is nearer to the model at the middle layers, at all tokens and where the answer is given', async () => {
  const tokenizer = await CodeTokenizer.fromFolder(MODEL);
  const lines = readFileSync('test/fixtures/handwritten.jsonl', 'utf8').trim().split('\n').filter((_, i) => i % 20 === 0);
  const prompts = lines.map((line) => promptIds(tokenizer, PYTHON_ERROR_TYPE, (JSON.parse(line) as { code: string }).code));
  const identity = lens.translators.map(() => identityTranslator(model.shape.width));
  const { lenses: [logit, tuned] } = await evaluateLenses(model, [identity, lens.translators], prompts, { threads: 1 });
  for (const layer of [2, 3, 4]) {
    expect(tuned[layer].tokens, `layer ${layer}`).toBeLessThan(logit[layer].tokens / 2);
    expect(tuned[layer].last, `layer ${layer}, last tokens`).toBeLessThan(logit[layer].last);
  }
});
