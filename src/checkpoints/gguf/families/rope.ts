/** Rotary position embedding: GGUF's `rope.*` options and tensors as transformers' `rope_parameters`. */
import { quoteValue } from '../../checkpoint-error';
import { shortest } from './options';
import type { Source } from './family';

const FREQUENCIES = 'rope_freqs.weight';
/** Of one factor; both sides are rounded to fp32. */
const TOLERANCE = 1e-5;

/** @param headSize numbers of a head that are rotated */
export function ropeParameters({ options, ropeTensors }: Source, headSize: number): Record<string, unknown> {
  const theta = options.number('rope.freq_base') ?? 10000;
  const type = options.text('rope.scaling.type') ?? 'none';
  options.whole('rope.scaling.original_context_length');
  options.flag('rope.scaling.finetuned');
  const factors = ropeTensors.get(FREQUENCIES);
  if (factors) {
    if (type !== 'none') options.refuse('rope.scaling.type', `is ${quoteValue(type)}, but there is also a tensor "${FREQUENCIES}"`);
    return { rope_type: 'llama3', rope_theta: theta, ...llama3(factors, theta, headSize, (problem) => options.missing(problem)) };
  }
  switch (type) {
    case 'none':
      return { rope_type: 'default', rope_theta: theta };
    case 'linear':
      return { rope_type: 'linear', rope_theta: theta, factor: options.required('rope.scaling.factor') };
    case 'yarn': {
      const original = options.size('rope.scaling.original_context_length');
      return { rope_type: 'yarn', rope_theta: theta, factor: options.required('rope.scaling.factor'), original_max_position_embeddings: original };
    }
    default:
      return options.refuse('rope.scaling.type', `is ${quoteValue(type)}; none, linear and yarn are known`);
  }
}

/**
 * Llama 3 scales its frequencies by wavelength: the short ones not, the long ones by `factor`, those between smoothly. GGUF
 * keeps what each frequency is divided by. Only old / (high - low) and low / (high - low) matter, so low_freq_factor is 1,
 * as in every published model, and the others follow from two factors in between; all factors are checked.
 */
function llama3(factors: Float32Array, theta: number, headSize: number, refuse: (problem: string) => never): Record<string, number> {
  const lacks = 'rope frequencies that follow Llama 3\'s formula (tensor "rope_freqs.weight")';
  if (factors.length !== headSize / 2) return refuse(lacks);
  const factor = factors.at(-1)!;
  const waves = Array.from(factors, (_, i) => 2 * Math.PI * theta ** ((2 * i) / headSize));
  const between = [...factors.keys()].filter((i) => factors[i]! > 1 + TOLERANCE && factors[i]! < factor * (1 - TOLERANCE));
  if (between.length < 2) return refuse(`two ${lacks}`);
  const smooth = (i: number) => (1 / factors[i]! - 1 / factor) / (1 - 1 / factor);
  const [first, last] = [between[0]!, between.at(-1)!];
  const slope = (smooth(first) - smooth(last)) / (1 / waves[first]! - 1 / waves[last]!);
  const offset = slope / waves[first]! - smooth(first); // low / (high - low)
  const high = Number((1 + 1 / offset).toPrecision(4));
  const original = Math.round(slope * (high - 1));
  const fits = factors.every((value, i) => {
    const ratio = original / waves[i]!;
    const expected = ratio > high ? 1 : ratio < 1 ? factor : 1 / ((1 - (ratio - 1) / (high - 1)) / factor + (ratio - 1) / (high - 1));
    return Math.abs(value - expected) <= TOLERANCE * expected;
  });
  if (!fits) return refuse(lacks);
  return { factor: shortest(factor), low_freq_factor: 1, high_freq_factor: high, original_max_position_embeddings: original };
}
