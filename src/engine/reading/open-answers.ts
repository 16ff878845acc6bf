/** The answers to an open question: what the model itself would write, what stands in the code, and what else was asked for. */
import { likelySequences, nextTokens, type Completeness } from '../../methods/prediction/candidates';
import type { RunResult } from '../../model';
import { isOpen, type OpenForm } from '../../snippets/prompts/forms';
import type { AnswerTokens } from '../../snippets/prompts/prompts';
import type { Sentinels } from '../../snippets/prompts/sentinels';
import { typeEnd } from '../../snippets/prompts/type-text';
import { visible } from '../../vocabulary/visible';
import type { LoadedModel } from '../session/load';
import type { Program, SourceText } from './program';
import { LONGEST_ANSWER, type Question } from './question';

/** Answers that the model gives itself. */
const MOST = 10;
/** Characters of what stands in the code that its first token is looked for in. */
const AHEAD = 64;

/** The program's prompt as the model has read it, with keys and values, where it has. */
interface Read {
  made?: RunResult;
  signal?: AbortSignal;
}

/**
 * A question with the answers to it in this program; one whose answers are given stays as it is.
 * @param truth what stands at the place, where it is known
 */
export async function withOpenAnswers(
  loaded: LoadedModel, question: Question, program: Program, truth: string | null, read: Read = {},
): Promise<Question> {
  const { form, sentinels } = question;
  if (!isOpen(form)) return question;
  const found = await ownAnswers(loaded, question, program, read);
  const given = [...(
    truth === null ? [] : [truth]), ...(form.others ?? [])].map((text,
  ) => answerOf(loaded, form, program, sentinels, text));
  const answers = distinct([...found, ...given]);
  if (answers.length < 2) throw new Error('The model gives fewer than two answers here, so none can be compared. Choose another place.');
  return { ...question, answers };
}

/** What the model itself would write at a place, the most probable first. */
export async function ownAnswers(
  loaded: LoadedModel, { form, sentinels }: Question, program: Program, read: Read = {},
): Promise<AnswerTokens[]> {
  return form.id === 'type' ? types(loaded, program, sentinels, read) : tokens(loaded, program, read);
}

async function tokens({ model, tokenizer }: LoadedModel, { ids }: Program, read: Read): Promise<AnswerTokens[]> {
  const found = await nextTokens(model, ids, MOST, read);
  return found.map(
    ({ ids: answer },
  ) => ({ label: visible(tokenizer.tokenText(answer[0])), text: tokenizer.tokenText(answer[0]), ids: answer }));
}

async function types(
  { model, tokenizer }: LoadedModel, { ids }: Program, sentinels: Sentinels | null, read: Read,
): Promise<AnswerTokens[]> {
  const ends = new Set(sentinels?.ends.map(({ id }) => id));
  const judge = (sequence: readonly number[]): Completeness => {
    const ended = ends.has(sequence.at(-1)!);
    const text = tokenizer.decode(ended ? sequence.slice(0, -1) : sequence);
    if (text.includes('\uFFFD') || /^\s*\n/.test(text)) return 'none';
    if (sentinels) return ended ? (text.trim() === '' ? 'none' : 'complete') : 'open';
    const end = typeEnd(text);
    if (end === null) return 'open';
    if (text.slice(0, end).trim() === '') return 'none';
    // What ends it may have come in one token with the end of the type: then no ids spell the type alone.
    const whole = sequence.findIndex((_, i) => tokenizer.decode(sequence.slice(0, i + 1)).trimEnd() === text.slice(0, end).trimEnd());
    return whole < 0 ? 'none' : { ids: whole + 1 };
  };
  const found = await likelySequences(model, ids, { most: MOST, longest: LONGEST_ANSWER, judge, ends: [...ends], ...read });
  return found.map(({ ids: answer }) => {
    const text = tokenizer.decode(answer.filter((id) => !ends.has(id)));
    return { label: text.trim(), text, ids: answer };
  });
}

/** An answer that stands in the code, or that somebody else gives. @throws a sentence where it has no tokens */
export function answerOf(
  { model, tokenizer, id }: LoadedModel, form: OpenForm, program: Program, sentinels: Sentinels | null, given: string,
): AnswerTokens {
  const spaced = takesSpace(program, sentinels) && !/^\s/.test(given);
  const text = spaced ? ` ${given}` : given;
  const ids = tokenizer.encodeCode(text, { except: sentinels?.reserved, continued: true }).map((token) => token.id);
  const unknown = ids.some((token) => token >= model.shape.vocabulary);
  if (ids.length === 0 || unknown) throw new Error(`${id} has no tokens for the answer "${visible(given)}". Give another.`);
  if (form.id === 'next-token') return { label: visible(text), text, ids };
  return { label: text.trim(), text, ids: sentinels ? [...ids, sentinels.ends[0].id] : ids };
}

/** Whether the space before the place is the answer's: nothing but the code before it is read, and words bring theirs along. */
function takesSpace({ source, hole }: Program, sentinels: Sentinels | null): boolean {
  return sentinels === null && source.code[hole!.start - 1] === ' ';
}

/** What stands at the place in the code, as far as it is an answer; null where nothing does. */
export function standing(
  { tokenizer }: LoadedModel, { form, sentinels }: Question, { text, hole }: SourceText,
): { label: string; text: string } | null {
  if (!isOpen(form) || !hole) return null;
  if (form.id === 'type') {
    const type = text.slice(hole.start, hole.end).trim();
    return type === '' ? null : { label: type, text: type };
  }
  // Where what is behind a cursor is read, that is known already, and nothing stands in between.
  if (sentinels && hole.end === hole.start) return null;
  const from = !sentinels && text[hole.start - 1] === ' ' ? hole.start - 1 : hole.start;
  const ahead = text.slice(from, hole.end > hole.start ? hole.end : from + AHEAD).replace(/\r\n?/g, '\n');
  const [first] = tokenizer.encodeCode(ahead, { except: sentinels?.reserved, continued: true });
  if (!first) return null;
  const token = ahead.slice(first.start, first.end);
  return { label: visible(token), text: token };
}

/** Of answers with one label the first; the most probable come first. */
function distinct(answers: readonly AnswerTokens[]): AnswerTokens[] {
  return [...new Map([...answers].reverse().map((answer) => [answer.label, answer])).values()].reverse();
}
