/** Path patching as an analysis: a program and its near twin, findings, figures, a saved result, the command. */
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { loadModel, type LoadedModel } from '../../../../src/engine/session/load';
import { figuresOf } from '../../../../src/figures';
import { ANALYSES, type Part } from '../../../../src/protocol/analyses';
import { readResult, type Result } from '../../../../src/protocol/documents/result';
import { run } from '../../../cli/kit';
import { resultOf } from '../../analysed';
import { fakePython } from '../../small-model';
import { pairCommand } from '../command-line';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';
const AGAINST = { program: { file: null, text: CODE.replace('21', '"21"') } };
const source = { file: 'weather.py', text: CODE };

let loaded: LoadedModel;
beforeAll(async () => {
  loaded = await loadModel(path.resolve('models/python-errors'));
});
afterAll(() => loaded.model.release());

const of = (params: Parameters<typeof resultOf>[2]['pathPatching'], options: Parameters<typeof resultOf>[3] = {}) =>
  resultOf(loaded, source, { prediction: {}, pathPatching: params }, { label: fakePython, against: AGAINST, ...options });

test('to the logits: every writer, all together the original\'s, the largest in a finding, a saved result', async () => {
  const { layers, heads } = loaded.model.shape;
  const seen: [number, number][] = [];
  const onProgress = (stage: string, done?: number, total?: number) => void (stage === 'Patching paths' && seen.push([done!, total!]));
  const result = await of({}, { onProgress });
  const answered = result.parts.pathPatching!;
  const part: Part<'pathPatching'> = answered.value;
  expect(part.senders).toHaveLength(1 + layers * (heads + 2));
  expect(seen.at(-1)).toEqual([part.senders.length + 7, part.senders.length + 7]);
  expect(part.all.effect).toBeCloseTo(1, 4);
  expect(part.all.logitDifference).toBeCloseTo(part.clean, 3);
  const alone = part.senders.filter(({ kind }) => kind !== 'attn_out').sort((a, b) => Math.abs(b.effect!) - Math.abs(a.effect!));
  expect(part.together.names).toEqual(alone.slice(0, 3).map(({ name }) => name));
  expect(part.together.random!.draws).toBe(5);
  expect(answered.findings.join(' ')).toContain('The 3 that move most, together');
  expect(readResult(JSON.stringify(result), 'saved.json').parts.pathPatching).toEqual(answered);
  const [grid, table] = figuresOf('pathPatching', result);
  expect(grid.kind === 'grid' && [grid.grid.rows.length, grid.grid.columns.length]).toEqual([layers, heads + 2]);
  expect(grid.kind === 'grid' && grid.describe(0, heads).title).toBe('the attention of layer 0 → the logits');
  expect(table.kind === 'table' && table.cells.at(-1)![1]).toBe('1.00');
  expect(grid.rows()).toHaveLength(part.senders.length);
});

test('to the keys of a head: from the layers below alone; noising turns the direction; tokens say where', async () => {
  const { layers, heads } = loaded.model.shape;
  const receiver = `${layers - 1}.0.k`;
  const part = (await of({ to: [receiver], through: 'mlps', direction: 'noising' })).parts.pathPatching!.value;
  expect(part.senders).toHaveLength(1 + (layers - 1) * (heads + 2));
  expect(Math.max(...part.senders.map(({ layer }) => layer ?? 0))).toBe(layers - 2);
  // At the first token, which both programs share with all before it, nothing is another.
  const nowhere = (await of({ to: [receiver], tokens: ['#0'] })).parts.pathPatching!;
  expect(nowhere.value.senders.every(({ changed, logitDifference }) => !changed && logitDifference === nowhere.value.corrupted)).toBe(true);
  expect(nowhere.problems.join(' ')).toContain('at these tokens');
  const lowest = await of({ to: ['0.0.q'] });
  expect(lowest.parts.pathPatching!.value.senders.map(({ name }) => name)).toEqual(['embed']);
  expect(lowest.parts.pathPatching!.problems.join(' ')).toContain('too few other senders');
  expect(figuresOf('pathPatching', lowest).map(({ kind }) => kind)).toEqual(['table']);
  const mlp = (await of({ to: ['0.mlp'] })).parts.pathPatching!.value;
  expect(mlp.senders.map(({ kind }) => kind)).toEqual(['embed', ...Array.from({ length: heads }, () => 'head'), 'attn_out']);
}, 60_000);

