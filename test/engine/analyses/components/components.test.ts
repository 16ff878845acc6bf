/** Components as an analysis: sums that close however they are divided, at any token, of both programs; and the command. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadModel, type LoadedModel } from '../../../../src/engine/session/load';
import { figuresOf } from '../../../../src/figures';
import { readResult, type Result } from '../../../../src/protocol/documents/result';
import type { AskedParams, Part } from '../../../../src/protocol/analyses';
import { run, temporaryFolder } from '../../../cli/kit';
import { resultOf, type OnModel } from '../../analysed';
import { familyModel } from '../../family-model';
import { fakePython, smallModel } from '../../small-model';
import { openSmallSaes } from '../../small-saes';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';
const OTHER = 'city = "Lisbon"\nprint("Temperature: " + str(21))\n';
const source = { file: 'weather.py', text: CODE };
const against = { program: { file: null, text: OTHER } };

type Value = Part<'components'>;
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

async function asked(of: OnModel, params: AskedParams<'components'>, compared = false): Promise<{ value: Value; result: Result }> {
  const result = await resultOf(of, source, { components: params }, { label: fakePython, ...(compared && { against }) });
  expect(result.missing).toBeUndefined();
  return { value: result.parts.components!.value, result };
}

/** The sums close, up to float32 and rounding. */
function closes(value: Value): void {
  const terms = value.components.map((one) => one.value);
  const close = 1e-5 * Math.max(...terms.map(Math.abs)) * Math.sqrt(terms.length) + 1e-6 * Math.abs(value.sum);
  expect(Math.abs(sum(terms) - value.sum)).toBeLessThan(close);
  expect(Math.abs(value.cumulative.at(-1)! - value.sum)).toBeLessThan(close);
  expect(Math.abs(value.difference - value.sum * (value.capFactor ?? 1))).toBeLessThan(2 * close);
  value.sources.heads.forEach(({ layer, head }, i) => expect(Math.abs(sum(value.sources.values[i]) - value.heads[layer][head])).toBeLessThan(close));
  if (!value.variant) return;
  expect(Math.abs(sum(value.components.map(({ variant }) => variant!)) - value.variant.sum)).toBeLessThan(2 * close);
}

describe.each([
  ['grouped queries', async () => loadModel((await smallModel()).folder, { threads: 1 })],
  ['post-norms, windows and a soft cap', () => familyModel('gemma2')],
  ['learned positions and biases', () => familyModel('gpt2')],
  ['parallel blocks', () => familyModel('gpt_neox')],
] as const)('%s', (_, open) => {
  test('all divisions of one sum, of both programs, saved and read back', async () => {
    const loaded: LoadedModel = await open();
    const { layers, heads } = loaded.model.shape;
    const whole = await asked(loaded, { head: 'all' }, true);
    closes(whole.value);
    const { result, value } = whole;
    expect(value.sources.heads).toHaveLength(layers * heads);
    expect(value.variant).not.toBeNull();
    expect(result.pair).not.toBeNull();
    expect(readResult(JSON.stringify(result), 'saved.json').parts.components).toEqual(result.parts.components);

    const alone = await asked(loaded, { head: 'none', answers: [value.metric.positive, value.metric.negative!] });
    closes(alone.value);
    expect(alone.value.variant).toBeNull();
    expect(alone.value.components.map(({ name, value: own }) => [name, own])).toEqual(value.components.map(({ name, value: own }) => [name, own]));

    // The variant's components are those of the variant as the program.
    const swapped = await resultOf(loaded, { file: 'weather.py', text: OTHER }, { components: { answers: [value.metric.positive, value.metric.negative!] } });
    const other = swapped.parts.components!.value;
    for (const { name, value: own } of other.components) expect(value.components.find((one) => one.name === name)!.variant).toBeCloseTo(own, 4);

    for (const by of ['layer', 'neuron'] as const) {
      const divided = await asked(loaded, { by, top: 7 }, true);
      closes(divided.value);
      expect(divided.value.sum).toBeCloseTo(value.sum, 4);
      const count = (kind: string) => divided.value.components.filter((one) => one.kind === kind).length;
      expect([count('attn_out'), count('neuron'), count('mlp_out')]).toEqual(by === 'layer' ? [layers, 0, layers] : [0, 7, 0]);
    }
    await loaded.model.release();
  });
});

