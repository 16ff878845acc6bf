import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { countWords, toByteCharacters, trainBpe } from './bpe';

/** Tokens outside the text, by id. */
export const SPECIAL_TOKENS = { bos: '<|bos|>', eos: '<|eos|>', pad: '<|pad|>' } as const;

/** Those of a model that fills in the middle, by id: StarCoder's. Texts get nothing in front. */
export const FIM_TOKENS = {
  end: '<|endoftext|>', prefix: '<fim_prefix>', middle: '<fim_middle>', suffix: '<fim_suffix>', pad: '<fim_pad>',
} as const;

export interface TokenizerOptions {
  /** Tokens in all: special tokens, bytes and merges. */
  vocabularySize?: number;
  /** Words that must be one token each, with their leading space (" TypeError"). */
  answers: readonly string[];
  /** Longest input in tokens, written to tokenizer_config.json. */
  maxLength?: number;
  /** The tokens outside the text; SPECIAL_TOKENS when left out. */
  special?: typeof SPECIAL_TOKENS | typeof FIM_TOKENS;
}

/** The files of a tokenizer in Hugging Face's layout: file name → JSON value. */
export type TokenizerFiles = Record<'tokenizer.json' | 'tokenizer_config.json' | 'special_tokens_map.json', object>;

/**
 * Trains a byte-level BPE on `texts`; digits are always split one by one, and every text gets `<|bos|>` in front.
 * @throws when an answer did not become a single token (the vocabulary is too small for it).
 */
export function trainTokenizer(texts: Iterable<string>, options: TokenizerOptions): TokenizerFiles {
  const { vocabularySize = 3072, answers, maxLength = 256, special: outside = SPECIAL_TOKENS } = options;
  const special: readonly string[] = Object.values(outside);
  const roles = 'bos' in outside
    ? { bos_token: outside.bos, eos_token: outside.eos, pad_token: outside.pad }
    : { bos_token: outside.end, eos_token: outside.end, pad_token: outside.pad };
  const counts = countWords(texts);
  let total = 0;
  for (const count of counts.values()) total += count;
  // Often enough to be merged for sure, rare enough that the most common pairs of the text still come first.
  const boost = Math.max(1000, Math.ceil(total / 200));
  for (const answer of answers) counts.set(answer, Math.max(counts.get(answer) ?? 0, boost));

  const { tokens, merges } = trainBpe(counts, vocabularySize - special.length);
  const vocabulary = Object.fromEntries([...special, ...tokens].map((token, id) => [token, id]));
  const split = answers.filter((answer) => vocabulary[toByteCharacters(answer)] === undefined);
  if (split.length > 0) {
    const names = split.map((answer) => JSON.stringify(answer)).join(', ');
    throw new Error(`${names} did not become one token. Train with a larger vocabulary than ${vocabularySize}.`);
  }
  return {
    'tokenizer.json': tokenizerJson(vocabulary, merges, special, 'bos' in outside ? beginning(outside.bos) : null),
    'tokenizer_config.json': {
      tokenizer_class: 'PreTrainedTokenizerFast',
      ...roles,
      model_max_length: maxLength,
      clean_up_tokenization_spaces: false,
      added_tokens_decoder: Object.fromEntries(addedTokens(special).map(({ id, ...token }) => [String(id), token])),
    },
    'special_tokens_map.json': roles,
  };
}

/** Writes the tokenizer's files into a model folder. */
export function writeTokenizer(folder: string, files: TokenizerFiles): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, value] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), `${JSON.stringify(value, null, 1)}\n`);
  }
}

function addedTokens(special: readonly string[]) {
  return special.map((content, id) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }));
}

/** A post-processor that puts one token in front of each text. */
function beginning(token: string): object {
  const bos = { SpecialToken: { id: token, type_id: 0 } };
  return {
    type: 'TemplateProcessing',
    single: [bos, { Sequence: { id: 'A', type_id: 0 } }],
    pair: [bos, { Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
    special_tokens: { [token]: { id: token, ids: [0], tokens: [token] } },
  };
}

function tokenizerJson(
  vocabulary: Record<string, number>,
  merges: [string, string][],
  special: readonly string[],
  postProcessor: object | null,
): object {
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: addedTokens(special),
    normalizer: null,
    pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Digits', individual_digits: true }, byteLevel] },
    post_processor: postProcessor,
    decoder: byteLevel,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: vocabulary,
      merges: merges.map(([left, right]) => `${left} ${right}`),
    },
  };
}
