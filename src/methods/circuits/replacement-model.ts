/**
 * Attribution graphs of a replacement model (Ameisen et al. 2025, “Circuit Tracing”; circuit-tracer, for transcoders of single layers):
 * each MLP stands for its transcoder's latents, the skip connection and what is left out (errors); attention patterns and the scales of
 * norms are kept as they are in the run. What remains is linear between latents:
 *
 *   effect(s → t) = activation(s) · decoder(s) · J · encoder(t), over all ways J past other latents
 *
 * Of each latent the effects of all latents, errors and tokens below it, with biases, sum to its activation; those on the logits to their
 * difference, before a soft cap. Nodes are latents that are active, errors, tokens (with their learned positions) and the logits.
 *
 * Unlike circuit-tracer's, the first token's latents and errors count like all others.
 */
import { floats, ints, type FloatArray } from '../../graph';
import { takeRows, type Model, type RunResult } from '../../model';
import { decoderDirections, encoderReadings, requireDistinct, requireFit, saeInput, type LoadedSae } from '../../sae';
import { blockSite, siteName } from '../../vocabulary/sites';
import { dot } from '../components/components';
import { FrozenWalk, readByWalk, type Target, type Written } from './frozen-walk';
import { nodeInfluence, type DirectEffects, type NodeCounts } from './influence';

