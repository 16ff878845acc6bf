/** Path patching as an analysis: a program and its near twin, findings, figures, a saved result, the command. */
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadModel, type LoadedModel } from '../../../src/engine/session/load';
import { figuresOf } from '../../../src/figures';
import type { Part } from '../../../src/protocol/analyses';
import { parseReceiver, receiverWords } from '../../../src/protocol/analyses/path-patching';
import { readResult, type Result } from '../../../src/protocol/result';
import { run } from '../../cli/kit';
import { resultOf } from '../analysed';
import { fakePython } from '../small-model';
import { pairCommand } from './command-line';

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
  expect(seen.some(([done, total]) => done === part.senders.length && total === done)).toBe(true);
  expect(part.all.effect).toBeCloseTo(1, 4);
  expect(part.all.logitDifference).toBeCloseTo(part.clean, 3);
  const alone = part.senders.filter(({ kind }) => kind !== 'attn_out').sort((a, b) => Math.abs(b.effect!) - Math.abs(a.effect!));
  expect(part.top.names).toEqual(alone.slice(0, 3).map(({ name }) => name));
  expect(part.top.random!.draws).toBe(5);
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
  const part = (await of({ receiver, through: 'mlps', direction: 'noising' })).parts.pathPatching!.value;
  expect(part.senders).toHaveLength(1 + (layers - 1) * (heads + 2));
  expect(Math.max(...part.senders.map(({ layer }) => layer ?? 0))).toBe(layers - 2);
  // At the first token, which both programs share with all before it, nothing is another.
  const nowhere = (await of({ receiver, tokens: ['#0'] })).parts.pathPatching!;
  expect(nowhere.value.senders.every(({ changed, logitDifference }) => !changed && logitDifference === nowhere.value.corrupted)).toBe(true);
  expect(nowhere.problems.join(' ')).toContain('at these tokens');
  const lowest = await of({ receiver: '0.0.q' });
  expect(lowest.parts.pathPatching!.value.senders.map(({ name }) => name)).toEqual(['embed']);
  expect(lowest.parts.pathPatching!.problems.join(' ')).toContain('too few other senders');
  expect(figuresOf('pathPatching', lowest).map(({ kind }) => kind)).toEqual(['table']);
  const mlp = (await of({ receiver: '0.mlp' })).parts.pathPatching!.value;
  expect(mlp.senders.map(({ kind }) => kind)).toEqual(['embed', ...Array.from({ length: heads }, () => 'head'), 'attn_out']);
}, 60_000);

test('receivers in words, and those that are not there', async () => {
  expect(['logits', '5.3.k', '2.mlp'].map(receiverWords)).toEqual(['the logits', 'the keys of head 5.3', 'MLP 2']);
  expect(parseReceiver('5.3.k')).toEqual({ kind: 'head', layer: 5, head: 3, input: 'k' });
  await expect(of({ receiver: '99.mlp' })).rejects.toThrow('no layer 99');
  await expect(of({ receiver: '0.99.v' })).rejects.toThrow('heads of keys and values 0 to');
  const stop = new AbortController();
  const onProgress = (stage: string) => stage === 'Patching paths' && stop.abort();
  await expect(of({}, { signal: stop.signal, onProgress })).rejects.toThrow(/abort/i);
});

test('on the command line', async () => {
  const { asked, remove } = await pairCommand('path-patching', CODE);
  const json = await run([...asked, '--json', '--receiver', '2.0.k', '--through', 'mlps']);
  expect(json.code).toBe(0);
  const { value } = (JSON.parse(json.out) as Result).parts.pathPatching!;
  expect([value.receiver, value.through, value.senders.length]).toEqual(['2.0.k', 'mlps', 1 + 2 * (2 + 2)]);
  const people = await run(asked);
  for (const words of ['Paths to the logits', 'MLP', 'all together']) expect(people.out).toContain(words);
  const wrong = await run([...asked, '--receiver', '2.0.z']);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('LAYER.HEAD.q')]);
  await remove();
});
