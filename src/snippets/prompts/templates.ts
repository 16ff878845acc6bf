/** Questions about a program: those that are built in, and those of a user's file. */
import { quoteName } from '../../checkpoints/checkpoint-error';
import { parseJson } from '../../checkpoints/strict-json';
import { canonicalLabel, ERROR_TYPES, NO_ERROR } from '../../vocabulary/labels';

/** A question about a program, with the answers among which the model chooses. */
export interface Template {
  /** Kebab-case, unique. */
  id: string;
  title: string;
  /** What stands before the code. */
  prefix: string;
  /** What stands after the code; the answer follows. */
  suffix: string;
  answers: Answer[];
  /** False leaves out the beginning-of-sequence token where the tokenizer adds one; where it adds none, as GPT-2, there is none anyway. */
  bos?: boolean;
  /**
   * True asks an instruct model: all of the prompt becomes a user's message in the model's chat template, and the answer is the beginning
   * of the model's own. Where that begins on a new line, the answers' first space is left out.
   */
  chat?: boolean;
  /** Programs with their answers that the model reads first, in the same frame. */
  examples?: Example[];
}

/** A solved program. */
export interface Example {
  /** With LF line ends, and no white space at its end. */
  code: string;
  /** The label of one of the answers. */
  answer: string;
}

export interface Answer {
  /** What ground truth calls it, for example "TypeError". */
  label: string;
  /** What the model reads after the prompt; starts with a space. */
  text: string;
}

/** Which error does this program raise? */
export const PYTHON_ERROR_TYPE: Template = {
  id: 'python-error-type',
  title: 'Predicted error type (Python)',
  prefix: '',
  suffix: '\n# When this code is executed, Python will raise a',
  answers: [...ERROR_TYPES.map((name) => ({ label: name, text: ` ${name}` })), { label: NO_ERROR, text: ' NoError' }],
};

/** The same with three solved programs before the code, for models that were not trained to answer it. Python raises what they say. */
export const PYTHON_ERROR_TYPE_FEW_SHOT: Template = {
  ...PYTHON_ERROR_TYPE,
  id: 'python-error-type-few-shot',
  title: 'Predicted error type (Python), after three examples',
  examples: [
    { code: 'count = 3\nprint("Total: " + count)', answer: 'TypeError' },
    { code: 'colours = ["red", "green"]\nprint(colours[4])', answer: 'IndexError' },
    { code: 'price = 12\nprint(pirce * 2)', answer: 'NameError' },
  ],
};

export const TEMPLATES: readonly Template[] = [PYTHON_ERROR_TYPE, PYTHON_ERROR_TYPE_FEW_SHOT];

/** What stands between an example's answer and what comes next. */
const BETWEEN = '\n\n';

/** All that the model reads before and after the code: examples, prefix and suffix. */
export function frameOf({ prefix, suffix, answers, examples = [] }: Template): { before: string; after: string } {
  const textOf = (wanted: string) => answers.find(({ label }) => label === wanted)!.text;
  const solved = examples.map(({ code, answer }) => `${prefix}${code}${suffix}${textOf(answer)}${BETWEEN}`);
  return { before: `${solved.join('')}${prefix}`, after: suffix };
}

const MAX_ANSWERS = 200;
const MAX_TEXT = 10_000;
const MAX_EXAMPLES = 50;

/**
 * Templates from a user's JSON file: one template or a list of them. Answers may be written as plain strings, which
 * are then label and, after a space, text.
 * @param source the file's name, for messages
 * @throws a sentence that names the file, the template and the field
 */
export function parseTemplates(json: string, source: string): Template[] {
  let value: unknown;
  try {
    value = parseJson(json);
  } catch (error) {
    throw new Error(`${source} ${(error as Error).message}.`, { cause: error });
  }
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw new Error(`${source} holds no template.`);
  const templates = list.map((item, i) =>
    parseTemplate(item, list.length > 1 ? `${source}, template ${i + 1}` : source),
  );
  const ids = new Set(TEMPLATES.map(({ id }) => id));
  for (const { id } of templates) {
    if (ids.has(id)) throw new Error(`${source}: the template id ${quoteName(id)} is already taken. Choose another.`);
    ids.add(id);
  }
  return templates;
}

/**
 * The template with an id among those of a file; without an id the only one.
 * @param source the file's name, for messages
 * @param how what to do to choose one of several, for messages
 */
export function chooseTemplate(templates: readonly Template[], id: string | null, source: string, how: string): Template {
  const ids = templates.map((template) => template.id).join(', ');
  if (id === null) {
    if (templates.length > 1) throw new Error(`${source} holds ${templates.length} templates (${ids}); ${how}.`);
    return templates[0];
  }
  const found = templates.find((template) => template.id === id);
  if (!found) throw new Error(`${source} holds no template ${quoteName(id)}; it holds: ${ids}.`);
  return found;
}

/**
 * A template with other answers: labels of its own keep their text, any other is label and, after a space, text.
 * @throws a sentence when there are too few or too many, or when one is empty or comes twice
 */
