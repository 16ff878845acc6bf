/** Attribution patching as an analysis: patches that are head patching's, agreement, findings, figures, a saved result, the command. */
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadModel, type LoadedModel } from '../../../../src/engine/session/load';
import { figuresOf } from '../../../../src/figures';
import type { Part } from '../../../../src/protocol/analyses';
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

const of = (params: Parameters<typeof resultOf>[2]['attributionPatching'], options: Parameters<typeof resultOf>[3] = {}) =>
  resultOf(
    loaded, source,
    { prediction: {}, headPatching: { direction: params?.direction ?? 'denoising' }, attributionPatching: params },
    { label: fakePython, against: AGAINST, ...options },
  );

test('patches of heads are those of head patching; the largest scores are patched, and saved results read back', async () => {
  const { layers, heads } = loaded.model.shape;
  for (const direction of ['denoising', 'noising'] as const) {
    const result = await of({ direction, top: 12 });
    const answered = result.parts.attributionPatching!;
    const part: Part<'attributionPatching'> = answered.value;
    expect([part.heads.length, part.heads[0].length, part.mlps.length]).toEqual([layers, heads, layers]);
    expect([part.top.length, part.neurons.length, part.random.length]).toEqual([12, 5, 5]);
    const base = direction === 'denoising' ? part.corrupted : part.clean;
    const { logitDifference } = result.parts.headPatching!.value;
    let compared = 0;
    for (const { kind, layer, index, change } of [...part.top, ...part.random]) {
      if (kind !== 'head') continue;
      expect(change, `${layer}.${index}`).toBeCloseTo(logitDifference[layer][index!][0]! - base, 4);
      compared++;
    }
    expect(compared).toBeGreaterThan(5);
    const sizes = [...part.heads.flat(), ...part.mlps].map(Math.abs).sort((a, b) => b - a);
    expect(part.top.map(({ score }) => Math.abs(score))).toEqual(sizes.slice(0, 12));
    const { sameSign, of: all } = part.agreement;
    const clear = [...part.top, ...part.random].filter(({ change }) => Math.abs(change) >= 1e-4);
    expect([sameSign, all]).toEqual([clear.filter(({ score, change }) => score * change > 0).length, clear.length]);
    expect(answered.findings.join(' ')).toMatch(/correlate with r = −?-?\d\.\d\d, and \d+ of \d+ have the same sign/);
    // Each token has a counterpart, so that with the source's embedding all is the source's.
    expect(part.embed!.change).toBeCloseTo(direction === 'denoising' ? part.clean - part.corrupted : part.corrupted - part.clean, 3);
    expect(Math.abs(part.embed!.score)).toBeGreaterThan(1e-3);
    expect(answered.findings.at(-1)).toMatch(/^The embedding, which all else is made from, moves (100|over 99\.9) % \(estimated .* %\)/);
    expect(readResult(JSON.stringify(result), 'saved.json').parts.attributionPatching).toEqual(answered);
  }
});

test('GradDrop gives sizes; figures; cancelled between patches', async () => {
  const { layers, heads } = loaded.model.shape;
  const result = await of({ correction: 'grad-drop', neurons: 0, draws: 0 });
  const part = result.parts.attributionPatching!.value;
  expect([...part.heads.flat(), ...part.mlps].every((score) => score >= 0)).toBe(true);
  expect([part.agreement.sameSign, part.neurons, part.random]).toEqual([null, [], []]);
  const [grid, table] = figuresOf('attributionPatching', result);
  expect(grid.kind === 'grid' && [grid.grid.rows.length, grid.grid.columns.length]).toEqual([layers, heads + 1]);
  expect(grid.kind === 'grid' && grid.grid.scale.kind).toBe('sequential');
  const [{ layer, index, change }] = part.top.filter(({ kind }) => kind === 'head');
  expect(grid.kind === 'grid' && grid.describe(layer, index!).lines[1][1]).toBe(`${change.toFixed(3).replace('-', '−')} logits`);
  expect(table.kind === 'table' && table.cells).toHaveLength(part.top.length + 1);
  expect(table.kind === 'table' && table.cells.at(-1)![0]).toBe('the embedding');
  const fixed = await of({ correction: 'qk-fix', top: 30 });
  const { queries, keys, top } = fixed.parts.attributionPatching!.value;
  expect([queries!.length, queries![0].length, keys![0].length]).toEqual([layers, heads, loaded.model.shape.keyValueHeads]);
  expect([part.queries, part.keys]).toEqual([null, null]);
  const input = top.find(({ kind }) => kind === 'query' || kind === 'key')!;
  expect(input.name).toMatch(/^L\d+H\d+\.[qk]$/);
  expect(input.score).toBe((input.kind === 'query' ? queries! : keys!)[input.layer][input.index!]);
  const names = figuresOf('attributionPatching', fixed).map(({ name }) => name);
  expect(names).toEqual(['', '-queries', '-keys', '-checked'].map((end) => `attribution-patching${end}`));
  expect(readResult(JSON.stringify(fixed), 'saved.json').parts.attributionPatching!.value.queries).toEqual(queries);
  const stop = new AbortController();
  const known: (number | null)[] = [];
  const onPartial = ({ parts: { attributionPatching } }: Result) => void (attributionPatching && known.push(attributionPatching.value.embed!.change));
  await of({}, { onPartial });
  expect(known[0]).toBe(null);
  expect(known.at(-1)).not.toBe(null);
  const onProgress = (stage: string) => stage === 'Patching components' && stop.abort();
  await expect(of({}, { signal: stop.signal, onProgress })).rejects.toThrow(/abort/i);
});

test('on the command line', async () => {
  const { asked, remove } = await pairCommand('attribution-patching', CODE);
  const json = await run([...asked, '--json', '--top', '4', '--correction', 'grad-drop']);
  expect(json.code).toBe(0);
  const { value } = (JSON.parse(json.out) as Result).parts.attributionPatching!;
  expect([value.correction, value.top.length, value.heads.length]).toEqual(['grad-drop', 4, 3]);
  const people = await run(asked);
  const all = ['Attribution patching of heads and MLPs', 'Estimated and really patched', 'random'];
  for (const words of all) expect(people.out).toContain(words);
  await remove();
});
