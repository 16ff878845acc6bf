/**
 * What a model writes next when something else stands in its residual stream at the prompt's last token: a vector added before a
 * layer (steering), or another prompt's activation (patching). What lies before the token comes from the prompt's keys and values, and
 * all changes of one prompt climb the layers in one batch.
 */
import { readOut, residualsBefore, type Model, type RunResult } from '../../model';
import { blockSite, siteName } from '../../vocabulary/sites';
import { Sweep, type Patch } from './sweep';

export interface LastTokenChange {
  /** It is made before this layer, at hook_resid_pre. */
  readonly layer: number;
  /** [width] */
  readonly vector: Float32Array;
  /** Whether it is added to what stands there, or put in its place. */
  readonly add: boolean;
}

/** A prompt as it is, with what changes of it need. */
export interface LastToken {
  readonly run: RunResult;
  /** By layer, [width]: hook_resid_pre at the last token. */
  readonly resid: readonly Float32Array[];
  /** The most probable next token. */
  readonly next: number;
}

export async function readLastToken(model: Model, ids: readonly number[], signal?: AbortSignal): Promise<LastToken> {
  const { layers, width } = model.shape;
  const run = await model.run([ids], { read: residualsBefore(model), cache: true, signal });
  const at = (ids.length - 1) * width;
  const resid = Array.from({ length: layers }, (_, layer) => {
    return run.sites.get(siteName(blockSite(layer, 'hook_resid_pre')))!.data.slice(at, at + width);
  });
  const [last] = await readOut(model, run.resid, [ids.length - 1], { topK: 1, answers: [], signal });
  return { run, resid, next: last.top[0].id };
}

/** The most probable next token after each change. @param length tokens of the prompt */
export async function changedNext(
  model: Model, { run }: Pick<LastToken, 'run'>, length: number, changes: readonly LastTokenChange[], signal?: AbortSignal,
): Promise<number[]> {
  if (changes.length === 0) return [];
  const order = changes.map((_, i) => i).sort((a, b) => changes[a].layer - changes[b].layer || a - b);
  const of = new Map<Patch, LastTokenChange>();
  const position = length - 1;
  const cell = { unit: position, position, positions: [position], start: position, end: position + 1 };
  for (const i of order) of.set({ ...cell, layer: changes[i].layer }, changes[i]);
  const sweep = new Sweep(model, 'hook_resid_pre', run, ({ data, shape, row }, patch) => {
    const width = shape[2];
    const { vector, add } = of.get(patch)!;
    for (let i = 0; i < width; i++) data[row * width + i] = vector[i] + (add ? data[row * width + i] : 0);
  }, [...of.keys()]);
  const resid = await sweep.run(signal);
  const read = await readOut(model, resid, changes.map((_, i) => i), { topK: 1, answers: [], signal });
  const next = new Array<number>(changes.length);
  order.forEach((i, row) => (next[i] = read[row].top[0].id));
  return next;
}
