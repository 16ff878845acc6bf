import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSafetensorsHeader, readTensor } from '../../../src/checkpoints/safetensors';
import { collectLatentFacts, type CollectedFacts } from '../../../src/methods/latents/facts';
import { Model } from '../../../src/model';
import { CONTEXTS, EFFECTS, HISTOGRAM_STEPS, NEAREST, openSae, toRows, type LoadedSae } from '../../../src/sae';
import { smallModel, type SmallModel } from '../../engine/small-model';
import { writeSae } from '../../sae/kit';

const WIDTH = 16;
const SITES = ['blocks.1.hook_resid_post', 'blocks.0.hook_mlp_out', 'blocks.2.mlp.hook_post'];
/** Of several lengths; the last two are near twins. */
const PROMPTS = [
  [0, 40, 41, 42, 43], [0, 7], [0, 100, 101, 102, 103, 104, 105, 106], [0, 9, 9, 9, 300],
  [0, 500, 501, 502, 503, 504, 505, 506, 507, 508, 509], [0, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510],
];
const ANSWERS = [11, 12, 13];

let small: SmallModel;
let model: Model;
let saes: LoadedSae[];
let collected: CollectedFacts;
beforeAll(async () => {
  small = await smallModel();
  model = await Model.load(small.folder, { threads: 1 });
  // TopK, a dense one whose active latents are more than are asked for at first, and one at a site that writes to no residual stream.
  saes = await Promise.all([
    writeSae({ site: SITES[0], dIn: WIDTH, dSae: 40, architecture: 'topk' }),
    writeSae({ site: SITES[1], dIn: WIDTH, dSae: 150, offset: 0.6, cfg: { normalize_activations: 'expected_average_only_in' } }),
    writeSae({ site: SITES[2], dIn: 24, dSae: 30, architecture: 'jumprelu' }),
  ].map(async (folder, i) => openSae(await folder, i === 1 ? { normScalingFactor: 0.5 } : {})));
  collected = await collectLatentFacts(model, saes, { prompts: PROMPTS, skip: 1, answers: ANSWERS });
});
afterAll(async () => {
  for (const sae of saes) await sae.release();
  await model.release();
  await small.remove();
});

/** Each latent's activations, [prompt][position][latent], from one prompt at a time and all latents outside of the graph. */
async function activationsOf(sae: LoadedSae): Promise<number[][][]> {
  const { dSae, site } = sae.config;
  const all = [];
  for (const prompt of PROMPTS) {
    const run = await model.run([prompt], { read: [sae.site] });
    const { data } = await sae.encode(toRows(sae, run.sites.get(site)!));
    all.push(prompt.map((_, position) => [...data.subarray(position * dSae, (position + 1) * dSae)]));
  }
  return all;
}

const starts = PROMPTS.map((_, i) => PROMPTS.slice(0, i).flat().length);

test.each([0, 1, 2])('SAE %d: density, maximum, histogram and contexts are those of the activations one by one', async (i) => {
  const [sae, facts] = [saes[i], collected.facts[i]];
  const activations = await activationsOf(sae);
  const tokens = PROMPTS.flat().length - PROMPTS.length;
  expect(collected.tokens).toBe(tokens);
  let active = 0;
  for (let latent = 0; latent < sae.config.dSae; latent++) {
    const counted = activations.map((positions) => positions.slice(1).map((latents) => latents[latent]));
    const values = counted.flat().filter((value) => value > 0);
    const largest = Math.max(0, ...values);
    active += values.length;
    expect(facts.density[latent]).toBeCloseTo(values.length / tokens, 6);
    expect(facts.maximum[latent]).toBeCloseTo(largest, 4);
    const histogram = [...facts.histogram.subarray(latent * HISTOGRAM_STEPS, (latent + 1) * HISTOGRAM_STEPS)];
    expect(histogram.reduce((a, b) => a + b)).toBe(values.length);
    // A value at the edge of a step may lie on either side of it.
    for (let step = 1; step < HISTOGRAM_STEPS; step++) {
      const edge = (step / HISTOGRAM_STEPS) * largest;
      const below = (slack: number) => values.filter((value) => value < edge + slack).length;
      const found = histogram.slice(0, step).reduce((a, b) => a + b);
      expect(found).toBeGreaterThanOrEqual(below(-1e-4 * largest));
      expect(found).toBeLessThanOrEqual(below(1e-4 * largest));
    }
    const best = counted.map((positions, prompt) => ({ prompt, activation: Math.max(...positions), at: positions.indexOf(Math.max(...positions)) + 1 }));
    const ranked = best.filter(({ activation }) => activation > 0).sort((a, b) => b.activation - a.activation);
    const twin = ranked.findIndex(({ prompt }, at) => prompt >= 4 && ranked.slice(0, at).some((other) => other.prompt >= 4));
    const expected = ranked.filter((_, at) => at !== twin);
    const places = Array.from({ length: CONTEXTS }, (_, at) => facts.contexts.tokens[latent * CONTEXTS + at]);
    expect(places.filter((place) => place >= 0)).toHaveLength(expected.length);
    expected.forEach(({ activation, prompt, at }, rank) => {
      expect(facts.contexts.activations[latent * CONTEXTS + rank]).toBeCloseTo(activation, 4);
      const tied = expected.some((other) => other.prompt !== prompt && Math.abs(other.activation - activation) < 1e-4);
      if (!tied) expect(places[rank]).toBe(starts[prompt] + at);
    });
  }
  expect(active).toBeGreaterThan(100);
  // More than the 64 of a row that are asked for at first.
  if (i === 1) expect(Math.max(...activations.flat().map((latents) => latents.filter((value) => value > 0).length))).toBeGreaterThan(64);
});

