/**
 * Edges between latents, really patched: what the reader reads where the writer has the source's activation and all other latents and
 * errors that are told apart are held as they are in the base's run; then the metric with what the reader makes of that, all behind it
 * live. An edge's score (see latent-edges.ts) is this to first order.
 */
import { floats, type FloatArray } from '../../graph';
import { concatAxis, takeRows, truncateCache, type Hook, type Model } from '../../model';
import type { LoadedSae } from '../../sae';
import { siteName } from '../../vocabulary/sites';
import { logitDifferences } from '../patching/patching';
import { TOKENS_AT_ONCE } from '../patching/sweep';
import { changesAt, changesWritten, runsOf } from './latent-changes';
import { requireStream, type Feature, type LatentEdgeOptions } from './features';

export interface PatchedEdge {
  readonly from: Feature;
  readonly to: Feature | 'logits';
}

/** By what each edge, patched alone, changes the metric. @throws as `latentEdges` does */
export async function patchLatentEdges(model: Model, options: LatentEdgeOptions, edges: readonly PatchedEdge[]): Promise<number[]> {
  const { base, saes, sourceOf, metric, signal, onProgress } = options;
  requireStream(saes, model);
  if (edges.length === 0) return [];
  const { width } = model.shape;
  const runs = await runsOf(model, options);
  const first = Math.min(...edges.map(({ from }) => from.position));
  const rest = base.slice(first);
  const past = first > 0 ? truncateCache(runs.own.cache!, first) : undefined;
  const valueAt = (sae: LoadedSae, position: number) => takeRows(runs.own.sites.get(siteName(sae.site))!, [position]);
  const held = new Map(saes.map((sae) => [sae, runs.own.sites.get(siteName(sae.site))!.data.subarray(first * width)]));
  const changeOf = new Map<number, Float32Array>();
  for (const sae of new Set(edges.map(({ from }) => from.sae))) {
    const own = edges.flatMap(({ from }, edge) => (from.sae === sae ? [{ ...from, edge }] : []));
    for (const { edge, change } of await changesAt(model, sae, own, runs, sourceOf)) changeOf.set(edge, change);
  }

  /** Runs a row for each of some edges. */
  const run = async (rows: number, edit: (sae: LoadedSae, row: Float32Array, index: number) => void) => {
    const hooks = saes.map((sae): Hook => ({
      site: sae.site,
      edit: ({ data, shape }) => {
        const edited = data.slice();
        const size = rest.length * width;
        for (let row = 0; row < rows; row++) edit(sae, edited.subarray(row * size, (row + 1) * size), row);
        return floats(edited, shape);
      },
    }));
    const { resid } = await model.run(Array.from({ length: rows }, () => rest), { hooks, past, signal });
    return logitDifferences(model, resid, Array.from({ length: rows }, (_, row) => (row + 1) * rest.length - 1), metric);
  };
  const add = (row: Float32Array, position: number, change: Float32Array) => {
    const at = (position - first) * width;
    for (let i = 0; i < width; i++) row[at + i] += change[i];
  };

  const changes: number[] = [];
  const atOnce = Math.max(1, Math.floor(TOKENS_AT_ONCE / rest.length) - 1);
  for (let start = 0; start < edges.length; start += atOnce) {
    signal?.throwIfAborted();
    const some = edges.slice(start, start + atOnce);
    const read: FloatArray[] = [];
    const direct = await run(some.length, (sae, row, index) => {
      const { from, to } = some[index];
      if (to !== 'logits' && to.sae === sae) {
        const at = (to.position - first) * width;
        read[index] = floats(row.slice(at, at + width), [1, width]);
        return;
      }
      row.set(held.get(sae)!);
      const change = changeOf.get(start + index);
      if (from.sae === sae && change) add(row, from.position, change);
    });
    const said = await responses(model, some, read, valueAt);
    // The last row is the run as it is.
    const live = await run(some.length + 1, (sae, row, index) => {
      const to = some[index]?.to;
      if (to && to !== 'logits' && to.sae === sae) add(row, to.position, said[index]!);
    });
    const [unpatched] = live.slice(-1);
    some.forEach(({ to }, i) => changes.push((to === 'logits' ? direct[i] : live[i]) - unpatched));
    onProgress?.(changes.length, edges.length);
    await new Promise((resolve) => setImmediate(resolve)); // lets a cancellation arrive
  }
  return changes;
}

/** What each reader writes more, reading that. */
async function responses(
  model: Model,
  edges: readonly PatchedEdge[],
  read: readonly FloatArray[],
  valueAt: (sae: LoadedSae, position: number) => FloatArray,
): Promise<(Float32Array | undefined)[]> {
  const found: (Float32Array | undefined)[] = edges.map(() => undefined);
  const readers = edges.flatMap(({ to }, edge) => (to === 'logits' ? [] : [{ ...to, edge }]));
  for (const sae of new Set(readers.map((reader) => reader.sae))) {
    const own = readers.filter((reader) => reader.sae === sae);
    const before = concatAxis(own.map(({ position }) => valueAt(sae, position)), 0);
    const after = concatAxis(own.map(({ edge }) => read[edge]), 0);
    const changes = await changesWritten(model, sae, own.map(({ latent }) => latent), before, after);
    own.forEach(({ edge }, i) => (found[edge] = changes[i]));
  }
  return found;
}
