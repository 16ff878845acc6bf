/** Sparse feature circuits: sums that close on every family, one edge the slow way, and dictionaries that leave nothing out. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EdgeScores } from '../../../src/methods/circuits/edges';
import { isParallel } from '../../../src/methods/circuits/graph';
import type { Feature } from '../../../src/methods/circuits/features';
import { headLoadings, latentEdges, type LatentEdge } from '../../../src/methods/circuits/latent-edges';
import { attributeLatents, type LatentAttribution } from '../../../src/methods/latents/attribution';
import { floats, type FloatArray } from '../../../src/graph';
import { gradientsAt, logitDifference, Model, type Hook } from '../../../src/model';
import { openSae, type LoadedSae } from '../../../src/sae';
import { blockSite, siteName, type BlockSite, type Site, type SiteName } from '../../../src/vocabulary/sites';
import { GOLDEN_BLOCKS } from '../../golden/fixture';
import { writeSae } from '../../sae/kit';
import { PAIRS } from '../patching/pairs';
import { openStreamSaes } from './stream-saes';

const metric = { positive: 4, negative: 21 };
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
/** Every latent, and the error, at every token. */
const everything = (saes: readonly LoadedSae[], length: number): Feature[] => saes.flatMap((sae) =>
  Array.from({ length }, (_, position) => [
    ...Array.from({ length: sae.config.dSae }, (_, latent): Feature => ({ sae, latent, position })), { sae, latent: null, position },
  ]).flat());
const keyOf = ({ sae, latent, position }: Feature) => `${sae.config.site} ${latent} ${position}`;
function attributionsOf({ top, saes }: LatentAttribution, nodes: readonly Feature[]): number[] {
  const errors = saes.flatMap(({ sae, rows }) => rows.map(({ position, error }) => [keyOf({ sae, latent: null, position }), error!] as const));
  const all = new Map([...top.map((node) => [keyOf(node), node.attribution] as const), ...errors]);
  return nodes.map((node) => all.get(keyOf(node)) ?? 0);
}

/** One of each kind of block. */
const BLOCKS = [
  'llama-mha-tied', 'llama-gqa', 'llama-mqa',
  ...['gpt2', 'gpt_bigcode', 'gpt_neox', 'gpt_neox-sequential', 'gptj', 'codegen', 'phi3', 'qwen3', 'gemma2', 'gemma3'].map((name) => `families/${name}`),
];

