import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Metadata, type Value } from '../../../src/checkpoints/gguf/metadata';
import { rebuildTokenizer } from '../../../src/checkpoints/gguf/tokenizer';
import { CodeTokenizer } from '../../../src/snippets/tokenizer/tokenizer';

/** One vocabulary cut in each way by Rust's tokenizers; made by test/golden/gguf.py. */
const GOLDEN = JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/gguf/pre-tokenizers.json'), 'utf8')) as {
  tokens: string[];
  merges: string[];
  ids: Record<string, Record<string, number[]>>;
};

function tokenizerOf(pre: string | null, { architecture = 'llama', extra = [] as string[] } = {}): CodeTokenizer {
  const tokens = [...GOLDEN.tokens, ...extra];
  const values: [string, Value][] = [
    ['tokenizer.ggml.model', 'gpt2'],
    ['tokenizer.ggml.tokens', tokens],
    ['tokenizer.ggml.token_type', tokens.map((token) => (token.startsWith('<') && token.endsWith('>') && token.length > 2 ? 3 : 1))],
    ['tokenizer.ggml.merges', GOLDEN.merges],
    ['tokenizer.ggml.bos_token_id', 0],
    ...(pre === null ? [] : [['tokenizer.ggml.pre', pre] as [string, Value]]),
  ];
  const { file, config } = rebuildTokenizer(new Metadata('model.gguf', new Map(values)), architecture, tokens.length);
  return new CodeTokenizer(file, config);
}

function expectIds(tokenizer: CodeTokenizer, pre: string): void {
  for (const [text, ids] of Object.entries(GOLDEN.ids[pre]!)) expect({ text, ids: tokenizer.encodeIds(text) }).toEqual({ text, ids });
}

describe('a way of cutting text', () => {
  it.each(Object.keys(GOLDEN.ids))('%s: gives the tokens of the original library', (pre) => {
    const tokenizer = tokenizerOf(pre);
    expectIds(tokenizer, pre);
    expect(tokenizer.addsBos).toBe(pre === 'llama-bpe' || pre === 'tekken');
  });

  it('the ways differ, so that one taken for another is seen', () => {
    const different = new Set(Object.values(GOLDEN.ids).map((ids) => JSON.stringify(ids)));
    expect(different.size).toBe(9);
  });
});

describe('a file that does not name one', () => {
  it.each<[string | null, string, string, string]>([
    ['default', 'llama', '<|begin_of_text|>', 'llama-bpe'],
    [null, 'llama', '<|begin_of_text|>', 'llama-bpe'],
    ['default', 'qwen2', '<|im_start|>', 'qwen2'],
    [null, 'starcoder2', '<fim_prefix>', 'starcoder'],
  ])('%s of %s with %s is cut as %s', (pre, architecture, token, expected) => {
    expectIds(tokenizerOf(pre, { architecture, extra: [token] }), expected);
  });

  it('is refused where its vocabulary does not tell', () => {
    expect(() => tokenizerOf('default')).toThrow(
      'model.gguf: does not say how its tokenizer cuts text ("tokenizer.ggml.pre" is "default"), and its vocabulary does not tell; get a newer file.',
    );
    expect(() => tokenizerOf(null, { extra: ['<|im_start|>'] })).toThrow('(no key "tokenizer.ggml.pre"), and its vocabulary does not tell; get a newer file.');
  });
});
