/** Reading a config.json strictly: what cannot be honoured is refused by name. */

export interface ConfigKeys {
  /** Keys the family reads. */
  readonly handled: readonly string[];
  /** Keys that change nothing in this family's forward pass; HARMLESS ones need not be named. */
  readonly ignored?: readonly string[];
  /** Keys that are fine only with these values. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** Keys of every family that change nothing in a forward pass. */
const HARMLESS: readonly string[] = [
  '_name_or_path', 'architectures', 'model_type', 'torch_dtype', 'dtype', 'transformers_version', 'use_cache', 'initializer_range',
  'bos_token_id', 'eos_token_id', 'pad_token_id', 'attention_dropout', 'return_dict', 'output_hidden_states', 'output_attentions',
  'is_decoder', 'is_encoder_decoder', 'id2label', 'label2id', 'problem_type', 'chunk_size_feed_forward',
];

export function readConfig(family: string, json: unknown, keys: ConfigKeys) {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Error('config.json: is not a JSON object');
  const config = json as Record<string, unknown>;
  const refuse = (key: string, why: string): never => {
    throw new Error(`config.json: '${key}' of the ${family} family: ${why}`);
  };
  for (const [key, value] of Object.entries(config)) {
    if (HARMLESS.includes(key) || keys.handled.includes(key) || keys.ignored?.includes(key)) continue;
    const asDefault = key in keys.defaults && (value === null || JSON.stringify(value) === JSON.stringify(keys.defaults[key]));
    // null, false, 0 and empty lists or objects switch an option off, whatever it is.
    const off = !(key in keys.defaults) && (value === null || value === false || JSON.stringify(value) === '[]' || JSON.stringify(value) === '{}');
    if (!asDefault && !off) refuse(key, `${JSON.stringify(value)} is not supported`);
  }

  const number = (key: string, fallback: number): number => {
    const value = config[key] ?? fallback;
    return typeof value === 'number' && Number.isFinite(value) ? value : refuse(key, `${JSON.stringify(value)} is not a number`);
  };
  return {
    refuse,
    /** As it stands in the file; undefined where it does not. */
    value: (key: string): unknown => config[key],
    number,
    string(key: string, fallback: string): string {
      const value = config[key] ?? fallback;
      return typeof value === 'string' ? value : refuse(key, `${JSON.stringify(value)} is not a text`);
    },
    positive(key: string, fallback: number): number {
      const value = number(key, fallback);
      return Number.isInteger(value) && value > 0 && value <= 1e7 ? value : refuse(key, `${value} is not a positive whole number up to 10000000`);
    },
    boolean(key: string, fallback: boolean): boolean {
      const value = config[key] ?? fallback;
      return typeof value === 'boolean' ? value : refuse(key, `${JSON.stringify(value)} is not true or false`);
    },
    /** The rotary base, from `rope_theta` or (transformers 5) `rope_parameters`. */
    ropeTheta(fallback: number): number {
      const parameters = config.rope_parameters as Record<string, unknown> | null | undefined;
      if (parameters !== null && parameters !== undefined) {
        const { rope_theta: theta = config.rope_theta ?? fallback, rope_type: type = 'default', ...rest } = parameters;
        if (type !== 'default' || Object.keys(rest).length > 0) refuse('rope_parameters', `${JSON.stringify(parameters)} is not supported`);
        return typeof theta === 'number' && theta > 0 ? theta : refuse('rope_parameters', 'rope_theta is not a positive number');
      }
      const theta = number('rope_theta', fallback);
      return theta > 0 ? theta : refuse('rope_theta', 'is not positive');
    },
  };
}
