/** TransformerLens's weight processing: its activations, and what SAELens computes with SAEs that were trained on them. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UNPROCESSED, type WeightProcessing } from '../../src/architectures';
import { floats } from '../../src/graph';
import { latentGradients, runWithSaes } from '../../src/methods/latents/gradients';
import { logitDifference, Model, tokenEffects, type RunResult } from '../../src/model';
import { openSae, saeInput, spliceHooks, toRows, type LatentEdit, type LoadedSae } from '../../src/sae';
import { readCfg } from '../../src/sae/formats/cfg-json';
import { processingOf } from '../../src/sae/formats/saelens-processing';
import { readGolden, type Golden, type GoldenPrompt } from '../golden/fixture';
import { expectClose } from '../model/close';
import { blockSite, parseSite, siteName } from '../../src/vocabulary/sites';

/** As in processed.py. */
const PROCESSING: Readonly<Record<string, WeightProcessing>> = {
  full: { foldLn: true, centerWritingWeights: true, foldValueBiases: true },
  centred: { ...UNPROCESSED, centerWritingWeights: true },
  values: { ...UNPROCESSED, foldValueBiases: true },
  folded: { ...UNPROCESSED, foldLn: true },
};
const ABLATED = 3;

describe.each(['gpt2', 'gpt_neox', 'starcoder2'])('%s', (name) => {
  let expected: Golden['training'];
  let folder: string;
  let prompt: GoldenPrompt;
  let model: Model;
  let run: RunResult;
  const saes = new Map<string, LoadedSae>();
  beforeAll(async () => {
    ({ training: expected, folder } = await readGolden(`processed/${name}`));
    const golden = await readGolden(`families/${name}`);
    prompt = golden.prompts[0];
    model = await Model.load(golden.folder);
    run = await model.run([prompt.tokens], { read: sitesOf(model).map((site) => parseSite(site, model.shape.layers)) });
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) saes.set(entry.name, await openSae(path.join(folder, entry.name)));
    }
  });
  afterAll(async () => {
    for (const sae of saes.values()) await sae.release();
    await model?.release();
  });
  const of = (key: string) => {
    const found = expected.get(key);
    if (!found) throw new Error(`${key} is not in the fixture`);
    return found.data;
  };
  /** Logits up to a constant for each position, which center_unembed changes. */
  const relative = (logits: Float32Array) => {
    const { vocabulary } = model.shape;
    return logits.map((value, i) => {
      const row = logits.subarray(i - (i % vocabulary), i - (i % vocabulary) + vocabulary);
      return value - row.reduce((a, b) => a + b, 0) / vocabulary;
    });
  };
  const logitsWith = async (spliced: readonly LoadedSae[], error: boolean, edit?: LatentEdit) => {
    const result = await model.run([prompt.tokens], { hooks: spliceHooks(spliced, model, { error, edit: () => edit }) });
    return relative((await model.logits(result, prompt.tokens.map((_, i) => i))).data);
  };

  test.each(Object.keys(PROCESSING))("every site is TransformerLens's with the processing %s", async (key) => {
    let compared = 0;
    for (const site of sitesOf(model)) {
      const activation = run.sites.get(site)!;
      const processed = await model.processed(parseSite(site, model.shape.layers), activation, PROCESSING[key]);
      const own = expected.get(`${key}/${site}`);
      const plain = processed === activation;
      if (own) expectClose(processed.data, own.data, site);
      else if (key !== 'full' && !plain) expectClose(processed.data, of(`full/${site}`), `${site}, as with all processing`);
      else expect(plain, `${site} is the plain model's`).toBe(true);
      compared += plain ? 0 : 1;
    }
    if (key === 'folded') expect(compared).toBe(0);
    else expect(compared).toBeGreaterThan(3);
  });

  test.runIf(name !== 'starcoder2')('SAEs: input, latents, reconstruction, and runs with them spliced in', async () => {
    expect(saes.size).toBe(name === 'gpt2' ? 3 : 2);
    for (const [key, sae] of saes) {
      const activation = run.sites.get(sae.config.site)!;
      const x = await saeInput(sae, model, activation);
      expectClose(x.data, of(`${key}/input`), `${key}: input`);
      expectClose((await sae.encode(x)).data, of(`${key}/latents`), `${key}: latents`);
      expectClose((await sae.reconstruct(x)).data, of(`${key}/reconstruction`), `${key}: reconstruction`);
      const ablate: LatentEdit = { latents: [ABLATED], change: ({ data }) => void data.fill(0) };
      const without = await logitsWith([sae], false);
      expectClose(without, relative(of(`${key}/logits`)), `${key}: logits without the error term`);
      expectClose(await logitsWith([sae], true), relative(of(`${key}/logits_error`)), `${key}: logits with it`);
      expectClose(await logitsWith([sae], true, ablate), relative(of(`${key}/logits_ablated`)), `${key}: logits with latent ${ABLATED} ablated`);

      const plain = await openSae(sae.folder, { processing: UNPROCESSED });
      expect((await saeInput(plain, model, activation)).data).toEqual(toRows(sae, activation).data);
      const other = await logitsWith([plain], false);
      expect(Math.max(...without.map((value, i) => Math.abs(value - other[i]))), `${key}: processing matters`).toBeGreaterThan(0.01);
      await plain.release();
    }
  });

  test.runIf(name !== 'starcoder2')('gradients at latents', async () => {
    for (const [key, sae] of saes) {
      for (const [error, gradient] of [[false, `${key}/gradient`], [true, `${key}/gradient_error`]] as const) {
        const options = { saes: [sae], error, mode: 'through' } as const;
        const [{ x, output }] = (await latentGradients(model, [prompt.tokens], logitDifference(...prompt.answers), options)).saes;
        expectClose((await sae.latentGradient(x, output)).data, of(gradient), `${gradient} of ${key}`);
      }
    }
  });

  test.runIf(name !== 'starcoder2')('what lies below an SAE has the gradient of the run with it', async () => {
    const { layers, width } = model.shape;
    const sae = [...saes.values()].find(({ config }) => config.site !== 'blocks.0.attn.hook_z')!;
    const below = await openSae(sae.folder, { site: 'blocks.0.hook_resid_pre', processing: UNPROCESSED });
    const options = { saes: [below, sae], error: false, mode: 'through' } as const;
    const metric = logitDifference(...prompt.answers);
    const { saes: [{ output }] } = await latentGradients(model, [prompt.tokens], metric, options);
    const at = parseSite('blocks.0.hook_resid_pre', layers);
    const measure = async (index: number, by: number) => {
      const [lower, upper] = spliceHooks([below, sae], model, { error: false });
      const hooks = [lower, { site: at, edit: ({ data }: { data: Float32Array }) => void (data[index] += by) }, upper];
      const result = await model.run([prompt.tokens], { hooks });
      const { data } = await model.logits(result, [prompt.tokens.length - 1]);
      return metric.reduce((sum, { token, coefficient }) => sum + coefficient * data[token], 0);
    };
    const indices = [0, 3 * width + 2, 5 * width + 7, 6 * width + 1];
    const step = 1e-2;
    const slopes = [];
    for (const index of indices) slopes.push(((await measure(index, step)) - (await measure(index, -step))) / (2 * step));
    expectClose(indices.map((index) => output.data[index]), slopes, 'central differences', 2e-2);
    await below.release();
  });

  test.runIf(name === 'gpt2')('two SAEs of processed weights in one run', async () => {
    const both = ['z', 'mlp'].map((key) => saes.get(key)!);
    expectClose(await logitsWith(both, false), relative(of('two/logits')), 'logits');
    const { inputs } = await runWithSaes(model, [prompt.tokens], { saes: both, error: false });
    for (const key of ['z', 'mlp']) expectClose(inputs.get(saes.get(key)!)!.data, of(`two/${key}/input`), `${key}: input`);
  });

  test("a direction's effect on the logits has no bias and no mean of its own", async () => {
    const { width, vocabulary, layers } = model.shape;
    const direction = Float32Array.from({ length: width }, (_, i) => Math.sin(3 * i + 1));
    const scaled = direction.map((value) => 2 * value + 5); // the final norm takes the mean away
    const [one, two] = await Promise.all([direction, scaled].map((data) => tokenEffects(model, floats(data, [1, width]), vocabulary)));
    const byToken = ({ raised }: typeof one) => [...raised.ids.keys()].sort((a, b) => raised.ids[a] - raised.ids[b]).map((i) => raised.logits[i]);
    expectClose(byToken(two), byToken(one).map((value) => 2 * value), 'twice the direction');
    // The same by real logits: what a long step along it changes where the residual stream is long, in proportion.
    const resid = run.sites.get(siteName(blockSite(layers - 1, 'hook_resid_post')))!;
    const rows = floats(resid.data.slice(0, width), [1, 1, width]);
    const mean = rows.data.reduce((a, b) => a + b, 0) / width;
    const deviation = Math.sqrt(rows.data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / width);
    const own = direction.reduce((a, b) => a + b, 0) / width;
    // Orthogonal to the centred residual stream, a small step leaves the norm's scale as it is.
    const along = direction.map((value) => value - own);
    const dot = along.reduce((sum, value, i) => sum + value * (rows.data[i] - mean), 0) / (width * deviation ** 2);
    const across = along.map((value, i) => value - dot * (rows.data[i] - mean));
    const logits = async (by: number) => relative((await model.logits({ resid: floats(rows.data.map((value, i) => value + by * across[i]), rows.shape) }, [0])).data);
    const step = 0.01 * deviation;
    const [up, down] = [await logits(step), await logits(-step)];
    const slope = up.map((value, i) => ((value - down[i]) / (2 * step)) * deviation);
    expectClose(byToken(await tokenEffects(model, floats(across, [1, width]), vocabulary)), slope, 'by central differences', 2e-3);
  });
});

