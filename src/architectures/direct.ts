/**
 * Direct paths: what a run's parts contribute to its logits on the straight way through the residual stream. With the norms' scales kept
 * as they are in the run, a logit before its soft cap is a sum over all that was written to the stream (Elhage et al. 2021). Everything
 * here is of rows: one token each.
 */
import { add, constant, gather, matmul, mul, reduceSum, reshape, transpose, vjp, zerosLike, type Tensor } from '../graph';
import { repeatHeads } from './parts/attention';
import { applyNorm, centre, frozenScale, scaleAndShift, scaleOf, type Norm } from './parts/norm';
import { rotate, type Rotary } from './parts/rotary';
import type { Linear, Weights } from './weights';

/** A sum of logits, Σ coefficient · logit[token], as it is read from rows of the last residual stream. */
export interface DirectReading {
  /** float32 [rows, width]: the product with what is added to the stream is what that contributes. */
  readonly direction: Tensor;
  /** float32 [1]: what the final norm's bias and the unembedding's contribute, where there are any. */
  readonly normBias?: Tensor;
  readonly unembedBias?: Tensor;
}

/** How what a linear map writes is read in a direction of the stream. */
export interface DirectWriting {
  /** float32 [rows, inputs]: the product with the map's inputs is what each contributes. */
  readonly direction: Tensor;
  /** float32 [rows]: what biases contribute, those of the map and of a norm behind it, where there are any. */
  readonly bias?: Tensor;
}

/** What a layer's heads make of the stream: scaled and turned queries, turned keys, values. */
export type HeadInput = 'q' | 'k' | 'v';

/** How a layer's heads read tokens, with the scales of the norms on the way kept as they are. */
export interface DirectHeadReading {
  /** float32 [1, rows, heads, head]: what is read, as it is in the run. */
  readonly value: Tensor;
  /** float32 [1, rows, width]: the product with what is added to the stream is what that contributes to Σ value · cotangent. */
  readonly direction: Tensor;
  /** float32 [1, rows]: what biases contribute to it. */
  readonly bias: Tensor;
}

export interface DirectPaths {
  /** @param rows [rows, width] of the last residual stream; int32 tokens and coefficients [count] */
  reading(rows: Tensor, tokens: Tensor, coefficients: Tensor): DirectReading;
  /** @param z [rows, heads · head], the heads' mixed values; `direction` [rows, width] of the stream */
  attention(layer: number, z: Tensor, direction: Tensor): DirectWriting;
  /**
   * How far a head's output would go through each value: ‖v W_O‖ squared, where W_O is the head's slice of the output projection and,
   * with a norm behind it, that norm's weight (its scale, one number for all that a token reads, is left out).
   * @param v [1, tokens, key-value heads, head] → float32 [heads, tokens]
   */
  valueNorms(layer: number, v: Tensor): Tensor;
  /**
   * @param rows [1, rows, width] of the block's input, at the int32 `positions` [1, rows]
   * @param cotangent [1, rows, heads, head], the direction in which each row's queries, keys or values are read
   */
  headInput(layer: number, input: HeadInput, rows: Tensor, positions: Tensor, cotangent: Tensor): DirectHeadReading;
  /** @param post [rows, mlp width], the neurons; `direction` [rows, width] of the stream */
  mlp(layer: number, post: Tensor, direction: Tensor): DirectWriting;
  /**
   * A layer's attention with its pattern and the scales of its norms kept as they are in the run, where it is affine: the way back, and
   * what it writes of a stream of zeros.
   * @param resid [1, positions, width], the block's input; `pattern` [1, heads, positions, positions]
   * @param cotangent of what it writes, [rows, positions, width]
   * @returns `back` at the block's input, [rows, positions, width], and `bias` [1, positions, width]
   */
  frozenAttention(layer: number, resid: Tensor, pattern: Tensor, cotangent: Tensor): { readonly back: Tensor; readonly bias: Tensor };
  /**
   * The same of what a layer's MLP reads, behind the norm and its weight or before that.
   * @param stream [..., width], what the norm reads; `cotangent` [..., width], of which the leading axes may be more
   * @returns `bias` [width], of zeros where the norm has none
   */
  frozenMlpInput(layer: number, weighted: boolean, stream: Tensor, cotangent: Tensor): { readonly back: Tensor; readonly bias: Tensor };
}

interface Written {
  readonly out: Linear;
  readonly outNorm?: Norm;
}

interface Read {
  readonly norm: Norm;
  readonly queryNorm?: Norm;
  readonly keyNorm?: Norm;
  readonly rotary?: Rotary;
  readonly scale: number;
}

export interface DirectDescription {
  readonly shape: { readonly heads: number; readonly headSize: number; readonly width: number };
  readonly finalNorm: Norm;
  readonly unembedding: string;
  readonly unembeddingBias?: string;
  readonly attention: readonly (Written & Read)[];
  /** What attention's norm gives [b, t, width] → queries, keys and values [b, t, heads, head]. */
  readonly project: (layer: number, normed: Tensor) => Readonly<Record<HeadInput, Tensor>>;
  readonly mlp: readonly (Written & { readonly norm: Norm })[];
}

