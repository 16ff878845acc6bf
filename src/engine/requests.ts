/** What a request says, checked and in the engine's terms: its sender may be of another version, or the user's settings wrong. */
import { quoteValue } from '../checkpoints/checkpoint-error';
import type { ChosenAnswers } from '../methods/metric';
import { PATCH_SITES, type PatchSite } from '../methods/patching/patching';
import { PROVIDERS, type Asked, type Enclosing, type EngineMethod, type ExplainRequest, type OpenModel, type Provider, type RunsCode } from '../protocol/engine';
import type { PatchingDirection } from '../protocol/explanation';
import { canonicalLabel, chooseTemplate, parseTemplates, PYTHON_ERROR_TYPE, TEMPLATES, withAnswers, type Template } from '../snippets/prompts/templates';
import type { Against } from './twins/against';
import type { SourceText } from './reading/program';

/** Seconds of processor time that one program may be given. */
const TIMEOUT = [0.1, 60] as const;
const TOP_K = [1, 100] as const;
const MOST_TOKENS = 10_000_000;
const MOST_THREADS = 1024;

const ONE_VERSION = 'Reload the window, so that all parts of Latent Lens are of one version.';
const NO_TEXT = `The request has no text to read. ${ONE_VERSION}`;

/** These ask for nothing in particular. */
const WITHOUT_PARAMS: readonly EngineMethod[] = ['saes', 'templates', 'listModels', 'catalog'];

/** @throws a sentence when a request that must say something says nothing that could be read */
export function checkParams(method: EngineMethod, params: unknown): void {
  if (typeof params === 'object' && params !== null && !Array.isArray(params)) return;
  if (WITHOUT_PARAMS.includes(method) && (params === null || params === undefined)) return;
  throw new Error(`The request '${method}' says nothing that could be read. ${ONE_VERSION}`);
}

export function sourceOf(asked: Asked): SourceText {
  const { file, text, range } = asked;
  if (typeof text !== 'string') throw new Error(NO_TEXT);
  const context = contextOf(asked);
  if (range === null || range === undefined) return { file: file ?? null, text, ...context };
  const { start, end } = range;
  if (typeof start !== 'number' || typeof end !== 'number') throw new Error('The selection has no start and end. Select the code again.');
  if (![start, end].every(Number.isInteger) || start < 0 || end < start || end > text.length) {
    throw new Error(`The selection ${start}–${end} does not lie in the text of ${text.length} characters. Select the code again.`);
  }
  return { file: file ?? null, text, range: { start, end }, ...context };
}

function contextOf({ needs, at, text, folder, notebook }: Asked): Pick<SourceText, 'needs' | 'at' | 'folder' | 'notebook'> {
  if ((at ?? null) !== null && !(Number.isInteger(at) && at! >= 0 && at! <= text.length)) throw new Error('The cursor does not lie in the text. Put it into the code again.');
  if (typeof (folder ?? '') !== 'string') throw new Error(`The file's folder must be a text. ${ONE_VERSION}`);
  const cells = notebook?.before ?? [];
  const isCell = (cell: unknown) => typeof (cell as { text: unknown })?.text === 'string' && Number.isInteger((cell as { number: unknown }).number);
  if (notebook && (!Number.isInteger(notebook.number) || !Array.isArray(cells) || !cells.every(isCell))) throw new Error(`The notebook's cells must be texts with numbers. ${ONE_VERSION}`);
  return { needs: needs === true, at: at ?? undefined, folder: folder ?? null, ...(notebook && { notebook }) };
}

export function templateOf({ question }: Asked): Template {
  const { template, answers } = question ?? {};
  const asked = (template ?? null) === null ? PYTHON_ERROR_TYPE : chosen(template!);
  return answers ? withAnswers(asked, answers) : asked;
}

function chosen(asked: NonNullable<Asked['question']['template']>): Template {
  if (typeof asked !== 'object') throw new Error(`The question must be named by its name, or by a file and what it holds. ${ONE_VERSION}`);
  if ('name' in asked) return builtIn(asked.name);
  const { file, json, id } = asked;
  if (typeof file !== 'string' || typeof json !== 'string' || typeof (id ?? '') !== 'string') throw new Error(`The question has no file with a text. ${ONE_VERSION}`);
  return chooseTemplate(parseTemplates(json, file), id, file, 'choose one by its id in the settings');
}

function builtIn(name: string): Template {
  const found = TEMPLATES.find(({ id }) => id === name);
  if (found) return found;
  throw new Error(`There is no built-in question ${quoteValue(name)}; there are ${TEMPLATES.map(({ id }) => id).join(' and ')}.`);
}

