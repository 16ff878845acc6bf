/**
 * Rotary embeddings that were scaled to longer contexts, from `rope_parameters` (transformers 5) or `rope_scaling` and `rope_theta`: the
 * types of transformers' modeling_rope_utils.
 */
import { bareName, quoteValue } from '../../checkpoints/checkpoint-error';
import type { Config } from '../config';
import { inverseFrequencies, type Rotary } from './rotary';

type Parameters = Readonly<Record<string, unknown>>;

export interface RopeOptions {
  readonly headSize: number;
  /** The config's longest prompt, in tokens. */
  readonly context: number;
  /** The class's default base; 10000 when left out. */
  readonly theta?: number;
  /** The class's default part of each head that is turned; families that leave it out turn whole heads. */
  readonly part?: number;
  /** The class's default context before scaling. */
  readonly original?: number;
  /** Older names of types. */
  readonly types?: Readonly<Record<string, string>>;
  /** The parameters, where they are not the config's own but those of some layers (Gemma 3). */
  readonly parameters?: unknown;
}

export interface Rope {
  readonly rotary: Rotary;
  /**
   * The longest prompt, in tokens, whose angles do not change with its length. Beyond it `dynamic` and `longrope` turn all tokens
   * otherwise, earlier ones as well; a model that does so is not causal, and caches, patches and windows rely on that it is.
   */
  readonly context: number;
}

/** What a scaling type gets: `plain` are the frequencies without scaling. */
interface Scaling {
  readonly plain: Float32Array;
  readonly size: number;
  readonly theta: number;
  readonly context: number;
  /** The context before scaling. */
  readonly original: number;
  /** A number of the parameters. */
  number(key: string, fallback?: number): number;
  refuse(why: string): never;
  readonly parameters: Parameters;
}

interface Scaled {
  readonly frequencies: Float32Array;
  readonly magnitude?: number;
  readonly context?: number;
}

interface ScalingType {
  /** The parameters that it reads. */
  readonly keys: readonly string[];
  scale(from: Scaling): Scaled;
}

/** Position interpolation (Chen et al. 2023, arXiv 2306.15595). */
const linear: ScalingType = {
  keys: ['factor'],
  scale: ({ plain, number }) => ({ frequencies: plain.map((frequency) => frequency / number('factor')) }),
};

/** NTK-aware scaling by the prompt's length, which begins beyond the context. */
const dynamic: ScalingType = {
  keys: ['factor'],
  scale: ({ plain }) => ({ frequencies: plain }),
};

/** YaRN (Peng et al. 2023, arXiv 2309.00071): slow dimensions are interpolated, fast ones are not, with a ramp in between. */
const yarn: ScalingType = {
  keys: [
    'factor', 'original_max_position_embeddings', 'attention_factor', 'beta_fast', 'beta_slow', 'mscale', 'mscale_all_dim', 'truncate',
  ],
  scale: ({ plain, size, theta, context, original, number, parameters }) => {
    const factor = number('factor', context / original);
    // The dimension that turns so many times within the original context.
    const dimension = (turns: number) => (size * Math.log(original / (turns * 2 * Math.PI))) / (2 * Math.log(theta));
    const ends = [dimension(number('beta_fast', 32) || 32), dimension(number('beta_slow', 1) || 1)];
    const [low, high] = parameters.truncate === false ? ends : [Math.floor(ends[0]), Math.ceil(ends[1])];
    const [from, to] = [Math.max(low, 0), Math.min(high, size - 1)];
    const width = to === from ? 0.001 : to - from;
    const frequencies = plain.map((frequency, i) => {
      const interpolated = Math.min(Math.max((i - from) / width, 0), 1);
      return (frequency / factor) * interpolated + frequency * (1 - interpolated);
    });
    const scale = (by: number) => (factor <= 1 ? 1 : 0.1 * by * Math.log(factor) + 1);
    const [mscale, all] = [number('mscale', 0), number('mscale_all_dim', 0)];
    return { frequencies, magnitude: number('attention_factor', mscale && all ? scale(mscale) / scale(all) : scale(1)) };
  },
};

/** Llama 3.1: wavelengths longer than a part of the original context are interpolated, short ones are not. */
const llama3: ScalingType = {
  keys: ['factor', 'original_max_position_embeddings', 'low_freq_factor', 'high_freq_factor'],
  scale: ({ plain, original, number }) => {
    const [factor, low, high] = ['factor', 'low_freq_factor', 'high_freq_factor'].map((key) => number(key));
    return {
      frequencies: plain.map((frequency) => {
        const turns = (original * frequency) / (2 * Math.PI);
        if (turns > high) return frequency;
        if (turns < low) return frequency / factor;
        const kept = (turns - low) / (high - low);
        return ((1 - kept) * frequency) / factor + kept * frequency;
      }),
    };
  },
};

