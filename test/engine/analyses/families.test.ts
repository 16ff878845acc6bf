/** The whole pipeline on a tiny random model of each family, and what must hold of any model. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readActivations } from '../../../src/engine/latents/active';
import type { LoadedModel } from '../../../src/engine/session/load';
import { readProgram, type Program } from '../../../src/engine/reading/program';
import { openQuestion } from '../../../src/engine/reading/question';
import { Session } from '../../../src/engine/analyses/session';
import { floats, type FloatArray } from '../../../src/graph';
import { patchPositions } from '../../../src/methods/patching/patching';
import type { PatchSite } from '../../../src/vocabulary/sites';
import { generate, gradientsAt, logitDifference, readOut, type Hook } from '../../../src/model';
import type { LatentChange } from '../../../src/vocabulary/latent-change';
import type { LoadedSae } from '../../../src/sae';
import { PYTHON_ERROR_TYPE } from '../../../src/snippets/prompts/templates';
import { randomFloats } from '../../graph/check';
import { expectClose } from '../../model/close';
import { writeSae } from '../../sae/kit';
import { changedBy, explained, latentsFor } from '../analysed';
import { FAMILY_FIXTURES, familyModel } from '../family-model';
import { fakePython } from '../small-model';
import { blockSite, siteName, type Site } from '../../../src/vocabulary/sites';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';
const source = { file: 'weather.py', text: CODE };
const metric = { positive: 17, negative: 400 };

test('every family has a model', () => {
  expect(FAMILY_FIXTURES.map(([type]) => type)).toEqual(expect.arrayContaining(['gemma2', 'gpt2', 'gpt_neox', 'llama']));
});

describe.each(FAMILY_FIXTURES)('%s', (_type, fixture) => {
  let loaded: LoadedModel;
  let session: Session;
  let saes: LoadedSae[];
  let program: Program;
  const last = () => loaded.model.shape.layers - 1;
  beforeAll(async () => {
    loaded = await familyModel(fixture);
    const { width } = loaded.model.shape;
    const folders = ['blocks.0.hook_mlp_out', `blocks.${last()}.hook_resid_post`].map((site) => writeSae({ site, dIn: width, dSae: 40, architecture: 'topk' }));
    session = new Session(loaded, await Promise.all(folders));
    saes = await session.saes();
    program = readProgram(loaded, openQuestion(loaded, PYTHON_ERROR_TYPE), source);
  });
  afterAll(() => session?.close());

  const logitsAfter = async (ids: readonly number[], hooks: readonly Hook[] = []) => {
    const { model } = loaded;
    return (await model.logits(await model.run([ids], { hooks }), [ids.length - 1])).data;
  };
  const difference = async (ids: readonly number[], hooks: readonly Hook[] = []) => {
    const logits = await logitsAfter(ids, hooks);
    return logits[metric.positive] - logits[metric.negative];
  };

  test('explain: prediction, lens and patching of the same run', async () => {
    const result = await explained(loaded, source, {
      label: fakePython,
      against: { program: { file: null, text: 'x = [1, 2]\nprint(x[5])\n' } },
      asked: { prediction: { topK: 3 }, lens: { topK: 3 } },
    });
    const { lens, prediction, patching, tokens } = result;
    expect(tokens.filter(({ start }) => start !== null).map(({ start, end }) => CODE.slice(start!, end!)).join('')).toBe(CODE.trimEnd());
    expect([lens.layers, lens.positions]).toEqual([last() + 2, tokens.length]);
    expect(lens.top[last() + 1].at(-1)!.map(({ text }) => text)).toEqual(prediction.top.map(({ text }) => text));
    const logits = await logitsAfter(program.ids);
    expect(prediction.top[0].logit).toBeCloseTo(Math.max(...logits), 3);
    expect([patching!.logitDifference.length, patching!.logitDifference[0].length]).toEqual([last() + 1, tokens.length]);
    expect(patching!.clean).not.toBeCloseTo(patching!.corrupted, 2);
    expect(patching!.logitDifference[last()].at(-1)).not.toBeCloseTo(patching!.corrupted, 2);
  });

  test('patching: what running the whole model with that one activation replaced gives', async () => {
    const base = program.ids;
    const from = base.map((id, at) => (at % 5 === 3 ? id + 1 : id));
    const sourceOf = base.map((_, at) => at);
    const sites: PatchSite[] = ['hook_resid_pre', 'attn.hook_z'];
    for (const site of sites) {
      const read = blockSite(1, site);
      const swept = await patchPositions(loaded.model, { base, source: from, sourceOf, metric, site });
      const donor = (await loaded.model.run([from], { read: [read] })).sites.get(siteName(read))!;
      const size = donor.data.length / base.length;
      for (const position of [3, 9, base.length - 1]) {
        const put = (
          activation: FloatArray,
        ) => void activation.data.set(donor.data.subarray(position * size, (position + 1) * size), position * size);
        expect(swept.metric[1][position], `${site} ${position}`).toBeCloseTo(await difference(base, [{ site: read, edit: put }]), 3);
      }
    }
  });

  test('putting every activation back into its own run changes nothing', async () => {
    const { sites } = loaded.model.architecture;
    const put = (site: Site): Hook => ({ site, edit: (activation) => floats(activation.data.slice(), activation.shape) });
    const all = [put({ kind: 'embed' }), ...sites.map((site) => put(blockSite(0, site))), put({ kind: 'final' })];
    expectClose(await logitsAfter(program.ids, all), await logitsAfter(program.ids), 'logits', 1e-5);
  });

  test('latents: activations, attribution, and changes that change nothing or something', async () => {
    const read = await readActivations(loaded.model, program, saes[0], 6);
    expect(read.counts.every((count) => count > 0 && count <= 6)).toBe(true);
    const attributed = await latentsFor(session, source, { top: 5, check: true }, { label: fakePython });
    expect(attributed).toMatchObject({ errorTerm: true, mode: 'pass-through' });
    expect(attributed.latents).toHaveLength(5);
    // Behind the last layer only the final norm and the unembedding bend the metric.
    const behind = attributed.latents.filter(({ site }) => site.startsWith(`blocks.${last()}.`));
    for (const { logits } of behind) expect(Math.sign(logits.patched!)).toBe(Math.sign(logits.attribution));

    const { latent } = read.active.at(-1)![0];
    const changed = async (change: LatentChange, positions: number[] | 'all' = 'all') => {
      const changes = [{ site: 'blocks.0.hook_mlp_out' as const, latent, positions, change }];
      const result = await changedBy(session, source, { changes });
      return Math.max(...result.change.map(({ logit }) => Math.abs(logit)));
    };
    expect(await changed({ kind: 'scale', factor: 1 })).toBe(0);
    const inactive = read.active.findIndex((active) => active.every((one) => one.latent !== latent));
    expect(await changed({ kind: 'ablate' }, [inactive])).toBe(0);
    expect(await changed({ kind: 'ablate' })).toBeGreaterThan(1e-3);
  });

  test('generation behind cached keys equals running the whole text for each token', async () => {
    const { model } = loaded;
    const prompt = program.ids.slice(0, 12);
    const written = await generate(model, prompt, { maxTokens: 4 });
    const text = [...prompt];
    for (const id of written) {
      const [{ top }] = await readOut(model, (await model.run([text])).resid, [text.length - 1], { topK: 1 });
      expect(id).toBe(top[0].id);
      text.push(id);
    }
    expect(written).toHaveLength(4);
    const { cache } = await model.run([prompt], { cache: true });
    const behind = await model.run([written], { past: cache });
    expectClose((await model.logits(behind, [3])).data, await logitsAfter(text), 'logits behind the cache', 1e-4);
  });

  test('gradients agree with central differences', async () => {
    const { model } = loaded;
    const ids = program.ids.slice(0, 8);
    const sites: Site[] = [{ kind: 'embed' }, blockSite(0, 'attn.hook_z'), blockSite(0, 'hook_attn_out'), blockSite(1, 'mlp.hook_post')];
    const { gradients } = await gradientsAt(model, [ids], logitDifference(metric.positive, metric.negative), sites);
    for (const site of sites) {
      const gradient = gradients.get(siteName(site))!;
      const direction = randomFloats(siteName(site), gradient.shape).data;
      const products = direction.map((value, i) => value * gradient.data[i]);
      const slope = products.reduce((sum, value) => sum + value, 0);
      const moved = (
        step: number) => difference(ids, [{ site, edit: (x) => floats(x.data.map((value, i,
      ) => value + step * direction[i]), x.shape) }]);
      // Large steps meet the bends of the metric, and small ones its rounding.
      const errors: number[] = [];
      for (const step of [1e-2, 3e-3, 1e-3]) errors.push(Math.abs(((await moved(step)) - (await moved(-step))) / (2 * step) - slope));
      expect(Math.min(...errors), `${siteName(site)}: ${slope}`).toBeLessThan(0.02 * Math.hypot(...products) + 1e-4);
      expect(Math.hypot(...products), siteName(site)).toBeGreaterThan(1e-3);
    }
  });
});
