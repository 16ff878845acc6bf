/** Neuron patching: patches are full forward passes with a hook and attribution patching's, positions are the original's, others are drawn beside. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadModel, type LoadedModel } from '../../../../src/engine/session/load';
import { figuresOf } from '../../../../src/figures';
import { floats, type FloatArray } from '../../../../src/graph';
import { readResult, type Result } from '../../../../src/protocol/documents/result';
import type { AskedParams } from '../../../../src/protocol/analyses';
import { blockSite, siteName } from '../../../../src/vocabulary/sites';
import { run, temporaryFolder } from '../../../cli/kit';
import { resultOf, type Asked } from '../../analysed';
import { fakePython, smallModel } from '../../small-model';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';
/** With more tokens than the original. */
const AGAINST = { program: { file: null, text: CODE.replace('21', 'str(21)') } };
const source = { file: 'weather.py', text: CODE };

let loaded: LoadedModel;
beforeAll(async () => {
  loaded = await loadModel(path.resolve('models/python-errors'));
});
afterAll(() => loaded.model.release());

const asked = (params: AskedParams<'neuronPatching'>, rest: Asked = {}) =>
  resultOf(loaded, source, { prediction: {}, neuronPatching: params, ...rest }, { label: fakePython, against: AGAINST });

/** The metric of a full forward pass with neurons taken from the other program's run, at tokens of the original. */
async function patched(result: Result, direction: 'denoising' | 'noising', neurons: readonly { layer: number; index: number }[], tokens: readonly number[]): Promise<number> {
  const { model } = loaded;
  const { positiveToken, negativeToken } = result.parts.neuronPatching!.value.metric;
  const ids = { original: result.reading.tokens.map(({ id }) => id), variant: result.pair!.tokens.map(({ id }) => id) };
  const denoising = direction === 'denoising';
  const [base, from] = denoising ? [ids.variant, ids.original] : [ids.original, ids.variant];
  const pairs = result.pair!.alignment.columns.flatMap(({ original, variant }) => {
    if (original === null || variant === null || !tokens.includes(original)) return [];
    return [denoising ? [variant, original] : [original, variant]];
  });
  const layers = [...new Set(neurons.map(({ layer }) => layer))];
  const sites = layers.map((layer) => blockSite(layer, 'mlp.hook_post'));
  const there = (await model.run([from], { read: sites })).sites;
  const hooks = layers.map((layer, i) => ({
    site: sites[i],
    edit: ({ data, shape }: FloatArray) => {
      const copy = data.slice();
      for (const [to, of] of pairs) {
        for (const { layer: at, index } of neurons) {
          if (at === layer) copy[to * shape[2] + index] = there.get(siteName(sites[i]))!.data[of * shape[2] + index];
        }
      }
      return floats(copy, shape);
    },
  }));
  const { data } = await model.logits(await model.run([base], { hooks }), [base.length - 1]);
  return data[positiveToken] - data[negativeToken];
}

describe.each(['denoising', 'noising'] as const)('%s', (direction) => {
  test('each neuron at each token, the largest together, and others drawn at random', async () => {
    const result = await asked({ direction, top: 6, draws: 2 });
    const { value, findings, problems } = result.parts.neuronPatching!;
    const { layers, mlpWidth } = loaded.model.shape;
    const { length } = result.reading.tokens;
    expect([value.neurons.map(({ chosen }) => chosen), value.of]).toEqual([[...Array(6).fill('largest'), 'random', 'random'], layers * mlpWidth]);
    expect(new Set(value.neurons.map(({ layer, index }) => `${layer}.${index}`)).size).toBe(8);
    const inBoth = new Set(result.pair!.alignment.columns.flatMap(({ original, variant }) => (variant === null ? [] : [original])));
    for (const row of value.logitDifference) expect(row.map((one) => one !== null)).toEqual(result.reading.tokens.map((_, at) => inBoth.has(at)));
    const unpatched = direction === 'denoising' ? value.corrupted : value.clean;
    let most = 0;
    for (const row of [0, 3, 7]) {
      const at = value.logitDifference[row].reduce<number>((best, one, where) => (one !== null && Math.abs(one - unpatched) > Math.abs(value.logitDifference[row][best]! - unpatched) ? where : best), 0);
      expect(Math.abs(value.logitDifference[row][at]! - (await patched(result, direction, [value.neurons[row]], [at])))).toBeLessThan(1e-3);
      most = Math.max(most, Math.abs(value.logitDifference[row][at]! - unpatched));
    }
    expect(most).toBeGreaterThan(1e-3);
    const all = [...result.reading.tokens.keys()];
    expect(Math.abs(value.together!.logitDifference - (await patched(result, direction, value.neurons.slice(0, 6), all)))).toBeLessThan(1e-3);
    expect(value.together!.random!.draws).toBe(2);
    expect(findings.join(' ')).toContain(`The 6 largest of ${layers * mlpWidth}, all at once`);
    expect(problems).toEqual([]);

    const [grid, table] = figuresOf('neuronPatching', result);
    if (grid.kind !== 'grid' || table.kind !== 'table') throw new Error('a grid and a table');
    expect(grid.grid.rows.at(-1)!.label).toBe(`${value.neurons[0].layer}.${value.neurons[0].index}`);
    expect(grid.rows()).toHaveLength(8 * length);
    expect(grid.describe(7, result.pair!.alignment.columns.length - 1).title).toContain('one of the largest');
    expect(table.cells).toHaveLength(10);
    expect(readResult(JSON.stringify(result), 'saved.json').parts.neuronPatching!.value).toEqual(value);
  }, 60_000);
});

test('at all tokens at once: what attribution patching measures of the same neurons', async () => {
  const result = await asked({ per: 'neuron', top: 40 }, { attributionPatching: { neurons: 5, top: 1 } });
  const { neurons, logitDifference, corrupted } = result.parts.neuronPatching!.value;
  let compared = 0;
  for (const { layer, index, change } of result.parts.attributionPatching!.value.neurons) {
    const at = neurons.findIndex((one) => one.layer === layer && one.index === index);
    if (at < 0) continue;
    compared++;
    expect(logitDifference[at][0]! - corrupted).toBeCloseTo(change, 3);
  }
  expect(compared).toBeGreaterThan(1);
  expect(figuresOf('neuronPatching', result).map(({ kind }) => kind)).toEqual(['table']);
});

test('of one layer only, and a layer that is not there is refused', async () => {
  const { neurons, of } = (await asked({ per: 'neuron', layer: 2, top: 3 })).parts.neuronPatching!.value;
  expect([new Set(neurons.map(({ layer }) => layer)), of]).toEqual([new Set([2]), loaded.model.shape.mlpWidth]);
  await expect(asked({ layer: 99 })).rejects.toThrow('There is no layer 99');
});

test('on the command line', async () => {
  const [small, folder] = [await smallModel(), await temporaryFolder()];
  const file = await folder.write('weather.py', CODE);
  const line = ['neuron-patching', file, '--model', small.folder, '--no-run', '--against', 'quote-number', '--answers', 'NameError, no error'];
  const json = await run([...line, '--json', '--per', 'neuron', '--layer', '1', '--top', '2', '--draws', '0']);
  expect(json.code).toBe(0);
  const { value } = (JSON.parse(json.out) as Result).parts.neuronPatching!;
  expect([value.neurons.map(({ layer }) => layer), value.together!.random]).toEqual([[1, 1], null]);
  const people = await run(line);
  expect(people.out).toContain('Patching of neurons at mlp.hook_post');
  const wrong = await run([...line, '--top', '0']);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('from 1 to 100')]);
  await small.remove();
  await folder.remove();
});
