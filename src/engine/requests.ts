/** What a checked request says, in the engine's terms. */
import { quoteValue } from '../checkpoints/checkpoint-error';
import type { EngineRequests } from '../protocol/engine';
import { REQUESTS, type EngineMethod } from '../protocol/engine';
import { checked } from '../protocol/fields';
import { aboutChoice } from '../protocol/models/wrong-choice';
import { chooseTemplate, parseTemplates, PYTHON_ERROR_TYPE, TEMPLATES, withAnswers, type Template } from '../snippets/prompts/templates';
import type { Labeller } from '../snippets/twins/variants';
import type { Form } from '../snippets/prompts/forms';
import type { Languages } from './languages';
import type { Knowledge } from './reading/knowledge';
import type { Against } from './twins/against';
import type { SourceText } from './reading/program';

type Checked<M extends EngineMethod> = EngineRequests[M]['checked'];
type Asked = Checked<'tokens'>;
type Question = Asked['question'];

/** @throws a sentence that names the first field that is not as it must be */
export function checkedParams<M extends EngineMethod>(method: M, params: unknown): Checked<M> {
  return checked(REQUESTS[method].params, params, `The request ${method}`) as Checked<M>;
}

export function sourceOf({ file = null, text, range, needs = false, at, folder = null, notebook, question, project }: Asked): SourceText {
  const { open } = question ?? {};
  if (open) return { file, text, folder, project, hole: { start: open.start, end: open.end } };
  return { file, text, ...(range && { range }), needs, at: at ?? undefined, folder, ...(notebook && { notebook }) };
}

/** What is asked: a template's question, or one about a place. @throws WrongChoice for a question that cannot be asked */
export function formOf(asked: { question?: Question }): Form {
  const { open, answers } = asked.question ?? {};
  if (!open) return templateOf(asked);
  const { ask, fim = false } = open;
  return { id: ask, behind: fim !== false, ...(typeof fim === 'string' && { order: fim }), ...(answers && { others: answers }) };
}

/** What is asked, with what is known of it: of a type the place that is meant. @throws a sentence where no type can stand there */
export async function askedOf(
  asked: Asked, languages: Languages, signal?: AbortSignal, label?: Labeller,
): Promise<{ form: Form; source: SourceText; knowledge?: Knowledge }> {
  const [form, source] = [formOf(asked), sourceOf(asked)];
  const { open } = asked.question ?? {};
  if (open?.ask !== 'type') return { form, source };
  return { form, ...(await languages.typeAt(source, open.start, { id: open.language, label, signal })) };
}

/** @throws WrongChoice for a question that cannot be asked */
export function templateOf({ question }: { question?: Question }): Template {
  const { template = null, answers = null } = question ?? {};
  try {
    const asked = template === null ? PYTHON_ERROR_TYPE : chosen(template);
    return answers ? withAnswers(asked, answers) : asked;
  } catch (error) {
    throw aboutChoice('question', error);
  }
}

function chosen(template: NonNullable<NonNullable<Question>['template']>): Template {
  if ('name' in template) return builtIn(template.name);
  const { file, json, id } = template;
  return chooseTemplate(parseTemplates(json, file), id, file, 'choose one by its id in the settings');
}

function builtIn(name: string): Template {
  const found = TEMPLATES.find(({ id }) => id === name);
  if (found) return found;
  throw new Error(`There is no built-in question ${quoteValue(name)}; there are ${TEMPLATES.map(({ id }) => id).join(' and ')}.`);
}

export function contextLimitOf({ question }: { question?: Question }): number | undefined {
  return question?.contextLimit ?? undefined;
}

/** In milliseconds; undefined for the sandbox's own. */
export function timeoutMsOf({ timeout }: Checked<'analyse'>): number | undefined {
  return timeout === null ? undefined : Math.round(timeout * 1000);
}

/** Undefined for the most telling verified edit. */
export function againstOf({ compare }: Checked<'analyse'>): Against | undefined {
  if (compare === 'best') return undefined;
  return 'number' in compare ? compare : { edited: compare.text, description: compare.description };
}
