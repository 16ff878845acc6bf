import { quoteName } from '../../checkpoints/checkpoint-error';
import type { ChatTemplate } from '../tokenizer/chat';
import type { Token } from '../tokenizer/ranges';
import { frameOf } from './templates';
import type { Template } from './templates';
import type { CodeTokenizer } from '../tokenizer/tokenizer';
import { canonicalLabel } from '../../vocabulary/labels';

/** A prompt as the model reads it, and where in it the user's code is. All offsets are UTF-16. */
export interface Prompt {
  text: string;
  /** The code's range in `text`. */
  codeStart: number;
  codeEnd: number;
  /** The user's offsets of the carriage returns that were left out, ascending. */
  carriageReturns: number[];
  /** Whether the tokenizer puts its beginning-of-sequence token first, if it has that habit. A chat template writes its own. */
  bos: boolean;
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
  const codeStart = around.before.length + before.length;
  return {
    text: around.before + message + around.after,
    codeStart,
    codeEnd: codeStart + plain.length,
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
  return tokenizer.encode(prompt.text, { bos: prompt.bos });
}

/** Where the white space at the end of a code begins; a pattern with `+$` would try every run of spaces on the way. */
function endOf(code: string): number {
  let end = code.length;
  while (end > 0 && ' \t\r\n\f\v'.includes(code[end - 1])) end--;
  return end;
}

/** The offset in the user's text of an offset in the prompt; before and after the code, the code's start and end. */
export function toSource(prompt: Prompt, offset: number): number {
  let at = Math.min(Math.max(offset, prompt.codeStart), prompt.codeEnd) - prompt.codeStart;
  for (const removed of prompt.carriageReturns) {
    if (removed >= at) break;
    at++;
  }
  return at;
}

/** The offset in the prompt of an offset in the user's text; white space left out at the end maps to the code's end. */
export function toPrompt(prompt: Prompt, offset: number): number {
  const removed = prompt.carriageReturns.filter((at) => at < offset).length;
  return Math.min(prompt.codeStart + offset - removed, prompt.codeEnd);
}

/** The user's range of a token of the prompt; null for a token of the template alone. */
export function sourceRange(
  prompt: Prompt,
  range: { start: number; end: number },
): { start: number; end: number } | null {
  if (range.end <= prompt.codeStart || range.start >= prompt.codeEnd) return null;
  return { start: toSource(prompt, range.start), end: toSource(prompt, range.end) };
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
    const answer = answers.find((candidate) => candidate.label === canonicalLabel(wanted));
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
