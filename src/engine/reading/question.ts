/** What is asked, in a model's terms: a form with its answers as tokens, and how much of the code there is room for. */
import { isOpen, type Form } from '../../snippets/prompts/forms';
import { ordersOf } from '../../snippets/prompts/hole';
import { answerTokens, renderPrompt, type AnswerTokens } from '../../snippets/prompts/prompts';
import { sentinelsOf, type Sentinels } from '../../snippets/prompts/sentinels';
import type { Template } from '../../snippets/prompts/templates';
import type { CodeTokenizer } from '../../snippets/tokenizer/tokenizer';
import type { LoadedModel } from '../session/load';

export interface Question<F extends Form = Form> {
  form: F;
  /** The model's own, for a question with a hole; null where it has none, or they are not used. */
  sentinels: Sentinels | null;
  /** Of an open form there are none until a program is read: see `withOpenAnswers`. */
  answers: AnswerTokens[];
  /** The most tokens that a prompt may have, so that the longest answer still fits behind it. */
  room: number;
  /** Whether the user's limit makes the room smaller than the model's. */
  limited: boolean;
}

/** The most tokens of an answer that the model finds itself. */
export const LONGEST_ANSWER = 16;

/** The answers of the question that a tokenizer was last asked: each is tokenized behind the prompt, and the next request has the same. */
const lastAnswers = new WeakMap<CodeTokenizer, { template: string; answers: AnswerTokens[] }>();

function answersOf(tokenizer: CodeTokenizer, template: Template): AnswerTokens[] {
  const said = JSON.stringify(template);
  const last = lastAnswers.get(tokenizer);
  if (last?.template === said) return last.answers;
  const answers = answerTokens(tokenizer, template, renderPrompt(template, 'pass', tokenizer.chat).text);
  lastAnswers.set(tokenizer, { template: said, answers });
  return answers;
}

/**
 * @param contextLimit the most tokens that the user wants a prompt to have
 * @throws when the model's tokenizer cannot score the template's answers, or the model has no sentinels that the form asks for
 */
export function openQuestion<F extends Form>({ id, model, tokenizer }: LoadedModel, form: F, contextLimit = Infinity): Question<F> {
  const { context } = model.shape;
  const bounded = (room: number) => ({ room: Math.min(room, contextLimit), limited: contextLimit < room });
  if (isOpen(form)) {
    const sentinels = form.behind ? sentinelsOf(tokenizer) : null;
    const orders = ordersOf(sentinels);
    if (form.id === 'next-token' && form.behind && !sentinels) {
      throw new Error(`${id} has no sentinels for holes in its tokenizer, so it reads nothing behind the place. Ask without --fim.`);
    }
    if (form.order && !orders.includes(form.order)) {
      throw new Error(orders.length === 0 ? `${id} has no sentinels for holes in its tokenizer, so there is no order to choose.` : `${id} reads holes in the order ${orders.join(' or ')} only.`);
    }
    return { form, sentinels, answers: [], ...bounded(Math.max(1, context - LONGEST_ANSWER)) };
  }
  const answers = answersOf(tokenizer, form);
  const longest = answers.reduce((a, b) => (b.ids.length > a.ids.length ? b : a));
  const room = context - longest.ids.length + 1;
  if (room < 1) {
    const start = longest.text.trim().slice(0, 40);
    const [has, most] = [longest.ids.length, context].map((size) => size.toLocaleString('en-US'));
    throw new Error(`The answer "${start}" has ${has} tokens, and ${id} reads at most ${most}. Give shorter answers.`);
  }
  return { form, sentinels: null, answers, ...bounded(room) };
}
