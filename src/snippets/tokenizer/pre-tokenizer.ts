/** Pre-tokenizers of a tokenizer.json: cutting a text into the words that byte-pair encoding works on. */
import { SplitPreTokenizer } from '@huggingface/tokenizers';
import { bareName, quoteName } from '../../checkpoints/checkpoint-error';
import type { AlignedText } from './aligned-text';
import { withoutAtomic } from './atomic';
import { spacesReplaced } from './normalizer';
import type { Component } from './file';

type Step = (text: AlignedText) => AlignedText[];

export interface PreTokenizer {
  split: Step;
  /** Whether words are written in the byte-level alphabet before they are encoded. */
  byteLevel: boolean;
  /** What stands for a space, when Metaspace says so. */
  spaceMark: string | null;
}

export const GPT2_PATTERN = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

/** The longest known pattern has about 500 characters. */
const MOST_PATTERN = 20_000;

const BEHAVIORS = ['Removed', 'Isolated', 'MergedWithPrevious', 'MergedWithNext', 'Contiguous'] as const;
type Behavior = (typeof BEHAVIORS)[number];

/**
 * Every step follows the original library (Rust). `@huggingface/tokenizers` 0.2.0 only gives the regular expressions, as its steps differ:
 * `Digits` knows ASCII digits only, `ByteLevel` takes JavaScript's `\s`, `Split` has no merging and drops what an inverted pattern does not
 * match, `Metaspace` never splits.
 * @throws (through `refuse`) for a pre-tokenizer that is not read here, with its name
 */
export function preTokenizerOf(config: Component | null, refuse: (what: string) => never): PreTokenizer {
  const steps = config === null ? [] : flat(config);
  const marks = steps.filter(({ type }) => type === 'Metaspace').map((step) => replacementOf(step, refuse));
  const bytes = steps.findIndex(({ type }) => type === 'ByteLevel');
  if (bytes >= 0 && (bytes !== steps.length - 1 || marks.length > 0)) return refuse('has a pre-tokenizer step beside or after ByteLevel that is not read.');
  const read = steps.map((step) => stepOf(step, refuse));
  const split: Step = (text) => read.reduce((words, step) => words.flatMap(step), [text]).filter((word) => word.text !== '');
  return { split, byteLevel: bytes >= 0, spaceMark: marks[0] ?? null };
}

function flat(config: Component): Component[] {
  return config.type === 'Sequence' ? ((config.pretokenizers ?? []) as Component[]).flatMap(flat) : [config];
}

function replacementOf(step: Component, refuse: (what: string) => never): string {
  const mark = step.replacement ?? '▁';
  if (typeof mark !== 'string' || mark.length !== 1) return refuse('has a Metaspace whose replacement is not one character.');
  return mark;
}

function stepOf(step: Component, refuse: (what: string) => never): Step {
  switch (step.type) {
    case 'ByteLevel':
      if (step.add_prefix_space === true) return refuse('puts a space before every text (ByteLevel with add_prefix_space), which is not read.');
      return step.use_regex === false ? (text) => [text] : splitting(patternOf({ Regex: GPT2_PATTERN }, refuse), 'Isolated');
    case 'Digits':
      return splitting(step.individual_digits ? /\p{N}/gu : /\p{N}+/gu, 'Isolated');
    case 'Split': {
      const behavior = BEHAVIORS.find((name) => name === step.behavior);
      if (!behavior) return refuse(`has a Split whose behavior (${bareName(String(step.behavior))}) is unknown.`);
      return splitting(patternOf(step.pattern, refuse), behavior, step.invert === true);
    }
    case 'Metaspace':
      return metaspace(step, replacementOf(step, refuse), refuse);
    default:
      return refuse(`has a pre-tokenizer (${bareName(step.type)}) that is not read: ByteLevel, Digits, Metaspace, Sequence and Split are.`);
  }
}

function metaspace(step: Component, mark: string, refuse: (what: string) => never): Step {
  const scheme = step.prepend_scheme ?? (step.add_prefix_space === false ? 'never' : 'always');
  if (scheme !== 'always' && scheme !== 'first' && scheme !== 'never') return refuse(`has a Metaspace whose prepend_scheme (${bareName(String(scheme))}) is unknown.`);
  const split = step.split === false ? null : splitting(patternOf({ String: mark }, refuse), 'MergedWithNext');
  return (text) => {
    const marked = spacesReplaced(text, mark);
    const prepends = scheme === 'always' || (scheme === 'first' && text.starts[0] === 0);
    const whole = prepends && !marked.text.startsWith(mark) ? marked.prepended(mark) : marked;
    return split ? split(whole) : [whole];
  };
}

/** @param pattern `{ Regex }` in Oniguruma's syntax, or `{ String }` */
function patternOf(pattern: unknown, refuse: (what: string) => never): RegExp {
  const { Regex, String: literal } = (pattern ?? {}) as { Regex?: unknown; String?: unknown };
  const given = typeof Regex === 'string' ? Regex : literal;
  if (typeof given !== 'string') return refuse('has a Split without a pattern.');
  if (given.length > MOST_PATTERN) return refuse(`has a Split whose pattern has ${given.length} characters; at most ${MOST_PATTERN} are read.`);
  try {
    const source = typeof Regex === 'string' ? { Regex: withoutAtomic(Regex) } : { String: given };
    return new SplitPreTokenizer({ type: 'Split', pattern: source, behavior: 'Isolated', invert: false }).pattern!;
  } catch (error) {
    return refuse(`has a Split whose pattern, ${quoteName(given)}, cannot be read: ${bareName((error as Error).message)}.`);
  }
}

function splitting(pattern: RegExp, behavior: Behavior, invert = false): Step {
  return (text) => {
    const parts: { start: number; end: number; match: boolean }[] = [];
    let from = 0;
    for (const { 0: found, index } of text.text.matchAll(pattern)) {
      if (found === '') continue;
      if (from < index) parts.push({ start: from, end: index, match: invert });
      parts.push({ start: index, end: (from = index + found.length), match: !invert });
    }
    if (from < text.text.length) parts.push({ start: from, end: text.text.length, match: invert });
    return merged(parts, behavior).map(({ start, end }) => text.slice(start, end));
  };
}

function merged(parts: { start: number; end: number; match: boolean }[], behavior: Behavior): { start: number; end: number }[] {
  if (behavior === 'Isolated') return parts;
  if (behavior === 'Removed') return parts.filter(({ match }) => !match);
  const words: { start: number; end: number }[] = [];
  let before: boolean | null = null;
  if (behavior === 'MergedWithNext') {
    for (const { start, end, match } of parts.toReversed()) {
      if (match && before === false) words[words.length - 1].start = start;
      else words.push({ start, end });
      before = match;
    }
    return words.reverse();
  }
  for (const { start, end, match } of parts) {
    const joins = behavior === 'Contiguous' ? before === match : match && before === false;
    if (joins) words[words.length - 1].end = end;
    else words.push({ start, end });
    before = match;
  }
  return words;
}
