/** Attention: what transformers has, and what the whole run's own patterns have, from any token, in grouped and windowed layers. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadModel, type LoadedModel } from '../../../../src/engine/session/load';
import { figuresOf } from '../../../../src/figures';
import { attentionFrom } from '../../../../src/methods/attention/attention';
import { Model } from '../../../../src/model';
import { readResult, type Result } from '../../../../src/protocol/documents/result';
import { run, temporaryFolder } from '../../../cli/kit';
import { GOLDEN_LLAMAS, loadGolden, readGolden } from '../../../golden/fixture';
import { expectClose } from '../../../model/close';
import { resultOf } from '../../analysed';
import { familyModel } from '../../family-model';
import { fakePython, smallModel } from '../../small-model';
import { blockSite, siteName } from '../../../../src/vocabulary/sites';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';
const source = { file: 'weather.py', text: CODE };

test('a head that is named stands on top of the figure from a token, above all others', async () => {
  const small = await smallModel();
  const loaded = await loadModel(small.folder, { threads: 1 });
  const { layers, heads } = loaded.model.shape;
  const first = async (head: string) => {
    const result = await resultOf(loaded, source, { attention: { head } });
    const figure = figuresOf('attention', result)[0];
    if (figure.kind !== 'grid') throw new Error('no grid');
    return { figure, weights: result.parts.attention!.value.weights };
  };
  const named = await first('1.1');
  const most = await first('most');
  expect(named.figure.title).toMatch(/^Attention from token .*, head 1\.1 on top$/);
  const labels = most.figure.grid.rows.map(({ label }) => label);
  expect(labels).toHaveLength(layers * heads);
  expect(named.figure.grid.rows.map(({ label }) => label)).toEqual([...labels.filter((label) => label !== '1.1'), '1.1']);
  expect(named.figure.grid.values.at(-1)).toEqual(named.weights[1][1]);
  const { title, lines } = named.figure.describe(labels.length - 1, 0);
  expect(title).toContain('head 1.1');
  expect(lines[0][1]).toBe(most.figure.describe(labels.indexOf('1.1'), 0).lines[0][1]);
  expect(named.figure.rows()).toEqual(most.figure.rows());
  await loaded.model.release();
  await small.remove();
});

test.each([...GOLDEN_LLAMAS.slice(0, 3).map((name) => [name, () => loadGolden(name)] as const), ['gemma2', () => readGolden('families/gemma2')] as const])(
  '%s: the rows of the reference',
  async (_, golden) => {
    const { folder, prompts } = await golden();
    const model = await Model.load(folder, { threads: 1 });
    for (const { tokens, values } of prompts) {
      for (const position of new Set([0, tokens.length >> 1, tokens.length - 1])) {
        const weights = await attentionFrom(model, tokens, position);
        weights.forEach((rows, layer) => {
          const expected = values.get(siteName(blockSite(layer, 'attn.hook_pattern')));
          if (!expected) return;
          const size = tokens.length;
          rows.forEach((row, head) => expectClose(row, expected.data.subarray((head * size + position) * size, (head * size + position + 1) * size), `${layer}.${head} from ${position}`));
        });
      }
    }
    expect(prompts.some(({ values }) => values.has('blocks.0.attn.hook_pattern'))).toBe(true);
    await model.release();
  },
);

describe.each([
  ['grouped queries', async () => loadModel((await smallModel()).folder, { threads: 1 })],
  ['a window in some layers', () => familyModel('gemma2')],
] as const)('%s', (_, open) => {
  test('a row of the whole run for each head, which sums to 1, with nothing behind the token', async () => {
    const loaded: LoadedModel = await open();
    const { model } = loaded;
    const { layers, heads } = model.shape;
    let result!: Result;
    for (const asked of ['last', '#7']) {
      result = await resultOf(loaded, source, { attention: { token: asked, weigh: 'norm' } });
      const { tokens } = result.reading;
      const { position, weights } = result.parts.attention!.value;
      expect(position).toBe(asked === 'last' ? tokens.length - 1 : 7);
      const sites = Array.from({ length: layers }, (__, layer) => blockSite(layer, 'attn.hook_pattern'));
      const whole = await model.run([tokens.map(({ id }) => id)], { read: sites });
      expect(weights.map((rows) => rows.length)).toEqual(sites.map(() => heads));
      weights.forEach((rows, layer) => {
        const { data } = whole.sites.get(siteName(sites[layer]))!;
        rows.forEach((row, head) => {
          const at = (head * tokens.length + position) * tokens.length;
          expectClose(row, data.subarray(at, at + tokens.length), `${layer}.${head}`);
          expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
          expect(row.slice(position + 1).every((weight) => weight === 0)).toBe(true);
        });
      });
    }
    expect(readResult(JSON.stringify(result), 'saved.json').parts.attention).toEqual(result.parts.attention);
    await model.release();
  });
});

test('findings name the head that reads a token of the code most, and a position that is not there is refused', async () => {
  const loaded = await loadModel(path.resolve('models/python-errors'));
  const result = await resultOf(loaded, source, { attention: {} });
  const { value: { weights, position }, findings } = result.parts.attention!;
  const code = result.reading.tokens.flatMap(({ start }, at) => (start === null ? [] : [at]));
  const all = weights.flatMap((rows, layer) => rows.map((row, head) => ({ name: `${layer}.${head}`, most: Math.max(...code.map((at) => row[at])), sum: code.reduce((sum, at) => sum + row[at], 0) })));
  const best = all.reduce((a, b) => (b.most > a.most ? b : a));
  expect(findings[0]).toContain(`through head ${best.name} (${(100 * best.most).toFixed(0)} %)`);
  expect(findings[0]).toContain(`over the ${position + 1} tokens`);
  const mean = all.reduce((sum, one) => sum + one.sum, 0) / all.length;
  expect(findings[1]).toContain(`get ${(100 * mean).toFixed(0)} % of the attention`);
  const [figure] = figuresOf('attention', result);
  expect(figure.rows()).toHaveLength(all.length * result.reading.tokens.length);
  expect(figure.kind === 'grid' && figure.grid.rows.map(({ label }) => label)).toEqual(all.map(({ name }) => name));
  await expect(resultOf(loaded, source, { attention: { token: '#5000' } })).rejects.toThrow(`There is no position 5000; the code and the question have the positions 0 to ${position}.`);
  const stop = new AbortController();
  const onProgress = (stage: string, done?: number) => stage === 'Reading attention' && done === 1 && stop.abort();
  await expect(resultOf(loaded, source, { attention: {} }, { signal: stop.signal, onProgress })).rejects.toThrow(/abort/i);
  await loaded.model.release();
});

test('weighed by norms and towards the answer, the rows sum to what heads add, and what the variant reads otherwise', async () => {
  const loaded = await loadModel(path.resolve('models/python-errors'));
  const against = { program: { file: null, text: CODE.replace('21', '"21"') } };
  const result = await resultOf(loaded, source, { components: { head: 'all' }, attention: { weigh: 'signed', colour: 'direct' } }, { label: fakePython, against });
  const { attention, components } = result.parts;
  const { signed, variant, patterns, position, weights } = attention!.value;
  // The answers differ here, as only components are told those of the pair; each row sums to what its head adds.
  expect(signed!.values.map((rows) => rows.length)).toEqual(components!.value.heads.map((row) => row.length));
  const own = await resultOf(loaded, source, { components: { head: 'all' } });
  signed!.values.forEach((rows, layer) => rows.forEach((row, head) => expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(own.parts.components!.value.heads[layer][head], 4)));
  signed!.towards!.forEach((rows, layer) => rows.forEach((row, head) => row.forEach((one, at) =>
    expect(weights[layer][head][at] * one).toBeCloseTo(signed!.values[layer][head][at], 4))));
  const { columns } = result.pair!.alignment;
  const besides = new Map(columns.map((column) => [column.original, column.variant]));
  expect(variant!.position).toBe(besides.get(position));
  const there = await attentionFrom(loaded.model, result.pair!.tokens.map(({ id }) => id), variant!.position!);
  variant!.weights!.forEach((rows, layer) => rows.forEach((row, head) => expectClose(row, Float32Array.from(there[layer][head]), `${layer}.${head}`)));
  variant!.changes.forEach((heads, layer) => heads.forEach(({ sources, changes }, head) =>
    sources[position].forEach((at, i) => expect(changes[position][i]).toBeCloseTo(there[layer][head][besides.get(at)!] - weights[layer][head][at], 5))));
  expect(variant!.changes.flat().flatMap(({ changes }) => changes.flat()).some((change) => Math.abs(change) > 0.1)).toBe(true);
  expect(patterns!.flat()).toHaveLength(weights.flat().length);
  expect(figuresOf('attention', result).map(({ name }) => name)).toEqual(['attention', 'attention-heads', 'attention-pattern', 'attention-reads', 'attention-marks', 'attention-changes']);
  expect(readResult(JSON.stringify(result), 'saved.json').parts.attention).toEqual(attention);

  // What is chosen in a figure is asked for as the command line would.
  const chosen = (name: string, ...at: [number, number]) => {
    const figure = figuresOf('attention', result).find((one) => one.name === name)!;
    if (figure.kind === 'marks') return figure.choose?.params(at[0]);
    return figure.kind === 'grid' ? figure.choose?.params(...at) : undefined;
  };
  expect(chosen('attention-heads', 3, 1)).toEqual({ head: '3.1' });
  expect(chosen('attention-heads', -1, 1)).toBeNull();
  expect(chosen('attention-pattern', 5, 2)).toEqual({ token: '#5' });
  expect(chosen('attention-pattern', -1, 2)).toEqual({ token: '#2' });
  expect(chosen('attention-marks', 4, 0)).toEqual({ token: '#4' });

  // What an earlier version saved has one token's attention only, and opens.
  const { position: at, heads } = attention!.value;
  const old = { ...result, pair: null, parts: { attention: { params: { position: at }, value: { position: at, heads, weights }, findings: [], problems: [] } } };
  const opened = readResult(JSON.stringify(old), 'old.json');
  expect(opened.parts.attention!.value).toEqual({ position: at, heads, weights });
  const figures = figuresOf('attention', opened);
  expect(figures.map(({ name }) => name)).toEqual(['attention', 'attention-heads', 'attention-reads', 'attention-marks']);
  for (const figure of figures) expect(figure.rows().length).toBeGreaterThan(0);
  await loaded.model.release();
});

test('on the command line', async () => {
  const [small, folder] = [await smallModel(), await temporaryFolder()];
  const file = await folder.write('weather.py', CODE);
  const asked = ['attention', file, '--model', small.folder, '--no-run'];
  const json = await run([...asked, '--json', '--token', '#5', '--head', '2.1']);
  expect(json.code).toBe(0);
  const result = JSON.parse(json.out) as Result;
  expect(result.parts.attention!.params).toEqual({ token: '#5', head: '2.1', weigh: 'plain', colour: 'read', answers: null });
  expect(result.parts.attention!.value.position).toBe(5);
  const people = await run(asked);
  for (const part of ['• Of the code, the last token reads most', 'Attention from token', '2.1', 'share of the attention']) expect(people.out).toContain(part);
  expect(result.parts.attention!.value.shown).toEqual({ layer: 2, head: 1 });
  const wrong = await run([...asked, '--head', 'first']);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('LAYER.HEAD')]);
  const none = await run([...asked, '--head', '9.9']);
  expect([none.code, none.err]).toEqual([1, expect.stringContaining('There is no head 9.9')]);
  await small.remove();
  await folder.remove();
});
