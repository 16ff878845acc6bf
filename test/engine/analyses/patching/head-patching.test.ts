/** Head patching: every unit equals a full forward pass with a hook, with as many key-value heads as heads, fewer, and one. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadModel } from '../../../../src/engine/session/load';
import { figuresOf } from '../../../../src/figures';
import { floats, type FloatArray } from '../../../../src/graph';
import * as attribution from '../../../../src/methods/patching/attribution-patching';
import { byHead, HEAD_AXES } from '../../../../src/methods/patching/heads';
import { blockSite, HEAD_SITES, type HeadSite, siteName } from '../../../../src/vocabulary/sites';
import { patchPositions, patchUnits, type PatchingResult } from '../../../../src/methods/patching/patching';
import { Model, residualsBefore, type Hook } from '../../../../src/model';
import type { Part } from '../../../../src/protocol/analyses';
import { readResult, type Result } from '../../../../src/protocol/documents/result';
import { run, temporaryFolder } from '../../../cli/kit';
import { resultOf } from '../../analysed';
import { fakePython, smallModel } from '../../small-model';
import { ORIGINAL, PAIRS, type PromptPair } from '../../../methods/patching/pairs';

const metric = { positive: 4, negative: 21 };
type Per = keyof typeof HEAD_AXES;

describe.each(['llama-gqa', 'llama-mqa', 'llama-mha-tied', 'families/gpt2'])('%s', (fixture) => {
  let model: Model;
  beforeAll(async () => {
    model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
  });
  afterAll(() => model.release());

  const headsOf = (site: HeadSite) => (/[kv]$/.test(site) ? model.shape.keyValueHeads : model.shape.heads);
  const swept = (per: Per, site: HeadSite, [, base, source, sourceOf]: PromptPair): Promise<PatchingResult> =>
    patchUnits(model, HEAD_AXES[per], { base, source, sourceOf, metric, site });

  /** One full forward pass with a head's numbers replaced at some positions. */
  async function naive([, base, source, sourceOf]: PromptPair, site: HeadSite, layer: number, heads: readonly number[], positions: readonly number[]) {
    const where = blockSite(layer, site);
    const values = (await model.run([source], { read: [where] })).sites.get(siteName(where))!;
    const edit = ({ data, shape }: FloatArray) => {
      const [count, size] = shape.slice(2);
      const copy = data.slice();
      for (const position of positions) {
        const from = sourceOf[position];
        if (from === null) continue;
        for (const head of heads) {
          for (let i = 0; i < size; i++) copy[(position * count + head) * size + i] = values.data[(from * count + head) * size + i];
        }
      }
      return floats(copy, shape);
    };
    return difference(base, [{ site: where, edit }]);
  }

  async function difference(prompt: readonly number[], hooks: readonly Hook[] = []): Promise<number> {
    const { data } = await model.logits(await model.run([prompt], { hooks }), [prompt.length - 1]);
    return data[metric.positive] - data[metric.negative];
  }

  describe.each(HEAD_SITES)('%s', (site) => {
    test.each(PAIRS)('%s', async (...pair) => {
      const [, base, , sourceOf] = pair;
      let moved = 0;
      const whole = byHead((await swept('head', site, pair)).metric, 1);
      const { metric: table, baseMetric, measured } = await swept('head-and-position', site, pair);
      expect(measured.flat()).not.toContain(false);
      const each = byHead(table, base.length);
      for (let layer = 0; layer < model.shape.layers; layer++) {
        expect([whole[layer].length, each[layer].length]).toEqual([headsOf(site), headsOf(site)]);
        for (let head = 0; head < headsOf(site); head++) {
          const all = base.map((_, position) => position);
          expect(whole[layer][head][0], `${layer}.${head}`).toBeCloseTo((await naive(pair, site, layer, [head], all))!, 4);
          for (const position of all) {
            const value = each[layer][head][position];
            if (sourceOf[position] === null) expect(value).toBeNull();
            else expect(value, `${layer}.${head} at ${position}`).toBeCloseTo(await naive(pair, site, layer, [head], [position]), 4);
            moved = Math.max(moved, Math.abs((value ?? baseMetric) - baseMetric));
          }
        }
      }
      expect(moved).toBeGreaterThan(1e-4);
    });

    test.each(['head', 'head-and-position'] as const)('a program patched into itself changes nothing, by %s', async (per) => {
      const same = ['', ORIGINAL, ORIGINAL, ORIGINAL.map((_, i) => i)] as PromptPair;
      const { metric: values, baseMetric } = await swept(per, site, same);
      for (const value of values.flat()) expect(value).toBe(baseMetric);
      // Nor where the first has no counterpart, so that all later patches are really run.
      same[3] = same[3].map((from, at) => (at === 0 ? null : from));
      for (const value of (await swept(per, site, same)).metric.flat()) if (value !== null) expect(value).toBeCloseTo(baseMetric, 4);
    });

    test('estimates by gradients are those of each head, and together those of a position', async () => {
      const [, base, source, sourceOf] = PAIRS[0];
      const sites = Array.from({ length: model.shape.layers }, (_, layer) => blockSite(layer, site));
      const read = [...residualsBefore(model), ...sites];
      const [baseRun, sourceRun] = [await model.run([base], { read }), await model.run([source], { read })];
      const options = { base: baseRun, source: sourceRun, baseMetric: await difference(base), sourceOf, metric, sites };
      const positions = await attribution.attributionPatching(model, options);
      const heads = await attribution.attributionPatching(model, { ...options, axis: HEAD_AXES['head-and-position'] });
      byHead(heads, base.length).forEach((rows, layer) =>
        positions[layer].forEach((value, at) => {
          if (value === null) return expect(rows.every((row) => row[at] === null)).toBe(true);
          const sum = rows.reduce((total, row) => total + row[at]! - options.baseMetric, options.baseMetric);
          expect(sum).toBeCloseTo(value, 3);
        }),
      );
    });
  });

  test('all heads of hook_z at a position are the patch of that position', async () => {
    for (const pair of PAIRS) {
      const [, base, source, sourceOf] = pair;
      const whole = await patchPositions(model, { base, source, sourceOf, metric, site: 'attn.hook_z' });
      const heads = Array.from({ length: model.shape.heads }, (_, head) => head);
      for (const position of [2, 5, base.length - 1]) {
        const together = await naive(pair, 'attn.hook_z', 0, heads, [position]);
        expect(together).toBeCloseTo(whole.metric[0][position]!, 4);
      }
    }
    // As one unit of the sweep, of which an axis may have any.
    const [, base, source, sourceOf] = PAIRS[0];
    const all = { ...HEAD_AXES['head-and-position'], units: ([, positions, heads, size]: readonly number[]) => Array.from({ length: positions }, (_, at) => ({ positions: [at], start: 0, end: heads * size })) };
    const options = { base, source, sourceOf, metric, site: 'attn.hook_z' } as const;
    expect((await patchUnits(model, all, options)).metric).toEqual((await patchPositions(model, options)).metric);
  });

  test('a site without heads is refused', async () => {
    const options = { base: ORIGINAL, source: ORIGINAL, sourceOf: ORIGINAL.map((_, i) => i), metric };
    await expect(patchUnits(model, HEAD_AXES.head, { ...options, site: 'hook_mlp_out' })).rejects.toThrow('hook_mlp_out cannot be patched by head');
  });
});

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';
const AGAINST = { program: { file: null, text: CODE.replace('21', '"21"') } };
const source = { file: 'weather.py', text: CODE };

