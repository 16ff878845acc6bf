/**
 * Types left out of code as token sequences: prefix, suffix, middle (Bavarian et al. 2022, arXiv 2207.14255), with StarCoder's sentinels.
 * `<fim_prefix>` P `<fim_suffix>` S `<fim_middle>` TYPE `<|endoftext|>`; P and S are encoded apart, so no token spans the hole.
 */
import type { Tokenizer } from '@huggingface/tokenizers';
import type { TypeRow } from '../../corpus/types/row';
import { FIM_TOKENS } from '../tokenizer/tokenizer';
import { TOKEN_KINDS, type Sample, type TokenKind } from './samples';

/** A sample that is measured. */
export interface HoleSample extends Sample {
  row: TypeRow;
}

const SENTINEL = new RegExp(Object.values(FIM_TOKENS).map((token) => token.replace(/[|]/g, '\\|')).join('|'));

/**
 * The type and the token that ends it are the answer (`label`), the rest is code; nothing learns to predict a sentinel. Undefined where it
 * is longer than `maxTokens`, or a sentinel is written in the code, where it would become one.
 */
export function encodeHole(tokenizer: Tokenizer, { prefix, suffix, type }: TypeRow, maxTokens: number): Sample | undefined {
  if ([prefix, suffix, type].some((text) => SENTINEL.test(text))) return undefined;
  const sentinel = idOf(tokenizer);
  return sampleOf(
    [
      ['none', [sentinel('prefix')]],
      ['code', idsOf(tokenizer, prefix)],
      ['none', [sentinel('suffix')]],
      ['code', idsOf(tokenizer, suffix)],
      ['none', [sentinel('middle')]],
      ['label', [...idsOf(tokenizer, type), sentinel('end')]],
    ],
    maxTokens,
  );
}

/** The same window read from left to right, as a text without holes. */
export function encodePlain(tokenizer: Tokenizer, { prefix, suffix, type }: TypeRow, maxTokens: number): Sample | undefined {
  const text = prefix + type + suffix;
  if (SENTINEL.test(text)) return undefined;
  const end = idOf(tokenizer)('end');
  return sampleOf([['none', [end]], ['code', [...idsOf(tokenizer, text), end]]], maxTokens);
}

function sampleOf(parts: readonly [TokenKind, number[]][], maxTokens: number): Sample | undefined {
  const ids = parts.flatMap(([, part]) => part);
  if (ids.length > maxTokens) return undefined;
  return { ids: Uint16Array.from(ids), kinds: Uint8Array.from(parts.flatMap(([kind, part]) => part.map(() => TOKEN_KINDS.indexOf(kind)))) };
}

const idsOf = (tokenizer: Tokenizer, text: string): number[] => (text === '' ? [] : tokenizer.encode(text, { add_special_tokens: false }).ids);

const idOf = (tokenizer: Tokenizer) => (name: keyof typeof FIM_TOKENS): number => {
  const id = tokenizer.token_to_id(FIM_TOKENS[name]);
  if (id === undefined) throw new Error(`The tokenizer has no ${FIM_TOKENS[name]}. Train one for the recipe: latent-lens train tokenizer.`);
  return id;
};
