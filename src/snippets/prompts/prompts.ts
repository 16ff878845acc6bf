import { quoteName } from '../../checkpoints/checkpoint-error';
import type { ChatTemplate } from '../tokenizer/chat';
import type { Token } from '../tokenizer/ranges';
import { frameOf } from './templates';
import type { Template } from './templates';
import type { CodeTokenizer } from '../tokenizer/tokenizer';
import { canonicalLabel } from '../../vocabulary/labels';

/** A stretch of a prompt's text that is the user's code. */
export interface CodePiece {
  /** In the prompt's text. */
  start: number;
  end: number;
  /** Where it begins in the code. */
  at: number;
}

/** A text that a model reads, and where in it a program's code is. All offsets are UTF-16. */
export interface PlacedCode {
  text: string;
  /** The program, with LF line ends; pieces of it may be left out of the text. */
  code: string;
  /** In the order of `text`; at least one. */
  pieces: readonly CodePiece[];
}

/** A prompt as the model reads it. */
export interface Prompt extends PlacedCode {
  /** The user's offsets of the carriage returns that were left out, ascending. */
  carriageReturns: number[];
  /** Whether the tokenizer puts its beginning-of-sequence token first, if it has that habit. A chat template writes its own. */
  bos: boolean;
  /** Its tokens with ranges in `text`, where they are not what the text alone is encoded to: around a hole. */
  tokens?: Token[];
}

/**
 * The prompt of a program. The code is brought into one form, so that how a file was saved changes no prediction:
 * CRLF and a lone CR become LF, and white space at the end of the code (blank lines, the last newline) is left out.
 * Nothing else is changed. `toSource` leads from the prompt back to the user's text.
 * @param chat the tokenizer's chat template, for a question that is asked in it
 * @throws when there is no code, or when the question needs a chat template and there is none, or one that cannot be used (`ChatTemplate`)
 */
export function renderPrompt(template: Template, code: string, chat: ChatTemplate | null): Prompt {
  const kept = code.slice(0, endOf(code));
  if (kept === '') throw new Error('There is no code here. Select at least one line of code.');
  const carriageReturns: number[] = [];
  for (let at = kept.indexOf('\r\n'); at >= 0; at = kept.indexOf('\r\n', at + 2)) carriageReturns.push(at);
  const plain = kept.replace(/\r\n?/g, '\n');
  const { before, after } = frameOf(template);
  const message = before + plain + after;
  const around = template.chat ? chatAround(chat, message) : { before: '', after: '' };
  const start = around.before.length + before.length;
  return {
    ...inOnePiece(around.before + message + around.after, start, start + plain.length),
    carriageReturns,
    bos: !template.chat && template.bos !== false,
  };
}

function chatAround(chat: ChatTemplate | null, message: string): { before: string; after: string } {
  if (!chat) throw new Error('This model has no chat template, so the question cannot be asked in it. Ask without --chat, or choose an instruct model.');
  return chat.write(message);
}

/** The tokens that a model reads, with ranges in the prompt. */
export function promptTokens(tokenizer: CodeTokenizer, prompt: Prompt): Token[] {
  return prompt.tokens ?? tokenizer.encode(prompt.text, { bos: prompt.bos });
}

/** Where the white space at the end of a code begins; a pattern with `+$` would try every run of spaces on the way. */
function endOf(code: string): number {
  let end = code.length;
  while (end > 0 && ' \t\r\n\f\v'.includes(code[end - 1])) end--;
  return end;
}

/** A text whose code is one stretch of it. */
export function inOnePiece(text: string, start: number, end: number): PlacedCode {
  return { text, code: text.slice(start, end), pieces: [{ start, end, at: 0 }] };
}

/** Where in a program's code a stretch of its prompt lies; `ahead` of it, `behind` it, or `between` two pieces of it. */
export type CodePlace = { start: number; end: number } | 'ahead' | 'between' | 'behind';

/** A stretch lies where it touches a piece; what of it lies outside is left out. */
export function placeInCode({ pieces }: Pick<PlacedCode, 'pieces'>, { start, end }: { start: number; end: number }): CodePlace {
  const touched = pieces.find((piece) => piece.start < end && start < piece.end);
  if (touched) {
    const shift = touched.at - touched.start;
    return { start: Math.max(start, touched.start) + shift, end: Math.min(end, touched.end) + shift };
  }
  return start >= pieces.at(-1)!.end ? 'behind' : end <= pieces[0].start ? 'ahead' : 'between';
}

