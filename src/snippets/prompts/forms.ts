/**
 * What is asked about code: a template's question, with its answers; or an open one, about a place in the code, whose answers are what the
 * model itself would put there. All offsets are UTF-16.
 */
import { holePrompt, type Hole } from './hole';
import { renderPrompt, type Prompt } from './prompts';
import type { Template } from './templates';
import type { Sentinels } from './sentinels';
import type { CodeTokenizer } from '../tokenizer/tokenizer';
import type { FimOrder, OpenQuestion } from '../../vocabulary/open-questions';

/** A question about a place in the code. */
export interface OpenForm {
  id: OpenQuestion;
  /** Whether what is behind the place is read too, by the model's sentinels. */
  behind: boolean;
  /** The model's usual one when left out. */
  order?: FimOrder;
  /** What else may be answered, as it would stand in the code. */
  others?: readonly string[];
}

export type Form = Template | OpenForm;

export function isOpen(form: Form): form is OpenForm {
  return !('suffix' in form);
}

/**
 * The prompt of code with a hole. Line ends become LF, as in `renderPrompt`; nothing else is changed. Without sentinels the code before the
 * hole is read alone, but for one space just before it: a word's token brings that along.
 * @throws a sentence when the model was not trained in that order
 */
export function renderHole(tokenizer: CodeTokenizer, sentinels: Sentinels | null, form: OpenForm, code: string, hole: Hole): Prompt {
  const { plain, place, carriageReturns } = plainly(code, hole, sentinels);
  const { text, code: read, pieces, tokens } = holePrompt(tokenizer, plain, place, { sentinels, order: form.order });
  return { text, code: read, pieces, carriageReturns, bos: tokenizer.addsBos, tokens };
}

/**
 * The whole lines nearest to a hole that fit into so many tokens; without sentinels they end at the hole.
 * @throws a sentence when the model was not trained in that order, or the hole's own line does not fit
 */
export function linesAround(
  tokenizer: CodeTokenizer, sentinels: Sentinels | null, form: OpenForm, code: string, hole: Hole, room: number,
): { start: number; end: number } {
  const { plain, place, carriageReturns } = plainly(code, hole, sentinels);
  const { from, to } = holePrompt(tokenizer, plain, place, { sentinels, order: form.order, room });
  const inCode = (offset: number) => carriageReturns.reduce((at, removed) => (removed < at ? at + 1 : at), offset);
  return { start: inCode(from), end: sentinels ? inCode(to) : hole.start };
}

function plainly(code: string, hole: Hole, sentinels: Sentinels | null) {
  const carriageReturns: number[] = [];
  for (let at = code.indexOf('\r\n'); at >= 0; at = code.indexOf('\r\n', at + 2)) carriageReturns.push(at);
  const moved = (offset: number) => offset - carriageReturns.filter((at) => at < offset).length;
  const plain = code.replace(/\r\n?/g, '\n');
  const [start, end] = [moved(hole.start), moved(hole.end)];
  if (sentinels) return { plain, carriageReturns, place: { start, end } };
  const before = plain[start - 1] === ' ' ? start - 1 : start;
  return { plain, carriageReturns, place: { start: before, end: before } };
}

/** @throws as `renderPrompt` and `renderHole` */
export function promptOf(tokenizer: CodeTokenizer, sentinels: Sentinels | null, form: Form, code: string, hole: Hole | undefined): Prompt {
  if (!isOpen(form)) return renderPrompt(form, code, tokenizer.chat);
  if (!hole) throw new Error('The question is about a place in the code. Say which: LINE:COLUMN.');
  return renderHole(tokenizer, sentinels, form, code, hole);
}