test('latents: what SAEs divide sums to the same, and SAEs of the residual stream divide nothing', async () => {
  const sites = ['blocks.1.hook_resid_post', 'blocks.2.hook_mlp_out', 'blocks.1.hook_attn_out', 'blocks.0.attn.hook_z', 'blocks.1.attn.hook_z'];
  const { session } = await openSmallSaes(sites.map((site, i) => ({ site, dIn: i === 3 ? 8 : 16 }))); // the fourth reads each head alone
  const whole = await asked(session, {});
  const { value, result } = await asked(session, { by: 'latent', top: 5 }, true);
  closes(value);
  const answers = [value.metric.positive, value.metric.negative!] as [string, string];
  expect(value.sum).toBeCloseTo((await asked(session, { answers })).value.sum, 4);
  expect(result.parts.components!.problems).toEqual([expect.stringMatching(/^SAEs of the residual stream/)]);
  const kinds = value.components.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'latent').length).toBeLessThanOrEqual(5);
  expect(kinds.filter((kind) => kind === 'error')).toHaveLength(3);
  expect(value.components.some(({ kind, layer }) => kind === 'head' && layer === 0)).toBe(false); // divided, as layer 1's are
  expect(value.components.filter(({ kind }) => kind === 'head').map(({ layer }) => layer)).toEqual([2, 2]);
  const of = (site: string) => sum((value.components as Value['components']).filter((one) => one.site === site).map((one) => one.value));
  expect(whole.value.components.some(({ kind }) => kind === 'latent')).toBe(false);
  const same = await asked(session, { answers });
  expect(of('blocks.2.hook_mlp_out')).toBeCloseTo(same.value.mlps[2], 4);
  expect(of('blocks.0.attn.hook_z')).toBeCloseTo(sum(same.value.heads[0]), 4);
});

test('the stream by its latents: they stand for all below, and what is written behind it stays', async () => {
  const { session, loaded } = await openSmallSaes([{ site: 'blocks.0.hook_resid_post' }, { site: 'blocks.1.hook_resid_post' }, { site: 'blocks.2.hook_mlp_out' }]);
  const last = await asked(session, { by: 'stream', top: 4 });
  closes(last.value);
  const names = last.value.components.map(({ name }) => name);
  expect(names.filter((name) => /^L2H|^2_mlp_out/.test(name))).toHaveLength(3);
  expect(names.some((name) => /^(embed|L[01]H|[01]_mlp)/.test(name) || name.startsWith('blocks.0.'))).toBe(false);
  const answers = [last.value.metric.positive, last.value.metric.negative!] as [string, string];
  const whole = (await asked(session, { answers })).value;
  const below = sum(last.value.components.filter(({ site }) => site === 'blocks.1.hook_resid_post').map(({ value }) => value));
  expect(below).toBeCloseTo(sum([...whole.components.filter(({ name }) => /^(embed|L[01]H|[01]_mlp)/.test(name)).map(({ value }) => value)]), 4);
  const first = await asked(session, { by: 'stream', layer: 0, top: 4, answers });
  closes(first.value);
  expect(first.value.components.some(({ name }) => name === '1_mlp_out')).toBe(true);
  expect(last.result.parts.components!.findings.some((sentence) => sentence.includes('is counted as theirs'))).toBe(true);
  const none = await resultOf(session, source, { components: { by: 'stream', layer: 2 } });
  expect(none.missing!.components).toContain('None of the SAEs that are open reads the residual stream in layer 2');
  expect(loaded.model.shape.layers).toBe(3);
});

test('what else reads: a query, a key and a latent; and what crosses one layer’s attention', async () => {
  const { session } = await openSmallSaes([{ site: 'blocks.1.hook_resid_post', architecture: 'standard', offset: 4 }]);
  for (const toward of ['2.1.q', '2.0.k', 'blocks.1.hook_resid_post:3'] as const) {
    const { value, result } = await asked(session, { toward, position: '2:1', head: 'all', across: 1 });
    closes(value);
    expect(value.reader!.kind).toBe(toward.endsWith('q') ? 'query' : toward.endsWith('k') ? 'key' : 'latent');
    expect(value.components.some(({ layer }) => layer !== null && layer >= 2)).toBe(false);
    expect(value.sources.heads.every(({ layer }) => layer < 2)).toBe(true);
    expect(readResult(JSON.stringify(result), 'saved.json').parts.components).toEqual(result.parts.components);
  }
  const { value, result } = await asked(session, { head: 'all', across: 2, source: 'last' });
  const { rows, from } = value.loadings!;
  value.sources.heads.forEach(({ layer, head }, i) => {
    if (layer === 2) expect(sum(rows.map(({ heads }) => heads[head]))).toBeCloseTo(value.sources.values[i][from], 4);
  });
  for (const { name, bypass } of rows) if (name !== 'values_bias') expect(bypass).toBeCloseTo(value.components.find((one) => one.name === name)!.value, 5);
  const drawn = figuresOf('components', result).find(({ name }) => name === 'components-across')!;
  expect(drawn.rows()).toHaveLength(rows.length * 3);
  const problems = async (params: Parameters<typeof asked>[1]) => (await asked(session, params)).result.parts.components!.problems.join(' ');
  expect(await problems({ source: '1:1' })).toContain('counts with --across LAYER only'); // what counts for nothing is said
  expect(await problems({ across: 2, source: '1:1' })).toBe('');
  const elsewhere = (await asked(session, { across: 2, source: '1:1' })).value.loadings!;
  expect(elsewhere.rows.every(({ bypass }) => bypass === 0)).toBe(true);
  const latents = (await asked(session, { by: 'stream', across: 2, source: 'last', top: 3 })).value.loadings!;
  latents.rows[0].heads.forEach((_, head) => {
    expect(sum(latents.rows.map(({ heads }) => heads[head]))).toBeCloseTo(sum(rows.map(({ heads }) => heads[head])), 4);
  });
  const refused = (params: AskedParams<'components'>) => expect(asked(session, params)).rejects;
  await refused({ toward: '1.0.q', across: 1 }).toThrow('carries nothing to what reads');
  await refused({ toward: '2.0.q', position: '1:1', other: 'last' }).toThrow('stands before');
  await refused({ toward: '7.0.q' }).toThrow('There is no head 7.0');
  await refused({ toward: 'blocks.0.hook_resid_post:1' }).toThrow('There is no SAE of blocks.0.hook_resid_post open');
});

