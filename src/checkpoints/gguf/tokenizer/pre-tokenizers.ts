/**
 * How byte-level vocabularies cut text before merging, by `tokenizer.ggml.pre`: the steps of the tokenizer.json that each
 * model has on the Hub, which llama.cpp's converter recognised by what they do to a test text.
 */
export interface PreTokenization {
  normalizer: object | null;
  pre_tokenizer: object;
  /** A piece that is a token as a whole is not cut into merges. */
  ignoreMerges?: boolean;
  /** Whether the beginning-of-sequence token comes first when the file does not say. */
  addsBos?: boolean;
}

const BYTES = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false };
const GPT2 = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
const DIGITS = { type: 'Digits', individual_digits: true };
const NFC = { type: 'NFC' };

const sequence = (...pretokenizers: object[]) => ({ type: 'Sequence', pretokenizers });
const split = (Regex: string) => ({ type: 'Split', pattern: { Regex }, behavior: 'Isolated', invert: false });

/** GPT-4's expression; digits by threes or one by one. */
const gpt4 = (digits: string) =>
  `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|${digits}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`;

const ONE_BEFORE = '[^\\r\\n\\p{L}\\p{N}]?';
const UPPER = '[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]';
const LOWER = '[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]';

const gpt2: PreTokenization = { normalizer: null, pre_tokenizer: GPT2 };
const digits: PreTokenization = { normalizer: null, pre_tokenizer: sequence(DIGITS, GPT2) };
const neox: PreTokenization = { normalizer: NFC, pre_tokenizer: GPT2 };
const qwen: PreTokenization = { normalizer: NFC, pre_tokenizer: sequence(split(gpt4('\\p{N}')), BYTES) };
const llama3: PreTokenization = {
  normalizer: null,
  pre_tokenizer: sequence(split(gpt4('\\p{N}{1,3}')), BYTES),
  ignoreMerges: true,
  addsBos: true,
};
/** Llama 3's expression, in models whose tokenizer.json does merge what is a token as a whole: Phi-4 and the first Llama 3. */
const dbrx: PreTokenization = { normalizer: null, pre_tokenizer: llama3.pre_tokenizer };

/** GPT-4o's expression: a word may begin with capitals or end with small letters, with a contraction behind it or (tekken) not. */
const gpt4o = (contraction: string, digits: string) =>
  `${ONE_BEFORE}${UPPER}*${LOWER}+${contraction}|${ONE_BEFORE}${UPPER}+${LOWER}*${contraction}|${digits}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`;
const gpt4oTokens: PreTokenization = {
  normalizer: null,
  pre_tokenizer: sequence(split(gpt4o("(?i:'s|'t|'re|'ve|'m|'ll|'d)?", '\\p{N}{1,3}')), BYTES),
};
const tekken: PreTokenization = {
  normalizer: null,
  pre_tokenizer: sequence(split(gpt4o('', '\\p{N}')), BYTES),
  ignoreMerges: true,
  addsBos: true,
};
const deepseekCoder: PreTokenization = {
  normalizer: null,
  pre_tokenizer: sequence(
    split('[\r\n]'),
    split('\\s?\\p{L}+'),
    split('\\s?\\p{P}+'),
    split('[一-龥ࠀ-一가-퟿]+'),
    DIGITS,
    BYTES,
  ),
};

export const PRE_TOKENIZERS: Readonly<Record<string, PreTokenization>> = {
  'gpt-2': gpt2,
  // GPT-NeoX's own, which Pythia has: the converter recognises all three by the same hash and writes the last name.
  mpt: neox,
  olmo: neox,
  starcoder: digits,
  refact: digits,
  smollm: digits,
  qwen2: qwen,
  'deepseek-r1-qwen': qwen,
  kormo: qwen,
  'llama-bpe': llama3,
  llama3,
  'llama-v3': llama3,
  'smaug-bpe': dbrx,
  dbrx,
  'gpt-4o': gpt4oTokens,
  tekken,
  'deepseek-coder': deepseekCoder,
};

/**
 * What a file means that names no way of cutting text, or "default", as converters did until May 2024 and where they did not recognise a
 * tokenizer: by its architecture and a token that only the one vocabulary of such models has. In llama.cpp "default" is a way of its own,
 * which none of these models was trained with.
 */
const UNNAMED: readonly [architectures: readonly string[], token: string, pre: string][] = [
  [['llama'], '<|begin_of_text|>', 'llama-bpe'],
  [['qwen2', 'qwen3'], '<|im_start|>', 'qwen2'],
  [['starcoder', 'starcoder2'], '<fim_prefix>', 'starcoder'],
];

/** The name for a file without one; undefined where that cannot be told. */
export function unnamedPreTokenizer(architecture: string, tokens: readonly string[]): string | undefined {
  return UNNAMED.find(([architectures, token]) => architectures.includes(architecture) && tokens.includes(token))?.[2];
}
