/** Transcoders: what SAELens and sparsify compute with them, where they stand in a model, and what is refused. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSafetensorsHeader, readTensor } from '../../src/checkpoints/safetensors';
import { writeSafetensors, type NamedArray } from '../../src/checkpoints/write-safetensors';
import { floats, type FloatArray } from '../../src/graph';
import { requireStream } from '../../src/methods/circuits/features';
import { replacingHooks } from '../../src/methods/latents/without-errors';
import { Model } from '../../src/model';
import { openSae, requireDistinct, requireFit, spliceHooks, type LoadedSae } from '../../src/sae';
import { blockSite, siteName, type BlockSite, type SiteName } from '../../src/vocabulary/sites';
import { loadGolden, type GoldenPrompt } from '../golden/fixture';
import { expectClose } from '../model/close';
import { messageOf } from '../checkpoints/files';
import { named, saeFolder, writeSae } from './kit';

const GOLDEN = path.resolve('test/fixtures/golden');
const gemma = 'transcoder-gemma/gemma-scope-2b-pt-transcoders/layer_1/width_40/average_l0_9';
/** As transcoders.py writes them. */
const CASES: [name: string, folder: string, site: SiteName, skip: 'none' | 'plain' | 'transposed'][] = [
  ['plain', 'transcoder-plain', 'blocks.0.mlp.hook_in', 'none'],
  ['skip', 'transcoder-skip', 'blocks.1.mlp.hook_in', 'plain'],
  ['jumprelu', 'transcoder-jumprelu', 'blocks.2.ln2.hook_normalized', 'none'],
  ['jumprelu-skip', 'transcoder-jumprelu-skip', 'blocks.1.ln2.hook_normalized', 'plain'],
  ['gemma', gemma, 'blocks.1.ln2.hook_normalized', 'none'],
  ['gemma-2', 'transcoder-gemma-2/layer_2_width_40_l0_small_affine', 'blocks.2.mlp.hook_in', 'transposed'],
  ['sparsify', 'transcoder-sparsify/layers.1.mlp', 'blocks.1.mlp.hook_in', 'plain'],
];

const expected = new Map<string, FloatArray>();
const transcoders = new Map<string, LoadedSae>();
let model: Model;
let prompt: GoldenPrompt;
beforeAll(async () => {
  const { tensors } = await readSafetensorsHeader(path.join(GOLDEN, 'transcoder-expected.safetensors'));
  for (const tensor of tensors.values()) expected.set(tensor.name, floats(await readTensor(tensor), tensor.shape));
  const golden = await loadGolden('gqa');
  prompt = golden.prompts[0];
  model = await Model.load(golden.folder);
  for (const [name, folder] of CASES) transcoders.set(name, await openSae(path.join(GOLDEN, folder)));
});
afterAll(async () => {
  for (const transcoder of transcoders.values()) await transcoder.release();
  await model.release();
});
const of = (name: string) => expected.get(name)!;
const last = async (hooks: ReturnType<typeof spliceHooks>) =>
  (await model.logits(await model.run([prompt.tokens], { hooks }), [prompt.tokens.length - 1])).data;

test('the sites that transcoders read are what TransformerLens has there', async () => {
  const names = [...expected.keys()].filter((name) => name.startsWith('x/'));
  expect(names).toHaveLength(6);
  const sites = [0, 1, 2].flatMap((layer) => (['ln2.hook_normalized', 'mlp.hook_in'] as const).map((site) => blockSite(layer, site)));
  const run = await model.run([prompt.tokens], { read: sites });
  for (const site of sites) expectClose(run.sites.get(siteName(site))!.data, of(`x/${siteName(site)}`).data, siteName(site));
});

describe.each(CASES)('%s', (name, folder, site, skip) => {
  test('is read as what it is, and computes what its own package computes', async () => {
    const transcoder = transcoders.get(name)!;
    expect(transcoder.config).toMatchObject({ site, output: site.replace(/(ln2|mlp)\..*$/, 'hook_mlp_out'), skip, dIn: 24, dOut: 24, dSae: 40, applyBDecToInput: false });
    const [x, prediction] = [of(`x/${site}`), of(`${name}/prediction`)];
    const latents = await transcoder.encode(x);
    expectClose(latents.data, of(`${name}/latents`).data, 'latents');
    expectClose((await transcoder.decode(latents, x)).data, prediction.data, 'prediction');
    expectClose((await transcoder.reconstruct(x)).data, prediction.data, 'prediction at once');
    const located = await openSae(path.join(GOLDEN, folder), { inMemoryBytes: 0 });
    expect((await located.reconstruct(x)).data).toEqual((await transcoder.reconstruct(x)).data);
    await located.release();
  });

  test('stands for the MLP in a run: with its error nothing changes, without it its prediction goes on, and a latent can be taken out', async () => {
    const transcoder = transcoders.get(name)!;
    const plain = await last([]);
    expect(await last(spliceHooks([transcoder], model, { error: true }))).toEqual(plain);
    expectClose(await last(spliceHooks([transcoder], model, { error: false })), of(`${name}/logits`).data, 'without its error');
    const edit = () => ({ latents: [3], change: (activations: FloatArray) => void activations.data.fill(0) });
    const ablated = await last(spliceHooks([transcoder], model, { error: true, edit }));
    expectClose(ablated, of(`${name}/logits_ablated`).data, 'without a latent');
  });
});