export function withAnswers(template: Template, labels: readonly string[]): Template {
  if (!Array.isArray(labels) || labels.length < 2 || labels.length > MAX_ANSWERS) {
    throw new Error(`There must be 2 to ${MAX_ANSWERS} answers to choose from. Give so many labels, or none to have those of ${quoteName(template.id)}.`);
  }
  const answers = labels.map((label: unknown, i) => {
    if (typeof label !== 'string' || label.trim() === '') throw new Error(`Answer ${i + 1} is empty; each answer must be a word such as TypeError.`);
    if (label.length > MAX_TEXT) throw new Error(`Answer ${i + 1} has more than ${MAX_TEXT} characters; give a word.`);
    const own = template.answers.find((answer) => answer.label === canonicalLabel(label));
    return own ?? { label: canonicalLabel(label), text: ` ${label.trim()}` };
  });
  const twice = repeated(answers);
  if (twice) throw new Error(`Two of the answers have the ${twice.key} ${quoteName(twice.value)}; each can be given once.`);
  const lacking = template.examples?.find(({ answer }) => !answers.some(({ label: own }) => own === answer));
  if (lacking) throw new Error(`An example of ${quoteName(template.id)} is answered with ${lacking.answer}, which is not among the answers. Give it as well.`);
  return { ...template, answers };
}

/** What two answers share. */
function repeated(answers: readonly Answer[]): { key: 'label' | 'text'; value: string } | undefined {
  for (const key of ['label', 'text'] as const) {
    const values = answers.map((answer) => answer[key]);
    const value = values.find((item, i) => values.indexOf(item) !== i);
    if (value !== undefined) return { key, value };
  }
  return undefined;
}

function parseTemplate(value: unknown, where: string): Template {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${where} is not an object with "id", "title", "prefix", "suffix" and "answers".`);
  }
  const fields = value as Record<string, unknown>;
  const known = ['id', 'title', 'prefix', 'suffix', 'answers', 'examples', 'bos', 'chat'];
  const unknown = Object.keys(fields).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new Error(`${where}: ${quoteName(unknown)} is not a field; they are ${known.join(', ')}.`);
  const text = (field: string, missing?: string): string => {
    const found = fields[field] ?? missing;
    if (typeof found !== 'string') throw new Error(`${where}: "${field}" must be a text.`);
    if (found.length > MAX_TEXT) throw new Error(`${where}: "${field}" has more than ${MAX_TEXT} characters.`);
    return found;
  };
  const id = text('id');
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    throw new Error(
      `${where}: the id ${quoteName(id)} must be lower-case words joined by "-", for example "python-error-type".`,
    );
  }
  const suffix = text('suffix');
  if (/\s$/.test(suffix)) {
    throw new Error(`${where}: "suffix" must not end with white space; put the space at the start of each answer.`);
  }
  if (!Array.isArray(fields.answers) || fields.answers.length < 2 || fields.answers.length > MAX_ANSWERS) {
    throw new Error(`${where}: "answers" must be a list of 2 to ${MAX_ANSWERS} answers.`);
  }
  const answers = fields.answers.map((answer, i) => parseAnswer(answer, `${where}, answer ${i + 1}`));
  const twice = repeated(answers);
  if (twice) throw new Error(`${where}: two answers have the ${twice.key} ${quoteName(twice.value)}.`);
  const flags: { bos?: boolean; chat?: boolean } = {};
  for (const flag of ['bos', 'chat'] as const) {
    const value = fields[flag];
    if (value === undefined) continue;
    if (typeof value !== 'boolean') throw new Error(`${where}: "${flag}" must be true or false.`);
    flags[flag] = value;
  }
  const examples = parseExamples(fields.examples, answers, where);
  return { id, title: text('title', id), prefix: text('prefix', ''), suffix, answers, ...(examples.length > 0 && { examples }), ...flags };
}

function parseExamples(value: unknown, answers: readonly Answer[], where: string): Example[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > MAX_EXAMPLES) throw new Error(`${where}: "examples" must be a list of at most ${MAX_EXAMPLES} examples.`);
  return value.map((item: unknown, i) => {
    const { code, answer } = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>;
    if (typeof code !== 'string' || typeof answer !== 'string') throw new Error(`${where}, example ${i + 1} must be an object with "code" and "answer".`);
    if (code.length > MAX_TEXT) throw new Error(`${where}, example ${i + 1}: the code has more than ${MAX_TEXT} characters.`);
    const plain = code.replace(/\r\n?/g, '\n').trimEnd();
    if (plain === '') throw new Error(`${where}, example ${i + 1} has no code.`);
    const label = canonicalLabel(answer);
    if (answers.some((own) => own.label === label)) return { code: plain, answer: label };
    throw new Error(`${where}, example ${i + 1}: ${quoteName(answer)} is not among the answers.`);
  });
}

function parseAnswer(value: unknown, where: string): Answer {
  if (typeof value === 'string' && value.trim() !== '')
    return { label: canonicalLabel(value), text: ` ${value.trim()}` };
  const { label, text } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (typeof label !== 'string' || typeof text !== 'string') {
    throw new Error(`${where} must be a word, or an object with "label" and "text".`);
  }
  if (!text.startsWith(' ') || text.trim() === '') {
    throw new Error(`${where}: the text ${quoteName(text)} must be a space and a word, as it follows the prompt.`);
  }
  return { label: canonicalLabel(label), text };
}
