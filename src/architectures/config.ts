/** Reading a config.json strictly: what cannot be honoured is refused by name. */
import { bareName, quoteValue } from '../checkpoints/checkpoint-error';

/** Keys of every family that change nothing in a forward pass. */
const HARMLESS: readonly string[] = [
  '_name_or_path', 'architectures', 'model_type', 'torch_dtype', 'dtype', 'transformers_version', 'use_cache', 'initializer_range',
  'bos_token_id', 'eos_token_id', 'pad_token_id', 'attention_dropout', 'return_dict', 'output_hidden_states', 'output_attentions',
  'is_decoder', 'is_encoder_decoder', 'id2label', 'label2id', 'problem_type', 'chunk_size_feed_forward',
  // Which kernel computes attention, and what a model's task or its generation had before they got files of their own.
  '_attn_implementation', '_attn_implementation_autoset', 'attn_implementation', 'task_specific_params', 'finetuning_task', '_num_labels',
  'num_labels', 'output_past', 'max_length', 'min_length', 'do_sample', 'num_beams', 'temperature', 'top_k', 'top_p', 'typical_p',
  'repetition_penalty', 'length_penalty', 'diversity_penalty', 'no_repeat_ngram_size', 'num_beam_groups', 'num_return_sequences',
  'encoder_no_repeat_ngram_size', 'prefix', 'neftune_noise_alpha',
  // Of other programs: which tokenizer belongs to the model, what converted or fine-tuned it.
  'tokenizer_class', 'transformers.js_config', 'unsloth_fixed', 'unsloth_version',
];

/** Blocks, with the frequencies of a head, are described before any weight is looked at; Llama 3.1 405B has 126 of the width 16384. */
export const MOST_LAYERS = 1000;
export const MOST_WIDTH = 100_000;

/** A config.json that knows which of its keys were read. A key that is null has its default, save for `value`, which tells them apart. */
export class Config {
  private readonly known = new Set(HARMLESS);

  constructor(
    readonly family: string,
    private readonly json: Readonly<Record<string, unknown>>,
  ) {}

  refuse(key: string, why: string): never {
    throw new Error(`config.json: '${bareName(key)}' of the ${this.family} family: ${why}`);
  }

  /** As it stands in the file; undefined where it does not. */
  value(key: string): unknown {
    this.known.add(key);
    return this.json[key];
  }

  number(key: string, fallback: number): number {
    const value = this.value(key) ?? fallback;
    return typeof value === 'number' && Number.isFinite(value) ? value : this.refuse(key, `${quoteValue(value)} is not a number`);
  }

  /** What a norm adds to the variance. */
  epsilon(key: string, fallback: number): number {
    const value = this.number(key, fallback);
    return value >= 0 && value < 1 ? value : this.refuse(key, `${value} is not from 0 to 1`);
  }

  positive(key: string, fallback: number, most = 1e7): number {
    const value = this.number(key, fallback);
    if (Number.isInteger(value) && value > 0 && value <= most) return value;
    return this.refuse(key, `${value} is not a positive whole number up to ${most}`);
  }

  string(key: string, fallback: string): string {
    const value = this.value(key) ?? fallback;
    return typeof value === 'string' ? value : this.refuse(key, `${quoteValue(value)} is not a text`);
  }

  boolean(key: string, fallback: boolean): boolean {
    const value = this.value(key) ?? fallback;
    return typeof value === 'boolean' ? value : this.refuse(key, `${quoteValue(value)} is not true or false`);
  }

  /** Keys that change nothing in this family's forward pass. */
  ignore(...keys: readonly string[]): void {
    for (const key of keys) this.known.add(key);
  }

  /** A key that is fine with this value alone. */
  only(key: string, value: unknown): void {
    const given = this.value(key) ?? value;
    if (JSON.stringify(given) !== JSON.stringify(value)) this.refuse(key, `${quoteValue(given)} is not supported`);
  }

  /** Refuses a key that was not read, unless it switches something off: null, false, or an empty list or object. */
  finish(): void {
    for (const [key, value] of Object.entries(this.json)) {
      const off = value === null || value === false || ['[]', '{}'].includes(JSON.stringify(value));
      if (!this.known.has(key) && !off) this.refuse(key, `${quoteValue(value)} is not supported`);
    }
  }
}

/** What `read` makes of a config.json. @throws naming the key that cannot be honoured, and any that `read` does not ask for */
export function readConfig<T>(family: string, json: unknown, read: (config: Config) => T): T {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Error('config.json: is not a JSON object');
  const config = new Config(family, json as Record<string, unknown>);
  const result = read(config);
  config.finish();
  return result;
}
