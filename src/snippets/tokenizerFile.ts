/** The parts of a `tokenizer.json` that matter here. */
export interface TokenizerFile {
  model: { type?: string; vocab: Record<string, number>; merges: unknown[] };
  added_tokens?: { id: number; content: string; lstrip?: boolean; rstrip?: boolean }[];
  normalizer?: { type: string } | null;
  pre_tokenizer?: PreTokenizer | null;
  post_processor?: { type: string } | null;
  decoder?: { type: string } | null;
}

interface PreTokenizer {
  type: string;
  pretokenizers?: PreTokenizer[];
  use_regex?: boolean;
  add_prefix_space?: boolean;
  individual_digits?: boolean;
}

/** The parts of a `tokenizer_config.json` that matter here. */
export interface TokenizerConfig {
  tokenizer_class?: string;
  bos_token?: string | { content: string } | null;
  eos_token?: string | { content: string } | null;
  add_bos_token?: boolean;
}

/** No known vocabulary comes near; an absurd id would make an absurdly long table. */
const MAX_VOCABULARY = 4_000_000;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws a sentence with the file's name and what is wrong with it */
export function checkTokenizer(file: unknown, name: string): asserts file is TokenizerFile {
  const fail = (what: string): never => {
    throw new Error(`${name} ${what}`);
  };
  if (!isObject(file)) return fail('is not a JSON object.');
  const { model, added_tokens: added = [], normalizer = null } = file;
  if (!isObject(model)) return fail('has no "model". It is not a tokenizer.json of Hugging Face.');
  if (model.type !== undefined && model.type !== 'BPE')
    return fail(`has a ${String(model.type)} model; only BPE is read.`);
  if (!isObject(model.vocab)) return fail('has no "model.vocab".');
  if (!Array.isArray(model.merges)) return fail('has no "model.merges".');
  const pairs = (merge: unknown): boolean =>
    typeof merge === 'string' ? merge.includes(' ') : Array.isArray(merge) && merge.length === 2;
  if (!model.merges.every(pairs)) return fail('has a merge that is not a pair of tokens.');
  if (!Array.isArray(added)) return fail('has "added_tokens" that are not a list.');
  for (const token of added) {
    if (!isObject(token) || typeof token.content !== 'string') return fail('has an added token without "content".');
  }
  const ids = [...Object.values(model.vocab), ...added.map((token) => (token as { id: unknown }).id)];
  for (const id of ids) {
    if (!Number.isInteger(id) || (id as number) < 0 || (id as number) >= MAX_VOCABULARY) {
      return fail(`has the token id ${String(id)}; ids are whole numbers from 0 to ${MAX_VOCABULARY - 1}.`);
    }
  }
  if (normalizer !== null && !(isObject(normalizer) && normalizer.type === 'NFC')) {
    const type = isObject(normalizer) ? String(normalizer.type) : 'unknown';
    return fail(`has a normalizer (${type}) that changes text, so its tokens cannot be placed; only NFC is read.`);
  }
  if (!isObject(file.pre_tokenizer) || !hasByteLevel(file.pre_tokenizer as unknown as PreTokenizer)) {
    return fail('is not byte-level: no ByteLevel pre-tokenizer. Use a model with a byte-level BPE tokenizer.');
  }
}

function hasByteLevel(step: PreTokenizer): boolean {
  if (step.type === 'ByteLevel') return step.add_prefix_space !== true;
  return step.type === 'Sequence' && (step.pretokenizers ?? []).some(hasByteLevel);
}

const GPT2_PATTERN = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

/**
 * The file with the steps replaced that `@huggingface/tokenizers` 0.2.0 reads otherwise than the original library:
 * its `Digits` knows ASCII digits only (not `²` or `٣`), its `ByteLevel` takes JavaScript's `\s` (which holds U+FEFF and
 * lacks U+0085). Its `Split` follows the original, so both are written as splits.
 */
export function faithful(file: TokenizerFile): TokenizerFile {
  const { added_tokens = [], normalizer = null, post_processor = null, decoder = null } = file;
  const pre_tokenizer = file.pre_tokenizer ? faithfulStep(file.pre_tokenizer) : null;
  return { ...file, added_tokens, normalizer, pre_tokenizer, post_processor, decoder };
}

function faithfulStep(step: PreTokenizer): PreTokenizer {
  const split = (Regex: string): PreTokenizer =>
    ({ type: 'Split', pattern: { Regex }, behavior: 'Isolated', invert: false }) as PreTokenizer;
  switch (step.type) {
    case 'Sequence':
      return { ...step, pretokenizers: (step.pretokenizers ?? []).map(faithfulStep) };
    case 'Digits':
      return split(step.individual_digits ? '\\p{N}' : '\\p{N}+');
    case 'ByteLevel':
      if (step.use_regex === false) return step;
      return { type: 'Sequence', pretokenizers: [split(GPT2_PATTERN), { ...step, use_regex: false }] };
    default:
      return step;
  }
}
