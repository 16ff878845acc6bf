/** A `tokenizer.json` and the files beside it: what is read of them, and checks of everything that later code relies on. */
import { quoteValue } from '../../checkpoints/checkpoint-error';
import type { AddedToken } from './added-tokens';

/** A normalizer, pre-tokenizer, post-processor or decoder. */
export interface Component {
  type: string;
  [field: string]: unknown;
}

export interface TokenizerFile {
  model: {
    vocab: ReadonlyMap<string, number>;
    merges: [string, string][];
    byte_fallback: boolean;
    ignore_merges: boolean;
  };
  added_tokens: AddedToken[];
  normalizer: Component | null;
  pre_tokenizer: Component | null;
  post_processor: Component | null;
}

type Named = string | { content: string } | null;

/** The parts of a `tokenizer_config.json` that matter here. */
export interface TokenizerConfig {
  tokenizer_class?: string;
  bos_token?: Named;
  eos_token?: Named;
  unk_token?: Named;
  pad_token?: Named;
  add_bos_token?: boolean | null;
  add_eos_token?: boolean | null;
  /** A Jinja template, or several with names, of which "default" is taken. */
  chat_template?: string | { name: string; template: string }[] | null;
}

/** No known vocabulary comes near; an absurd id would make an absurdly long table. */
const MAX_VOCABULARY = 4_000_000;
/** Gemma 3 has half a million. */
const MAX_MERGES = 4_000_000;
/** Steps of a normalizer or pre-tokenizer; DeepSeek has eight. */
const MAX_STEPS = 64;

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The checked parts of a parsed tokenizer.json, with what was left out at its default.
 * @throws a sentence with the file's name and what is wrong with it
 */
export function readTokenizer(file: unknown, name: string): TokenizerFile {
  const fail = (what: string): never => {
    throw new Error(`${name} ${what}`);
  };
  if (!isObject(file)) return fail('is not a JSON object.');
  const model = file.model;
  if (!isObject(model)) return fail('has no "model". It is not a tokenizer.json of Hugging Face.');
  if (model.type !== undefined && model.type !== 'BPE') return fail(`has a model of the type ${quoteValue(model.type)}; only BPE is read.`);
  if (!isObject(model.vocab)) return fail('has no "model.vocab".');
  if (!Array.isArray(model.merges)) return fail('has no "model.merges".');
  if (model.merges.length > MAX_MERGES) return fail(`has ${model.merges.length} merges; at most ${MAX_MERGES} are read.`);
  for (const field of ['continuing_subword_prefix', 'end_of_word_suffix', 'dropout']) {
    if (model[field]) return fail(`has "${field}" in its model, which is not read.`);
  }
  const vocab = new Map(Object.entries(model.vocab as Record<string, number>));
  const merges = model.merges.filter((merge) => typeof merge !== 'string' || !merge.startsWith('#version')).map((merge: unknown) => {
    const pair: unknown = typeof merge === 'string' ? merge.split(' ') : merge;
    if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== 'string' || typeof pair[1] !== 'string') {
      return fail('has a merge that is not a pair of tokens.');
    }
    const [left, right] = pair as [string, string];
    if (!vocab.has(left) || !vocab.has(right) || !vocab.has(left + right)) {
      return fail(`has a merge, ${quoteValue(pair)}, of tokens that are not in its vocabulary.`);
    }
    return pair as [string, string];
  });
  const added_tokens = addedTokens(file.added_tokens ?? [], vocab, fail);
  for (const id of [...vocab.values(), ...added_tokens.map((token) => token.id)]) {
    if (!Number.isInteger(id) || id < 0 || id >= MAX_VOCABULARY) {
      return fail(`has the token id ${quoteValue(id)}; ids are whole numbers from 0 to ${MAX_VOCABULARY - 1}.`);
    }
  }
  return {
    model: { vocab, merges, byte_fallback: model.byte_fallback === true, ignore_merges: model.ignore_merges === true },
    added_tokens,
    normalizer: component(file.normalizer, 'normalizer', 'normalizers', fail),
    pre_tokenizer: component(file.pre_tokenizer, 'pre_tokenizer', 'pretokenizers', fail),
    post_processor: component(file.post_processor, 'post_processor', 'processors', fail),
  };
}

function addedTokens(list: unknown, vocab: ReadonlyMap<string, number>, fail: (what: string) => never): AddedToken[] {
  if (!Array.isArray(list)) return fail('has "added_tokens" that are not a list.');
  return list.map((token: unknown) => {
    if (!isObject(token) || typeof token.content !== 'string') return fail('has an added token without "content".');
    const { content, id, special } = token;
    // The original library takes the vocabulary's own id where there is one.
    const own = vocab.get(content) ?? (id as number);
    const is = (field: string): boolean => token[field] === true;
    const normalized = typeof token.normalized === 'boolean' ? token.normalized : special !== true;
    return { id: own, content, single_word: is('single_word'), lstrip: is('lstrip'), rstrip: is('rstrip'), normalized };
  });
}

/** Nothing deeper is known. */
const MAX_DEPTH = 8;

function component(value: unknown, field: string, list: string, fail: (what: string) => never, depth = 0): Component | null {
  if (value === undefined || value === null) return null;
  if (!isObject(value) || typeof value.type !== 'string') return fail(`has a "${field}" without a type.`);
  if (value.type !== 'Sequence') return value as Component;
  if (!Array.isArray(value[list])) return fail(`has a "${field}" of type Sequence without "${list}".`);
  if (value[list].length > MAX_STEPS) return fail(`has ${value[list].length} steps in its "${field}"; at most ${MAX_STEPS} are read.`);
  if (depth === MAX_DEPTH) return fail(`has a "${field}" that is nested too deeply.`);
  return { ...value, type: value.type, [list]: value[list].map((step: unknown) => component(step, field, list, fail, depth + 1) ?? fail(`has an empty step in its "${field}".`)) };
}
