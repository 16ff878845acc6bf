/** Programs and real code as token sequences, each token marked with what learning to predict it is for. */
import type { Tokenizer } from '@huggingface/tokenizers';
import { LABELS, NO_ERROR } from './programs/labels';

/** What a token is: `label` is the answer after the prompt, `message` what Python said, `code` anything before. */
export const TOKEN_KINDS = ['none', 'code', 'label', 'message'] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

export interface Sample {
  /** With the beginning-of-sequence token. */
  ids: Uint16Array;
  /** The kind of each token, as an index into TOKEN_KINDS. */
  kinds: Uint8Array;
  /**
   * For the tokens that end a line of a program: 1 + the index of what is raised in that line (LINE_CLASSES); 0 elsewhere.
   * Real code has none.
   */
  lines?: Uint8Array;
}

/** What a line of a program raises: one of the labels, with NoError for a line in which nothing is raised. */
export const LINE_CLASSES: readonly string[] = LABELS;

export interface SampleText {
  /** The program, or real code. */
  code: string;
  /** What follows the program in the prompt, and the answer with its leading space; real code has neither. */
  suffix?: string;
  answer?: string;
  /** Text after the answer: what Python said. */
  message?: string;
  /** The label and the line (from 1) in which it is raised; null where Python names none. */
  raised?: { label: string; line: number | null };
}

const MESSAGE_LIMIT = 90;

/** " TypeError" is followed by "\n# line 3: can only concatenate …". */
export function messageText(line: number | null, message: string | null): string {
  if (line === null || message === null) return '';
  return `\n# line ${line}: ${message.split('\n')[0].slice(0, MESSAGE_LIMIT)}`;
}

/** Encodes one sample; undefined when it is longer than `maxTokens`. */
export function encodeSample(tokenizer: Tokenizer, text: SampleText, maxTokens: number): Sample | undefined {
  const plain = { add_special_tokens: false } as const;
  const code = tokenizer.encode(text.code + (text.suffix ?? ''));
  const parts: [TokenKind, number[]][] = [['code', code.ids]];
  if (text.answer !== undefined) {
    const answer = tokenizer.encode(text.answer, plain).ids;
    if (answer.length !== 1) throw new Error(`The answer ${JSON.stringify(text.answer)} is ${answer.length} tokens; training needs one.`);
    parts.push(['label', answer]);
    const end = tokenizer.token_to_id('<|eos|>');
    parts.push(['message', [...(text.message ? tokenizer.encode(text.message, plain).ids : []), ...(end === undefined ? [] : [end])]]);
  }
  const ids = parts.flatMap(([, part]) => part);
  if (ids.length > maxTokens) return undefined;
  const kinds = parts.flatMap(([kind, part]) => part.map(() => TOKEN_KINDS.indexOf(kind)));
  kinds[0] = 0; // nothing predicts the first token
  const sample = { ids: Uint16Array.from(ids), kinds: Uint8Array.from(kinds) };
  return text.raised ? { ...sample, lines: lineTargets(code.tokens, ids.length, text.raised) } : sample;
}

/** In a byte-level vocabulary a line feed is written Ċ. */
function lineTargets(tokens: readonly string[], length: number, { label, line }: { label: string; line: number | null }): Uint8Array {
  const targets = new Uint8Array(length);
  if (line === null && label !== NO_ERROR) return targets;
  let current = 1;
  tokens.forEach((token, i) => {
    const ended = token.split('Ċ').length - 1;
    if (ended === 0) return;
    targets[i] = 1 + LINE_CLASSES.indexOf(current <= line! && line! < current + ended ? label : NO_ERROR);
    current += ended;
  });
  return targets;
}
