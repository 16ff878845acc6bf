/**
 * Planted models: weights set by hand, so that what each head does, and the answer of every method, is known on paper.
 *
 * They are GPT-2 models without an effect of norms or MLPs: the residual stream is so small beside the norms' epsilon that each norm only
 * multiplies by a constant (to some 1e-6), and the last dimension of the stream takes the negated sum of all that is written, so that
 * centring changes nothing. All numbers below are in units of the stream: what is written as 1 is read as 1 behind every norm.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { architectureFor } from '../../src/architectures';
import { writeSafetensors } from '../../src/checkpoints/write-safetensors';
import { Model } from '../../src/model';
import { saeFolder } from '../sae/kit';

/** Numbers of a matrix that are not 0. */
export type Entries = readonly (readonly [from: number, to: number, value: number])[];

/** Query, key and value lead from the stream to the head's own dimensions, `output` from these to the stream. */
export interface PlantedHead {
  layer: number;
  head: number;
  query?: Entries;
  key?: Entries;
  value?: Entries;
  output?: Entries;
}

export interface PlantedSpec {
  layers: number;
  heads: number;
  /** The stream has heads · headSize dimensions, of which the last one is not to be used. */
  headSize: number;
  vocabulary: number;
  context: number;
  /** From token ids, and from positions, to the stream. */
  tokens: Entries;
  positions?: Entries;
  /** Those that are not named attend evenly and write nothing. */
  planted: readonly PlantedHead[];
  /** From the stream to token ids. */
  unembedding: Entries;
}

/** The stream's unit, and the norms' epsilon beside which its square is nothing. */
const UNIT = 2 ** -11;
const EPSILON = 0.25;

/** A planted model, on one thread; its folder is gone after the tests. Scores are not divided by the root of the head's size. */
export async function plant(spec: PlantedSpec): Promise<Model> {
  const { layers, heads, headSize, vocabulary, context } = spec;
  const width = heads * headSize;
  const config = {
    ...GPT2, n_layer: layers, n_head: heads, n_embd: width, n_inner: 4, vocab_size: vocabulary, n_positions: context,
    layer_norm_epsilon: EPSILON, scale_attn_weights: false, tie_word_embeddings: false,
  };
  const arrays = new Map([...architectureFor(config).weights].map(([name, shape]) => {
    return [name, { name, shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) }];
  }));
  const put = (name: string, row: number, column: number, value: number) => {
    const { shape: [, columns], data } = arrays.get(name)!;
    data[row * columns + column] += value;
  };
  const write = (name: string, row: number, to: number, value: number) => {
    if (to >= width - 1) throw new Error(`Dimension ${to} of the stream is not to be written to; there are ${width - 1}.`);
    put(name, row, to, value * UNIT);
    put(name, row, width - 1, -value * UNIT);
  };
  for (const [name, { data }] of arrays) if (/ln_\w+\.weight$/.test(name)) data.fill(Math.sqrt(EPSILON) / UNIT);
  for (const [id, to, value] of spec.tokens) write('transformer.wte.weight', id, to, value);
  for (const [position, to, value] of spec.positions ?? []) write('transformer.wpe.weight', position, to, value);
  for (const [from, id, value] of spec.unembedding) put('lm_head.weight', id, from, value);
  for (const { layer, head, output = [], ...read } of spec.planted) {
    const module = `transformer.h.${layer}.attn`;
    (['query', 'key', 'value'] as const).forEach((part, third) => {
      for (const [from, to, value] of read[part] ?? []) put(`${module}.c_attn.weight`, from, third * width + head * headSize + to, value);
    });
    for (const [from, to, value] of output) write(`${module}.c_proj.weight`, head * headSize + from, to, value);
  }
  return writeModel(config, [...arrays.values()]);
}

export const GPT2 = { model_type: 'gpt2', architectures: ['GPT2LMHeadModel'], activation_function: 'gelu_new' };

/** A model of these weights in a folder that is gone after the tests. */
export async function writeModel(config: object, tensors: Parameters<typeof writeSafetensors>[1]): Promise<Model> {
  const folder = await saeFolder();
  await writeSafetensors(path.join(folder, 'model.safetensors'), tensors);
  await writeFile(path.join(folder, 'config.json'), JSON.stringify(config));
  return Model.load(folder, { threads: 1 });
}

/** From one dimension to one dimension each, n times. */
export function oneToOne(n: number, from: number, to: number, value = 1): Entries {
  return Array.from({ length: n }, (_, i) => [from + i, to + i, value] as const);
}
