/** An SAE in the array language: encoding and decoding, for graphs that run it and for those that go through it. */
import {
  add, div, equal, exp, gather, greater, matmul, mul, reduceMax, reduceMean, reduceSum, relu, reshape, scatterElements, sqrt, sub, topK,
  transpose, weight, where, zerosLike, type Tensor,
} from '../graph';
import type { SaeConfig } from './config';
import { weightShapes } from './weights';

export interface SaeTrace {
  /** The weights that were used so far, by SAELens's names. */
  readonly weights: ReadonlyMap<string, Tensor>;
  /** x [rows, dIn] → latents [rows, dSae], none negative. */
  encode(x: Tensor): Tensor;
  /**
   * latents [rows, dSae] → reconstruction [rows, dOut]; x gives back the scale taken from it, and is read by a skip connection. Gradients
   * flow through both.
   */
  decode(latents: Tensor, x: Tensor): Tensor;
  /** What a change of some latents ([rows, count]) changes in the reconstruction, [rows, dOut]; `directions` [count, dOut] are theirs. */
  decodeChange(change: Tensor, directions: Tensor, x: Tensor): Tensor;
  /** Decoder directions: what one unit of each latent adds before the scale of x is given back, [dSae, dOut]. */
  directions(): Tensor;
  /** Of some latents, int32 [count], how much of x each adds up before its bias, where x is not normalised: [count, dIn]. */
  encoderDirections(ids: Tensor): Tensor;
  /** What is added to that, [count]; a gated SAE has no such biases. */
  encoderBiases(ids: Tensor): Tensor;
  /** What a transcoder's skip connection adds for x [rows, dIn], [rows, dOut]; undefined where it has none. */
  skip(x: Tensor): Tensor | undefined;
}

/**
 * Traces an SAE as SAELens computes it. Gradients are those that PyTorch gives there: they flow through active latents only, and
 * which latents are active, thresholds among them, is constant (no straight-through estimator). They do flow through the norm, mean and
 * deviation of `constant_norm_rescale` and `layer_norm`.
 */
export function traceSae(config: SaeConfig): SaeTrace {
  const shapes = weightShapes(config);
  const weights = new Map<string, Tensor>();
  const parameter = (name: string): Tensor => {
    if (!weights.has(name)) weights.set(name, weight(name, shapes.get(name)!));
    return weights.get(name)!;
  };

  const preActivations = (x: Tensor) => {
    const scaled = scaleOf(config, x).into(x);
    const input = config.applyBDecToInput ? sub(scaled, parameter('b_dec')) : scaled;
    return matmul(input, parameter('W_enc'), { transposeB: config.encoderTransposed });
  };

  const decoderNorms = () => sqrt(reduceSum(mul(parameter('W_dec'), parameter('W_dec')), -1)); // [dSae]

  function encode(x: Tensor): Tensor {
    const products = preActivations(x);
    if (config.architecture === 'gated') {
      const magnitude = relu(add(mul(products, exp(parameter('r_mag'))), parameter('b_mag')));
      return where(greater(add(products, parameter('b_gate')), 0), magnitude, 0);
    }
    const before = add(products, parameter('b_enc'));
    switch (config.architecture) {
      case 'standard':
        return relu(before);
      case 'jumprelu': {
        const threshold = config.logThreshold ? exp(parameter('log_threshold')) : parameter('threshold');
        return where(greater(before, threshold), relu(before), 0);
      }
      case 'topk': {
        const rescaled = config.rescaleActsByDecoderNorm ? mul(before, decoderNorms()) : before;
        const { values, indices } = topK(rescaled, config.k!);
        return scatterElements(zerosLike(rescaled), indices, relu(values), -1);
      }
      case 'groupmax': {
        const groups = reshape(relu(before), [before.shape[0], config.k!, config.dSae / config.k!]);
        return reshape(where(equal(groups, reduceMax(groups, -1, true)), groups, 0), before.shape);
      }
    }
  }

  /** Each latent's factor on its decoder row, as [dSae]. */
  const factors = (): Tensor | undefined => {
    if (config.finetuningScaling) return parameter('scaling_factor');
    return config.rescaleActsByDecoderNorm ? div(1, decoderNorms()) : undefined;
  };

  const skip = (x: Tensor): Tensor | undefined =>
    config.skip === 'none' ? undefined : matmul(x, parameter('W_skip'), { transposeB: config.skip === 'plain' });

  return {
    weights,
    encode,
    encoderDirections: (ids) =>
      (config.encoderTransposed ? gather(parameter('W_enc'), ids) : transpose(gather(parameter('W_enc'), ids, 1), [1, 0])),
    encoderBiases: (ids) => gather(parameter('b_enc'), ids),
    skip,
    decode(latents, x) {
      const factor = factors();
      const scaled = factor ? mul(latents, factor) : latents;
      const decoded = scaleOf(config, x).back(add(matmul(scaled, parameter('W_dec')), parameter('b_dec')));
      const added = skip(x);
      return added ? add(decoded, added) : decoded;
    },
    decodeChange: (change, directions, x) => scaleOf(config, x).backChange(matmul(change, directions)),
    directions() {
      const factor = factors();
      return factor ? mul(parameter('W_dec'), reshape(factor, [config.dSae, 1])) : parameter('W_dec');
    },
  };
}

interface Scale {
  into(x: Tensor): Tensor;
  back(y: Tensor): Tensor;
  /** `back` for a difference of two reconstructions. */
  backChange(y: Tensor): Tensor;
}

/** The normalisation of one input; SAELens's _setup_activation_normalization. */
function scaleOf({ normalizeActivations, normScalingFactor, dIn }: SaeConfig, x: Tensor): Scale {
  switch (normalizeActivations) {
    case 'none':
      return { into: (v) => v, back: (y) => y, backChange: (y) => y };
    case 'expected_average_only_in': {
      const back = (y: Tensor) => div(y, normScalingFactor);
      return { into: (v) => mul(v, normScalingFactor), back, backChange: back };
    }
    case 'constant_norm_rescale': {
      const coefficient = div(Math.sqrt(dIn), sqrt(reduceSum(mul(x, x), -1, true)));
      const back = (y: Tensor) => div(y, coefficient);
      return { into: (v) => mul(v, coefficient), back, backChange: back };
    }
    case 'layer_norm': {
      const mean = reduceMean(x, -1, true);
      const centred = sub(x, mean);
      const deviation = sqrt(div(reduceSum(mul(centred, centred), -1, true), dIn - 1));
      const backChange = (y: Tensor) => mul(y, deviation);
      return { into: () => div(centred, add(deviation, 1e-5)), back: (y) => add(backChange(y), mean), backChange };
    }
  }
}
