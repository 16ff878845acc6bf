/** Programs and real code as token sequences, each token marked with what learning to predict it is for. */
import type { Tokenizer } from '@huggingface/tokenizers';

/** What a token is: `label` is the answer after the prompt, `message` what Python said, `code` anything before. */
export const TOKEN_KINDS = ['none', 'code', 'label', 'message'] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

export interface Sample {
  /** With the beginning-of-sequence token. */
  ids: Uint16Array;
  /** The kind of each token, as an index into TOKEN_KINDS. */
  kinds: Uint8Array;
}

export interface SampleText {
  /** The program, or real code. */
  code: string;
  /** What follows the program in the prompt, and the answer with its leading space; real code has neither. */
  suffix?: string;
  answer?: string;
  /** Text after the answer: what Python said. */
  message?: string;
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
  const parts: [TokenKind, number[]][] = [['code', tokenizer.encode(text.code + (text.suffix ?? '')).ids]];
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
  return { ids: Uint16Array.from(ids), kinds: Uint8Array.from(kinds) };
}
