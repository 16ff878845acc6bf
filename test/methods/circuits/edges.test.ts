/** Edge attribution patching: sums that close on every family, one edge the slow way, and planted circuits. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EdgeScores, type EdgeOptions } from '../../../src/methods/circuits/edges';
import { isParallel, type EdgeReader } from '../../../src/methods/circuits/graph';
import { gradientsAt, logitDifference, Model } from '../../../src/model';
import { blockSite, siteName, type BlockSite, type Site } from '../../../src/vocabulary/sites';
import { GOLDEN_BLOCKS } from '../../golden/fixture';
import { CANCELLING, cancellingModel, DEAD, deadHeadModel, INDUCTION, inductionModel } from '../../planted/circuits';
import { PAIRS } from '../patching/pairs';

const metric = { positive: 4, negative: 21 };

describe.each(GOLDEN_BLOCKS)('%s', (fixture) => {
  let model: Model;
  beforeAll(async () => {
    model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
  });
  afterAll(() => model.release());

  test.each(PAIRS)('sums close: %s', async (...pair) => {
    const [, base, source, sourceOf] = pair;
    const made = await EdgeScores.read(model, { base, source, sourceOf, metric });
    const { layers, width, heads, headSize } = model.shape;
    const inner: BlockSite[] = ['hook_resid_pre', 'attn.hook_z', 'hook_attn_out', ...(isParallel(model) ? [] : ['hook_resid_mid'] as const), 'hook_mlp_out', 'hook_resid_post'];
    const sites = inner.flatMap((site) => Array.from({ length: layers }, (_, layer) => blockSite(layer, site)));
    const [own, there] = await Promise.all([base, source].map(async (prompt) => (await model.run([prompt], { read: sites })).sites));
    const { gradients } = await gradientsAt(model, [base], logitDifference(metric.positive, metric.negative), sites);
    const change = (site: Site, size: number, position: number, i: number) =>
      there.get(siteName(site))!.data[sourceOf[position]! * size + i] - own.get(siteName(site))!.data[position * size + i];
    /** Σ over aligned tokens of the change at a site (of it a stretch of each vector) times a gradient. */
    const product = (site: Site, gradient: (at: number) => number, size = width, start = 0, end = size) => {
      let sum = 0;
      sourceOf.forEach((from, position) => {
        if (from !== null) for (let i = start; i < end; i++) sum += change(site, size, position, i) * gradient(position * size + i);
      });
      return sum;
    };
    const at = (site: Site) => (i: number) => gradients.get(siteName(site))!.data[i];

    const largest = Math.abs(made.largest(1)[0]?.score ?? 0);
    const close = (value: number, expected: number, what: string) =>
      expect(Math.abs(value - expected), what).toBeLessThanOrEqual(1e-6 + 2e-5 * largest * Math.sqrt(made.writers.length));
    expect(largest).toBeGreaterThan(1e-5);

    // (a) All that read a writer: its change times the metric's gradient there.
    made.writers.forEach((writer, i) => {
      const sum = made.readers.reduce((total, _, reader) => total + made.score(i, reader), 0);
      if (writer.kind === 'embed') close(sum, product(blockSite(0, 'hook_resid_pre'), at(blockSite(0, 'hook_resid_pre'))), 'embed');
      if (writer.kind === 'mlp') close(sum, product(blockSite(writer.layer, 'hook_mlp_out'), at(blockSite(writer.layer, 'hook_mlp_out'))), 'mlp');
      if (writer.kind === 'head') {
        const [size, site] = [heads * headSize, blockSite(writer.layer, 'attn.hook_z')];
        close(sum, product(site, at(site), size, writer.head * headSize, (writer.head + 1) * headSize), `head ${writer.layer}.${writer.head}`);
      }
      if (writer.kind === 'remainder' && !/gemma[23]/.test(model.architecture.family)) close(sum, 0, 'remainder');
    });
    // (b, c, d) All that a layer's heads, its MLP and the logits read.
    const read = (readers: readonly EdgeReader[]) => readers.reduce((total, one) => {
      const reader = made.readers.findIndex((other) => JSON.stringify(other) === JSON.stringify(one));
      return total + made.writers.reduce((sum, _, writer) => sum + made.score(writer, reader), 0);
    }, 0);
    for (let layer = 0; layer < layers; layer++) {
      const [pre, mid, post] = (['hook_resid_pre', 'hook_resid_mid', 'hook_resid_post'] as const).map((site) => blockSite(layer, site));
      const ofHeads = made.readers.filter((one) => one.kind === 'head' && one.layer === layer);
      if (isParallel(model)) close(read([...ofHeads, { kind: 'mlp', layer }]), product(pre, (i) => at(pre)(i) - at(post)(i)), `block ${layer}`);
      else {
        close(read(ofHeads), product(pre, (i) => at(pre)(i) - at(mid)(i)), `attention ${layer}`);
        close(read([{ kind: 'mlp', layer }]), product(mid, (i) => at(mid)(i) - at(post)(i)), `mlp ${layer}`);
      }
    }
    const end = blockSite(layers - 1, 'hook_resid_post');
    close(read([{ kind: 'logits' }]), product(end, at(end)), 'logits');
  });

  test('the base as its own source has no edges', async () => {
    const [, base] = PAIRS[0];
    const made = await EdgeScores.read(model, { base, source: base, sourceOf: base.map((_, i) => i), metric });
    expect(made.positions).toEqual([]);
    expect(made.largest(3).every(({ score }) => score === 0)).toBe(true);
  });
});

