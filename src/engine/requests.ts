/** What a checked request says, in the engine's terms. */
import { quoteValue } from '../checkpoints/checkpoint-error';
import type { EngineRequests } from '../protocol/engine';
import { REQUESTS, type EngineMethod } from '../protocol/engine';
import { checked } from '../protocol/fields';
import { aboutChoice } from '../protocol/wrong-choice';
import { chooseTemplate, parseTemplates, PYTHON_ERROR_TYPE, TEMPLATES, withAnswers, type Template } from '../snippets/prompts/templates';
import type { Against } from './twins/against';
import type { SourceText } from './reading/program';

type Checked<M extends EngineMethod> = EngineRequests[M]['checked'];
type Asked = Checked<'tokens'>;
type Question = Asked['question'];

/** @throws a sentence that names the first field that is not as it must be */
export function checkedParams<M extends EngineMethod>(method: M, params: unknown): Checked<M> {
  return checked(REQUESTS[method].params, params, `The request ${method}`) as Checked<M>;
}

export function sourceOf({ file = null, text, range, needs = false, at, folder = null, notebook }: Asked): SourceText {
  return { file, text, ...(range && { range }), needs, at: at ?? undefined, folder, ...(notebook && { notebook }) };
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
