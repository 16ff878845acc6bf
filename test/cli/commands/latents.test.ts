import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { latentRow } from '../../../src/figures/latents';
import { latentsOf, type SaeList } from '../../../src/protocol/documents/latents';
import { forScripts, readResult } from '../../../src/protocol/documents/result';
import { writeSae } from '../../sae/kit';
import { run } from '../kit';
import { SITE, smallWithSae } from './small';

const { small, code, sae } = await smallWithSae();

const latents = (...rest: string[]) => run(['latents', code, '--no-run', '--model', small.folder, ...rest]);
/** What --json prints as a view of the attribution; for scripts the list and what it is about stand at the top as well. */
const document = async (...rest: string[]) => shown((await latents(...rest, '--json')).out);

function shown(out: string) {
  const result = readResult(out, 'the output');
  expect(JSON.parse(out)).toEqual(forScripts(result));
  const view = latentsOf(result)!;
  const { model, tokens, prediction, actual, findings, latents: listed, metric, counterfactual } = view;
  expect(JSON.parse(out)).toMatchObject({ model, tokens, prediction, actual, findings: expect.arrayContaining(findings) as string[], latents: listed, metric, counterfactual });
  return view;
}

test('prints for people, in the terminal’s width', async () => {
  const { code: exit, out, err } = await latents('--sae', sae, '--top', '6', '--check', '--against', 'quote-number');
  expect([exit, err]).toEqual([0, expect.stringContaining('Attributing to latents …\n') as string]);
  for (const part of ['put the number 21 in quotes', 'with the SAEs\' reconstructions alone', 'patched', 'Really patched: ', 'all positions', '1 SAE\n']) expect(out).toContain(part);
  expect(out.match(/^ {2}1\.resid_post\/\d+ /gm)).toHaveLength(6);
  expect(Math.max(...out.split('\n').slice(1).map((line) => Array.from(line).length))).toBeLessThanOrEqual(80);
});

test('--json is one document, and --csv its list; options reach the method', async () => {
  const result = await document('--sae', sae, '--top', '4', '--against', 'quote-number');
  expect([result.latents.length, result.errorTerm, result.mode, result.check]).toEqual([4, true, 'pass-through', null]);
  const { out } = await latents('--sae', sae, '--top', '4', '--against', 'quote-number', '--csv');
  const [head, first, ...rest] = out.trimEnd().split('\r\n');
  // The columns are the figure's.
  expect(head.split(',')).toEqual(Object.keys(latentRow(result.latents[0])));
  expect(rest.length).toBe(3);
  const { site, layer, position, latent, clean } = result.latents[0];
  expect(first.startsWith(`latent,${layer},${site},${position},`)).toBe(true);
  expect(first).toContain(`,${latent},,${clean},`);
  const without = await document('--sae', sae, '--no-error-term');
  expect([without.errorTerm, without.mode, without.errors]).toEqual([false, 'through', []]);
  expect((await document('--sae', sae, '--mode', 'through')).mode).toBe('through');
  expect((await latents('--sae', sae, '--json', '--csv')).code).toBe(2);
});

test('--positions and --method reach the method, and wrong use is said', async () => {
  const result = await document('--sae', sae, '--against', 'quote-number', '--positions', '9-11', '--method', 'integrated-gradients', '--steps', '4');
  expect([result.positions, result.method, result.steps]).toEqual([[9, 10, 11], 'integrated-gradients', 4]);
  expect((await document('--sae', sae, '--against', 'quote-number', '--method', 'integrated-gradients')).steps).toBe(10);
  const { out } = await latents('--sae', sae, '--against', 'quote-number', '--positions', '9-11', '--method', 'integrated-gradients');
  for (const part of ['integrated gradients, 10 steps', 'at # 9, 10, 11 alone', 'these positions', 'Findings', '• ']) expect(out).toContain(part);
  for (const [rest, message] of [
    [['--positions', '9-'], "'9-' is no position"],
    [['--steps', '4'], '--steps belongs to --method integrated-gradients'],
  ] as const) expect(await latents('--sae', sae, ...rest)).toMatchObject({ code: 2, err: expect.stringContaining(message) as string });
  expect(await latents('--sae', sae, '--positions', '999')).toMatchObject({ code: 1, err: expect.stringContaining('There is no position 999') as string });
});