/** LongRoPE (Ding et al. 2024, arXiv 2402.13753): a factor for each dimension, others beyond the original context. */
const longrope: ScalingType = {
  keys: ['factor', 'original_max_position_embeddings', 'attention_factor', 'short_factor', 'long_factor'],
  scale: ({ plain, context, original, number, parameters, refuse }) => {
    const factors = (key: 'short_factor' | 'long_factor'): readonly number[] => {
      const value = parameters[key];
      const fits = Array.isArray(value) && value.length === plain.length && value.every((each) => typeof each === 'number' && each > 0);
      return fits ? (value as number[]) : refuse(`${key} is not a list of ${plain.length} positive numbers`);
    };
    factors('long_factor');
    const short = factors('short_factor');
    const factor = number('factor', context / original);
    const magnitude = number('attention_factor', factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original)));
    return { frequencies: plain.map((frequency, i) => frequency / short[i]), magnitude, context: Math.min(context, original) };
  },
};

const TYPES: Readonly<Record<string, ScalingType>> = {
  default: { keys: [], scale: ({ plain }) => ({ frequencies: plain }) },
  linear, dynamic, yarn, llama3, longrope,
};

/** Keys that every type may have; old YaRN models say that they were `finetuned`. */
const COMMON = ['rope_type', 'type', 'rope_theta', 'partial_rotary_factor', 'finetuned'];

/** The rotary embedding that a config asks for, halves turned together. @throws naming the key that cannot be honoured */
export function readRope(config: Config, options: RopeOptions): Rope {
  const [old, own] = ['rope_scaling', 'rope_parameters'].map((name) => asParameters(config, name, config.value(name)));
  const key = Object.keys(old).length > 0 ? 'rope_scaling' : 'rope_parameters';
  const parameters = options.parameters ? asParameters(config, key, options.parameters) : key === 'rope_scaling' ? old : own;
  const refuse = (why: string) => config.refuse(key, why);
  const number = (name: string, fallback?: number): number => {
    const value = parameters[name] ?? fallback;
    const right = typeof value === 'number' && value >= 0 && value < Infinity;
    return right ? value : refuse(`${name} is ${quoteValue(value)}, not a number`);
  };

  const given = parameters.rope_type ?? parameters.type ?? 'default';
  const name = options.types?.[String(given)] ?? String(given);
  const type = Object.hasOwn(TYPES, name) ? TYPES[name] : refuse(`the type ${quoteValue(given)} is not supported`);
  for (const [parameter, value] of Object.entries(parameters)) {
    const known = COMMON.includes(parameter) || type.keys.includes(parameter);
    if (value !== null && !known) refuse(`${bareName(parameter)} is not supported for the type ${name}`);
  }

  const { headSize, context } = options;
  const theta = number('rope_theta', config.number('rope_theta', options.theta ?? 10000));
  const part = number('partial_rotary_factor', config.number('partial_rotary_factor', options.part ?? 1));
  if (options.part === undefined && part !== 1) refuse(`partial_rotary_factor ${part} is not supported`);
  const size = Math.trunc(headSize * part);
  if (size % 2 !== 0 || size > headSize || size === 0) refuse(`${size} of a head's ${headSize} numbers cannot be turned in pairs`);
  const original = config.positive(
    'original_max_position_embeddings',
    options.original ?? number('original_max_position_embeddings', context),
  );
  const plain = inverseFrequencies(size, theta);
  const scaled = type.scale({ plain, size, theta, context, original, number, refuse, parameters });
  const { frequencies, magnitude } = scaled;
  const usable = [...frequencies, magnitude ?? 1].every((number) => number > 0 && number < Infinity);
  if (!usable) refuse(`${quoteValue(parameters)} gives no frequencies`);
  const rotary: Rotary = { size, pairs: 'halves', frequencies, ...(magnitude !== undefined && { magnitude }) };
  return { rotary, context: scaled.context ?? context };
}

function asParameters(config: Config, key: string, value: unknown): Parameters {
  if (value === undefined || value === null) return {};
  return typeof value === 'object' && !Array.isArray(value) ? (value as Parameters) : config.refuse(key, 'is not an object');
}
