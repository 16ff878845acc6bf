/** Pattern patching: each weight equals a full forward pass with a hook, positions are the original's, and the head is the one that moves most. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadModel } from '../../../../src/engine/session/load';
import type { LoadedModel } from '../../../../src/engine/session/load';
import { figuresOf } from '../../../../src/figures';
import { floats, type FloatArray } from '../../../../src/graph';
import { readResult, type Result } from '../../../../src/protocol/documents/result';
import type { AskedParams } from '../../../../src/protocol/analyses';
import { blockSite, siteName } from '../../../../src/vocabulary/sites';
import { run, temporaryFolder } from '../../../cli/kit';
import { resultOf } from '../../analysed';
import { fakePython, smallModel } from '../../small-model';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';
const AGAINST = { program: { file: null, text: CODE.replace('21', '"21"') } };
/** With more tokens than the original. */
const LONGER = { program: { file: null, text: CODE.replace('21', 'str(21)') } };
const source = { file: 'weather.py', text: CODE };

let loaded: LoadedModel;
beforeAll(async () => {
  loaded = await loadModel(path.resolve('models/python-errors'));
});
afterAll(() => loaded.model.release());

const asked = (params: AskedParams<'patternPatching'>, against = AGAINST) =>
  resultOf(loaded, source, { prediction: {}, patternPatching: params }, { label: fakePython, against });

/** The metric of a full forward pass of one program with some weights of a head taken from the other's run. */
async function patched(result: Result, direction: 'denoising' | 'noising', cells: readonly (readonly [at: number, read: number])[]): Promise<number> {
  const { model } = loaded;
  const { head: { layer, head }, metric: { positiveToken, negativeToken } } = result.parts.patternPatching!.value;
  const ids = { original: result.reading.tokens.map(({ id }) => id), variant: result.pair!.tokens.map(({ id }) => id) };
  const [base, from] = direction === 'denoising' ? [ids.variant, ids.original] : [ids.original, ids.variant];
  const variantOf = new Map(result.pair!.alignment.columns.map(({ original, variant }) => [original, variant]));
  const site = blockSite(layer, 'attn.hook_pattern');
  const there = (await model.run([from], { read: [site] })).sites.get(siteName(site))!.data;
  const place = (which: readonly number[], at: number, read: number) => (head * which.length + at) * which.length + read;
  const edit = ({ data, shape }: FloatArray) => {
    const copy = data.slice();
    for (const [at, read] of cells) {
      const other = [variantOf.get(at)!, variantOf.get(read)!] as const;
      const [to, of] = direction === 'denoising' ? [other, [at, read] as const] : [[at, read] as const, other];
      copy[place(base, ...to)] = there[place(from, ...of)];
    }
    return floats(copy, shape);
  };
  const { data } = await model.logits(await model.run([base], { hooks: [{ site, edit }] }), [base.length - 1]);
  return data[positiveToken] - data[negativeToken];
}

