/** Programs and real code as token sequences, each token marked with what learning to predict it is for. */
import type { Tokenizer } from '@huggingface/tokenizers';
import { PROBES, type ProbeName } from './probes';
import { QUIET } from '../../corpus/labelling/labels';
import type { TypeMark } from '../../corpus/labelling/program';
import { refusedStates, syntaxStates } from '../syntax';

/** What a token is: `label` is the answer after the prompt, `message` what Python said, `code` anything before. */
export const TOKEN_KINDS = ['none', 'code', 'label', 'message'] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

export interface Sample {
  /** With the beginning-of-sequence token. */
  ids: Uint16Array;
  /** The kind of each token, as an index into TOKEN_KINDS. */
  kinds: Uint8Array;
  /** For each probe, the tokens that it reads: 1 + the index of the class to tell; 0 elsewhere. Real code has none. */
  marks?: Partial<Record<ProbeName, Uint8Array>>;
}

/** The label, and the line (from 1) in which it is raised, null where Python names none, with what Python says. */
export interface Raised {
  label: string;
  line: number | null;
  message?: string | null;
}

export interface SampleText {
  /** The program, or real code. */
  code: string;
  /** What follows the program in the prompt, and the answer with its leading space; real code has neither. */
  suffix?: string;
  answer?: string;
  /** Text after the answer: what Python said. */
  message?: string;
  raised?: Raised;
  /** The types of its expressions, where the program was traced. */
  types?: readonly TypeMark[];
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
  const marks: Sample['marks'] = {};
  if (text.raised) {
    marks.line = lineMarks(code.tokens, ids.length, text.raised);
    marks.syntax = syntaxMarks(code.tokens, ids.length, text.code + (text.suffix ?? ''), text.raised);
  }
  if (text.types) marks.type = typeMarks(code.tokens, ids.length, text.code, text.types);
  return { ids: Uint16Array.from(ids), kinds: Uint8Array.from(kinds), marks };
}

/** Marks the tokens that end a line; in a byte-level vocabulary a line feed is written Ċ. */
function lineMarks(tokens: readonly string[], length: number, { label, line }: Raised): Uint8Array {
  const marks = new Uint8Array(length);
  if (line === null && label !== QUIET) return marks;
  let current = 1;
  tokens.forEach((token, i) => {
    const ended = token.split('Ċ').length - 1;
    if (ended === 0) return;
    const here = line !== null && current <= line && line < current + ended;
    marks[i] = 1 + PROBES.line.classes.indexOf(here ? label : QUIET);
    current += ended;
  });
  return marks;
}

/** Marks every token with the state of the syntax after it. */
function syntaxMarks(tokens: readonly string[], length: number, code: string, { label, line, message }: Raised): Uint8Array {
  const marks = new Uint8Array(length);
  const refused = label === 'SyntaxError' || label === 'IndentationError';
  // Of a bracket that is never closed Python names the line that opens it; that it stays open shows only at the end.
  const shown = refused && line !== null && !message?.includes('never closed');
  const states = shown ? refusedStates(code, label, line) : syntaxStates(code);
  const byByte: number[] = [];
  let unit = -1;
  for (const character of code) {
    unit += character.length;
    for (let byte = Buffer.byteLength(character); byte > 0; byte--) byByte.push(states[unit]);
  }
  eachEnd(tokens, (i, _, end) => (marks[i] = 1 + byByte[end - 1]));
  return marks;
}

/** Marks the tokens in which a traced expression ends. */
function typeMarks(tokens: readonly string[], length: number, code: string, types: readonly TypeMark[]): Uint8Array {
  const marks = new Uint8Array(length);
  const ends = new Map(types.map(([end, type]) => [Buffer.byteLength([...code].slice(0, end).join('')), type]));
  eachEnd(tokens, (i, start, end) => {
    for (let at = start + 1; at <= end; at++) {
      const type = ends.get(at);
      if (type !== undefined) marks[i] = 1 + type;
    }
  });
  return marks;
}

/** Where each token after the beginning-of-sequence token starts and ends: in bytes, as byte-level tokens have a character a byte. */
function eachEnd(tokens: readonly string[], visit: (index: number, start: number, end: number) => void): void {
  let at = 0;
  for (let i = 1; i < tokens.length; i++) visit(i, at, (at += tokens[i].length));
}