describe.each(GOLDEN_BLOCKS)('%s', (fixture) => {
  let [model, saes]: [Model, LoadedSae[]] = [undefined!, []];
  beforeAll(async () => {
    model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
    saes = await openStreamSaes(model, { dSae: 8, two: GOLDEN_BLOCKS.indexOf(fixture) });
  });
  afterAll(async () => {
    for (const sae of saes) await sae.release();
    await model.release();
  });

  test.each(PAIRS)('sums close: %s', async (...[, base, source, sourceOf]) => {
    const options = { base, source, sourceOf, metric, saes };
    const nodes = everything(saes, base.length);
    const edges = await latentEdges(model, options, [...nodes, 'logits']);
    const found = await attributeLatents(model, { ...options, error: true, mode: 'pass-through', top: 1e6 });
    const attributions = attributionsOf(found, nodes);
    const largest = Math.max(...attributions.map(Math.abs));
    expect(largest).toBeGreaterThan(1e-5);
    const close = (value: number, expected: number, what: string) => expect(Math.abs(value - expected), what).toBeLessThanOrEqual(1e-6 + 1e-4 * largest);

    // All that read a node: its attribution.
    const out = nodes.map(() => 0);
    for (const { from, score } of edges) if (from !== null) out[from] += score;
    const worst = nodes.map((_, i) => i).reduce((a, b) => (Math.abs(out[b] - attributions[b]) > Math.abs(out[a] - attributions[a]) ? b : a));
    close(out[worst], attributions[worst], keyOf(nodes[worst]));
    const errors = nodes.flatMap(({ latent }, i) => (latent === null ? [Math.abs(out[i])] : []));
    expect(Math.max(...errors)).toBeGreaterThan(1e-3 * largest);

    // All that a site's nodes read: what the model reads there itself.
    const { layers, width } = model.shape;
    const parallel = isParallel(model);
    const inner: BlockSite[] = ['hook_resid_pre', 'hook_attn_out', ...(parallel ? [] : ['hook_resid_mid'] as const), 'hook_mlp_out', 'hook_resid_post'];
    const sites = inner.flatMap((site) => Array.from({ length: layers }, (_, layer) => blockSite(layer, site)));
    const [own, there] = await Promise.all([base, source].map(async (prompt) => (await model.run([prompt], { read: sites })).sites));
    const { gradients } = await gradientsAt(model, [base], logitDifference(metric.positive, metric.negative), sites);
    const at = (site: Site) => (i: number) => gradients.get(siteName(site))!.data[i];
    const product = (of: Site, gradient: (at: number) => number) => {
      let total = 0;
      const [before, after] = [own, there].map((values) => values.get(siteName(of))!.data);
      sourceOf.forEach((from, position) => {
        for (let i = 0; from !== null && i < width; i++) total += (after[from * width + i] - before[position * width + i]) * gradient(position * width + i);
      });
      return total;
    };
    const read = (name: SiteName) => sum(edges.flatMap(({ to, score }) => (nodes[to]?.sae.config.site === name ? [score] : [])));
    const site = (layer: number, of: BlockSite) => blockSite(layer, of);
    const last = layers - 1;
    // In the first layer all is taken apart.
    if (parallel) close(read('blocks.0.hook_attn_out') + read('blocks.0.hook_mlp_out'), product(site(0, 'hook_resid_pre'), (i) => at(site(0, 'hook_resid_pre'))(i) - at(site(0, 'hook_resid_post'))(i)), 'block');
    else {
      close(read('blocks.0.hook_attn_out'), product(site(0, 'hook_resid_pre'), (i) => at(site(0, 'hook_resid_pre'))(i) - at(site(0, 'hook_resid_mid'))(i)), 'attention');
      close(read('blocks.0.hook_mlp_out'), product(site(0, 'hook_resid_mid'), (i) => at(site(0, 'hook_resid_mid'))(i) - at(site(0, 'hook_resid_post'))(i)), 'mlp');
      close(read(`blocks.${last}.hook_resid_mid`), product(site(last, 'hook_resid_mid'), at(site(last, 'hook_resid_mid'))), 'resid mid');
    }
    for (const layer of [0, last]) close(read(`blocks.${layer}.hook_resid_post`), product(site(layer, 'hook_resid_post'), at(site(layer, 'hook_resid_post'))), `resid post ${layer}`);
    close(sum(edges.flatMap(({ to, score }) => (to === nodes.length ? [score] : []))), product(site(last, 'hook_resid_post'), at(site(last, 'hook_resid_post'))), 'logits');

    // With a few nodes, what they read of the others is the rest.
    const few = [...nodes.keys()].sort((a, b) => Math.abs(attributions[b]) - Math.abs(attributions[a])).slice(0, 12);
    const some = await latentEdges(model, options, [...few.map((i) => nodes[i]), 'logits']);
    const whole = (all: readonly LatentEdge[], node: number) => sum(all.flatMap(({ to, score }) => (to === node ? [score] : [])));
    few.forEach((node, i) => close(whole(some, i), whole(edges, node), `whole of ${i}`));
    const all = new Map(edges.map(({ from, to, score }) => [`${from} ${to}`, score]));
    for (const { from, to, score } of some) if (from !== null) close(score, all.get(`${few[from]} ${few[to] ?? nodes.length}`) ?? 0, `edge ${from} ${to}`);
  });

  if (BLOCKS.includes(fixture)) test('dictionaries that leave nothing out: no errors, and between sites the edges of whole parts', async () => {
    const [, base, source, sourceOf] = PAIRS[0];
    const { layers, width } = model.shape;
    const complete = await Promise.all(Array.from({ length: layers }, (_, layer) => (['hook_attn_out', 'hook_mlp_out'] as const).map((of) =>
      completeSae(`blocks.${layer}.${of}`, width))).flat());
    const nodes = everything(complete, base.length);
    const options = { base, source, sourceOf, metric, saes: complete };
    const edges = await latentEdges(model, options, [...nodes, 'logits']);
    const parts = await EdgeScores.read(model, { base, source, sourceOf, metric });
    const largest = edges.reduce((most, { score }) => Math.max(most, Math.abs(score)), 0);
    let ofErrors = 0;
    const kinds = nodes.map(({ sae: { config: { site } } }) => site.replace(/blocks\.(\d+)\.hook_(attn|mlp)_out/, '$1 $2'));
    const bySites = new Map<string, number>();
    const put = (map: Map<string, number>, from: string, to: string, score: number) => map.set(`${from} → ${to}`, (map.get(`${from} → ${to}`) ?? 0) + score);
    for (const { from, to, score } of edges) {
      if (from === null) continue;
      put(bySites, kinds[from], kinds[to] ?? 'logits', score);
      if (nodes[from].latent === null) ofErrors = Math.max(ofErrors, Math.abs(score));
    }
    expect(ofErrors).toBeLessThan(1e-5 * largest);
    const ofParts = new Map<string, number>();
    parts.writers.forEach((writer, w) => parts.readers.forEach((reader, r) => {
      if (writer.kind === 'embed') return;
      const to = reader.kind === 'logits' ? 'logits' : `${reader.layer} ${reader.kind === 'mlp' ? 'mlp' : 'attn'}`;
      put(ofParts, `${writer.layer} ${writer.kind === 'mlp' ? 'mlp' : 'attn'}`, to, parts.score(w, r));
    }));
    const most = Math.max(...[...ofParts.values()].map(Math.abs));
    expect(most).toBeGreaterThan(1e-5);
    for (const [pair, score] of ofParts) expect(Math.abs((bySites.get(pair) ?? 0) - score), pair).toBeLessThan(1e-6 + 1e-4 * most);

    // Each reads through one attention at most: its heads sum to the edge.
    const toAttention = edges.filter(({ from, to }) => from !== null && nodes[to]?.sae.config.site.endsWith('attn_out'))
      .sort((a, b) => Math.abs(b.score) - Math.abs(a.score)).slice(0, 5);
    const loadings = await headLoadings(model, options, toAttention.map(({ from, to }) => ({ from: nodes[from!], to: nodes[to] })));
    expect(toAttention.length).toBe(layers > 1 ? 5 : 0);
    toAttention.forEach(({ score }, i) => {
      expect(loadings[i].length % model.shape.heads).toBe(0);
      expect(Math.abs(sum(loadings[i].map((one) => one.score)) - score)).toBeLessThan(1e-6 + 1e-4 * largest);
    });
    for (const sae of complete) await sae.release();
  });
});

