/** tokenizer.json and tokenizer_config.json from a GGUF file's metadata. */
import { CheckpointError, quoteName } from '../../checkpoint-error';
import type { Metadata } from '../metadata';
import { byteLevel } from './byte-level';
import { sentencePiece } from './sentencepiece';
import { readVocabulary, type Rebuilt, type Vocabulary } from './vocabulary';

/** Keys that change nothing here: which token does what in a chat or when code is filled in. */
const HARMLESS = /^tokenizer\.(?:ggml\.(?:\w+_token_ids?|token_type_count|add_sep_token)|chat_templates?(?:\.\w+)?|huggingface\.json|rwkv\.world)$/;

const READ = new Set(
  ['model', 'pre', 'tokens', 'token_type', 'scores', 'merges', 'add_bos_token', 'add_eos_token', 'add_space_prefix', 'remove_extra_whitespaces'].map(
    (name) => `tokenizer.ggml.${name}`,
  ),
);

/**
 * Rebuilds a tokenizer. Throws a {@link CheckpointError} for one whose way of cutting text is not known.
 * @param architecture what `general.architecture` says
 * @param rows of the model's embedding; there may not be more tokens
 */
export function rebuildTokenizer(metadata: Metadata, architecture: string, rows: number): { file: object; config: object } {
  for (const key of metadata.values.keys()) {
    if (key.startsWith('tokenizer.') && !READ.has(key) && !HARMLESS.test(key)) metadata.refuse(key, 'is an option that is not known here');
  }
  const vocabulary = readVocabulary(metadata);
  const { tokens } = vocabulary;
  if (tokens.length > rows) metadata.refuse('tokenizer.ggml.tokens', `has ${tokens.length} tokens, but the embedding has ${rows} rows`);
  const rebuilt = rebuild(metadata, vocabulary, architecture);

  const special = (name: string): string | null => {
    const id = metadata.whole(`tokenizer.ggml.${name}_token_id`);
    return id === undefined ? null : (tokens[id] ?? metadata.refuse(`tokenizer.ggml.${name}_token_id`, `is ${id}, but there are ${tokens.length} tokens`));
  };
  const [bos, eos] = [special('bos'), special('eos')];
  const first = (metadata.flag('tokenizer.ggml.add_bos_token') ?? rebuilt.addsBos) && bos !== null ? bos : null;
  const last = metadata.flag('tokenizer.ggml.add_eos_token') && eos !== null ? eos : null;
  const { addsBos: _, model, added_tokens, ...steps } = rebuilt;
  return {
    file: {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens,
      ...steps,
      post_processor: template(first, last, tokens),
      model,
    },
    config: {
      tokenizer_class: 'PreTrainedTokenizerFast',
      bos_token: bos,
      eos_token: eos,
      unk_token: special('unknown'),
      pad_token: special('padding'),
      add_bos_token: first !== null,
      add_eos_token: last !== null,
      clean_up_tokenization_spaces: false,
      ...chatTemplate(metadata),
    },
  };
}

function rebuild(metadata: Metadata, vocabulary: Vocabulary, architecture: string): Rebuilt {
  const kind = metadata.text('tokenizer.ggml.model');
  if (kind === 'gpt2') return byteLevel(metadata, vocabulary, architecture);
  if (kind === 'llama') return sentencePiece(metadata, vocabulary, architecture.startsWith('gemma'));
  if (kind === undefined) throw new CheckpointError(metadata.file, 'does not say what kind of tokenizer it has (no key "tokenizer.ggml.model").');
  return metadata.refuse('tokenizer.ggml.model', `is ${quoteName(kind)}; "gpt2" and "llama" (SentencePiece) are known`);
}

/** Puts `first` before and `last` after a text, as tokenizer.json says it. */
function template(first: string | null, last: string | null, tokens: readonly string[]): object | null {
  if (first === null && last === null) return null;
  const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  const text = (id: 'A' | 'B', type_id: number) => ({ Sequence: { id, type_id } });
  const around = (middle: object[]) => [...(first === null ? [] : [special(first)]), ...middle, ...(last === null ? [] : [special(last)])];
  const used = [...new Set([first, last].filter((token) => token !== null))];
  return {
    type: 'TemplateProcessing',
    single: around([text('A', 0)]),
    pair: [...around([text('A', 0)]), ...around([text('B', 1)])],
    special_tokens: Object.fromEntries(used.map((token) => [token, { id: token, ids: [tokens.indexOf(token)], tokens: [token] }])),
  };
}

function chatTemplate(metadata: Metadata): object {
  const main = metadata.text('tokenizer.chat_template');
  const named = (metadata.texts('tokenizer.chat_templates') ?? []).map((name) => ({ name, template: metadata.text(`tokenizer.chat_template.${name}`) }));
  const templates = named.filter(({ template }) => template !== undefined);
  if (main === undefined && templates.length === 0) return {};
  if (templates.length === 0) return { chat_template: main };
  return { chat_template: [...(main === undefined ? [] : [{ name: 'default', template: main }]), ...templates] };
}