test('to several receivers, live in one run, from chosen senders together; each told as soon as it is known', async () => {
  const { layers, heads } = loaded.model.shape;
  const to = [`L${layers - 2}H0.q`, `${layers - 2}.0.k`, 'logits'];
  const from = ['L0H1', '0.mlp', '1_attn_out'];
  const parts: Part<'pathPatching'>[] = [];
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000)); // nothing follows too soon to be told
  const onPartial = ({ parts: { pathPatching } }: Result) => void (pathPatching && parts.push(structuredClone(pathPatching.value)));
  const result = await of({ to, from }, { onPartial });
  clock.mockRestore();
  const { value: part, findings } = result.parts.pathPatching!;
  expect(part.receivers).toEqual(to);
  expect(part.senders).toHaveLength(1 + layers * (heads + 2));
  expect(part.together).toMatchObject({ names: ['L0H1', '0_mlp_out', '1_attn_out'], asked: true });
  expect(part.together.random!.draws).toBe(5);
  expect(findings.at(-1)).toMatch(/^As asked, head 0\.1, MLP 0 and the attention of layer 1 together: /);
  expect(findings[0]).toContain(`the queries of head ${layers - 2}.0, the keys of head ${layers - 2}.0 and the logits`);
  // All that is sent to the logits is there, whatever else is live.
  expect(part.all.effect).toBeCloseTo(1, 4);
  expect(parts.map(({ senders }) => senders.length).filter((count) => count > 0 && count < part.senders.length).length).toBeGreaterThan(0);
  for (const one of parts) {
    expect(one.senders).toEqual(part.senders.slice(0, one.senders.length));
    expect(one.all).toEqual(part.all);
    expect(ANALYSES.pathPatching.part.safeParse(one).success).toBe(true);
    expect(figuresOf('pathPatching', { ...result, parts: { pathPatching: { ...result.parts.pathPatching!, value: one } } }).length).toBeGreaterThan(0);
  }
  expect(parts[0].together).toMatchObject({ names: [], random: null });
  expect(readResult(JSON.stringify(result), 'saved.json').parts.pathPatching!.value).toEqual(part);
  const [, table] = figuresOf('pathPatching', result);
  expect(table.kind === 'table' && table.cells.map(([words]) => words)).toContain('as asked: L0H1 + 0_mlp_out + 1_attn_out');
});

test('of a head to its only reader, then to another beside it: the same numbers as alone where nothing else is read', async () => {
  const { layers } = loaded.model.shape;
  const last = layers - 1;
  const effects = async (to: string[]) => (await of({ to, draws: 0 })).parts.pathPatching!.value.senders.map(({ logitDifference }) => logitDifference);
  expect(await effects([`${last}.0.q`, `L${last}H0.q`])).toEqual(await effects([`${last}.0.q`]));
});

test('receivers and senders that are not there, and a cancellation', async () => {
  await expect(of({ to: ['logits', '99.mlp'] })).rejects.toThrow('no layer 99');
  await expect(of({ to: ['0.99.v'] })).rejects.toThrow('heads of keys and values 0 to');
  await expect(of({ from: ['L99H0'] })).rejects.toThrow('no layer 99');
  await expect(of({ from: ['0.99'] })).rejects.toThrow('no head 0.99');
  await expect(of({ to: ['1.mlp', '0.0.q'], from: ['embed', '1.mlp'] })).rejects.toThrow('No receiver reads what MLP 1 writes');
  const stop = new AbortController();
  const known: number[] = [];
  const onProgress = (stage: string, done = 0) => stage === 'Patching paths' && done > 1 && stop.abort();
  const onPartial = ({ parts: { pathPatching } }: Result) => void (pathPatching && known.push(pathPatching.value.all.effect!));
  await expect(of({}, { signal: stop.signal, onProgress, onPartial })).rejects.toThrow(/abort/i);
  expect(known[0]).toBeCloseTo(1, 4); // what was done by then was told
});

test('on the command line', async () => {
  const { asked, remove } = await pairCommand('path-patching', CODE);
  const json = await run([...asked, '--json', '--to', 'L2H0.k', '--to', '2.0.q', '--from', 'embed,L0H1', '--through', 'mlps']);
  expect(json.code).toBe(0);
  const { value } = (JSON.parse(json.out) as Result).parts.pathPatching!;
  expect([value.receivers, value.through, value.senders.length]).toEqual([['L2H0.k', '2.0.q'], 'mlps', 1 + 2 * (2 + 2)]);
  expect(value.together.names).toEqual(['embed', 'L0H1']);
  const people = await run(asked);
  for (const words of ['Paths to the logits', 'MLP', 'all together']) expect(people.out).toContain(words);
  const wrong = await run([...asked, '--to', 'logits,2.0.z']);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('LAYER.HEAD.q')]);
  await remove();
});