/** Two latents for each number, for its two signs. */
async function completeSae(site: string, width: number): Promise<LoadedSae> {
  const size = 2 * width;
  const signs = (at: (row: number, latent: number) => number) => Float32Array.from({ length: width * size }, (_, i) => at(Math.floor(i / size), i % size));
  const encoder = signs((row, latent) => (latent % width === row ? (latent < width ? 1 : -1) : 0));
  const decoder = new Float32Array(size * width);
  for (let latent = 0; latent < size; latent++) decoder[latent * width + (latent % width)] = latent < width ? 1 : -1;
  return openSae(await writeSae({
    site, dIn: width, dSae: size,
    weights: {
      W_enc: { name: 'W_enc', shape: [width, size], data: encoder }, W_dec: { name: 'W_dec', shape: [size, width], data: decoder },
      b_enc: { name: 'b_enc', shape: [size], data: new Float32Array(size) }, b_dec: { name: 'b_dec', shape: [width], data: new Float32Array(width) },
    },
  }));
}

test.each(['llama-gqa', 'families/gemma2', 'families/gpt_neox'])('%s: an edge the slow way, everything else held', async (fixture) => {
  const model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
  const { width, layers } = model.shape;
  const [, base, source, sourceOf] = PAIRS[1];
  // All latents are active, so that no difference is taken across a kink.
  const saes = await Promise.all(Array.from({ length: layers }, (_, layer) => (['hook_attn_out', 'hook_mlp_out', 'hook_resid_post'] as const)
    .map(async (site) => openSae(await writeSae({ site: `blocks.${layer}.${site}`, dIn: width, offset: 8, gain: 0.1 })))).flat());
  const nodes = everything(saes, base.length).filter(({ latent, position }) => (latent ?? 30) % 10 === 0 && position > 2);
  const edges = (await latentEdges(model, { base, source, sourceOf, metric, saes }, nodes)).filter(({ from }) => from !== null);
  const run = await model.run([base], { read: saes.map(({ site }) => site) });
  const there = await model.run([source], { read: saes.map(({ site }) => site) });
  const { gradients } = await gradientsAt(model, [base], logitDifference(metric.positive, metric.negative), saes.map(({ site }) => site));
  const rowOf = ({ data }: FloatArray, position: number) => floats(data.slice(position * width, (position + 1) * width), [1, width]);
  const errorOf = async (sae: LoadedSae, x: FloatArray) => {
    const { data } = await sae.reconstruct(x);
    return x.data.map((value, i) => value - data[i]);
  };
  const kinds = new Set<string>();
  const kindOf = ({ sae, latent }: Feature) => `${sae.config.site.replace(/blocks\.\d+\.hook_/, '')} ${latent === null ? 'error' : 'latent'}`;
  for (const { from, to, score } of edges.sort((a, b) => Math.abs(b.score) - Math.abs(a.score))) {
    const [u, d] = [nodes[from!], nodes[to]];
    const kind = `${kindOf(u)} → ${kindOf(d)}`;
    if (kinds.has(kind)) continue;
    kinds.add(kind);
    const [own, other] = [rowOf(run.sites.get(u.sae.config.site)!, u.position), rowOf(there.sites.get(u.sae.config.site)!, sourceOf[u.position]!)];
    let change: Float32Array;
    if (u.latent === null) {
      const [before, after] = [await errorOf(u.sae, own), await errorOf(u.sae, other)];
      change = after.map((value, i) => value - before[i]);
    } else {
      const [before, after] = [await u.sae.someLatents(own, [u.latent]), await u.sae.someLatents(other, [u.latent])];
      change = (await u.sae.decodeChange(floats(Float32Array.of(after.data[0] - before.data[0]), [1, 1]), [u.latent], own)).data;
    }
    /** The reader's activation, or error in the direction in which the metric moves, with a share of the change. */
    const value = async (share: number) => {
      const hooks = saes.filter((sae) => sae !== d.sae).map((sae): Hook => ({
        site: sae.site,
        edit: () => {
          const held = run.sites.get(sae.config.site)!;
          const data = held.data.slice();
          if (sae === u.sae) change.forEach((more, i) => (data[u.position * width + i] += share * more));
          return floats(data, held.shape);
        },
      }));
      const { sites } = await model.run([base], { hooks, read: [d.sae.site] });
      const x = rowOf(sites.get(d.sae.config.site)!, d.position);
      const slope = rowOf(gradients.get(d.sae.config.site)!, d.position);
      if (d.latent === null) return sum([...(await errorOf(d.sae, x))].map((one, i) => one * slope.data[i]));
      const effect = (await d.sae.latentGradient(x, slope)).data[d.latent];
      return (await d.sae.someLatents(x, [d.latent])).data[0] * effect;
    };
    const slope = async (share: number) => ((await value(share)) - (await value(-share))) / (2 * share);
    const slow = (4 * (await slope(0.1)) - (await slope(0.2))) / 3; // without what bends it
    expect(Math.abs(slow - score), `${kind}: ${slow} for ${score}`).toBeLessThan(0.03 * Math.abs(score) + 3e-5);
  }
  const parallel = isParallel(model);
  // Attention and MLP to the stream, the stream to attention, MLP and stream, and attention to an MLP where it comes before it.
  expect(kinds.size).toBe(4 * (parallel ? 5 : 6));
  for (const sae of saes) await sae.release();
  await model.release();
}, 30_000);

test('SAEs inside attention or an MLP are refused', async () => {
  const model = await Model.load(path.resolve('test/fixtures/golden/llama-gqa'), { threads: 1 });
  const sae = await openSae(await writeSae({ site: 'blocks.0.mlp.hook_post', dIn: 40 }));
  const [, base, source, sourceOf] = PAIRS[0];
  await expect(latentEdges(model, { base, source, sourceOf, metric, saes: [sae] }, ['logits'])).rejects.toThrow('has no place in a circuit of latents');
  await sae.release();
  await model.release();
});
