/** What a model family is called, and how its config and weights differ, in GGUF and in transformers. */
import type { GgufHeader } from '../header';
import type { Options } from './options';

/** What llama.cpp's converter did to a tensor, and so what has to be undone. */
export type Change =
  /** The row of the file that belongs in this row. */
  | { kind: 'rows'; from: (row: number) => number }
  /** [columns, rows] in the file. */
  | { kind: 'transposed' }
  /** One was added to every number. */
  | { kind: 'plus-one' };

export type Config = Readonly<Record<string, unknown>>;

export interface Family {
  /** config.json's keys, as transformers 5 writes them. Reads every option it knows. */
  config(source: Source): Config;
  /** Tensor names without `.weight` or `.bias`: GGUF's → transformers'. */
  names: {
    model: Readonly<Record<string, string>>;
    /** After `blk.{l}.` and after `layers`'s prefix. */
    layer: Readonly<Record<string, string>>;
    /** What comes before a layer's number in transformers, such as `model.layers.`. */
    layers: string;
  };
  /** Tensors that only say what config.json says. */
  inConfig?: readonly string[];
  /** @param name GGUF's name without `blk.{l}.`, with `.weight` or `.bias`. */
  change?(name: string, config: Config): Change | undefined;
}

/** What a family makes its config of. */
export interface Source {
  options: Options;
  header: GgufHeader;
  /** The numbers of the small tensors `rope_*.weight`, by name. */
  ropeTensors: ReadonlyMap<string, Float32Array>;
}

/** What most families call what is not in a layer. */
export const MODEL_NAMES = { token_embd: 'model.embed_tokens', output_norm: 'model.norm', output: 'lm_head' };

/** Keys that every family's config has. */
export function common({ options, header }: Source, architecture: string, modelType: string): Record<string, unknown> {
  const token = (name: string) => header.metadata.whole(`tokenizer.ggml.${name}_token_id`) ?? null;
  return {
    architectures: [architecture],
    model_type: modelType,
    vocab_size: vocabularyRows(options, header),
    tie_word_embeddings: !header.tensors.has('output.weight'),
    bos_token_id: token('bos'),
    eos_token_id: token('eos'),
    pad_token_id: token('padding'),
  };
}

/** Rows of the embedding, which may be more than there are tokens. */
function vocabularyRows(options: Options, header: GgufHeader): number {
  const embedding = header.tensors.get('token_embd.weight');
  const rows = embedding?.shape[0];
  if (rows === undefined || embedding?.shape.length !== 2) return options.missing('a tensor "token_embd.weight" of two dimensions');
  const stated = options.whole('vocab_size');
  if (stated !== undefined && stated !== rows) options.refuse('vocab_size', `is ${stated}, but the embedding has ${rows} rows`);
  return rows;
}

/** Sizes that all of these have. `head_dim` is stated only where it need not be width / heads. */
export function sizes({ options }: Source): { headSize: number; config: Record<string, unknown> } {
  const width = options.size('embedding_length');
  const heads = options.size('attention.head_count');
  const headSize = options.whole('attention.key_length') ?? width / heads;
  const values = options.whole('attention.value_length') ?? headSize;
  if (values !== headSize) options.refuse('attention.value_length', `is ${values}, but keys have ${headSize} numbers a head`);
  if (!Number.isInteger(headSize)) options.refuse('attention.head_count', `is ${heads}, which does not divide the width ${width}`);
  return {
    headSize,
    config: {
      hidden_size: width,
      num_hidden_layers: options.size('block_count'),
      num_attention_heads: heads,
      num_key_value_heads: options.whole('attention.head_count_kv') ?? heads,
      intermediate_size: options.size('feed_forward_length'),
      max_position_embeddings: options.size('context_length'),
    },
  };
}

/** Refuses heads that are rotated in part. */
export function wholeHeadsRotate({ options }: Source, headSize: number): void {
  options.only({ 'rope.dimension_count': headSize });
}
