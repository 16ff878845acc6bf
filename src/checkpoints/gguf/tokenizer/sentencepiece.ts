/**
 * SentencePiece's BPE (`tokenizer.ggml.model` is "llama"): spaces are written ▁, characters without a token become bytes,
 * and instead of merges there is a score for each token. Two neighbours merge where the result is a token, the best first;
 * so every way to split a token in two is a merge, in the order of the scores (as transformers' converter has it).
 */
import { CheckpointError } from '../../checkpoint-error';
import type { Metadata } from '../metadata';
import { addedTokens, idsOf, KIND, type Rebuilt, type Vocabulary } from './vocabulary';

const SPACE = '▁';
const REPLACE = { type: 'Replace', pattern: { String: ' ' }, content: SPACE };

/** @param gemma Gemma's scores do not follow the order of its merges; that of its tokens does. */
export function sentencePiece(metadata: Metadata, given: Vocabulary, gemma: boolean): Rebuilt {
  if (metadata.flag('tokenizer.ggml.remove_extra_whitespaces')) metadata.refuse('tokenizer.ggml.remove_extra_whitespaces', 'is true, which is not known');
  const vocabulary = {
    tokens: given.tokens.map((token) => (isSpaces(token) ? SPACE.repeat(token.length) : token)),
    kinds: given.kinds.map((kind, id) => (isSpaces(given.tokens[id]!) ? KIND.normal : kind)),
  };
  const scores = gemma ? vocabulary.tokens.map((_, id) => -id) : metadata.numbers('tokenizer.ggml.scores');
  if (!scores) throw new CheckpointError(metadata.file, 'has a SentencePiece tokenizer without scores (no key "tokenizer.ggml.scores").');
  if (scores.length !== vocabulary.tokens.length) {
    metadata.refuse('tokenizer.ggml.scores', `has ${scores.length} entries for ${vocabulary.tokens.length} tokens`);
  }
  const prefix = metadata.flag('tokenizer.ggml.add_space_prefix') ?? true;
  const unknown = metadata.whole('tokenizer.ggml.unknown_token_id');
  const vocab = idsOf(vocabulary.tokens);
  return {
    addsBos: true,
    normalizer: prefix ? { type: 'Sequence', normalizers: [{ type: 'Prepend', prepend: SPACE }, REPLACE] } : REPLACE,
    pre_tokenizer: gemma ? { type: 'Split', pattern: { String: ' ' }, behavior: 'MergedWithPrevious', invert: false } : null,
    decoder: {
      type: 'Sequence',
      decoders: [
        { type: 'Replace', pattern: { String: SPACE }, content: ' ' },
        { type: 'ByteFallback' },
        { type: 'Fuse' },
        ...(prefix ? [{ type: 'Strip', content: ' ', start: 1, stop: 0 }] : []),
      ],
    },
    added_tokens: addedTokens(vocabulary),
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: unknown === undefined ? null : (vocabulary.tokens[unknown] ?? metadata.refuse('tokenizer.ggml.unknown_token_id', 'is no token')),
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: true,
      byte_fallback: true,
      ignore_merges: false,
      vocab,
      merges: mergesOf(vocabulary, vocab, scores),
    },
  };
}

/** llama.cpp writes runs of spaces, which a vocabulary spells with ▁ and makes by merging, as spaces and as defined by users. */
function isSpaces(token: string): boolean {
  return /^ {2,}$/.test(token);
}

interface Merge {
  left: string;
  right: string;
  score: number;
  /** Characters of each part. */
  lengths: [number, number];
}

/** Every split of a token into two: best token first; of equal scores longer parts first; of one token by the ids of the parts. */
function mergesOf({ tokens, kinds }: Vocabulary, vocab: Record<string, number>, scores: readonly number[]): [string, string][] {
  const merges: Merge[] = [];
  tokens.forEach((token, id) => {
    if (kinds[id] !== KIND.normal && kinds[id] !== KIND.user) return;
    const characters = [...token];
    const splits: Merge[] = [];
    for (let at = 1; at < characters.length; at++) {
      const [left, right] = [characters.slice(0, at).join(''), characters.slice(at).join('')];
      if (left in vocab && right in vocab) splits.push({ left, right, score: scores[id]!, lengths: [at, characters.length - at] });
    }
    splits.sort((a, b) => vocab[a.left]! - vocab[b.left]! || vocab[a.right]! - vocab[b.right]!);
    merges.push(...splits);
  });
  merges.sort((a, b) => b.score - a.score || b.lengths[0] - a.lengths[0] || b.lengths[1] - a.lengths[1]);
  return merges.map(({ left, right }) => [left, right]);
}