describe.each(['llama-gqa', 'families/gemma2', 'families/gpt_neox'])('%s', (fixture) => {
  test('with more points, what the embedding says to all comes to the whole difference', async () => {
    const model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
    const [base, source] = [[3, 14, 15, 9, 26, 5, 31, 7], [3, 14, 8, 9, 26, 11, 31, 7]];
    const options: EdgeOptions = { base, source, sourceOf: base.map((_, i) => i), metric };
    const gaps: number[] = [];
    for (const steps of [1, 8, 64]) {
      const made = await EdgeScores.read(model, { ...options, steps });
      const embed = made.readers.reduce((sum, _, reader) => sum + made.score(0, reader), 0);
      gaps.push(Math.abs(embed - (made.sourceMetric - made.baseMetric)));
    }
    expect(gaps[1]).toBeLessThan(gaps[0] / 2);
    expect(gaps[2]).toBeLessThan(gaps[1] / 8);
    await expect(EdgeScores.read(model, { ...options, steps: 0 })).rejects.toThrow('at least 1');
    await model.release();
  });
});

test('on paper: the three edges of induction are the strongest', async () => {
  const model = await inductionModel();
  // "… 5 7 … 5": after the second 5 comes 7. In the source the first stands elsewhere, and nothing is repeated.
  const [base, source] = [[0, 5, 7, 3, 9, 2, 5], [0, 6, 7, 3, 9, 2, 5]];
  const made = await EdgeScores.read(model, { base, source, sourceOf: base.map((_, i) => i), metric: { positive: 7, negative: 3 }, steps: 20 });
  const name = ({ writer, reader }: { writer: number; reader: number }) => {
    const [w, r] = [made.writers[writer], made.readers[reader]];
    const from = w.kind === 'head' ? `${w.layer}.${w.head}` : w.kind;
    return `${from}->${r.kind === 'head' ? `${r.layer}.${r.head}.${r.input}` : r.kind}`;
  };
  const { previous: a, induction: b } = INDUCTION;
  const strongest = made.largest(3).map(name);
  expect(strongest).toContain(`${a.layer}.${a.head}->${b.layer}.${b.head}.k`);
  expect(strongest).toContain(`${b.layer}.${b.head}->logits`);
  await model.release();
});

test('on paper: a head that writes nothing has no edge; heads that cancel do', async () => {
  const dead = await deadHeadModel();
  const [base, source] = [[0, 5, 7, 3, 9, 2, 7], [0, 6, 7, 3, 9, 2, 7]];
  const options = { base, source, sourceOf: base.map((_, i) => i), metric: { positive: 6, negative: 5 } };
  const made = await EdgeScores.read(dead, options);
  const index = made.writers.findIndex((one) => one.kind === 'head' && one.layer === DEAD.layer && one.head === DEAD.head);
  expect(made.readers.every((_, reader) => made.score(index, reader) === 0)).toBe(true);
  expect(made.largest(1)[0].score).not.toBe(0);
  await dead.release();

  const cancelling = await cancellingModel();
  const edges = await EdgeScores.read(cancelling, options);
  const { writer, eraser } = CANCELLING;
  const from = edges.writers.findIndex((one) => one.kind === 'head' && one.layer === writer.layer && one.head === writer.head);
  const to = edges.readers.findIndex((one) => one.kind === 'head' && one.layer === eraser.layer && one.head === eraser.head && one.input === 'v');
  const logits = edges.readers.length - 1;
  expect(edges.score(from, logits)).toBeGreaterThan(1);
  expect(edges.score(from, to)).toBeCloseTo(-edges.score(from, logits), 3);
  await cancelling.release();
});
