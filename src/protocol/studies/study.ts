/**
 * A study: a file that says of which programs and models what is asked. One definition gives its type, its check with sentences, and the
 * JSON Schema that editors complete and check it by (schemas/study.json, which a test keeps in step).
 */
import * as z from 'zod';
import { TYPE_EDITS } from '../../vocabulary/edit-names';
import { CODE_ROLES, type CodeRole } from '../../vocabulary/code-roles';
import { ANALYSES, ANALYSIS_IDS, type AnalysisId, type Params } from '../analyses';
import { checked, choice, jsonSchema, said, text, whole } from '../fields';

export const STUDY_FORMAT = 'latent-lens/study';
/** How a study's file ends, by which editors know it. */
export const STUDY_END = '.study.json';

const path = (meta: { title: string; description: string }) => said(text.min(1).max(4000), meta);
const limit = whole(1, 10_000_000, { title: 'Most programs', description: 'at most so many programs, drawn by the seed; all where left out' }).optional();

const programs = z.discriminatedUnion('from', [
  z.strictObject({
    from: z.literal('file'),
    path: path({ title: 'File', description: 'a file of rows (.jsonl or .parquet), from the folder of the study: {"language", "prefix", "suffix", "type"} for types, {"code", "label"} for errors; "latent-lens data" writes such files' }),
    where: said(z.record(text, z.array(text)).optional(), {
      title: 'Where', description: 'only rows in which each of these fields has one of these values, as {"kind": ["keyword"]}',
    }),
    limit,
  }),
  z.strictObject({
    from: z.literal('folder'),
    path: path({ title: 'Folder', description: 'a folder of code, from the folder of the study: every annotation is a program where types are asked about, every Python file elsewhere' }),
    limit,
  }),
  z.strictObject({
    from: z.literal('pair'),
    pair: said(z.tuple([text.min(1), text.min(1)]), {
      title: 'Pair', description: 'two Python programs that do different things; others with other words and numbers that do the same are made of them', words: 'a list of two programs',
    }),
    count: whole(1, 10_000, { title: 'Pairs', description: 'so many pairs, of two programs each' }),
  }),
]);
export type ProgramSource = z.output<typeof programs>;

const edits = z.strictObject({
  kinds: said(z.array(text.min(1).max(60)).min(1).max(40), {
    title: 'Kinds', description: `kinds of edits; of types ${Object.entries(TYPE_EDITS).map(([name, words]) => `${name}: ${words}`).join('; ')}. Of errors those of "latent-lens variants --help", as rename-all, which changes nothing that Python does`,
  }),
  each: whole(1, 50, { title: 'Of each kind', description: 'so many edits of each kind at most, drawn by the seed' }).default(1),
});

const examples = z.strictObject({
  count: whole(1, 20, { title: 'Examples', description: 'so many solved programs before the code' }),
  from: choice({
    any: 'programs drawn from all of the set', same: 'programs with the same answer', other: 'programs with another answer',
  }, { title: 'Which', description: 'of which programs; never of the same program or package' }).default('any'),
  edited: said(text.min(1).max(60).nullable().default(null), {
    title: 'Edited', description: 'a kind of edit that is made of the examples first, one of those in "edits"; null for examples as they are',
  }),
});
export type ExamplesAsked = z.output<typeof examples>;

const sampling = z.strictObject({
  k: said(z.array(whole(1, 1000)).min(1).max(10).default([1, 10, 100]), { title: 'k', description: 'pass@k: the chance that one of k samples is right' }),
  temperature: said(z.number().min(0.05).max(5).default(0.8), { title: 'Temperature', description: 'of the samples' }),
  topP: said(z.number().min(0.01).max(1).default(1), { title: 'Top p', description: 'only the most probable tokens that have so much probability together' }),
  samples: whole(0, 1000, { title: 'Samples', description: 'so many answers are really drawn for each program, to be held against the exact chance; 0 for none' }).default(0),
});
export type SamplingAsked = z.output<typeof sampling>;

const steering = z.strictObject({
  edits: said(z.array(text.min(1).max(60)).min(1).max(40), {
    title: 'Edits', description: 'kinds of edits among those in "edits" after which the same is true; of those after which the model fails a vector is made that is to repair it',
  }),
  factor: said(z.number().min(-100).max(100).default(1), { title: 'Factor', description: 'times which the vector is added' }),
});
export type SteeringAsked = z.output<typeof steering>;

/** What can be kept from being read: all but the token on which heads rest, and the question. */
const MASKED = (Object.keys(CODE_ROLES) as CodeRole[]).filter((role) => role !== 'first' && role !== 'question');