export function contextLimitOf({ question }: Asked): number | undefined {
  const limit = question?.contextLimit ?? undefined;
  if (limit !== undefined) whole('The context limit', limit, 1, MOST_TOKENS);
  return limit;
}

export function timeoutMsOf({ timeout }: RunsCode): number | undefined {
  if (timeout === null || timeout === undefined) return undefined;
  const [least, most] = TIMEOUT;
  if (typeof timeout !== 'number' || !(timeout >= least && timeout <= most)) {
    throw new Error(`A program may run for ${least} to ${most} seconds, not for ${quoteValue(timeout)}. Change the limit in the settings.`);
  }
  return Math.round(timeout * 1000);
}

/** The options of `explain` that the request holds. */
export function explainOptionsOf(request: ExplainRequest): {
  against?: Against;
  compare: boolean;
  variants: boolean;
  site: PatchSite;
  direction: PatchingDirection;
  exact: boolean;
  topK: number;
  pair?: ChosenAnswers;
} {
  const { compare, site, direction, exact, topK, variants } = request;
  if (!PATCH_SITES.includes(site as PatchSite)) {
    throw new Error(`'${site}' cannot be patched; choose one of ${PATCH_SITES.join(', ')}.`);
  }
  if (direction !== 'denoising' && direction !== 'noising') throw new Error(`'${String(direction)}' is no direction; choose denoising or noising.`);
  whole('The number of tokens to list', topK, ...TOP_K);
  const against = againstOf(compare);
  const asked = { compare: (compare ?? null) !== null, variants: variants === true, exact: exact === true };
  return { against, ...asked, site: site as PatchSite, direction, topK, pair: pairOf(request.pair) };
}

/** The two answers to compare; whether they are answers of the question is seen when that is read. */
export function pairOf(pair: ExplainRequest['pair']): ChosenAnswers | undefined {
  if (pair === null || pair === undefined) return undefined;
  if (!Array.isArray(pair) || pair.length !== 2 || !pair.every((label) => typeof label === 'string')) throw new Error('The answers to compare must be two texts.');
  return [canonicalLabel(pair[0] as string), canonicalLabel(pair[1] as string)];
}

const NO_COMPARISON = "Compare with 'best', with a variant's number, or with a text.";

export function againstOf(compare: ExplainRequest['compare']): Against | undefined {
  if (compare === 'best' || compare === null || compare === undefined) return undefined;
  if (typeof compare !== 'object') throw new Error(NO_COMPARISON);
  if ('number' in compare) {
    whole("The variant's number", compare.number, 1, Number.MAX_SAFE_INTEGER);
    return { number: compare.number };
  }
  const { text, description } = compare;
  if (typeof text !== 'string' || typeof (description ?? '') !== 'string') throw new Error(NO_COMPARISON);
  return { edited: text, description: description ?? undefined };
}

export function enclosingOf({ text, offset, question }: Enclosing): Enclosing {
  if (typeof text !== 'string') throw new Error(NO_TEXT);
  if (!Number.isInteger(offset) || offset < 0 || offset > text.length) {
    throw new Error(`The cursor at ${offset} does not lie in the text of ${text.length} characters. Put it into the code again.`);
  }
  return { text, offset, question };
}

export function modelOf({ model, from, threads, saes, explanations, provider = 'cpu' }: OpenModel): {
  model?: string;
  from: string | null;
  threads?: number;
  provider: Provider;
  saes: string[];
  explanations: Record<string, string>;
} {
  if (typeof (model ?? '') !== 'string' || typeof (from ?? '') !== 'string') throw new Error('The model must be a text. Choose one with Latent Lens: Select Model.');
  if (threads !== null && threads !== undefined) whole('The number of threads', threads, 1, MOST_THREADS);
  if (!PROVIDERS.includes(provider)) throw new Error(`There is no execution provider ${quoteValue(provider)}; there are ${PROVIDERS.join(', ')}.`);
  const texts = (values: unknown) => Array.isArray(values) && values.every((value) => typeof value === 'string');
  if (!texts(saes ?? [])) throw new Error('The folders of SAEs must be a list of texts. Correct them in the settings.');
  if (!texts(Object.values(explanations ?? {}))) throw new Error('The folders of explanations must be texts, one for each site. Correct them in the settings.');
  const how = { threads: threads ?? undefined, provider };
  return { model: model ?? undefined, from: from ?? null, ...how, saes: saes ?? [], explanations: explanations ?? {} };
}

/** @throws a sentence when the value is no whole number within the bounds */
export function whole(what: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const bounds = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
  throw new Error(`${what} is ${(value as unknown) === undefined ? 'missing' : quoteValue(value)}; it must be a whole number ${bounds}.`);
}
