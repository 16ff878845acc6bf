/** Byte-level BPE (`tokenizer.ggml.model` is "gpt2"): merges and a way of cutting text by name. */
import { CheckpointError, quoteName } from '../../checkpoint-error';
import type { Metadata } from '../metadata';
import { PRE_TOKENIZERS, unnamedPreTokenizer } from './pre-tokenizers';
import { addedTokens, idsOf, type Rebuilt, type Vocabulary } from './vocabulary';

export function byteLevel(metadata: Metadata, vocabulary: Vocabulary, architecture: string): Rebuilt {
  const given = metadata.text('tokenizer.ggml.pre') ?? 'default';
  const name = given === 'default' ? unnamedPreTokenizer(architecture, vocabulary.tokens) : given;
  const known = Object.keys(PRE_TOKENIZERS).join(', ');
  if (name === undefined) {
    const how = metadata.values.has('tokenizer.ggml.pre') ? '"tokenizer.ggml.pre" is "default"' : 'no key "tokenizer.ggml.pre"';
    throw new CheckpointError(metadata.file, `does not say how its tokenizer cuts text (${how}), and its vocabulary does not tell; get a newer file.`);
  }
  const pre = Object.hasOwn(PRE_TOKENIZERS, name) ? PRE_TOKENIZERS[name] : undefined;
  if (!pre) return metadata.refuse('tokenizer.ggml.pre', `is ${quoteName(name)}, a way of cutting text that is not known; known: ${known}`);
  if (metadata.flag('tokenizer.ggml.add_space_prefix')) metadata.refuse('tokenizer.ggml.add_space_prefix', 'is true, which is not known for this kind');

  const merges = metadata.texts('tokenizer.ggml.merges');
  if (!merges) throw new CheckpointError(metadata.file, 'has a tokenizer without merges (no key "tokenizer.ggml.merges").');
  const vocab = idsOf(vocabulary.tokens);
  const pairs = merges.map((merge) => {
    const space = merge.indexOf(' ', 1); // the first character may itself be a space in odd vocabularies
    const [left, right] = [merge.slice(0, space), merge.slice(space + 1)];
    if (space < 0 || !(left in vocab) || !(right in vocab) || !(left + right in vocab)) {
      metadata.refuse('tokenizer.ggml.merges', `has ${quoteName(merge)}, which is not two tokens that make a third`);
    }
    return [left, right];
  });
  return {
    addsBos: pre.addsBos ?? false,
    normalizer: pre.normalizer,
    pre_tokenizer: pre.pre_tokenizer,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    added_tokens: addedTokens(vocabulary),
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: pre.ignoreMerges ?? false,
      vocab,
      merges: pairs,
    },
  };
}
