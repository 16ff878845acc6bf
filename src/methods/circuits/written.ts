/** What the parts of a model write to the residual stream in one run and not in another. */
import { floats, type FloatArray } from '../../graph';
import type { Model, RunResult } from '../../model';
import { blockSite, siteName, type BlockSite } from '../../vocabulary/sites';
import { writersBefore, writersOf } from './graph';

export interface PairOfRuns {
  readonly base: RunResult;
  readonly source: RunResult;
}

/** What each writer writes in the source minus that in the base, [positions, writers, width]. */
export async function changesWritten(
  model: Model,
  runs: PairOfRuns,
  sourceOf: readonly (number | null)[],
  positions: readonly number[],
): Promise<FloatArray> {
  const { shape: { layers, heads, headSize, width } } = model;
  const count = writersOf(model).length;
  const data = new Float32Array(positions.length * count * width);
  const at = (writer: number, position: number) => (position * count + writer) * width;
  const difference = (layer: number, site: BlockSite) => {
    const [own, other] = [runs.base, runs.source].map(({ sites }) => sites.get(siteName(blockSite(layer, site)))!.data);
    const size = own.length / sourceOf.length;
    const found = new Float32Array(positions.length * size);
    positions.forEach((position, i) => {
      const from = sourceOf[position]! * size;
      for (let j = 0; j < size; j++) found[i * size + j] = other[from + j] - own[position * size + j];
    });
    return found;
  };
  const set = (writer: number, change: Float32Array) => {
    positions.forEach((_, i) => data.set(change.subarray(i * width, (i + 1) * width), at(writer, i)));
  };
  set(0, difference(0, 'hook_resid_pre'));
  for (let layer = 0; layer < layers && positions.length > 0; layer++) {
    const first = writersBefore(model, layer);
    const z = difference(layer, 'attn.hook_z');
    const own = runs.base.sites.get(siteName(blockSite(layer, 'attn.hook_z')))!.data;
    const size = heads * headSize;
    const values = new Float32Array(positions.length * size);
    positions.forEach((position, i) => values.set(own.subarray(position * size, (position + 1) * size), i * size));
    const result = await headChanges(model, layer, z, values, positions.length);
    const remainder = difference(layer, 'hook_attn_out');
    for (let head = 0; head < heads; head++) {
      const change = result.subarray(head * positions.length * width, (head + 1) * positions.length * width);
      set(first + head, change);
      for (let i = 0; i < remainder.length; i++) remainder[i] -= change[i];
    }
    set(first + heads, remainder);
    set(first + heads + 1, difference(layer, 'hook_mlp_out'));
  }
  return floats(data, [positions.length, count, width]);
}

/**
 * What a change of the heads' mixed values changes of what a layer's attention writes, head by head: [heads, rows, width].
 * @param change [rows, heads, head] @param z the same, of all heads, where a norm behind them is straightened
 */
export async function headChanges(
  { sessions, shape: { heads, headSize }, architecture }: Model, layer: number, change: Float32Array, z: Float32Array, rows: number,
): Promise<Float32Array> {
  if (rows === 0) return new Float32Array(0);
  const apart = new Float32Array(change.length);
  for (let row = 0; row < rows; row++) {
    for (let head = 0; head < heads; head++) {
      const from = (row * heads + head) * headSize;
      apart.set(change.subarray(from, from + headSize), (head * rows + row) * headSize);
    }
  }
  const feeds = {
    change: floats(apart, [heads, rows, headSize]),
    ...(architecture.normBehindHeads && { z: floats(z, [1, rows, heads * headSize]) }),
  };
  return (await (await sessions.headsWrite(layer)).run(feeds)).result.data as Float32Array;
}