/** The offset in the user's text of an offset in the prompt; outside of the code, that of the end of the piece before it, or of 0. */
export function toSource(prompt: Prompt, offset: number): number {
  const piece = prompt.pieces.findLast(({ start }) => start <= offset) ?? prompt.pieces[0];
  let at = Math.min(Math.max(offset, piece.start), piece.end) - piece.start + piece.at;
  for (const removed of prompt.carriageReturns) {
    if (removed >= at) break;
    at++;
  }
  return at;
}

/** The offset in the prompt of an offset in the user's text; white space left out at the end maps to the code's end. */
export function toPrompt(prompt: Prompt, offset: number): number {
  const at = offset - prompt.carriageReturns.filter((removed) => removed < offset).length;
  const piece = prompt.pieces.find((one) => one.at <= at && at <= one.at + one.end - one.start) ?? prompt.pieces.at(-1)!;
  return Math.min(piece.start + Math.max(0, at - piece.at), piece.end);
}

/** The user's range of a token of the prompt; null for a token of the template alone. */
export function sourceRange(
  prompt: Prompt,
  range: { start: number; end: number },
): { start: number; end: number } | null {
  const place = placeInCode(prompt, range);
  return typeof place === 'string' ? null : { start: toSource(prompt, range.start), end: toSource(prompt, range.end) };
}

/** An answer as the model must write it after the prompt. */
export interface AnswerTokens {
  label: string;
  text: string;
  /** The ids that follow the prompt's ids; at least one. */
  ids: number[];
}

/**
 * The token ids of every answer after a prompt. An answer's log-probability is the sum over these. Behind a prompt that ends in white
 * space, as chat templates often do with a line break, answers begin without their space.
 * @throws when the prompt's last tokens change once an answer follows: then its probability after this prompt has no
 *   meaning for this tokenizer
 */
export function answerTokens(tokenizer: CodeTokenizer, template: Template, prompt: string): AnswerTokens[] {
  const before = tokenizer.encodeIds(prompt);
  const spaced = /\s$/.test(prompt);
  return template.answers.map(({ label, text: own }) => {
    const text = spaced ? own.trimStart() : own;
    const whole = tokenizer.encodeIds(prompt + text);
    if (whole.length <= before.length || before.some((id, i) => whole[i] !== id)) {
      throw new Error(
        `With this tokenizer the answer ${quoteName(text)} changes the tokens of the prompt before it, so it cannot be scored. ` +
          'Let the template end with a word and its answers begin with a space.',
      );
    }
    return { label, text, ids: whole.slice(before.length) };
  });
}

/** Where two answers part: the tokens that both begin with, usually none, and the first token that each has for itself. */
export interface PartingTokens {
  shared: number[];
  tokens: [number, number];
}

/**
 * The tokens that tell two answers apart, whose logit difference a patching metric is.
 * @throws when a label is not an answer, both are one, or one answer's tokens are the beginning of the other's
 */
export function partingTokens(answers: readonly AnswerTokens[], label: string, other: string): PartingTokens {
  const find = (wanted: string): AnswerTokens => {
    const answer = answers.find(({ label }) => label === wanted) ?? answers.find(({ label }) => label === canonicalLabel(wanted));
    if (!answer) {
      const known = answers.map((candidate) => candidate.label).join(', ');
      throw new Error(`${quoteName(wanted)} is not among the template's answers: ${known}.`);
    }
    return answer;
  };
  const [a, b] = [find(label), find(other)];
  if (a.label === b.label) throw new Error(`A logit difference needs two different answers; both are ${quoteName(a.label)}.`);
  const at = a.ids.findIndex((id, i) => b.ids[i] !== id);
  if (at < 0 || at >= b.ids.length) {
    const [short, long] = at < 0 ? [a, b] : [b, a];
    throw new Error(
      `With this tokenizer the answer ${quoteName(long.text)} begins with all of ${quoteName(short.text)}, so no token tells them apart. Compare other answers.`,
    );
  }
  return { shared: a.ids.slice(0, at), tokens: [a.ids[at], b.ids[at]] };
}
