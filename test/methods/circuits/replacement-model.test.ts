/** Attribution graphs of replacement models: as circuit-tracer has them, with sums that close in every family. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSafetensorsHeader, readTensor } from '../../../src/checkpoints/safetensors';
import { floats, type FloatArray } from '../../../src/graph';
import { graphScores } from '../../../src/methods/circuits/influence';
import { outputWeights, replacementGraph, type ReplacementGraph } from '../../../src/methods/circuits/replacement-model';
import { Model } from '../../../src/model';
import { findSaes, openSae, type LoadedSae } from '../../../src/sae';
import { blockSite } from '../../../src/vocabulary/sites';
import { loadGolden, type GoldenPrompt } from '../../golden/fixture';
import { writeTranscoder } from '../../sae/kit';

const GOLDEN = path.resolve('test/fixtures/golden');
const expected = new Map<string, FloatArray>();
let model: Model;
let prompt: GoldenPrompt;
const opened: LoadedSae[] = [];
beforeAll(async () => {
  const { tensors } = await readSafetensorsHeader(path.join(GOLDEN, 'replacement-expected.safetensors'));
  for (const tensor of tensors.values()) expected.set(tensor.name, floats(await readTensor(tensor), tensor.shape));
  const golden = await loadGolden('gqa');
  prompt = golden.prompts[0];
  model = await Model.load(golden.folder);
});
afterAll(async () => {
  for (const sae of opened) await sae.release();
  await model.release();
});
const open = async (folders: readonly string[]) => {
  const transcoders = await Promise.all(folders.map((folder) => openSae(folder)));
  opened.push(...transcoders);
  return transcoders;
};
const metric = () => ({ positive: prompt.answers[0], negative: prompt.answers[1] });

describe.each(['skip', 'jumprelu'])('circuit-tracer’s replacement model, %s', (kind) => {
  let transcoders: LoadedSae[];
  let graph: ReplacementGraph;
  beforeAll(async () => {
    transcoders = await open(await findSaes(path.join(GOLDEN, `replacement-${kind}`)));
    graph = await replacementGraph(model, { tokens: prompt.tokens, metric: metric(), transcoders, most: 10_000 });
  });

  test('the same latents, the same direct effects, the same scores', () => {
    const latents = expected.get(`${kind}/latents`)!;
    expect(graph.active).toBe(latents.shape[0]);
    expect(graph.latents.flatMap(({ layer, position, latent }) => [layer, position, latent])).toEqual([...latents.data]);
    graph.latents.forEach(({ activation }, i) => expect(activation).toBeCloseTo(expected.get(`${kind}/activations`)!.data[i], 4));
    const { data, shape: [size] } = expected.get(`${kind}/matrix`)!;
    expect(graph.effects.size).toBe(size);
    const largest = Math.max(...data.map(Math.abs));
    let off = 0;
    graph.effects.rows.forEach((row, to) => {
      for (let from = 0; from < size; from++) off = Math.max(off, Math.abs((row?.[from] ?? 0) - data[to * size + from]));
    });
    expect(largest).toBeGreaterThan(0.5);
    expect(off).toBeLessThan(3e-5 * largest);
    const scores = graphScores(graph.effects, graph.counts, outputWeights(size));
    expect(scores.replacement).toBeCloseTo(expected.get(`${kind}/scores`)!.data[0], 4);
    expect(scores.completeness).toBeCloseTo(expected.get(`${kind}/scores`)!.data[1], 4);
  });

  test('few nodes: the same effects among them, and what the others give is the rest', async () => {
    const few = await replacementGraph(model, { tokens: prompt.tokens, metric: metric(), transcoders, most: 25 });
    expect([few.latents.length, few.active]).toEqual([25, graph.active]);
    closes(few);
    const name = ({ layer, position, latent }: (typeof few.latents)[number]) => `${layer} ${position} ${latent}`;
    const names = graph.latents.map(name);
    const index = few.latents.map((one) => names.indexOf(name(one)));
    few.latents.forEach((_, to) => few.latents.forEach((__, from) =>
      expect(few.effects.rows[to]![from]).toBeCloseTo(graph.effects.rows[index[to]]![index[from]], 5)));
    expect(Math.max(...few.rest.map(Math.abs))).toBeGreaterThan(1e-3);
  });
});

/** What a node is given, with biases, is what it is. */
function closes({ latents, effects, biases, rest, uncapped }: ReplacementGraph): void {
  const rows = effects.rows.filter((row) => row !== null);
  expect(rows).toHaveLength(latents.length + 1);
  rows.forEach((row, i) => {
    const terms = Array.from(row);
    const sum = terms.reduce((all, value) => all + value, 0) + biases[i] + rest[i];
    const size = Math.max(1, ...terms.map(Math.abs));
    const whole = i < latents.length ? latents[i].activation : uncapped;
    expect(Math.abs(sum - whole), `node ${i}`).toBeLessThan(3e-5 * size);
  });
}