describe.each([['as many tokens', AGAINST], ['more tokens in the variant', LONGER]] as const)('a variant with %s', (_, against) => {
  test.each(['denoising', 'noising'] as const)('%s: weights alone and together are those of full passes', async (direction) => {
    const result = await asked({ direction, exact: true }, against);
    const { value, findings, problems } = result.parts.patternPatching!;
    const { length } = result.reading.tokens;
    const { columns } = result.pair!.alignment;
    const inBoth = new Set(columns.flatMap(({ original, variant }) => (original === null || variant === null ? [] : [original])));
    const open = Array.from({ length }, (__, at) => Array.from({ length }, (___, read) => read <= at && inBoth.has(at) && inBoth.has(read)));
    expect(value.logitDifference.map((row) => row.map((one) => one !== null))).toEqual(open.map((row, at) => row.slice(0, at + 1)));
    for (const run of ['original', 'variant'] as const) {
      for (const [at, row] of value.weights[run].entries()) for (const [read, one] of row.entries()) if (open[at][read]) expect(one, run).not.toBeNull();
    }

    const all = open.flatMap((row, at) => row.flatMap((is, read) => (is ? [[at, read] as const] : [])));
    expect(Math.abs(value.together.logitDifference - (await patched(result, direction, all)))).toBeLessThan(1e-3);
    const size = ([at, read]: readonly [number, number]) => Math.abs(value.logitDifference[at][read]! - (direction === 'denoising' ? value.corrupted : value.clean));
    const largest = [...all].sort((a, b) => size(b) - size(a)).slice(0, 6);
    expect(size(largest[0])).toBeGreaterThan(1e-3);
    for (const cell of [...largest, all[0], all[Math.floor(all.length / 2)], all.at(-1)!]) {
      expect(Math.abs(value.logitDifference[cell[0]][cell[1]]! - (await patched(result, direction, [cell]))), cell.join(' reads ')).toBeLessThan(1e-3);
    }
    expect(findings.at(-1)).toContain('on average');
    expect(problems).toEqual([]);

    const [figure] = figuresOf('patternPatching', result);
    if (figure.kind !== 'grid') throw new Error('no grid');
    expect(figure.grid.empty!.cells).toEqual(open.map((row) => row.map((is) => !is)));
    expect(figure.rows()).toHaveLength((length * (length + 1)) / 2);
    const [at, read] = largest[0];
    expect(figure.describe(at, read).lines.map(([name]) => name)).toEqual(expect.arrayContaining(['weight in the original', 'weight in the variant']));
    expect(figure.describe(0, 1).lines.at(-1)).toEqual(['this patch', 'nothing: it stands behind']);
    expect(readResult(JSON.stringify(result), 'saved.json').parts.patternPatching!.value).toEqual(value);
    const cut = { ...value, logitDifference: value.logitDifference.slice(1) };
    const broken = { ...result, parts: { ...result.parts, patternPatching: { ...result.parts.patternPatching!, value: cut } } };
    expect(() => readResult(JSON.stringify(broken), 'saved.json')).toThrow('logitDifference');
  }, 60_000);
});

test('a head is chosen by what all of its weights move, or asked for, and one that is not there is refused', async () => {
  const chosen = await asked({});
  const { head, together, corrupted } = chosen.parts.patternPatching!.value;
  const whole = await resultOf(loaded, source, { prediction: {}, headPatching: { site: 'attn.hook_pattern' } }, { label: fakePython, against: AGAINST });
  const heads = whole.parts.headPatching!.value.logitDifference.flatMap((rows, layer) => rows.map(([value], at) => ({ layer, head: at, moved: Math.abs(value! - corrupted) })));
  const most = heads.reduce((a, b) => (b.moved > a.moved ? b : a));
  expect([head, Math.abs(together.logitDifference - corrupted)]).toEqual([{ layer: most.layer, head: most.head }, expect.closeTo(most.moved, 3)]);
  const other = await asked({ head: '0.1' });
  expect(other.parts.patternPatching!.value.head).toEqual({ layer: 0, head: 1 });
  await expect(asked({ head: '99.0' })).rejects.toThrow('There is no head 99.0');
});

test('on the command line', async () => {
  const [small, folder] = [await smallModel(), await temporaryFolder()];
  const file = await folder.write('weather.py', CODE);
  const line = ['pattern-patching', file, '--model', small.folder, '--no-run', '--against', 'quote-number', '--answers', 'NameError, no error'];
  const json = await run([...line, '--json', '--head', '1.0', '--direction', 'noising', '--exact']);
  expect([json.code, json.err.includes('rror:')]).toEqual([0, false]);
  const { value } = (JSON.parse(json.out) as Result).parts.patternPatching!;
  expect([value.head, value.direction]).toEqual([{ layer: 1, head: 0 }, 'noising']);
  const people = await run(line);
  expect(people.out).toContain('Patching of what head');
  const wrong = await run([...line, '--head', 'all']);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('LAYER.HEAD')]);
  await small.remove();
  await folder.remove();
});