test('as an analysis: the sweep with positions of the original, findings of its numbers, figures, and a saved result that reads back', async () => {
  const loaded = await loadModel(path.resolve('models/python-errors'));
  const { layers, heads } = loaded.model.shape;
  const of = async (params: Parameters<typeof resultOf>[2]['headPatching'], options: Parameters<typeof resultOf>[3] = {}) =>
    resultOf(loaded, source, { prediction: {}, headPatching: params }, { label: fakePython, against: AGAINST, ...options });
  const seen: [number, number][] = [];
  const progress = (stage: string, done?: number, total?: number) => void (stage === 'Patching heads' && seen.push([done!, total!]));
  const result = await of({}, { onProgress: progress });
  const { value, findings } = result.parts.headPatching!;
  expect([value.heads, value.effect!.length, value.effect![0].length, value.effect![0][0].length]).toEqual([heads, layers, heads, 1]);
  expect([seen[0], seen.at(-1)]).toEqual([[0, layers * heads], [layers * heads, layers * heads]]);
  const best = value.effect!.flatMap((rows, layer) => rows.map(([share], head) => ({ share: share!, name: `${layer}.${head}` }))).reduce((a, b) => (b.share > a.share ? b : a));
  expect(findings.at(-1)).toContain(`the most of the difference: head ${best.name} (${(100 * best.share).toFixed(0)} %)`);
  expect(readResult(JSON.stringify(result), 'saved.json').parts.headPatching).toEqual(result.parts.headPatching);
  const [whole] = figuresOf('headPatching', result);
  expect(whole.kind === 'grid' && [whole.grid.rows.length, whole.grid.columns.length]).toEqual([layers, heads]);

  const fine = await of({ per: 'head-and-position', site: 'attn.hook_v', direction: 'noising' });
  const part: Part<'headPatching'> = fine.parts.headPatching!.value;
  expect(part.heads).toBe(loaded.model.shape.keyValueHeads);
  expect(part.logitDifference[0][0]).toHaveLength(fine.reading.tokens.length);
  const [figure] = figuresOf('headPatching', fine);
  expect(figure.kind === 'grid' && figure.grid.rows).toHaveLength(layers * part.heads);
  expect(figure.rows()).toHaveLength(layers * part.heads * fine.reading.tokens.length);
  expect(figure.kind === 'grid' && figure.describe(0, fine.reading.tokens.length - 1).lines.length).toBeGreaterThan(3);
  expect(readResult(JSON.stringify(fine), 'saved.json').parts.headPatching!.value).toEqual(part);

  // Of patterns rows: not behind a token that one of the programs lacks, which is said, in the figure too.
  const rows = await of({ per: 'head-and-position', site: 'attn.hook_pattern' }, { against: { program: { file: null, text: CODE.replace('21', 'str(21)') } } });
  const { value: patterns, problems: [problem] } = rows.parts.headPatching!;
  const { columns } = rows.pair!.alignment;
  const apart = columns.findIndex(({ original, variant }, i) => original !== i || variant !== i);
  expect([patterns.heads, apart > 0]).toEqual([heads, true]);
  expect(patterns.logitDifference[0][0].map((value) => value === null)).toEqual(rows.reading.tokens.map((_, at) => at >= apart));
  expect(problem).toContain(`in ${apart} of ${rows.pair!.tokens.length} rows`);
  const [drawn] = figuresOf('headPatching', rows);
  expect(drawn.kind === 'grid' && drawn.grid.empty!.cells[0]).toEqual(columns.map((_, i) => i >= apart));
  expect(drawn.kind === 'grid' && drawn.describe(0, columns.length - 1).lines.at(-1)![1]).toContain('no row to patch');
  const fitting = await of({ per: 'head', site: 'attn.hook_pattern' });
  expect(fitting.parts.headPatching!.problems).toEqual([]);
  expect(fitting.parts.headPatching!.value.logitDifference.flat(2)).not.toContain(null);

  const stop = new AbortController();
  const onProgress = (stage: string, done?: number) => stage === 'Patching heads' && done! > 0 && stop.abort();
  await expect(of({}, { signal: stop.signal, onProgress })).rejects.toThrow(/abort/i);
  await loaded.model.release();
}, 120_000);

test('on the command line', async () => {
  const [small, folder] = [await smallModel(), await temporaryFolder()];
  const file = await folder.write('weather.py', CODE);
  const asked = ['head-patching', file, '--model', small.folder, '--no-run', '--against', 'quote-number', '--answers', 'NameError, no error'];
  const json = await run([...asked, '--json', '--site', 'k', '--per', 'head-and-position']);
  expect(json.code).toBe(0);
  const { value } = (JSON.parse(json.out) as Result).parts.headPatching!;
  expect([value.site, value.per, value.heads, value.logitDifference.length]).toEqual(['attn.hook_k', 'head-and-position', 1, 3]);
  const people = await run(asked);
  for (const part of ['Patching of heads at attn.hook_z', 'patched at all tokens']) expect(people.out).toContain(part);
  const wrong = await run([...asked, '--site', 'hook_mlp_out']);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('attn.hook_z')]);
  await small.remove();
  await folder.remove();
});