const FAMILIES: [folder: string, site: 'ln2.hook_normalized' | 'mlp.hook_in' | 'hook_resid_mid', skip: boolean][] = [
  ['llama-gqa', 'hook_resid_mid', true],
  ['families/gpt2', 'mlp.hook_in', true],
  ['families/starcoder2', 'mlp.hook_in', false],
  ['families/gptj', 'mlp.hook_in', true],
  ['families/gpt_neox', 'mlp.hook_in', true],
  ['families/gemma2', 'ln2.hook_normalized', true],
  ['families/gemma3', 'mlp.hook_in', false],
  ['families/qwen3', 'ln2.hook_normalized', false],
  ['families/gpt_bigcode', 'mlp.hook_in', true],
];

describe.each(FAMILIES)('%s, read at %s', (folder, site, skip) => {
  test('sums close, and nothing comes from above or from later tokens', async () => {
    const own = await Model.load(path.join(GOLDEN, folder));
    const { layers, width } = own.shape;
    const folders = Array.from({ length: layers }, (_, layer) => writeTranscoder({ layer, site, width, skip }));
    const transcoders = await open(await Promise.all(folders));
    const tokens = [3, 1, 4, 1, 5];
    const graph = await replacementGraph(own, { tokens, metric: { positive: 2, negative: 7 }, transcoders, most: 10_000 });
    expect(graph.latents.length).toBeGreaterThan(20);
    closes(graph);
    graph.latents.forEach(({ layer, position }, to) => graph.latents.forEach((from, i) => {
      if (from.layer >= layer || from.position > position) expect(graph.effects.rows[to]![i]).toBe(0);
    }));
    await own.release();
  });
});

test('a latent of the last layer at the last token has its direct effect on the logits', async () => {
  const transcoders = await open(await findSaes(path.join(GOLDEN, 'replacement-skip')));
  const { tokens } = prompt;
  const graph = await replacementGraph(model, { tokens, metric: metric(), transcoders, most: 10_000 });
  const top = model.shape.layers - 1;
  const { resid } = await model.run([tokens], { read: [blockSite(top, 'hook_resid_post')] });
  // The final norm is Σ x²: moved by a little, its scale moves as well; held, the effect is that of the numerator alone.
  const row = resid.data.slice((tokens.length - 1) * 24, tokens.length * 24);
  const scale = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0) / 24 + 1e-5);
  for (const [i, { layer, position, latent, activation }] of graph.latents.entries()) {
    if (layer !== top || position !== tokens.length - 1) continue;
    const { data } = await transcoders[top].decodeChange(floats(Float32Array.of(activation), [1, 1]), [latent], floats(new Float32Array(24), [1, 24]));
    const normalized = floats(data.map((value) => value / scale), [1, 1, 24]);
    const logits = await model.logits({ resid: normalized, normalized }, [0]);
    const effect = logits.data[prompt.answers[0]] - logits.data[prompt.answers[1]];
    expect(graph.effects.rows.at(-1)![i]).toBeCloseTo(effect, 4);
  }
});

test('a layer without a transcoder is named', async () => {
  const [first, , third] = await open(await findSaes(path.join(GOLDEN, 'replacement-skip')));
  const asked = { tokens: prompt.tokens, metric: metric(), most: 10 };
  await expect(replacementGraph(model, { ...asked, transcoders: [first, third] })).rejects.toThrow(/There is no transcoder of layer 1, and a replacement model needs one of each/);
  await expect(replacementGraph(model, { ...asked, transcoders: [] })).rejects.toThrow(/There is no transcoder of any layer/);
});