describe('what the files say', () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(path.join(tmpdir(), 'processing-'))));
  afterAll(() => rm(folder, { recursive: true }));
  const read = async (at: string, metadata: unknown) => {
    const file = path.join(folder, at, 'cfg.json');
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(metadata));
    return processingOf(file, await readCfg(file));
  };

  test('no options, none that count, and those of a release', async () => {
    expect(await read('a', {})).toEqual(UNPROCESSED);
    expect(await read('a', { model_from_pretrained_kwargs: null })).toEqual(UNPROCESSED);
    expect(await read('a', { model_from_pretrained_kwargs: { n_devices: 2, dtype: 'float32', center_unembed: true } })).toEqual(UNPROCESSED);
    expect(await read('a', { model_from_pretrained_kwargs: { center_writing_weights: true } })).toEqual(PROCESSING.centred);
    const cache = 'models--jbloom--GPT2-Small-SAEs-Reformatted/snapshots/abc/blocks.8.hook_resid_pre';
    expect(await read(cache, { model_name: 'gpt2-small' })).toEqual(PROCESSING.centred);
  });

  test.each([
    [{ refactor_factored_attn_matrices: true }, "'refactor_factored_attn_matrices' is true"],
    [{ fold_everything: true }, "'fold_everything' is a setting that is not supported"],
    [{ center_writing_weights: 'yes' }, "'center_writing_weights' is \"yes\", not true or false"],
    ['all', "'model_from_pretrained_kwargs' is not an object"],
  ])('refuses %j', async (options, message) => {
    await expect(read('b', { model_from_pretrained_kwargs: options })).rejects.toThrow(message);
  });
});

function sitesOf({ architecture, shape: { layers } }: Model): string[] {
  const blocks = architecture.sites.flatMap((site) => Array.from({ length: layers }, (_, layer) => siteName(blockSite(layer, site))));
  return ['hook_embed', ...blocks, 'ln_final.hook_normalized'];
}
