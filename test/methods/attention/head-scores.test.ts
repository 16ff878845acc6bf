/** Head scores and norms of values against PyTorch in float64 (test/golden/head_scores.py), on every layout of queries, keys and values. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { patternsByLayer, valueNorms } from '../../../src/methods/attention/attention';
import { headScores } from '../../../src/methods/attention/head-scores';
import { Model } from '../../../src/model';

interface Reference {
  scores: Record<string, { rows: number[]; uniform: number[]; score: number[][] }>;
  norms: number[][][];
}

const golden = path.resolve('test/fixtures/golden');
const { tokens, pairs, models } = JSON.parse(readFileSync(path.join(golden, 'head-scores.json'), 'utf8')) as {
  tokens: number[];
  pairs: Record<string, [number, number[]][]>;
  models: Record<string, Reference>;
};

test.each(Object.entries(models))('%s', async (fixture, expected) => {
  const model = await Model.load(path.join(golden, fixture), { threads: 1 });
  const close = (found: readonly number[], reference: readonly number[], unit: number, what: string) => {
    expect(found).toHaveLength(reference.length);
    found.forEach((value, i) => expect(Math.abs(value - reference[i]), `${what} ${i}: ${value}`).toBeLessThan(1e-5 * unit));
  };
  const sets = Object.fromEntries(Object.entries(pairs).map(([name, all]) => [name, new Map(all)]));
  const found = await headScores(model, tokens, sets);
  for (const [name, { rows, uniform, score }] of Object.entries(expected.scores)) {
    expect(found[name].rows).toEqual(rows);
    close(found[name].uniform, uniform, 1, `${name} evenly in layer`);
    score.forEach((heads, layer) => close(found[name].score[layer], heads, 1, `${name} ${layer}.`));
  }
  for await (const { layer, values } of patternsByLayer(model, tokens)) {
    const norms = await valueNorms(model, layer, values);
    expected.norms[layer].forEach((own, head) => close(norms[head], own, Math.max(...own), `norm ${layer}.${head} at`));
  }
  await model.release();
});