export function directPaths(description: DirectDescription, weights: Weights): DirectPaths {
  const { finalNorm, unembedding, unembeddingBias, project, shape: { heads, headSize, width } } = description;
  /** A direction behind a norm → the one before it, where the norm's scale is that of the rows `at`. */
  const through = (direction: Tensor, norm: Norm, at: Tensor) => {
    const scaled = mul(mul(direction, scaleOf(norm, weights)), frozenScale(at, norm));
    return norm.kind === 'layer' ? centre(scaled) : scaled;
  };
  /** A norm whose scale is that of what stands there in the run. */
  const kept = (x: Tensor, by: Norm, at: Tensor) =>
    scaleAndShift(mul(by.kind === 'layer' ? centre(x) : x, frozenScale(at, by)), by, weights);
  const written = ({ out, outNorm }: Written, inputs: Tensor, direction: Tensor): DirectWriting => {
    const before = outNorm ? through(direction, outNorm, weights.linear(inputs, out)) : direction;
    const biases = [
      ...(out.bias === undefined ? [] : [mul(before, weights.traced(out.bias))]),
      ...(outNorm?.bias === undefined ? [] : [mul(direction, weights.traced(outNorm.bias))]),
    ];
    return {
      direction: matmul(before, weights.traced(out.weight), { transposeB: out.inputsFirst }),
      ...(biases.length > 0 && { bias: reduceSum(biases.reduce((a, b) => add(a, b)), -1) }),
    };
  };
  return {
    reading(rows, tokens, coefficients) {
      const weighted = reshape(coefficients, [1, coefficients.shape[0]]);
      const read = matmul(weighted, gather(weights.traced(unembedding), tokens)); // [1, width]
      return {
        direction: through(read, finalNorm, rows),
        ...(finalNorm.bias !== undefined && { normBias: reduceSum(mul(read, weights.traced(finalNorm.bias)), -1) }),
        ...(unembeddingBias !== undefined && {
          unembedBias: reduceSum(mul(weighted, gather(weights.traced(unembeddingBias), tokens)), -1),
        }),
      };
    },
    attention: (layer, z, direction) => written(description.attention[layer], z, direction),
    valueNorms(layer, v) {
      const { out, outNorm } = description.attention[layer];
      const stored = weights.traced(out.weight);
      const apart = out.inputsFirst
        ? reshape(stored, [heads, headSize, width])
        : transpose(reshape(stored, [width, heads, headSize]), [1, 2, 0]);
      const scaled = outNorm ? mul(apart, scaleOf(outNorm, weights)) : apart;
      const slices = outNorm?.kind === 'layer' ? centre(scaled) : scaled;
      const values = repeatHeads(transpose(v, [0, 2, 1, 3]), heads); // [1, heads, tokens, head]
      // By way of W_O W_Oᵀ: what heads write of every token would be heads · tokens · width numbers.
      const products = reshape(matmul(slices, slices, { transposeB: true }), [1, heads, headSize, headSize]);
      return reshape(reduceSum(mul(matmul(values, products), values), -1), [heads, v.shape[1]]);
    },
    headInput(layer, of, rows, positions, cotangent) {
      const { norm, queryNorm, keyNorm, rotary, scale } = description.attention[layer];
      const own = { q: queryNorm, k: keyNorm, v: undefined }[of];
      const projected = project(layer, applyNorm(rows, norm, weights))[of];
      const read = (x: Tensor) => {
        const plain = project(layer, kept(x, norm, rows))[of];
        const normed = own ? kept(plain, own, projected) : plain;
        const turned = rotary && of !== 'v' ? rotate(normed, positions, rotary) : normed;
        return of === 'q' ? mul(turned, scale) : turned;
      };
      const nothing = zerosLike(rows); // it is affine, so anywhere serves
      return {
        value: read(rows),
        direction: vjp([read(nothing)], [cotangent], [nothing])[0],
        bias: reduceSum(mul(read(nothing), cotangent), [2, 3]),
      };
    },
    mlp: (layer, post, direction) => written(description.mlp[layer], post, direction),
    frozenAttention(layer, resid, pattern, cotangent) {
      const { norm, out, outNorm } = description.attention[layer];
      const linear = (x: Tensor) => {
        const values = repeatHeads(transpose(project(layer, x).v, [0, 2, 1, 3]), heads); // [rows, heads, positions, head]
        const z = transpose(matmul(pattern, values), [0, 2, 1, 3]);
        return weights.linear(reshape(z, [...z.shape.slice(0, 2), heads * headSize]), out);
      };
      const inRun = outNorm && linear(applyNorm(resid, norm, weights));
      const writes = (x: Tensor) => {
        const plain = linear(kept(x, norm, resid));
        return outNorm ? kept(plain, outNorm, inRun!) : plain;
      };
      const nothing = zerosLike(cotangent); // it is affine, so anywhere serves
      return { back: vjp([writes(nothing)], [cotangent], [nothing])[0], bias: writes(zerosLike(resid)) };
    },
    frozenMlpInput(layer, weighted, stream, cotangent) {
      const { norm } = description.mlp[layer];
      const scaled = mul(weighted ? mul(cotangent, scaleOf(norm, weights)) : cotangent, frozenScale(stream, norm));
      const bias = weighted && norm.bias !== undefined ? weights.traced(norm.bias) : constant(new Float32Array(width), [width]);
      return { back: norm.kind === 'layer' ? centre(scaled) : scaled, bias };
    },
  };
}
