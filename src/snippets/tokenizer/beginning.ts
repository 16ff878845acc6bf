/** The token at the beginning of a sequence, as `transformers` puts it there. */
import { bareName } from '../../checkpoints/checkpoint-error';
import type { Component, TokenizerConfig, TokenizerFile } from './file';

/** What classes of `transformers` take when the files name no token; GPT-2's files do not. */
const CLASS_DEFAULT = { token: '<|endoftext|>', classes: /^(?:GPT2|GPTNeoX|CodeGen|Qwen2)Tokenizer/ };

/** Classes of transformers 4 that obey `add_bos_token`. */
const BY_CONFIG = /^(?:Llama|CodeLlama|Gemma|Cohere)Tokenizer/;

/** The text of a token that tokenizer_config.json names, or that its class takes by default; null when there is none. */
export function namedToken(config: TokenizerConfig, key: 'bos_token' | 'eos_token' | 'unk_token' | 'pad_token'): string | null {
  const named = config[key];
  if (named !== undefined) return typeof named === 'string' ? named : (named?.content ?? null);
  const byClass = config.tokenizer_class === undefined || CLASS_DEFAULT.classes.test(config.tokenizer_class);
  const has = key === 'eos_token' || (key === 'bos_token' && !config.tokenizer_class?.startsWith('Qwen2'));
  return byClass && has ? CLASS_DEFAULT.token : null;
}

/**
 * The text of the token that `tokenizer(text)` puts first, null when it puts none. The post-processor of tokenizer.json says so
 * (TemplateProcessing). For the classes that build their own from `add_bos_token` in tokenizer_config.json that decides, as in transformers
 * 4, for which these files were written; version 5 reads the post-processor alone, which in published files says the same. What a
 * post-processor puts behind a text is left out, as the model shall go on from there.
 * @throws (through `refuse`) for a post-processor that is not read here, and when it puts several tokens first
 */
export function addedBeginning(file: TokenizerFile, config: TokenizerConfig, refuse: (what: string) => never): string | null {
  const processed = file.post_processor === null ? [] : prefixOf(file.post_processor, refuse);
  if (processed.length > 1) return refuse(`puts ${processed.length} tokens before every text (${bareName(processed.join(' '))}); at most one is read.`);
  const decides = typeof config.add_bos_token === 'boolean' && BY_CONFIG.test(config.tokenizer_class ?? '');
  if (decides) return config.add_bos_token ? (namedToken(config, 'bos_token') ?? processed[0] ?? null) : null;
  return processed[0] ?? null;
}

function prefixOf(processor: Component, refuse: (what: string) => never): string[] {
  switch (processor.type) {
    case 'ByteLevel':
      return [];
    case 'Sequence':
      return (processor.processors as Component[]).flatMap((step) => prefixOf(step, refuse));
    case 'TemplateProcessing': {
      const single = Array.isArray(processor.single) ? (processor.single as { SpecialToken?: { id?: unknown }; Sequence?: unknown }[]) : [];
      const at = single.findIndex((item) => item.Sequence !== undefined);
      if (at < 0) return refuse('has a TemplateProcessing without a place for the text.');
      return single.slice(0, at).map((item) => {
        const id = item.SpecialToken?.id;
        return typeof id === 'string' ? id : refuse('has a TemplateProcessing with a token that has no name.');
      });
    }
    default:
      return refuse(`has a post-processor (${bareName(processor.type)}) that is not read: ByteLevel, Sequence and TemplateProcessing are.`);
  }
}