test('layers above see what those below make of the stream', async () => {
  const both = ['plain', 'jumprelu'].map((name) => transcoders.get(name)!);
  const together = await last(spliceHooks(both, model, { error: false }));
  // By hand: the first prediction, then the second of what the model makes of that.
  const first = { site: both[0].output, edit: () => floats(of('plain/prediction').data.slice(), [1, prompt.tokens.length, 24]) };
  const { sites } = await model.run([prompt.tokens], { hooks: [first], read: [both[1].site] });
  const { data, shape } = sites.get(both[1].config.site)!;
  const predicted = await both[1].reconstruct(floats(data, [shape[1], 24]));
  const second = { site: both[1].output, edit: () => floats(predicted.data, shape) };
  const run = await model.run([prompt.tokens], { hooks: [first, second] });
  expectClose(together, (await model.logits(run, [prompt.tokens.length - 1])).data, 'logits');
});

test('another family: before the norm’s weight and bias, and behind them', async () => {
  const folder = path.join(GOLDEN, 'families/starcoder2');
  const other = await Model.load(folder);
  const read = (['hook_resid_mid', 'ln2.hook_normalized', 'mlp.hook_in'] as const).map((site) => blockSite(1, site));
  const { sites } = await other.run([[3, 1, 4, 1, 5]], { read });
  const [mid, normalized, into] = read.map((site) => sites.get(siteName(site))!.data);
  const { tensors } = await readSafetensorsHeader(path.join(folder, 'model.safetensors'));
  const parameter = async (name: string) => readTensor(tensors.get(`model.layers.1.post_attention_layernorm.${name}`)!);
  const [weight, bias] = [await parameter('weight'), await parameter('bias')];
  const { width } = other.shape;
  const rows = Array.from({ length: 5 }, (_, row) => {
    const own = [...mid.subarray(row * width, (row + 1) * width)];
    const mean = own.reduce((sum, value) => sum + value, 0) / width;
    const variance = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / width;
    return own.map((value) => (value - mean) / Math.sqrt(variance + 1e-5));
  });
  expectClose(normalized, Float32Array.from(rows.flat()), 'before');
  expectClose(into, Float32Array.from(rows.flatMap((row) => row.map((value, i) => value * weight[i] + bias[i]))), 'behind');
  await other.release();
});

interface Changed {
  cfg?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  weights?: Record<string, NamedArray | undefined>;
}

async function write(architecture: string, { cfg, metadata, weights }: Changed = {}): Promise<string> {
  const folder = await saeFolder();
  const shapes: Record<string, number[]> = { W_enc: [24, 30], b_enc: [30], W_dec: [30, 24], b_dec: [24] };
  if (architecture.includes('skip')) shapes.W_skip = [24, 24];
  if (architecture.includes('jumprelu')) shapes.threshold = [30];
  const all = { ...Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, named(name, shape)])), ...weights };
  await writeSafetensors(path.join(folder, 'sae_weights.safetensors'), Object.values(all).filter((array) => array !== undefined));
  await writeFile(path.join(folder, 'cfg.json'), JSON.stringify({
    d_in: 24, d_out: 24, d_sae: 30, dtype: 'float32', architecture, apply_b_dec_to_input: false, normalize_activations: 'none',
    metadata: { hook_name: 'blocks.1.mlp.hook_in', hook_name_out: 'blocks.1.hook_mlp_out', ...metadata }, ...cfg,
  }));
  return folder;
}

