/**
 * Heads apart: what the queries, keys and values of each are made of, each of a stream of its own, and what each head writes by itself. All
 * of it is of rows, one token each.
 */
import { add, concat, matmul, reshape, transpose, vjp, zerosLike, expandLike, type Tensor } from '../graph';
import { applyNorm, type Norm } from './parts/norm';
import type { Linear, Weights } from './weights';

export interface HeadsApart {
  /**
   * Streams [readers, rows, width] before attention's norm, one for the queries of each head, then for the keys and for the values of each
   * key-value head → these [readers, rows, head], as the sites attn.hook_q, k and v have them.
   */
  read(layer: number, streams: Tensor): Tensor;
  /**
   * What a change of each head's mixed values [heads, rows, head] changes of what attention writes, [heads, rows, width]: exactly, or, with
   * a norm behind it, to first order where all heads mix z [1, rows, heads · head].
   */
  writeChange(layer: number, change: Tensor, z: Tensor): Tensor;
}

interface Part {
  readonly norm: Norm;
  readonly project:
    | { readonly q: Linear; readonly k: Linear; readonly v: Linear }
    | { readonly fused: Linear; readonly split: (product: Tensor) => Readonly<Record<'q' | 'k' | 'v', Tensor>> };
  readonly out: Linear;
  readonly outNorm?: Norm;
}

export function headsApart(
  blocks: readonly Part[],
  { heads, keyValueHeads, headSize, width }: Readonly<Record<'heads' | 'keyValueHeads' | 'headSize' | 'width', number>>,
  weights: Weights,
): HeadsApart {
  const counts = { q: heads, k: keyValueHeads, v: keyValueHeads };
  const inputs = ['q', 'k', 'v'] as const;

  /** What maps make of rows [rows, outputs] that say all of them, of each reader [readers, rows, head]. */
  const divided = ({ project }: Part, of: (linear: Linear) => Tensor, rows: number): Tensor => {
    const each = 'fused' in project
      ? project.split(reshape(of(project.fused), [1, rows, project.fused.outputs]))
      : Object.fromEntries(inputs.map((input) => [input, reshape(of(project[input]), [1, rows, counts[input], headSize])]));
    return concat(inputs.map((input) => reshape(transpose(each[input], [0, 2, 1, 3]), [counts[input], rows, headSize])), 0);
  };
  /** [inputs, outputs] */
  const matrix = ({ weight, inputsFirst }: Linear) => (inputsFirst ? weights.traced(weight) : transpose(weights.traced(weight), [1, 0]));
  const isBiased = ({ project }: Part) => ('fused' in project ? [project.fused] : Object.values(project)).every(({ bias }) => bias !== undefined);

  return {
    read(layer, streams) {
      const part = blocks[layer];
      const read = matmul(applyNorm(streams, part.norm, weights), divided(part, matrix, width));
      return isBiased(part) ? add(read, divided(part, ({ bias }) => weights.traced(bias!), 1)) : read;
    },
    writeChange(layer, change, z) {
      const { out, outNorm } = blocks[layer];
      const stored = weights.traced(out.weight);
      const apart = out.inputsFirst
        ? reshape(stored, [heads, headSize, width])
        : transpose(reshape(stored, [width, heads, headSize]), [1, 2, 0]);
      const written = matmul(change, apart);
      if (!outNorm) return written;
      const at = expandLike(weights.linear(z, out), written);
      const any = zerosLike(written); // the pull-back is linear in it, so its own pull-back is the push-forward wherever it is taken
      return vjp([vjp([applyNorm(at, outNorm, weights)], [any], [at])[0]], [written], [any])[0];
    },
  };
}