test('at another token, of one token, and what cannot be asked', async () => {
  const loaded = await loadModel((await smallModel()).folder, { threads: 1 });
  const there = await asked(loaded, { position: '2:1' });
  closes(there.value);
  const { tokens } = there.result.reading;
  expect(tokens[there.value.position].text.trim()).toBe('print');
  expect(there.value.difference).toBeGreaterThan(0); // the most probable next token against the one behind it
  expect(there.value.sources.values[0].slice(there.value.position + 1).every((one) => one === 0)).toBe(true);
  const one = await asked(loaded, { token: 'print' });
  closes(one.value);
  expect(one.value.metric).toMatchObject({ positive: 'print', negative: null });
  const refused = (params: AskedParams<'components'>) => expect(asked(loaded, params)).rejects;
  await refused({ token: 'one two three' }).toThrow(/is \d+ tokens .*give one token/);
  await refused({ head: '9.0' }).toThrow('There is no head 9.0; the model has the layers 0 to 2 with the heads 0 to 1.');
  await refused({ position: '#5000' }).toThrow('There is no position 5000');
  await refused({ answers: ['TypeError', 'Nonsense'] }).toThrow('"Nonsense" is none of the answers');
  await loaded.model.release();
});

test('findings: the heads that write most of the embedded model\'s answer, beside as many at random', async () => {
  const loaded = await loadModel(path.resolve('models/python-errors'));
  const { value, result } = await asked(loaded, {}, true);
  closes(value);
  const [first] = result.parts.components!.findings;
  const sign = Math.sign(value.sum);
  const best = value.components.reduce((a, b) => (b.value * sign > a.value * sign ? b : a));
  const share = (100 * best.value) / value.sum;
  expect(first).toContain(best.kind === 'head' ? `head ${best.layer}.${best.head}` : `MLP ${best.layer}`);
  expect(first).toContain(`${share.toFixed(share < 10 ? 1 : 0).replace(/\.0$/, '')} %`);
  expect(first).toContain(`of ${value.components.length} drawn at random`);
  expect(result.parts.components!.findings.some((sentence) => sentence.includes('between original and variant'))).toBe(true);
  const figures = figuresOf('components', result);
  expect(figures.map(({ name }) => name)).toEqual(['components', 'components-change', 'components-heads', 'components-cumulative', 'components-sources']);
  const change = figures[1].rows().map((row) => row.change as number);
  expect(sum(change)).toBeCloseTo(value.sum - value.variant!.sum, 4);
  await loaded.model.release();
});

test('on the command line', async () => {
  const [small, folder] = [await smallModel(), await temporaryFolder()];
  const file = await folder.write('weather.py', CODE);
  const other = await folder.write('other.py', OTHER);
  const command = ['components', file, '--model', small.folder, '--no-run'];
  const json = await run([...command, '--json', '--against', other]);
  expect(json.code, json.err).toBe(0);
  const document = JSON.parse(json.out) as { difference: number; sum: number; components: { name: string; value: number; variant: number }[] };
  expect(sum(document.components.map(({ value }) => value))).toBeCloseTo(document.sum, 4);
  expect(document.difference).toBeCloseTo(document.sum, 4); // no soft cap
  expect(document.components.map(({ name }) => name)).toEqual(['embed', 'L0H0', 'L0H1', '0_mlp_out', 'L1H0', 'L1H1', '1_mlp_out', 'L2H0', 'L2H1', '2_mlp_out']);
  const people = await run([...command, '--head', '1.1', '--position', '1:1']);
  for (const part of ['Components of logit(', 'By layer and head', 'Through which tokens head 1.1 writes']) expect(people.out).toContain(part);
  const csv = await run([...command, '--csv', '--head', 'none']);
  expect(csv.out).toContain('component');
  const wrong = await run([...command, '--head', 'last']);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('LAYER.HEAD')]);
  await small.remove();
  await folder.remove();
});