test('facts that cannot be used are said once, beside the result', async () => {
  const damaged = path.join(small.folder, 'damaged');
  await cp(sae, damaged, { recursive: true });
  await writeFile(path.join(damaged, 'latents.safetensors'), 'abc');
  const { code: exit, err, out } = await latents('--sae', damaged, '--json');
  expect(exit).toBe(0);
  expect(err.match(/latents\.safetensors: .*only 3 bytes/g)).toHaveLength(1);
  expect(shown(out).problems).toEqual([expect.stringContaining('only 3 bytes') as string]);
  expect((await document('--sae', sae)).problems).toEqual([]);
  await rm(damaged, { recursive: true });
});

test('--edited compares with one’s own code, and gives what the variant of that code gives', async () => {
  const listed = await document('--sae', sae, '--top', '4', '--against', 'quote-number');
  const edited = listed.counterfactual.code;
  for (const given of [edited, `data:,${encodeURIComponent(edited)}`]) {
    const own = await document('--sae', sae, '--top', '4', '--edited', given);
    expect(own.latents).toEqual(listed.latents);
    expect(own.counterfactual.description).toBe('your own variant: 21 → "21" on line 2');
  }
  expect((await latents('--sae', sae, '--edited', edited, '--against', '1')).err).toContain('cannot be used with');
  expect((await latents('--sae', sae, '--edited', ' ')).err).toContain('There is no code in it');
  expect((await latents('--sae', sae, '--edited', 'data:,%zz')).err).toContain('not percent-encoded');
});

test('--sites leaves the other SAEs out', async () => {
  expect((await document('--sae', sae, '--sites', SITE)).saes).toHaveLength(1);
  expect((await latents('--sae', sae, '--sites', 'blocks.9.hook_resid_post')).code).toBe(1);
});

test('without --sae those in the model’s folder are taken, and their absence is said', async () => {
  const none = await latents();
  expect([none.code, none.out]).toEqual([1, '']);
  expect(none.err).toMatch(/There are no SAEs for \S+ yet\. Add some that were trained on this model, or name their folder\. \(.*--sae names a folder\.\)\n$/);
  await mkdir(path.join(small.folder, 'saes'));
  await cp(sae, path.join(small.folder, 'saes', 'mine'), { recursive: true });
  expect((await document()).saes.map(({ name }) => name)).toEqual(['mine']);
  const list = await run(['saes', 'list', '--model', small.folder]);
  expect(list.out).toMatch(/blocks\.1\.hook_resid_post +topk +16 +30 +6 +saelens +✓ mine/);
  await rm(path.join(small.folder, 'saes'), { recursive: true });
});

test('saes list says what does not fit, for people and as JSON', async () => {
  const wide = await writeSae({ dIn: 24 });
  const { code: exit, out } = await run(['saes', 'list', sae, wide, '--model', small.folder], { columns: 100 });
  expect(exit).toBe(0);
  expect(out).toContain('✗');
  expect(out.replace(/\s+/g, ' ')).toContain('reads 24 numbers at blocks.1.hook_resid_post, but there this model has 16');
  expect(out).toContain('1 of 2 SAEs can be used with');
  const list = JSON.parse((await run(['saes', 'list', sae, wide, '--model', small.folder, '--json'])).out) as SaeList;
  expect(list.saes.map(({ problem }) => problem === null)).toEqual([true, false]);
  const fails = await latents('--sae', wide);
  expect([fails.code, fails.out]).toEqual([1, '']);
  expect(fails.err).toContain('Choose an SAE of this model.');
});

test('an SAE of other weights can be used, and is said to be one; a second for a site cannot', async () => {
  const own = { hook_name: 'blocks.1.hook_resid_post', latent_lens: { model_sha256: '0'.repeat(64) } };
  const other = await writeSae({ dIn: 16, cfg: { metadata: own } });
  const list = JSON.parse((await run(['saes', 'list', other, sae, '--model', small.folder, '--json'])).out) as SaeList;
  expect(list.saes.map(({ problem, warning }) => [problem === null, warning === null])).toEqual([[true, false], [false, true]]);
  expect((await run(['saes', 'list', other, '--model', small.folder], { columns: 300 })).out).toContain('It was trained on other weights than those of');
  const { code: exit, err } = await latents('--sae', other, '--against', 'quote-number');
  expect([exit, err]).toEqual([0, expect.stringMatching(/The SAEs \(1\) were trained on other weights than those of /) as string]);
  const steered = await run(['steer', code, '--model', small.folder, '--sae', other, '--latent', '1.resid_post/3', '--ablate']);
  expect(steered.err.match(/The SAEs \(1\) were trained on other weights/g)).toHaveLength(1);
});
