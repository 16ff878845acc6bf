/** Fill in the middle: the sentinels that a model was trained with, found in its tokenizer's added tokens, and their order. */
import { FIM_ORDERS, type FimOrder } from '../../vocabulary/open-questions';
import type { CodeTokenizer } from '../tokenizer/tokenizer';

export { FIM_ORDERS, type FimOrder };

/** A part of a prompt: the code before the hole, what is behind it, or the text of a sentinel. */
type Part = 'BEFORE' | 'BEHIND' | (string & {});

interface Family {
  /** As people name it. */
  name: string;
  layouts: Partial<Record<FimOrder, readonly Part[]>>;
  /** With which an answer may end, those that there are. */
  ends: readonly string[];
}

/** Both orders of most families: Bavarian et al. 2022 (arXiv 2207.14255), SPM in its second variant, which begins with both sentinels. */
const usual = (name: string, prefix: string, suffix: string, middle: string, ...ends: string[]): Family => ({
  name,
  layouts: { PSM: [prefix, 'BEFORE', suffix, 'BEHIND', middle], SPM: [prefix, suffix, 'BEHIND', middle, 'BEFORE'] },
  ends,
});

/** A family that was trained in one order only. */
const only = (order: FimOrder, family: Family): Family => ({ ...family, layouts: { [order]: family.layouts[order] } });

/** Each as its authors publish it. Spellings that differ by a dash or a full-width bar are different tokens. */
const FAMILIES: readonly Family[] = [
  usual('StarCoder', '<fim_prefix>', '<fim_suffix>', '<fim_middle>', '<|endoftext|>', '<file_sep>'),
  only('PSM', usual('SantaCoder', '<fim-prefix>', '<fim-suffix>', '<fim-middle>', '<|endoftext|>')),
  only('PSM', usual('Qwen2.5-Coder, CodeGemma', '<|fim_prefix|>', '<|fim_suffix|>', '<|fim_middle|>', '<|endoftext|>', '<|fim_pad|>', '<|file_sep|>', '<|repo_name|>', '<|file_separator|>', '<eos>')),
  only('PSM', usual('DeepSeek-Coder', '<｜fim▁begin｜>', '<｜fim▁hole｜>', '<｜fim▁end｜>', '<｜end▁of▁sentence｜>')),
  usual('Code Llama', '▁<PRE>', '▁<SUF>', '▁<MID>', '▁<EOT>'),
  { name: 'Codestral', layouts: { SPM: ['[SUFFIX]', 'BEHIND', '[PREFIX]', 'BEFORE'] }, ends: ['</s>'] },
  { name: 'CodeGen2', layouts: { PSM: ['BEFORE', '<mask_1>', 'BEHIND', '<|endoftext|>', '<sep>', '<mask_1>'] }, ends: ['<eom>'] },
  only('PSM', usual('GLM-4.5', '<|code_prefix|>', '<|code_suffix|>', '<|code_middle|>', '<|endoftext|>')),
  only('PSM', usual('Falcon-H1-Tiny-Coder', '<|prefix|>', '<|suffix|>', '<|middle|>', '<|endoftext|>')),
];

/** One sentinel in a model's own tokens. */
export interface Sentinel {
  text: string;
  id: number;
}

export type LaidOut = 'BEFORE' | 'BEHIND' | Sentinel;

export interface Sentinels {
  /** The family whose sentinels these are, as people name it. */
  family: string;
  /** Of the orders that the family was trained in. */
  layouts: Partial<Record<FimOrder, readonly LaidOut[]>>;
  /** The tokens with which an answer ends; at least one. */
  ends: readonly Sentinel[];
  /** All that must not be read out of the user's code as a token. */
  reserved: ReadonlySet<string>;
}

/** The sentinels of a model; null where it has none, and so cannot be asked about a hole with what is behind it. */
export function sentinelsOf(tokenizer: CodeTokenizer): Sentinels | null {
  const sentinel = (text: string): Sentinel | null => {
    const id = tokenizer.addedId(text);
    return id === undefined ? null : { text, id };
  };
  for (const { name, layouts, ends: endings } of FAMILIES) {
    const parts = Object.values(layouts).flat();
    const texts = [...new Set(parts.filter((part) => part !== 'BEFORE' && part !== 'BEHIND'))];
    const found = new Map(texts.map((text) => [text, sentinel(text)]));
    if (texts.some((text) => found.get(text) === null)) continue;
    const ends = endings.flatMap((text) => sentinel(text) ?? []);
    // A model that was trained on holes ends what it fills in; where the family's own end is missing, the end of the text is one.
    if (ends.length === 0 && tokenizer.eos !== null) ends.push({ text: tokenizer.tokenText(tokenizer.eos), id: tokenizer.eos });
    if (ends.length === 0) continue;
    const laid = (part: Part): LaidOut => (part === 'BEFORE' || part === 'BEHIND' ? (part as 'BEFORE' | 'BEHIND') : found.get(part)!);
    const own = Object.entries(layouts).map(([order, layout]) => [order, layout.map(laid)]);
    return {
      family: name,
      layouts: Object.fromEntries(own) as Sentinels['layouts'],
      ends,
      reserved: new Set([...texts, ...ends.map(({ text }) => text)]),
    };
  }
  return null;
}
