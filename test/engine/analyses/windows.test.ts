/** Patching in layer windows as an analysis: rows say their layers, everything is really patched, and the command says it too. */
import { expect, test } from 'vitest';
import path from 'node:path';
import { loadModel } from '../../../src/engine/session/load';
import { figuresOf } from '../../../src/figures';
import { readResult, type Result } from '../../../src/protocol/documents/result';
import type { AskedParams } from '../../../src/protocol/analyses';
import { run, temporaryFolder } from '../../cli/kit';
import { resultOf } from '../analysed';
import { fakePython, smallModel } from '../small-model';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';
const AGAINST = { program: { file: null, text: CODE.replace('21', '"21"') } };

test('a window of one is the sweep without, several are named, and what is saved reads back', async () => {
  const loaded = await loadModel(path.resolve('models/python-errors'));
  const of = (params: AskedParams<'patching'>) =>
    resultOf(loaded, { file: 'weather.py', text: CODE }, { prediction: {}, patching: params }, { label: fakePython, against: AGAINST });
  const plain = await of({ site: 'hook_mlp_out', exact: true });
  const one = await of({ site: 'hook_mlp_out', exact: true, window: 1 });
  expect(JSON.stringify(one)).toBe(JSON.stringify(plain));
  expect(plain.parts.patching!.value).not.toHaveProperty('window');
  const several = await of({ site: 'hook_mlp_out', window: 3 });
  const { value, findings } = several.parts.patching!;
  expect([value.window, value.measured, value.estimate]).toEqual([3, undefined, undefined]);
  expect(value.logitDifference.at(-1)!.map((x) => x?.toFixed(3))).toEqual(plain.parts.patching!.value.logitDifference.at(-1)!.map((x) => x?.toFixed(3)));
  expect(value.logitDifference[0]).not.toEqual(plain.parts.patching!.value.logitDifference[0]);
  const [figure] = figuresOf('patching', several);
  expect(figure.kind === 'grid' && figure.grid.rows.map(({ label }) => label)).toEqual(['0–2', '1–3', '2–4', '3–5', '4–5', '5']);
  expect(figure.kind === 'grid' && figure.grid.activations).toBeUndefined();
  expect(figure.about).toContain('in 3 layers at once');
  expect(findings.at(-1)).toContain('in 3 layers at once');
  expect(readResult(JSON.stringify(several), 'saved.json').parts.patching!.value).toEqual(value);
  // All layers of the stream at the last token, after each: nothing else is left to say otherwise.
  const all = (await of({ site: 'hook_resid_post', window: 6 })).parts.patching!.value;
  expect(all.logitDifference[0].at(-1)).toBeCloseTo(all.clean, 3);

  // All heads of each layer at each token are what patching of what they mix is.
  const heads = (params: AskedParams<'headPatching'>) =>
    resultOf(loaded, { file: 'weather.py', text: CODE }, { prediction: {}, headPatching: params }, { label: fakePython, against: AGAINST });
  for (const window of [1, 3]) {
    const result = await heads({ per: 'layer-and-position', window });
    const part = result.parts.headPatching!.value;
    const mixed = (await of({ site: 'attn.hook_z', window, exact: true })).parts.patching!.value;
    expect([part.heads, part.window]).toEqual([1, window === 1 ? undefined : window]);
    part.logitDifference.forEach(([row], layer) => row.forEach((one, at) => {
      if (part.measured?.[layer][0][at] !== false) expect(Math.abs(one! - mixed.logitDifference[layer][at]!)).toBeLessThan(1e-3);
    }));
    expect(readResult(JSON.stringify(result), 'saved.json').parts.headPatching!.value).toEqual(part);
    const [drawn] = figuresOf('headPatching', result);
    expect(drawn.kind === 'grid' && drawn.grid.rows[0].label).toBe(window === 1 ? '0' : '0–2');
    expect(drawn.about).toContain(window === 1 ? 'all heads of a layer at once' : 'all heads of 3 layers at once');
  }
  const together = await heads({ per: 'layer', site: 'attn.hook_v', window: 2 });
  expect(together.parts.headPatching!.value.logitDifference.map((rows) => rows.map((row) => row.length))).toEqual(Array(6).fill([1]));
  expect(together.parts.headPatching!.findings.at(-1)).toMatch(/of all heads of 2 layers at once, (these move|this moves|no layer)/);
  await expect(heads({ window: 2 })).rejects.toThrow('with all of their heads');
  await loaded.model.release();
}, 120_000);

test('on the command line', async () => {
  const [small, folder] = [await smallModel(), await temporaryFolder()];
  const file = await folder.write('weather.py', CODE);
  const asked = [file, '--model', small.folder, '--no-run', '--against', 'quote-number', '--answers', 'NameError, no error', '--window', '2'];
  const json = await run(['patching', ...asked, '--json']);
  expect((JSON.parse(json.out) as Result).parts.patching!.value.window).toBe(2);
  expect((await run(['patch', ...asked])).out).toContain('in 2 layers at once');
  const explained = await run(['explain', ...asked]);
  for (const part of ['in 2 layers at once', '0–1']) expect(explained.out).toContain(part);
  const wrong = await run(['patching', ...asked.slice(0, -1), '0']);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('from 1 to 1000')]);
  await small.remove();
  await folder.remove();
});