describe('what is refused', () => {
  test.each<[string, string, Changed, RegExp]>([
    ['b_dec taken from the input', 'transcoder', { cfg: { apply_b_dec_to_input: true } }, /'apply_b_dec_to_input' is true, which a transcoder cannot do/],
    ['a scaled input', 'transcoder', { cfg: { normalize_activations: 'layer_norm' } }, /'normalize_activations' is "layer_norm", which is not known of transcoders/],
    ['no width of what is predicted', 'transcoder', { cfg: { d_out: undefined } }, /'d_out' is missing/],
    ['no site that is predicted', 'transcoder', { metadata: { hook_name_out: undefined } }, /'hook_name_out' is missing/],
    ['another layer', 'transcoder', { metadata: { hook_name_out: 'blocks.2.hook_mlp_out' } }, /is a transcoder across layers, from blocks\.1\.mlp\.hook_in to blocks\.2\.hook_mlp_out/],
    ['attention', 'transcoder', { metadata: { hook_name: 'blocks.1.hook_resid_pre', hook_name_out: 'blocks.1.hook_attn_out' } }, /only those of an MLP can be used/],
    ['a head', 'transcoder', { metadata: { hook_head_index_out: 2 } }, /'hook_head_index_out' is a head/],
    ['another activation', 'transcoder', { cfg: { activation_fn: 'gelu' } }, /'activation_fn' is "gelu"/],
    ['another architecture with two sites', 'standard', {}, /'hook_name_out' is another site than hook_name, but the architecture is standard/],
    ['an unknown kind', 'topk_transcoder', {}, /'architecture' is "topk_transcoder", which is not supported/],
    ['no skip', 'skip_transcoder', { weights: { W_skip: undefined } }, /"W_skip" is missing/],
    ['a skip that nobody named', 'transcoder', { weights: { W_skip: named('W_skip', [24, 24]) } }, /"W_skip" is not known to the architecture standard/],
    ['a skip of another shape', 'skip_transcoder', { weights: { W_skip: named('W_skip', [24, 23]) } }, /"W_skip" has the shape \[24, 23\]/],
    ['a decoder of another width', 'transcoder', { cfg: { d_out: 20 } }, /"W_dec" has the shape \[30, 24\], but the SAE's sizes ask for \[30, 20\]/],
  ])('%s', async (_what, architecture, changed, message) => {
    expect(await messageOf(openSae(await write(architecture, changed)))).toMatch(message);
  });

  test('an SAE predicts no other site', async () => {
    expect(await messageOf(openSae(await writeSae(), { output: 'blocks.1.hook_mlp_out' }))).toMatch(/is no transcoder, so it predicts blocks\.1\.hook_resid_post/);
  });

  test('a model without such a site, or another width, or a norm that says it otherwise', async () => {
    const load = (folder: string) => Model.load(path.join(GOLDEN, folder));
    const open = async (site: BlockSite | 'hook_mlp_in', output = 'hook_mlp_out', processing?: Record<string, boolean>) =>
      openSae(await write('transcoder', { metadata: { hook_name: `blocks.1.${site}`, hook_name_out: `blocks.1.${output}`, model_from_pretrained_kwargs: processing ?? {} } }));
    const [parallel, layers, postNorm] = [await load('families/gptj'), await load('families/starcoder2'), await load('families/gemma2')];
    const fit = async (into: Model, ...asked: Parameters<typeof open>) => {
      const transcoder = await open(...asked);
      const { shape } = into;
      // The same transcoder in the model's own width.
      const own = Object.assign(Object.create(transcoder) as LoadedSae, { config: { ...transcoder.config, dIn: shape.width, dOut: shape.width } });
      requireFit(own, into);
    };
    await expect(fit(parallel, 'ln2.hook_normalized')).rejects.toThrow(/which the blocks of this gptj model have not/);
    await expect(fit(layers, 'ln2.hook_normalized')).rejects.toThrow(/Name blocks\.1\.mlp\.hook_in in its hook_name, which is that/);
    await expect(fit(layers, 'mlp.hook_in', 'hook_mlp_out', { fold_ln: true })).rejects.toThrow(/Name blocks\.1\.ln2\.hook_normalized in its hook_name/);
    await expect(fit(postNorm, 'mlp.hook_in', 'mlp.hook_out')).rejects.toThrow(/before a norm that stands behind it in a gemma2 model/);
    for (const [into, ...asked] of [
      [layers, 'ln2.hook_normalized', 'hook_mlp_out', { fold_ln: true }], [layers, 'mlp.hook_in', 'mlp.hook_out'], [postNorm, 'mlp.hook_in'], [parallel, 'mlp.hook_in'],
      [layers, 'hook_mlp_in'],
    ] as [Model, ...Parameters<typeof open>][]) await fit(into, ...asked);
    const narrow = transcoders.get('plain')!;
    expect(() => requireFit(narrow, layers)).toThrow(layers.shape.width === 24 ? /$^/ : /the transcoder predicts 24 numbers/);
    for (const one of [parallel, layers, postNorm]) await one.release();
  });

  test('a transcoder where only an SAE can stand, and two at one place', async () => {
    const own = transcoders.get('skip')!;
    const sentence = /transcoder-skip: .* needs SAEs, which reconstruct what they read; this is a transcoder, which predicts blocks\.1\.hook_mlp_out from blocks\.1\.mlp\.hook_in/;
    expect(() => requireStream([own], model)).toThrow(sentence);
    expect(() => replacingHooks(model, [own], 'randomErrors', 1)).toThrow(sentence);
    const sae = await openSae(await writeSae({ site: 'blocks.1.hook_mlp_out' }));
    expect(() => requireDistinct([sae, own])).toThrow(/both belong to blocks\.1\.hook_mlp_out/);
    expect(() => requireDistinct([own, transcoders.get('gemma')!])).toThrow(/both belong to blocks\.1\.hook_mlp_out/);
  });
});
