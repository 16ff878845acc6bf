/**
 * Readers: what reads the residual stream at a token, as one direction of it and a bias. Besides a metric that is a head's query or key,
 * of which the other one gives the direction, a head's value, or a latent (Elhage et al. 2021 on circuits of queries, keys and values).
 * The norms' scales are those of the run, so that what is read is the bias and the direction's products with all that was written.
 */
import { floats, ints, type FloatArray } from '../../graph';
import type { HeadInput } from '../../architectures';
import type { Model } from '../../model';
import { fromRows, saeInput, type LoadedSae } from '../../sae';
import { blockSite, RESIDUAL_SITES, siteName, type Site } from '../../vocabulary/sites';
import { dot, type Terms } from './components';

/** Which parts write what is read. */
export interface Scope {
  /** Layers whose attention and MLP both do, from the first on; the embedding too. */
  readonly below: number;
  /** The attention of the layer that comes next, too. */
  readonly attention: boolean;
  /** That attention alone, and nothing below. */
  readonly alone?: boolean;
}

export interface Reader {
  /** [width] */
  readonly direction: Float32Array;
  /** What is read in the run, and what of it comes from no part of the stream but from biases of what reads. */
  readonly value: number;
  readonly bias: number;
  readonly scope: Scope;
}

export interface ReadHead {
  readonly layer: number;
  readonly head: number;
}

/**
 * A head's score of a query with a key at the same token or an earlier one, before its soft cap and the softmax.
 * @param of whether it is read where the query is, with that key, or where the key is, with that query
 */
export async function scoreReader(
  model: Model,
  ids: readonly number[],
  { layer, head }: ReadHead,
  { query, key }: { query: number; key: number },
  of: 'q' | 'k',
  signal?: AbortSignal,
): Promise<Reader> {
  const { resid } = await model.run([ids.slice(0, query + 1)], { until: layer, signal });
  const { headSize } = model.shape;
  const slot = { q: head, k: groupOf(model, head) };
  const at = { q: query, k: key };
  const beside = of === 'q' ? 'k' : 'q';
  const valueOf = (read: HeadRead[], input: 'q' | 'k') => read[0].value.slice(slot[input] * headSize, (slot[input] + 1) * headSize);
  const nothing = { slot: slot[beside], vector: new Float32Array(headSize) };
  const given = valueOf(await readInput(model, layer, beside, resid, at[beside], [nothing]), beside);
  const read = await readInput(model, layer, of, resid, at[of], [{ slot: slot[of], vector: given }]);
  const [{ direction, bias }] = read;
  return { direction, bias, value: dot(valueOf(read, of), given), scope: { below: layer, attention: false } };
}

/**
 * The values at one token, as each head of a layer carries them to another: weighted by its attention and read there by its direction.
 * Each reader's value is what the head contributes through the token, see sourceComponents.
 * @param to the terms at the token that reads
 */
export async function valueReaders(
  model: Model,
  ids: readonly number[],
  layer: number,
  { from, query }: { from: number; query: number },
  { headDirections }: Pick<Terms, 'headDirections'>,
  signal?: AbortSignal,
): Promise<Reader[]> {
  const { heads, headSize } = model.shape;
  const pattern = blockSite(layer, 'attn.hook_pattern');
  const size = query + 1;
  const whole = await model.run([ids.slice(0, size)], { until: layer + 1, read: [pattern, blockSite(layer, 'hook_resid_pre')], signal });
  const weights = whole.sites.get(siteName(pattern))!.data;
  const resid = whole.sites.get(siteName(blockSite(layer, 'hook_resid_pre')))!;
  const cotangents = Array.from({ length: heads }, (_, head) => {
    const weight = weights[(head * size + query) * size + from];
    const read = headDirections[layer].subarray(head * headSize, (head + 1) * headSize);
    return { slot: groupOf(model, head), vector: read.map((value) => value * weight) };
  });
  const read = await readInput(model, layer, 'v', resid, from, cotangents);
  return read.map(({ value, direction, bias }, head) => {
    const { slot, vector } = cotangents[head];
    const own = value.subarray(slot * headSize, (slot + 1) * headSize);
    return { direction, bias, value: dot(own, vector), scope: { below: layer, attention: false } };
  });
}

/** Which parts write what an SAE at a site reads; null where that is no sum of parts of the stream. */
export function scopeOf(site: Site): Scope | null {
  if (site.kind !== 'block') return null;
  switch (site.site) {
    case 'hook_resid_pre': return { below: site.layer, attention: false };
    case 'hook_resid_mid': return { below: site.layer, attention: true };
    case 'hook_resid_post': return { below: site.layer + 1, attention: false };
    case 'hook_attn_out': return { below: site.layer, attention: true, alone: true };
    default: return null;
  }
}

/** Whether an SAE reads the stream itself. */
export function readsStream({ site }: Pick<LoadedSae, 'site'>): boolean {
  return site.kind === 'block' && RESIDUAL_SITES.includes(site.site) && site.site.startsWith('hook_resid');
}

/**
 * A latent at a token where it is active; null where it is not, since it reads nothing there. What its SAE's bias, and a norm of the
 * SAE's own, make of it is the bias.
 * @param activation at the SAE's site, one with a `scopeOf`: [1, 1, width]
 */
export async function latentReader(model: Model, sae: LoadedSae, activation: FloatArray, latent: number): Promise<Reader | null> {
  const x = await saeInput(sae, model, activation);
  const { data: [value] } = await sae.someLatents(x, [latent]);
  if (!(value > 0)) return null;
  const one = new Float32Array(sae.config.dSae);
  one[latent] = 1;
  const rows = fromRows(sae, await sae.encodeVjp(x, floats(one, [1, one.length])), activation);
  const direction = (await model.processedVjp(sae.site, rows, sae.config.processing)).data;
  return { direction, value, bias: value - dot(activation.data, direction), scope: scopeOf(sae.site)! };
}

interface HeadRead {
  /** All heads', flat. */
  value: Float32Array;
  direction: Float32Array;
  bias: number;
}

/** How one token is read by a layer's heads in several directions, each of one head's queries, keys or values. */
async function readInput(
  model: Model,
  layer: number,
  of: HeadInput,
  resid: FloatArray,
  token: number,
  cotangents: readonly { slot: number; vector: Float32Array }[],
): Promise<HeadRead[]> {
  const { width, heads, keyValueHeads, headSize } = model.shape;
  const count = of === 'q' ? heads : keyValueHeads;
  const rows = cotangents.length;
  const repeated = new Float32Array(rows * width);
  const cotangent = new Float32Array(rows * count * headSize);
  cotangents.forEach(({ slot, vector }, row) => {
    repeated.set(resid.data.subarray(token * width, (token + 1) * width), row * width);
    cotangent.set(vector, (row * count + slot) * headSize);
  });
  const session = await model.sessions.headInput(layer, of);
  const positions = ints(cotangents.map(() => token), [1, rows]);
  const given = { resid: floats(repeated, [1, rows, width]), positions, cotangent: floats(cotangent, [1, rows, count, headSize]) };
  const read = await session.run(Object.fromEntries(Object.entries(given).filter(([name]) => session.inputs.has(name))));
  const piece = (name: string, size: number, row: number) =>
    (read[name].data as Float32Array).slice(row * size, (row + 1) * size);
  return cotangents.map((_, row) => ({
    value: piece('value', count * headSize, row), direction: piece('direction', width, row), bias: Number(read.bias.data[row]),
  }));
}

function groupOf({ shape: { heads, keyValueHeads } }: Model, head: number): number {
  return Math.floor((head * keyValueHeads) / heads);
}
