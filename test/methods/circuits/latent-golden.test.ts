/** Circuits of latents against PyTorch in float64, from the formulas (test/golden/latent_circuits.py). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LatentCircuits, type ErrorMode } from '../../../src/methods/circuits/latent-circuits';
import { patchLatentEdges } from '../../../src/methods/circuits/latent-edge-patches';
import type { Feature } from '../../../src/methods/circuits/features';
import { headLoadings, latentEdges } from '../../../src/methods/circuits/latent-edges';
import { attributeLatents } from '../../../src/methods/latents/attribution';
import { Model } from '../../../src/model';
import { uniformFrom } from '../../../src/random';
import { openSae, type LoadedSae } from '../../../src/sae';
import { writeSae } from '../../sae/kit';

type Kind = 'standard' | 'jumprelu' | 'topk' | 'layer_norm';
interface Reference {
  saes: { site: string; kind: Kind }[];
  metrics: [number, number];
  nodes: [number, number | null, number][];
  scores: { steps: number | null; values: number[] }[];
  edges: [number, number, number][];
  rest: number[];
  patched: [number, number, number][];
  heads: [number, number, number, number[]][];
  circuits: { has: string; errors: ErrorMode; metric: number }[];
}

const golden = path.resolve('test/fixtures/golden');
const { pair, models } = JSON.parse(readFileSync(path.join(golden, 'latent-circuits.json'), 'utf8')) as {
  pair: { base: number[]; source: number[]; sourceOf: (number | null)[]; metric: { positive: number; negative: number } };
  models: Record<string, Reference>;
};

const LATENTS = 8;
/** Of the largest of its kind. */
const WITHIN = 1e-5;

/** As latent_circuits.py draws its weights. */
async function referenceSae(index: number, { site, kind }: Reference['saes'][number], width: number): Promise<LoadedSae> {
  const uniform = uniformFrom(index + 1);
  const draw = (shape: readonly number[], scale: number) => Float32Array.from(
    { length: shape.reduce((a, b) => a * b) }, () => (Math.floor(uniform() * 1024) / 1024 - 0.5) * scale);
  const sizes = { W_enc: [[width, LATENTS], 1.5], W_dec: [[LATENTS, width], 0.5], b_enc: [[LATENTS], 1], b_dec: [[width], 1], threshold: [[LATENTS], 1] } as const;
  const drawn = Object.entries(sizes).map(([name, [shape, scale]]) => [name, { name, shape, data: draw(shape, scale) }] as const);
  const { threshold, ...weights } = Object.fromEntries(drawn);
  const isJumpRelu = kind === 'jumprelu';
  return openSae(await writeSae({
    site, dIn: width, dSae: LATENTS, architecture: kind === 'layer_norm' ? 'standard' : kind,
    weights: { ...weights, ...(isJumpRelu && { threshold: { ...threshold, data: threshold.data.map(Math.abs) } }) },
    cfg: { ...(kind === 'topk' && { k: 4 }), ...(kind === 'layer_norm' && { normalize_activations: kind }) },
  }));
}

describe.each(Object.entries(models))('%s', (fixture, expected) => {
  const largest = (values: readonly number[]) => Math.max(...values.map(Math.abs));
  let [model, saes, nodes]: [Model, LoadedSae[], Feature[]] = [undefined!, [], []];
  beforeAll(async () => {
    model = await Model.load(path.join(golden, fixture), { threads: 1 });
    for (const [i, spec] of expected.saes.entries()) saes.push(await referenceSae(i, spec, model.shape.width));
    nodes = expected.nodes.map(([sae, latent, position]) => ({ sae: saes[sae], latent, position }));
  });
  afterAll(async () => {
    for (const sae of saes) await sae.release();
    await model.release();
  });
  const close = (value: number, reference: number, of: number, what: string) =>
    expect(Math.abs(value - reference), `${what}: ${value}, not ${reference}`).toBeLessThan(WITHIN * of);
  const nameOf = (at: number) => expected.nodes[at]?.join(' ') ?? 'logits';
  const ends = ([from, to]: readonly [number, number, ...unknown[]]) => ({ from: nodes[from], to: nodes[to] ?? ('logits' as const) });

  test.each(expected.scores)('scores of nodes, points: $steps', async ({ steps, values }) => {
    const found = await attributeLatents(model, { ...pair, saes, error: true, mode: 'pass-through', steps: steps ?? undefined, top: Infinity });
    close(found.baseMetric, expected.metrics[0], 1, 'base');
    close(found.sourceMetric, expected.metrics[1], 1, 'source');
    nodes.forEach(({ sae, latent, position }, i) => {
      const own = latent === null
        ? found.saes.find((one) => one.sae === sae)!.rows.find((row) => row.position === position)!.error!
        : found.top.find((node) => node.sae === sae && node.latent === latent && node.position === position)!.attribution;
      close(own, values[i], largest(values), nameOf(i));
    });
  });

  test('edges, what is read of all others, and heads that carry edges', async () => {
    const found = await latentEdges(model, { ...pair, saes }, [...nodes, 'logits']);
    const scores = new Map(found.map(({ from, to, score }) => [`${from} ${to}`, score]));
    const unit = largest(expected.edges.map(([, , score]) => score));
    for (const [from, to, score] of expected.edges) close(scores.get(`${from} ${to}`) ?? 0, score, unit, `${nameOf(from)} → ${nameOf(to)}`);
    const named = new Set(expected.edges.map(([from, to]) => `${from} ${to}`));
    for (const { from, to, score } of found) if (from !== null && !named.has(`${from} ${to}`)) close(score, 0, unit, `${nameOf(from)} → ${nameOf(to)}`);
    expected.rest.forEach((rest, to) => close(scores.get(`null ${to}`)!, rest, unit, `rest of ${nameOf(to)}`));
    const loadings = await headLoadings(model, { ...pair, saes }, expected.heads.map(ends));
    expect(expected.heads.some(([, , , heads]) => largest(heads) > 0.01 * unit)).toBe(true);
    expected.heads.forEach(([from, to, layer, heads], i) => heads.forEach((score, head) => {
      const own = loadings[i].find((one) => one.layer === layer && one.head === head)?.score ?? 0;
      close(own, score, unit, `${nameOf(from)} → ${nameOf(to)} by ${layer}.${head}`);
    }));
  });

  test('edges really patched', async () => {
    const changes = await patchLatentEdges(model, { ...pair, saes }, expected.patched.map(ends));
    const unit = largest(expected.patched.map(([, , change]) => change));
    expected.patched.forEach(([from, to, change], i) => close(changes[i], change, unit, `${nameOf(from)} → ${nameOf(to)}`));
  });

  test('circuits alone', async () => {
    const { base, source, sourceOf, metric } = pair;
    const circuits = await LatentCircuits.read(model, base, { tokens: source, sourceOf }, metric, saes);
    const bit = (has: string, at: number) => ((parseInt(has[at >> 2], 16) >> (3 - (at & 3))) & 1) === 1;
    const metrics = await circuits.metrics(expected.circuits.map(({ has, errors }) => ({
      errors,
      nodes: saes.flatMap((sae, i) => base.flatMap((_, position) => Array.from({ length: LATENTS + 1 }, (_, latent): Feature[] =>
        (bit(has, (i * base.length + position) * (LATENTS + 1) + latent) ? [{ sae, latent: latent < LATENTS ? latent : null, position }] : [])).flat())),
    })));
    expected.circuits.forEach(({ metric: reference, errors }, i) => close(metrics[i], reference, largest(expected.metrics), errors));
  });
});