export interface ReplacementOptions {
  readonly tokens: readonly number[];
  readonly metric: { readonly positive: number; readonly negative: number };
  /** One of each layer. */
  readonly transcoders: readonly LoadedSae[];
  /** Latents that become nodes: the most influential where more are active. */
  readonly most: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ActiveLatent {
  readonly layer: number;
  readonly position: number;
  readonly latent: number;
  readonly activation: number;
}

export interface ReplacementGraph {
  /** In the order of layers, positions and numbers. */
  readonly latents: readonly ActiveLatent[];
  /** Of latents, then errors [layer][position], then tokens, then the logits: who gives them what. */
  readonly effects: DirectEffects;
  readonly counts: NodeCounts;
  /** Of each latent, and last of the logits: what biases give, and what the active latents that are no nodes give together. */
  readonly biases: readonly number[];
  readonly rest: readonly number[];
  /** How many latents are active in all. */
  readonly active: number;
  /** The logit difference, and the same before a soft cap, which is what effects sum to. */
  readonly difference: number;
  readonly uncapped: number;
}

/** Latents of a position that are listed at first. */
const USUAL_ACTIVE = 64;
/** Numbers in all effects (256 MB). */
const MOST_EFFECTS = 64e6;
/** In how many turns latents are chosen, each by what is known of influences by then. */
const TURNS = 8;

/** @throws a sentence unless there is one transcoder for each layer */
export function requireOneEach(transcoders: readonly LoadedSae[], model: Model): LoadedSae[] {
  requireDistinct(transcoders);
  const byLayer = Array.from({ length: model.shape.layers }, (_, layer) =>
    transcoders.find(({ isTranscoder, site }) => isTranscoder && site.kind === 'block' && site.layer === layer));
  const lacking = byLayer.flatMap((transcoder, layer) => (transcoder ? [] : [layer]));
  if (lacking.length > 0) {
    const all = lacking.length === byLayer.length ? 'any layer' : `layer ${lacking.join(', ')}`;
    throw new Error(`There is no transcoder of ${all}, and a replacement model needs one of each: name a folder that holds them with --sae.`);
  }
  for (const transcoder of byLayer) requireFit(transcoder!, model);
  return byLayer as LoadedSae[];
}

export async function replacementGraph(model: Model, options: ReplacementOptions): Promise<ReplacementGraph> {
  const { tokens, metric, signal, onProgress } = options;
  const { layers, width } = model.shape;
  const transcoders = requireOneEach(options.transcoders, model);
  const length = tokens.length;
  const read = [...readByWalk(model), ...transcoders.flatMap(({ site, output }) => [site, output])];
  const run = await model.run([tokens], { read, signal });
  const parts = [];
  for (const [layer, transcoder] of transcoders.entries()) {
    signal?.throwIfAborted();
    const x = await saeInput(transcoder, model, run.sites.get(transcoder.config.site)!);
    parts.push(await partsOf(transcoder, layer, x, run.sites.get(siteName(transcoder.output))!));
  }
  const latents = parts.flatMap((part) => part.latents);
  const written: Written[] = [
    ...parts.flatMap((part) => part.written),
    ...parts.flatMap(({ errors }, layer) => rowsOf(errors, width).map((vector, position): Written => ({ layer, position, vector }))),
    ...rowsOf(run.sites.get(siteName(blockSite(0, 'hook_resid_pre')))!.data, width)
      .map((vector, position): Written => ({ layer: -1, position, vector })),
  ];
  const most = Math.min(options.most, latents.length, Math.floor(MOST_EFFECTS / written.length));
  const walks = await walkOf(model, run, transcoders, written);
  const logits = await logitTarget(model, run.resid, length, metric);
  const first = await walks.walk.effects([logits.target], signal);
  const rows = new Map([[-1, { effects: first.effects[0], bias: first.biases[0] + logits.bias }]]);
  for (let done = 0; done < most; done = rows.size - 1) {
    onProgress?.(done, most);
    const some = nextOf(rows, latents.length, most - done, Math.ceil(most / TURNS));
    const { targets, own } = await walks.targets(some.map((index) => latents[index]));
    const found = await walks.walk.effects(targets, signal);
    some.forEach((index, i) => rows.set(index, { effects: found.effects[i], bias: found.biases[i] + own[i] }));
  }
  onProgress?.(most, most);
  const chosen = [...rows.keys()].filter((index) => index >= 0).sort((a, b) => a - b);
  const counts: NodeCounts = { latents: chosen.length, errors: layers * length, tokens: length, outputs: 1 };
  const size = counts.latents + counts.errors + counts.tokens + 1;
  const isChosen = new Set(chosen);
  const others = latents.flatMap((_, index) => (isChosen.has(index) ? [] : [index]));
  const rowOf = (effects: Float32Array) => {
    const row = new Float64Array(size);
    chosen.forEach((index, i) => (row[i] = effects[index]));
    for (let i = latents.length; i < effects.length; i++) row[chosen.length + i - latents.length] = effects[i];
    return row;
  };
  const ordered = [...chosen, -1].map((index) => rows.get(index)!);
  const own = ordered.map(({ effects }) => rowOf(effects));
  return {
    latents: chosen.map((index) => latents[index]),
    effects: { size, rows: [...own.slice(0, -1), ...new Array<null>(counts.errors + counts.tokens).fill(null), own.at(-1)!] },
    counts,
    biases: ordered.map(({ bias }) => bias),
    rest: ordered.map(({ effects }) => others.reduce((sum, index) => sum + effects[index], 0)),
    active: latents.length,
    difference: logits.difference,
    uncapped: logits.uncapped,
  };
}

/** What a transcoder makes of a layer: its active latents with what each writes, and what it leaves out, [positions, width]. */
async function partsOf(transcoder: LoadedSae, layer: number, x: FloatArray, output: FloatArray) {
  let top = await transcoder.topLatents(x, transcoder.config.k ?? USUAL_ACTIVE);
  while (top.active.data.some((active) => active > top.count)) top = await transcoder.topLatents(x, top.count * 2);
  const latents: ActiveLatent[] = [];
  for (let position = 0; position < top.rows; position++) {
    const at = position * top.count;
    const own = Array.from({ length: top.active.data[position] }, (_, i) => ({
      layer, position, latent: Number(top.indices.data[at + i]), activation: top.values.data[at + i],
    }));
    latents.push(...own.sort((a, b) => a.latent - b.latent));
  }
  const numbers = latents.map(({ latent }) => latent);
  const { data } = numbers.length === 0 ? { data: new Float32Array(0) } : await decoderDirections(transcoder, numbers);
  const written = rowsOf(data, transcoder.config.dOut).map((direction, i): Written => {
    const { position, activation } = latents[i];
    return { layer, position, vector: direction.map((value) => value * activation) };
  });
  const prediction = await transcoder.reconstruct(x);
  return { latents, written, errors: output.data.map((value, i) => value - prediction.data[i]) };
}

function rowsOf(data: Float32Array, width: number): Float32Array[] {
  return Array.from({ length: data.length / width }, (_, row) => data.subarray(row * width, (row + 1) * width));
}

/** The walk, with what each layer writes of a stream of zeros, and targets for latents, each with what its own biases give it. */
async function walkOf(model: Model, run: RunResult, transcoders: readonly LoadedSae[], written: readonly Written[]) {
  const { width } = model.shape;
  const zeros = () => floats(new Float32Array(width), [1, width]);
  const biases: Float32Array[] = [];
  const walk = new FrozenWalk(model, run, transcoders, biases, written);
  const readOfZeros: Float32Array[] = [];
  for (const [layer, transcoder] of transcoders.entries()) {
    const { bias } = await walk.beforeNorm(layer, floats(zeros().data, [1, 1, width]), [0]);
    readOfZeros.push(bias);
    const none = floats(new Float32Array(transcoder.config.dSae), [1, transcoder.config.dSae]);
    biases.push((await transcoder.decode(none, floats(bias, [1, width]))).data);
  }
  const targets = async (latents: readonly ActiveLatent[]): Promise<{ targets: Target[]; own: number[] }> => {
    const found: Target[] = new Array<Target>(latents.length);
    const own = new Array<number>(latents.length).fill(0);
    for (const [layer, transcoder] of transcoders.entries()) {
      const some = latents.flatMap((latent, i) => (latent.layer === layer ? [i] : []));
      if (some.length === 0) continue;
      const positions = some.map((i) => latents[i].position);
      const readings = await encoderReadings(transcoder, some.map((i) => latents[i].latent));
      const { back } = await walk.beforeNorm(layer, floats(readings.directions.data, [1, some.length, width]), positions);
      some.forEach((i, row) => {
        found[i] = { layer, position: positions[row], gradient: back.subarray(row * width, (row + 1) * width) };
        own[i] = readings.biases.data[row] + dot(readings.directions.data.subarray(row * width, (row + 1) * width), readOfZeros[layer]);
      });
    }
    return { targets: found, own };
  };
  return { walk, targets };
}

/** The logit difference at the last position as a target, with what biases behind the stream give it. */
async function logitTarget(model: Model, resid: FloatArray, length: number, { positive, negative }: ReplacementOptions['metric']) {
  const { layers, heads, headSize } = model.shape;
  const direct = await (await model.sessions.direct()).run({
    rows: takeRows(resid, [length - 1]),
    z: floats(new Float32Array(layers * heads * headSize), [layers, heads * headSize]), // how heads are read is not asked
    tokens: ints([positive, negative], [2]),
    coefficients: floats(Float32Array.of(1, -1), [2]),
  });
  const bias = ['normBias', 'unembedBias'].reduce((sum, name) => sum + Number(direct[name]?.data[0] ?? 0), 0);
  const difference = (name: string) => Number(direct[name].data[0]) - Number(direct[name].data[1]);
  const target: Target = { layer: layers, position: length - 1, gradient: direct.direction.data as Float32Array };
  return { target, bias, difference: difference('logits'), uncapped: difference('uncapped') };
}

/** Which latents are read next: all, in their order, where all may be; else those with most influence by what is known. */
function nextOf(rows: ReadonlyMap<number, { effects: Float32Array }>, latents: number, left: number, atOnce: number): number[] {
  const open = Array.from({ length: latents }, (_, index) => index).filter((index) => !rows.has(index));
  if (open.length <= left) return open;
  const size = rows.get(-1)!.effects.length + 1;
  const known = Array.from({ length: size }, (_, node) => rows.get(node === size - 1 ? -1 : node)?.effects ?? null);
  const padded = known.map((row) => {
    if (!row) return null;
    const all = new Float32Array(size);
    all.set(row);
    return all;
  });
  const influence = nodeInfluence({ size, rows: padded }, outputWeights(size));
  return open.sort((a, b) => influence[b] - influence[a]).slice(0, Math.min(left, atOnce));
}

/** All weight on the logits, the last node. */
export function outputWeights(size: number): Float64Array {
  const weights = new Float64Array(size);
  weights[size - 1] = 1;
  return weights;
}
