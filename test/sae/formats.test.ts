import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSafetensors } from '../../src/checkpoints/write-safetensors';
import { Model } from '../../src/model';
import { openSae, requireFit, spliceHooks } from '../../src/sae';
import { CFG_LIMIT } from '../../src/sae/formats/cfg-json';
import { findSaes } from '../../src/sae/find';
import { messageOf } from '../checkpoints/files';
import { npy, zip } from '../checkpoints/npz-kit';
import { expectClose } from '../model/close';
import { randomFloats } from '../graph/check';
import { named, saeFolder, writeSae, type SaeSpec } from './kit';

const metadata = (more: object) => ({ metadata: { hook_name: 'blocks.1.hook_resid_post', ...more } });

describe('a SAELens folder that cannot be honoured', () => {
  const flat = (cfg: object) => ({ cfg: { metadata: undefined, hook_point: 'blocks.1.hook_resid_post', ...cfg } });
  const cases: [what: string, spec: SaeSpec, message: RegExp][] = [
    ['an unknown architecture', { cfg: { architecture: 'temporal' } }, /cfg.json: 'architecture' is "temporal", which is not supported; known are standard, gated, topk, jumprelu/],
    ['one that exists only in training', { cfg: { architecture: 'batchtopk' } }, /save_inference_model/],
    ['a transcoder', { cfg: metadata({ hook_name_out: 'blocks.1.hook_mlp_out' }) }, /transcoder/],
    ['an unknown setting', { cfg: { rescale_everything: 2 } }, /'rescale_everything' is a setting that is not supported \(2\)/],
    ['another activation function', flat({ activation_fn_str: 'tanh-relu' }), /'activation_fn_str' is "tanh-relu"/],
    ['another setting of it', flat({ activation_fn_str: 'topk', activation_fn_kwargs: { k: 3, signed: true } }), /'signed' is a setting/],
    ['topk for a gated one', { architecture: 'gated', cfg: { activation_fn: 'topk', metadata: undefined, hook_name: 'blocks.1.hook_resid_post' } }, /which the architecture gated has not/],
    ['no k', { architecture: 'topk', cfg: { k: undefined } }, /'k' is missing/],
    ['a k above the latents', { architecture: 'topk', cfg: { k: 31 } }, /'k' is 31, more than the 30 latents/],
    ['another normalisation', { cfg: { normalize_activations: 'batch_norm' } }, /'normalize_activations' is "batch_norm"/],
    ['whitening that was not folded in', { cfg: { normalize_activations: 'covariance_whitening' } }, /fold_activation_whitening/],
    ['a scale that is not in the file', { cfg: { normalize_activations: 'expected_average_only_in' } }, /Give it as normScalingFactor/],
    ['the same in older words', flat({ normalize_activations: true }), /Give it as normScalingFactor/],
    ['another reshaping', { cfg: { reshape_activations: 'hook_q' } }, /'reshape_activations' is "hook_q"/],
    ['heads side by side where there are none', { cfg: { reshape_activations: 'hook_z' } }, /is 'hook_z', but the site is blocks.1.hook_resid_post/],
    ['another dtype', { cfg: { dtype: 'float8' } }, /'dtype' is "float8"/],
    ['no site', { cfg: { metadata: {} } }, /'hook_name' is missing, not text/],
    ['metadata that is a list', { cfg: { metadata: [] } }, /'metadata' is not an object/],
    ['a site that does not exist', { cfg: { metadata: { hook_name: 'blocks.1.hook_resid' } } }, /names a site that is not known: 'blocks.1.hook_resid' is not a site; sites look like/],
    ['the attention pattern', { cfg: { metadata: { hook_name: 'blocks.1.attn.hook_pattern' } } }, /has no width of its own/],
    ['two layers', flat({ hook_layer: 2 }), /'hook_layer' is 2, but the site is blocks.1.hook_resid_post/],
    ['a head that is no number', { cfg: metadata({ hook_head_index: 'all' }) }, /'hook_head_index' is "all", not a head's number/],
    ['d_in as text', { cfg: { d_in: '24' } }, /'d_in' is "24", not a whole number/],
    ['an endless d_sae', { cfg: { d_sae: 1e12 } }, /'d_sae' is 1000000000000, not a whole number from 1 to/],
    ['a d_sae that lies', { cfg: { d_sae: 31 } }, /tensor "W_enc" has the shape \[24, 30\], but the SAE's sizes ask for \[24, 31\]/],
    ['a weight that is missing', { weights: { b_enc: undefined } }, /tensor "b_enc" is missing/],
    ['a weight that nothing uses', { weights: { W_skip: named('W_skip', [24, 24]) } }, /tensor "W_skip" is not known to the architecture standard/],
    ['a weight of another shape', { weights: { W_dec: named('W_dec', [24, 30]) } }, /tensor "W_dec" has the shape \[24, 30\]/],
    ['a NaN', { weights: { b_dec: { ...named('b_dec', [24]), data: new Float32Array(24).fill(NaN, 7) } } }, /tensor "b_dec" holds NaN \(number 7\)/],
    ['an infinity', { weights: { b_dec: { ...named('b_dec', [24]), data: new Float32Array(24).fill(Infinity) } } }, /holds Infinity/],
    ['a learnt scale that is not asked for', { weights: { scaling_factor: named('scaling_factor', [30]) } }, /'finetuning_scaling_factor' is false, but/],
  ];
  test.each(cases)('%s', async (_what, spec, message) => {
    const folder = await writeSae(spec);
    const error = await messageOf(openSae(folder));
    expect(error).toMatch(message);
    expect(error).toContain(folder);
  });

  test('cfg.json too large, missing, no JSON, with a key twice', async () => {
    const folder = await writeSae();
    const file = path.join(folder, 'cfg.json');
    const after = async (text: string) => {
      await writeFile(file, text);
      return messageOf(openSae(folder));
    };
    expect(await after('{"d_in": 24')).toMatch(/cfg.json: is not valid JSON/);
    expect(await after('{"d_in": 24, "d_in": 48}')).toMatch(/cfg.json: has the key "d_in" twice/);
    await truncate(file, CFG_LIMIT + 1);
    expect(await messageOf(openSae(folder))).toMatch(/cfg.json: has 1000001 bytes; a cfg.json has at most 1000000/);
    expect(await messageOf(openSae(path.join(folder, 'nothing')))).toMatch(/is not a folder/);
    const empty = await saeFolder();
    expect(await messageOf(openSae(empty))).toMatch(/holds no SAE: it has none of sae_weights.safetensors, params.npz, params.safetensors, sae.safetensors/);
    await writeFile(path.join(folder, 'params.npz'), '');
    expect(await messageOf(openSae(folder))).toMatch(/holds more than one SAE/);
  });
});

describe('what a SAELens folder may leave to be said', () => {
  test('keys of training, settings that are off, and information are no settings', async () => {
    const sae = await openSae(await writeSae({ cfg: { l1_coefficient: 3, lr: 1, something_new: false, something_else: null, device: 'cuda' } }));
    expect(sae.config).toMatchObject({ dIn: 24, dSae: 30, modelName: 'llama-gqa', prependBos: false, k: null });
  });

  /** The keys of gpt2-small-res-jb (SAELens's own test lists them) and of sae_lens 0.5 to 1.8, none of which SAEConfig has. */
  const EARLY = {
    metadata: undefined, model_name: 'llama-gqa', hook_point: 'blocks.1.hook_resid_post', hook_point_layer: 1, hook_point_head_index: null,
    hook_point_eval: 'blocks.{layer}.attn.pattern', is_dataset_tokenized: false, use_cached_activations: false, n_batches_in_buffer: 128,
    total_training_tokens: 300000000, store_batch_size: 32, n_eval_seqs: 10, dtype: 'torch.float32', b_dec_init_method: 'geometric_median',
    expansion_factor: 1.25, from_pretrained_path: null, lr_scheduler_name: null, train_batch_size: 4096, use_ghost_grads: false,
    feature_sampling_window: 1000, feature_sampling_method: 'anthropic', resample_batches: 1028, feature_reinit_scale: 0.2,
    dead_feature_window: 5000, dead_feature_estimation_method: 'no_fire', dead_feature_threshold: 1e-8, checkpoint_path: 'checkpoints/x',
    architecture: undefined, apply_b_dec_to_input: undefined, normalize_activations: undefined, reshape_activations: undefined,
  };

  test('a cfg.json from before version 2 has settings of a training run that are no settings of the SAE', async () => {
    const early = await openSae(await writeSae({ cfg: EARLY }));
    const today = await openSae(await writeSae());
    expect(early.config).toMatchObject({ architecture: 'standard', site: 'blocks.1.hook_resid_post', dIn: 24, dSae: 30, applyBDecToInput: true });
    const x = randomFloats('x', [3, 24], 3);
    expect((await early.encode(x)).data).toEqual((await today.encode(x)).data);
  });

  test('a learnt scale multiplies the latents that are decoded, and one of ones is none', async () => {
    const flat = { metadata: undefined, hook_name: 'blocks.1.hook_resid_post', finetuning_scaling_factor: true };
    const scale = named('scaling_factor', [30]);
    const plain = await openSae(await writeSae());
    const scaled = await openSae(await writeSae({ cfg: flat, weights: { scaling_factor: scale } }));
    const ones = await openSae(await writeSae({ weights: { scaling_factor: { ...scale, data: new Float32Array(30).fill(1) } } }));
    const x = randomFloats('x', [3, 24], 3);
    const latents = await plain.encode(x);
    expect((await scaled.encode(x)).data).toEqual(latents.data);
    expect((await ones.reconstruct(x)).data).toEqual((await plain.reconstruct(x)).data);
    const byHand = { ...latents, data: latents.data.map((value, i) => value * scale.data[i % 30]) };
    expectClose((await scaled.reconstruct(x)).data, (await plain.decode(byHand, x)).data, 'reconstruction', 1e-5);
  });

  test("a threshold may be stored as its logarithm, as SAELens's training does", async () => {
    const threshold = named('threshold', [30]).data.map((value) => Math.abs(value) + 0.01);
    const weights = { threshold: undefined, log_threshold: { name: 'log_threshold', shape: [30], data: threshold.map(Math.log) } };
    const logarithm = await openSae(await writeSae({ architecture: 'jumprelu', weights }));
    const plain = await openSae(await writeSae({ architecture: 'jumprelu', weights: { threshold: { name: 'threshold', shape: [30], data: threshold } } }));
    const x = randomFloats('x', [3, 24], 3);
    expectClose((await logarithm.encode(x)).data, (await plain.encode(x)).data, 'latents', 1e-5);
  });

  test('a weight file may be a link, as in the cache of the Hub', async () => {
    const real = await writeSae();
    const linked = await saeFolder();
    for (const name of ['cfg.json', 'sae_weights.safetensors']) await symlink(path.join(real, name), path.join(linked, name));
    const x = randomFloats('x', [3, 24], 3);
    expect((await (await openSae(linked)).encode(x)).data).toEqual((await (await openSae(real)).encode(x)).data);
  });
});

describe('Gemma Scope', () => {
  const array = (name: string, shape: readonly number[]) => ({ name: `${name}.npy`, data: npy([...named(name, shape).data], shape) });
  const members = [array('W_enc', [4, 6]), array('W_dec', [6, 4]), array('b_enc', [6]), array('b_dec', [4]), array('threshold', [6])];
  const write = async (content: Uint8Array, ...parts: string[]) => {
    const folder = await saeFolder(...parts);
    await writeFile(path.join(folder, 'params.npz'), content);
    return folder;
  };
  const published = ['models--google--gemma-scope-2b-pt-att', 'snapshots', 'abc', 'layer_20', 'width_16k', 'average_l0_71'];

  test('the site is that of the published folders, or given', async () => {
    expect((await openSae(await write(zip(members), ...published))).config).toMatchObject({ site: 'blocks.20.attn.hook_z', dIn: 4, dSae: 6, modelName: 'gemma-2-2b-pt' });
    expect((await openSae(await write(zip(members)), { site: 'blocks.0.hook_mlp_out' })).config.site).toBe('blocks.0.hook_mlp_out');
    expect(await messageOf(openSae(await write(zip(members), 'layer_3')))).toMatch(/does not say which site the SAE belongs to\. Name the folders as the release does/);
    expect((await openSae(await write(zip(members), 'gemma-scope-2b-pt-transcoders', 'layer_3'))).config)
      .toMatchObject({ site: 'blocks.3.ln2.hook_normalized', output: 'blocks.3.hook_mlp_out' });
    expect(await messageOf(openSae(await write(zip(members), 'gemma-scope-2b-pt-res', 'embedding')))).toMatch(/embedding SAEs/);
  });

  test('bad files', async () => {
    const site = { site: 'blocks.0.hook_mlp_out' };
    const pickled = { name: 'b_enc.npy', data: npy([1], [1], "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }") };
    expect(await messageOf(openSae(await write(zip(members).subarray(0, 300)), site))).toMatch(/params.npz: is not a whole .npz file/);
    expect(await messageOf(openSae(await write(zip([...members.filter(({ name }) => name !== 'b_enc.npy'), pickled])), site))).toMatch(/"b_enc" holds pickled/);
    expect(await messageOf(openSae(await write(zip(members.slice(1))), site))).toMatch(/"W_enc" is missing/);
    expect(await messageOf(openSae(await write(zip([...members, array('w_dec', [6, 4])])), site))).toMatch(/same weight under two names/);
    expect(await messageOf(openSae(await write(zip([...members, array('scale', [6])])), site))).toMatch(/"scale" is not known to the architecture jumprelu/);
  });
});

describe('sparsify', () => {
  const write = async (cfg: object, folder = 'layers.1') => {
    const source = await saeFolder(folder);
    await mkdir(source, { recursive: true });
    await writeFile(path.join(source, 'cfg.json'), JSON.stringify({ d_in: 24, num_latents: 30, k: 5, expansion_factor: 32, normalize_decoder: true, ...cfg }));
    const { writeSafetensors } = await import('../../src/checkpoints/write-safetensors');
    const arrays = [named('encoder.weight', [30, 24]), named('encoder.bias', [30]), named('W_dec', [30, 24]), named('b_dec', [24])];
    await writeSafetensors(path.join(source, 'sae.safetensors'), arrays);
    return source;
  };

  test.each([
    ['layers.3', 'blocks.3.hook_resid_post'], ['layers.3.mlp', 'blocks.3.hook_mlp_out'], ['layers.3.self_attn', 'blocks.3.hook_attn_out'],
    ['h.0.attn', 'blocks.0.hook_attn_out'], ['gpt_neox.layers.11.attention', 'blocks.11.hook_attn_out'], ['embed_tokens', 'hook_embed'],
  ])('%s is %s', async (folder, site) => {
    expect((await openSae(await write({}, folder))).config).toMatchObject({ site, k: 5, architecture: 'topk', encoderTransposed: true });
  });

  test.each([
    [{ skip_connection: true }, /'skip_connection' is true, which is known of transcoders only/],
    [{ transcode: true, skip_connection: true }, /is a transcoder of another module than an MLP/],
    [{ signed: true }, /'signed' is true/],
    [{ activation: 'relu' }, /'activation' is "relu", which is not supported; known are topk, groupmax/],
    [{ activation: 'groupmax', k: 7 }, /'k' is 7, which does not divide the 30 latents/],
    [{ num_latents: 0 }, /has the shape \[30, 24\], but the SAE's sizes ask for \[768, 24\]/],
    [{ temperature: 2 }, /'temperature' is a setting that is not supported/],
  ])('refuses %j', async (cfg, message) => {
    expect(await messageOf(openSae(await write(cfg)))).toMatch(message);
  });

  test('refuses a folder that names no module', async () => {
    expect(await messageOf(openSae(await write({}, 'layers.3.mlp.down_proj')))).toMatch(/does not say which site/);
  });
});

describe('an SAE of another model', () => {
  let model: Model;
  beforeAll(async () => {
    model = await Model.load(path.resolve('test/fixtures/golden/llama-gqa')); // 3 layers, width 24, 4 heads of 8 (2 for keys), MLP width 40
  });
  afterAll(() => model.release());

  test.each<[SaeSpec, RegExp]>([
    [{ site: 'blocks.1.hook_resid_post', dIn: 32 }, /the SAE reads 32 numbers at blocks.1.hook_resid_post, but there this model has 24. It was trained on "llama-gqa"/],
    [{ site: 'blocks.3.hook_resid_post' }, /belongs to blocks.3.hook_resid_post, but this model has the layers 0 to 2/],
    [{ site: 'blocks.1.mlp.hook_post', dIn: 24 }, /there this model has 40/],
    [{ site: 'blocks.1.attn.hook_z', dIn: 24 }, /there this model has 4 heads of 8/],
    [{ site: 'blocks.1.attn.hook_k', dIn: 32 }, /there this model has 2 heads of 8/],
    [{ site: 'hook_embed', dIn: 8 }, /reads 8 numbers at hook_embed, but there this model has 24/],
    [{ site: 'blocks.1.attn.hook_z', dIn: 8, cfg: { metadata: { hook_name: 'blocks.1.attn.hook_z', hook_head_index: 4 } } }, /the heads 0 to 3/],
    [{ cfg: metadata({ hook_head_index: 1 }) }, /reads head 1, but blocks.1.hook_resid_post has no heads/],
  ])('%j', async (spec, message) => {
    const sae = await openSae(await writeSae(spec));
    expect(() => requireFit(sae, model)).toThrow(message);
    expect(() => spliceHooks([sae], model, { error: true })).toThrow(message);
  });

  test('an array of another width never reaches the weights', async () => {
    const sae = await openSae(await writeSae());
    await expect(sae.encode(randomFloats('x', [3, 23]))).rejects.toThrow(/another size at axis 1/);
    await expect(sae.someLatents(randomFloats('x', [3, 24]), [30])).rejects.toThrow(/Latent 30 does not exist; .* the latents 0 to 29/);
  });
});

describe('Gemma Scope 2', () => {
  const parts = { W_enc: [24, 30], W_dec: [30, 24], b_enc: [30], b_dec: [24], threshold: [30] };
  const weights = Object.entries(parts).map(([name, shape]) => {
    const { data } = named(name, shape, name === 'b_enc' ? 1 : 0.3);
    return { name, shape, data: name === 'threshold' ? data.map(Math.abs) : data };
  });
  /** As google/gemma-scope-2-4b-pt has them, for an SAE and, with `more`, a transcoder. */
  const published = (module: string, more: object = {}) => ({
    architecture: 'jump_relu', model_name: 'google/gemma-v3-4b-pt', hf_hook_point_in: `model.layers.17.${module}`,
    hf_hook_point_out: `model.layers.17.${module}`, width: 30, l0: 150, affine_connection: false, type: 'sae', ...more,
  });
  const write = async (config: object | null, ...folders: string[]) => {
    const folder = await saeFolder(...folders);
    await writeSafetensors(path.join(folder, 'params.safetensors'), weights.map((array) => ({ ...array, name: array.name.replace('W_', 'w_') })));
    if (config) await writeFile(path.join(folder, 'config.json'), JSON.stringify(config));
    return folder;
  };

  test('computes what the same weights compute as a JumpReLU SAE of SAELens that leaves b_dec out of its input', async () => {
    const folder = await write({ architecture: 'jump_relu', model_name: 'llama-gqa', hf_hook_point_in: 'model.layers.1.output' });
    const sae = await openSae(folder);
    expect(sae.config).toMatchObject({ site: 'blocks.1.hook_resid_post', architecture: 'jumprelu', applyBDecToInput: false, dIn: 24, dSae: 30, modelName: 'llama-gqa' });
    const same = await openSae(
      await writeSae({ architecture: 'jumprelu', cfg: { apply_b_dec_to_input: false }, weights: Object.fromEntries(weights.map((array) => [array.name, array])) }),
    );
    const x = randomFloats('x', [3, 24], 3);
    const latents = await sae.encode(x);
    expect(latents.data.filter((value) => value > 0).length).toBeGreaterThan(10);
    expect(latents.data).toEqual((await same.encode(x)).data);
    expect((await sae.reconstruct(x)).data).toEqual((await same.reconstruct(x)).data);
    expect(await findSaes(path.dirname(folder))).toContain(folder);
  });

  test.each([
    ['output', 'blocks.17.hook_resid_post'],
    ['post_feedforward_layernorm.output', 'blocks.17.hook_mlp_out'],
    ['self_attn.o_proj.input', 'blocks.17.attn.hook_z'],
  ])('the site of %s is %s', async (module, site) => {
    expect((await openSae(await write(published(module)))).config).toMatchObject({ site, modelName: 'google/gemma-3-4b-pt' });
  });

  test('without a config.json the folders say what they are', async () => {
    const release = 'models--google--gemma-scope-2-1b-pt';
    expect((await openSae(await write(null, release, 'attn_out_all', 'layer_10_width_262k_l0_small'))).config).toMatchObject({ site: 'blocks.10.attn.hook_z', modelName: 'gemma-3-1b-pt' });
    expect(await messageOf(openSae(await write(null, release, 'transcoder_all', 'layer_5_width_16k_l0_big_affine')))).toMatch(/"W_skip" is missing/);
    expect((await openSae(await write(null, release, 'transcoder_all', 'layer_5_width_16k_l0_big'))).config)
      .toMatchObject({ site: 'blocks.5.mlp.hook_in', output: 'blocks.5.hook_mlp_out', skip: 'none' });
    expect(await messageOf(openSae(await write(null)))).toMatch(/does not say which site the SAE belongs to\. Download its config\.json too/);
  });

  test.each<[string, object, RegExp]>([
    ['a transcoder of the stream', { hf_hook_point_out: 'model.layers.17.post_feedforward_layernorm.output', type: 'transcoder' }, /only those of an MLP can be used/],
    ['an SAE that predicts another site', { hf_hook_point_out: 'model.layers.17.post_feedforward_layernorm.output' }, /'hf_hook_point_out' is another site than hf_hook_point_in, but the type is sae/],
    ['an SAE with an affine connection', { affine_connection: true }, /'affine_connection' is true, but the type is sae/],
    ['a crosscoder', { type: 'crosscoder' }, /'type' is "crosscoder", which is not supported; known are sae, transcoder/],
    ['another architecture', { architecture: 'topk' }, /'architecture' is "topk"/],
    ['another width', { width: 31 }, /'width' is 31, but the SAE has 30 latents/],
    ['another module', { hf_hook_point_in: 'model.norm', hf_hook_point_out: null }, /'hf_hook_point_in' is "model\.norm", which is no site here/],
    ['an unknown setting', { normalise: 'all' }, /'normalise' is a setting that is not supported/],
  ])('%s is refused', async (_what, more, message) => {
    expect(await messageOf(openSae(await write(published('output', more))))).toMatch(message);
  });
});
