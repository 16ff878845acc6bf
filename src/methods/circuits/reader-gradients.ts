/** Gradients of a logit metric at what each part of a model reads, through that part alone: the blocks walked in reverse. */
import { floats, type FloatArray } from '../../graph';
import { logitDifference, metricGradient, pastFeeds, pastKind, positionFeeds, residualsBefore, type Model, type RunResult } from '../../model';
import { blockSite, siteName, type BlockSite, type Site } from '../../vocabulary/sites';
import { headReaders, INPUTS, isParallel, writersBefore, type EdgeReader } from './graph';

/** Tokens of all readers in one run of a session: bounds memory. */
const TOKENS_AT_ONCE = 16_384;

export interface ReaderGradients {
  /** That of the readers; one behind the last for the logits. */
  readonly layer: number;
  readonly some: readonly EdgeReader[];
  /** [readers, positions of the prompt, width]: at what each reads, through it alone, the mean over the run's rows. */
  readonly gradients: Float32Array;
  /** How many of the writers they read. */
  readonly reads: number;
}

/** The residual stream before each layer's attention and before its MLP, where these are two places. */
export function residualsRead(model: Model): Site[] {
  const between = isParallel(model) ? [] : residualsBefore(model).map((_, layer) => blockSite(layer, 'hook_resid_mid'));
  return [...residualsBefore(model), ...between];
}

/**
 * From the logits down.
 * @param run has read `residualsRead` of every layer
 */
export async function* gradientsThrough(
  model: Model,
  run: RunResult,
  metric: { readonly positive: number; readonly negative: number },
  signal?: AbortSignal,
): AsyncGenerator<ReaderGradients> {
  const { shape: { layers, heads, keyValueHeads, width }, sessions } = model;
  const { past, layout: { lengths, positions: length } } = run;
  const rows = lengths.length;
  const ends = lengths.map((_, row) => (row + 1) * length - 1);
  const last = await metricGradient(model, run.resid, ends, logitDifference(metric.positive, metric.negative));
  let cotangent = floats(new Float32Array(rows * length * width), [rows, length, width]);
  ends.forEach((end, row) => cotangent.data.set(last.data.subarray(row * width, (row + 1) * width), end * width));
  yield { layer: layers, some: [{ kind: 'logits' }], gradients: meanOfRows(cotangent.data, 1, rows), reads: writersBefore(model, layers) };

  const parallel = isParallel(model);
  for (let layer = layers - 1; layer >= 0; layer--) {
    signal?.throwIfAborted();
    const given = { resid: run.sites.get(siteName(blockSite(layer, 'hook_resid_pre')))!, ...positionFeeds(run.layout, past), ...pastFeeds(past, layer) };
    const below = writersBefore(model, layer);
    const mlpReads = parallel ? 'hook_resid_pre' : 'hook_resid_mid';
    const residual = run.sites.get(siteName(blockSite(layer, mlpReads)))!;
    const ofBlock = await sessions.blockGradient(layer, [mlpReads], parallel ? [] : [mlpReads], 'hook_mlp_out');
    const mlp = await ofBlock.run({ [parallel ? 'resid' : mlpReads]: residual, cotangent });
    const ofMlp = meanOfRows(mlp[`out ${mlpReads}`].data as Float32Array, 1, rows);
    yield { layer, some: [{ kind: 'mlp', layer }], gradients: ofMlp, reads: parallel ? below : below + heads + 1 };

    const sites = INPUTS.map((input): BlockSite => `attn.hook_${input}`);
    const kind = pastKind(past?.layers[layer], given.resid);
    const inside = await (await sessions.blockGradient(layer, [...sites, 'hook_resid_pre'], [], 'hook_resid_post', kind)).run({ ...given, cotangent });
    const counts = INPUTS.map((input) => (input === 'q' ? heads : keyValueHeads));
    const ofInputs = sites.map((site, i) => ({ data: inside[`out ${site}`].data as Float32Array, count: counts[i] }));
    const read = await apart(model, layer, given.resid.data, ofInputs);
    const gradients = meanOfRows(read, heads + 2 * keyValueHeads, rows);
    yield { layer, some: headReaders(model, layer), gradients, reads: below };
    cotangent = inside['out hook_resid_pre'] as FloatArray;
    await new Promise((resolve) => setImmediate(resolve)); // lets a cancellation arrive
  }
}

/**
 * The gradient at what each head's queries, keys and values are made of, through them alone: [readers, tokens, width].
 * @param resid [tokens, width] @param at gradients at queries, keys and values, [tokens, count, head]
 */
async function apart(
  model: Model, layer: number, resid: Float32Array, at: readonly { readonly data: Float32Array; readonly count: number }[],
): Promise<Float32Array> {
  const { shape: { headSize, width }, sessions } = model;
  const readers = at.reduce((sum, { count }) => sum + count, 0);
  const tokens = resid.length / width;
  const session = await sessions.headsRead(layer, 'back');
  const result = new Float32Array(readers * resid.length);
  const atOnce = Math.max(1, Math.floor(TOKENS_AT_ONCE / readers));
  for (let start = 0; start < tokens; start += atOnce) {
    const length = Math.min(atOnce, tokens - start);
    const streams = floats(new Float32Array(readers * length * width), [readers, length, width]);
    const cotangent = floats(new Float32Array(readers * length * headSize), [readers, length, headSize]);
    let reader = 0;
    for (const { data, count } of at) {
      for (let head = 0; head < count; head++, reader++) {
        streams.data.set(resid.subarray(start * width, (start + length) * width), reader * length * width);
        for (let token = 0; token < length; token++) {
          const from = ((start + token) * count + head) * headSize;
          cotangent.data.set(data.subarray(from, from + headSize), (reader * length + token) * headSize);
        }
      }
    }
    const found = (await session.run({ streams, cotangent })).result.data as Float32Array;
    for (let one = 0; one < readers; one++) {
      result.set(found.subarray(one * length * width, (one + 1) * length * width), (one * tokens + start) * width);
    }
  }
  return result;
}

/** [count, rows, …] → [count, …] */
function meanOfRows(data: Float32Array, count: number, rows: number): Float32Array {
  if (rows === 1) return data;
  const size = data.length / count / rows;
  const means = new Float32Array(count * size);
  for (let one = 0; one < count; one++) {
    for (let row = 0; row < rows; row++) {
      const start = (one * rows + row) * size;
      for (let i = 0; i < size; i++) means[one * size + i] += data[start + i] / rows;
    }
  }
  return means;
}