const masking = z.strictObject({
  roles: said(z.array(z.enum(MASKED)).min(1).max(MASKED.length).default(['comments', 'strings', 'annotations', 'names']), {
    title: 'Roles', description: `which tokens are not read, one role after the other: ${MASKED.map((role) => `${role}: ${CODE_ROLES[role]}`).join('; ')}`,
    words: `a list of ${MASKED.join(', ')}`,
  }),
  readers: choice({
    all: 'no token behind them reads them, in no layer', answer: 'the token at which the answer is read does not read them; others do',
  }, { title: 'Readers', description: 'which tokens do not read them' }).default('all'),
  draws: whole(0, 20, { title: 'Random draws', description: 'how often as many other tokens are drawn, to compare with' }).default(3),
});
export type MaskingAsked = z.output<typeof masking>;

const analyses = z.strictObject({
  ...Object.fromEntries(ANALYSIS_IDS.map(
    (id) => [id, said(ANALYSES[id].params, { title: ANALYSES[id].title, description: ANALYSES[id].about }).optional()],
  )),
  masking: said(masking.optional(), { title: 'Masking by role', description: 'what becomes of the answer where no token reads the comments, the other annotations, the other names …' }),
}) as unknown as z.ZodType<{ [K in AnalysisId]?: Params<K> } & { masking?: MaskingAsked }>;

export const study = z.strictObject({
  $schema: text.optional(),
  format: z.literal(STUDY_FORMAT),
  version: z.literal(1),
  title: said(text.min(1).max(200), { title: 'Title', description: 'what the study is called' }),
  about: said(text.max(4000).default(''), { title: 'About', description: 'what it is to show' }),
  question: said(text.min(1).max(4000).nullable().default(null), {
    title: 'Question', description: 'type, or the template that is asked: python-error-type, python-error-type-few-shot, FILE or FILE#ID; null for what fits the programs',
  }),
  models: said(z.array(text.max(4000)).min(1).max(50).default(['']), {
    title: 'Models', description: 'a folder from that of the study on, a .gguf file, org/name, ollama:name, or "" for the model that comes with Latent Lens for such questions',
  }),
  programs: said(z.array(programs).min(1).max(100), { title: 'Programs', description: 'where programs come from', words: 'a list of sources, at least one' }),
  edits: said(edits.nullable().default(null), { title: 'Edits', description: 'edits of each program, made and verified once, the same for all models' }),
  examples: said(z.array(examples).max(20).default([]), { title: 'Examples', description: 'solved programs before the code; each kind is asked beside the program alone' }),
  sampling: said(sampling.nullable().default(null), { title: 'Sampling', description: 'pass@k' }),
  explanations: said(z.boolean().default(false), { title: 'Explanations', description: 'whether simple explanations of an answer (the name alone, the nearest type, the most frequent one) are scored beside the model' }),
  steering: said(steering.nullable().default(null), {
    title: 'Steering', description: 'a steering vector for each layer, made of one half of the programs and tried on the other, beside a random, a shuffled, the opposite and no vector',
  }),
  transplants: said(z.boolean().default(false), {
    title: 'Transplants', description: 'whether the residual stream at the last token of each program is replaced, layer by layer, with that of a program with another answer, of one with the same answer, and with its own',
  }),
  analyses: said(analyses, { title: 'Analyses', description: 'analyses of every program and every edit of it, each with what it is told' }).default({}),
  cluster: choice({
    program: 'rows of one program, its edits among them, go together', package: 'rows of one package or file go together',
  }, { title: 'Together', description: 'what intervals draw as a whole' }).default('program'),
  seed: whole(0, 2 ** 31 - 1, { title: 'Seed', description: 'of all that is drawn' }).default(0),
});
export type Study = z.output<typeof study>;

/** A study's file, checked. @throws a sentence that names the file and the first field that is wrong */
export function checkedStudy(value: unknown, file: string): Study {
  const made = checked(study, value, file);
  const kinds = made.edits?.kinds ?? [];
  const needed = made.examples.map(({ edited }) => edited).find((edit) => edit && !kinds.includes(edit));
  if (needed) throw new Error(`${file}: the edit "${needed}" is used and not made. Add it to "edits.kinds".`);
  const steered = made.steering?.edits.find((edit) => !kinds.includes(edit));
  if (steered) throw new Error(`${file}: the edit "${steered}" is steered and not made. Add it to "edits.kinds".`);
  return made;
}

/** What editors complete and check the file by. */
export function studySchema(): Record<string, unknown> {
  return { title: 'A study of Latent Lens', ...jsonSchema(study) };
}