test('the effects are decoder directions through the norm’s weight and the unembedding, less the mean', async () => {
  const weights = async (file: string, name: string) => readTensor((await readSafetensorsHeader(file)).tensors.get(name)!);
  const [norm, embedding] = await Promise.all(['model.norm.weight', 'model.embed_tokens.weight'].map((name) => weights(path.join(small.folder, 'model.safetensors'), name)));
  const vocabulary = embedding.length / WIDTH;
  for (const [i, scale] of [[0, 1], [1, 2]] as const) {
    const decoder = await weights(saes[i].weights.file, 'W_dec');
    const { promoted, suppressed } = collected.facts[i];
    for (let latent = 0; latent < saes[i].config.dSae; latent++) {
      const logits = Array.from({ length: vocabulary }, (_, token) => {
        let sum = 0;
        for (let d = 0; d < WIDTH; d++) sum += scale * decoder[latent * WIDTH + d] * norm[d] * embedding[token * WIDTH + d];
        return sum;
      });
      const mean = logits.reduce((a, b) => a + b) / vocabulary;
      const sorted = logits.map((logit) => logit - mean).sort((a, b) => b - a);
      for (let rank = 0; rank < EFFECTS; rank++) {
        const at = latent * EFFECTS + rank;
        expect(promoted!.logits[at]).toBeCloseTo(sorted[rank], 3);
        expect(logits[promoted!.ids[at]] - mean).toBeCloseTo(sorted[rank], 3);
        expect(suppressed!.logits[at]).toBeCloseTo(sorted.at(-1 - rank)!, 3);
        expect(logits[suppressed!.ids[at]] - mean).toBeCloseTo(sorted.at(-1 - rank)!, 3);
      }
    }
  }
  expect([collected.facts[2].promoted, collected.facts[2].suppressed]).toEqual([null, null]);
});

test('the nearest latents are those with the largest cosines', async () => {
  for (const [i, sae] of saes.entries()) {
    const { dIn, dSae } = sae.config;
    const decoder = await readTensor((await readSafetensorsHeader(sae.weights.file)).tensors.get('W_dec')!);
    const row = (latent: number) => [...decoder.subarray(latent * dIn, (latent + 1) * dIn)];
    const dot = (a: number[], b: number[]) => a.reduce((sum, value, d) => sum + value * b[d], 0);
    const cosine = (a: number[], b: number[]) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    for (let latent = 0; latent < dSae; latent++) {
      const all = Array.from({ length: dSae }, (_, other) => (other === latent ? -2 : cosine(row(latent), row(other))));
      const sorted = [...all].sort((a, b) => b - a);
      for (let rank = 0; rank < NEAREST; rank++) {
        expect(collected.facts[i].nearest.cosines[latent * NEAREST + rank]).toBeCloseTo(sorted[rank], 4);
        expect(all[collected.facts[i].nearest.latents[latent * NEAREST + rank]]).toBeCloseTo(sorted[rank], 4);
      }
    }
  }
});

test('the model’s answers are the most probable of the given tokens', async () => {
  for (const [i, prompt] of PROMPTS.entries()) {
    const logits = await model.logits(await model.run([prompt]), [prompt.length - 1]);
    const own = ANSWERS.map((token) => logits.data[token]);
    expect(collected.answers[i]).toBe(own.indexOf(Math.max(...own)));
  }
});

test('it can be cancelled, and says how far it is', async () => {
  const stop = new AbortController();
  const stages: string[] = [];
  const onProgress = (stage: string, done: number, total: number) => {
    stages.push(`${stage} ${done}/${total}`);
    stop.abort();
  };
  const options = { prompts: PROMPTS, skip: 1 as const, answers: ANSWERS, signal: stop.signal, onProgress };
  await expect(collectLatentFacts(model, saes, options)).rejects.toThrow(/abort/i);
  expect(stages).toEqual([`Reading programs ${PROMPTS.length}/${PROMPTS.length}`]);
});
