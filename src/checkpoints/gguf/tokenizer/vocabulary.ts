import { CheckpointError, quoteName } from '../../checkpoint-error';
import type { Metadata } from '../metadata';

/** `tokenizer.ggml.token_type`. */
export const KIND = { normal: 1, unknown: 2, control: 3, user: 4, unused: 5, byte: 6 } as const;

/** The tokens of a file, their index being their id. */
export interface Vocabulary {
  tokens: readonly string[];
  kinds: readonly number[];
}

export interface AddedToken {
  id: number;
  content: string;
  single_word: false;
  lstrip: false;
  rstrip: false;
  normalized: false;
  special: boolean;
}

/** What a kind of tokenizer gives; the rest is the same for all. */
export interface Rebuilt {
  /** Whether the beginning-of-sequence token comes first when the file does not say. */
  addsBos: boolean;
  normalizer: object | null;
  pre_tokenizer: object | null;
  decoder: object;
  added_tokens: AddedToken[];
  model: object;
}

/** Reads tokens and kinds. Throws a {@link CheckpointError} when there are none, one is there twice, or a kind is unknown. */
export function readVocabulary(metadata: Metadata): Vocabulary {
  const tokens = metadata.texts('tokenizer.ggml.tokens');
  if (!tokens || tokens.length === 0) throw new CheckpointError(metadata.file, 'holds no tokenizer (no key "tokenizer.ggml.tokens").');
  const kinds = metadata.numbers('tokenizer.ggml.token_type') ?? tokens.map(() => KIND.normal);
  if (kinds.length !== tokens.length) metadata.refuse('tokenizer.ggml.token_type', `has ${kinds.length} entries for ${tokens.length} tokens`);
  const seen = new Set<string>();
  tokens.forEach((token, id) => {
    if (seen.has(token)) metadata.refuse('tokenizer.ggml.tokens', `has ${quoteName(token)} twice`);
    seen.add(token);
    if (!(kinds[id]! >= KIND.normal && kinds[id]! <= KIND.byte)) metadata.refuse('tokenizer.ggml.token_type', `has the unknown kind ${kinds[id]}`);
  });
  return { tokens, kinds: kinds.map((kind, id) => (isPadding(tokens[id]!, id) ? KIND.unused : kind)) };
}

/** llama.cpp fills ids without a token with these, in older files as if users had defined them. */
function isPadding(token: string, id: number): boolean {
  return token === `[PAD${id}]`;
}

/** Tokens that are found in a text as a whole: control tokens, such as `<|endoftext|>`, and those that users defined. */
export function addedTokens({ tokens, kinds }: Vocabulary): AddedToken[] {
  const added: AddedToken[] = [];
  tokens.forEach((content, id) => {
    const special = kinds[id] === KIND.control || kinds[id] === KIND.unknown;
    if (!special && kinds[id] !== KIND.user) return;
    added.push({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special });
  });
  return added;
}

/** token → id. An object without a prototype, so that a token named `__proto__` is one. */
export function idsOf(tokens: readonly string[]): Record<string, number> {
  const ids = Object.create(null) as Record<string, number>;
  tokens.forEach((token, id) => (ids[token] = id));
  return ids;
}
