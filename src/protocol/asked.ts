/** What requests to the engine say, as schemas: they are checked, as the sender may be of another version, or the settings wrong. */
import * as z from 'zod';
import { PROVIDERS } from '../vocabulary/providers';
import { ANALYSES, type AnalysisId, type AskedParams } from './analyses';
import { latentRef, mostListed } from './analyses/activations';
import { MOST_LATENTS } from './analyses/intervention';
import { FIM_ORDERS, OPEN_QUESTIONS } from '../vocabulary/open-questions';
import { count, said, siteName, text, whole } from './fields';

export const MOST_TOKENS = 10_000_000;
export const MOST_THREADS = 1024;
/** How long a program may run. */
export const processorSeconds = z.number().min(0.1).max(60);

export const openModel = z.object({
  /** Null for those that come with the package, of which each is asked what it was trained for. */
  model: text.nullable(),
  /** The folder that a relative path starts from; without it, relative paths other than the Hub's ids are refused. */
  from: text.nullable().optional(),
  /** Folders of its SAEs, or `org/name/folder` of the store; none for those in the model's own folder. */
  saes: z.array(text).optional(),
  /** For sites, the folder of a Neuronpedia export with explanations of the SAE's latents. */
  explanations: z.record(text, text).optional(),
  /** Threads of one run; null for as many as there are processors. */
  threads: whole(1, MOST_THREADS).nullable().optional(),
  /** What to compute with: the CPU where left out, and where it does not work. */
  provider: z.enum(PROVIDERS).optional(),
});
export type OpenModel = z.input<typeof openModel>;

/** What is asked about the code; nulls stand for what comes with the package and the model. */
export const question = z.object({
  /** The content of a file with templates and its name for messages, of several templates the one with this id; or one that is built in. */
  template: said(z.union([z.object({ file: text, json: text, id: text.nullable() }), z.object({ name: text })]), {
    words: 'a question by its name, or by a file and what it holds',
  }).nullable().optional(),
  /**
   * Labels of the answers instead of the template's own: some of them, or others, each of which follows the prompt after a space. Of an
   * open question, what may be answered besides what the model itself would.
   */
  answers: z.array(text).nullable().optional(),
  /** A question about a place in the text, UTF-16, in place of a template. */
  open: z
    .object({
      ask: z.enum(OPEN_QUESTIONS),
      /** Of a type, any place that means it: on an annotation, or on the name of what has none. */
      start: count,
      end: count,
      /** The editor's name for the language, of a question about a type. */
      language: text.optional(),
      /** Whether what is behind the place is read too, as the model was trained to fill in the middle, and perhaps in which order. */
      fim: z.union([z.boolean(), z.enum(FIM_ORDERS)]).optional(),
    })
    .nullable()
    .optional(),
  /** The most tokens that a prompt may have, where that is fewer than the model reads. */
  contextLimit: whole(1, MOST_TOKENS).nullable().optional(),
});
export type AskedQuestion = z.input<typeof question>;

const cell = z.object({ number: count, text });

/** A question about code: all of `text`, or a range of it in UTF-16 offsets. */
const askedFields = {
  /** The file as the user names it; null for unsaved text. */
  file: text.nullable().optional(),
  text,
  range: z.object({ start: count, end: count }).nullable().optional(),
  /** Whether the range was found around a cursor: what the code needs of the file is then read with it. */
  needs: z.boolean().optional(),
  /** The cursor, UTF-16: of code that is more than the model reads, what is there is read. */
  at: count.nullable().optional(),
  /** The folder that the file is in, for modules of the user's own. */
  folder: text.nullable().optional(),
  /** Of a question about a type: the file, and the folder whose files the compiler may read where it imports them; null for none. */
  project: z.object({ root: text, file: text }).nullable().optional(),
  /** Where the text is that of a notebook's cell: its number, from 1, and the cells with code before it. */
  notebook: z.object({ number: count, before: z.array(cell) }).nullable().optional(),
  question: question.optional(),
};

interface Places {
  text: string;
  question?: { open?: { start: number; end: number } | null };
  range?: { start: number; end: number } | null;
  at?: number | null;
}

/** A request whose range and cursor lie in its text. */
function inText<S extends z.ZodType<Places>>(schema: S): S {
  const range = ({ text: code, range: chosen }: Places) => !chosen || (chosen.start <= chosen.end && chosen.end <= code.length);
  const outside = ({ input }: { input?: unknown }) => `it does not lie in the text of ${(input as Places).text.length} characters. Select the code again`;
  return schema
    .refine(range, { path: ['range'], error: outside })
    .refine(({ text: code, at }) => (at ?? 0) <= code.length, { path: ['at'], error: OUTSIDE })
    .refine(({ text: code, question: asks }) => !asks?.open || (asks.open.start <= asks.open.end && asks.open.end <= code.length), {
      path: ['question', 'open'], error: OUTSIDE,
    }) as S;
}

const OUTSIDE = 'it must lie in the text. Put the cursor into the code again';

export const asked = inText(z.object(askedFields));
export type Asked = z.input<typeof asked>;

/** Code is run in the sandbox only when the user trusts it. */
const runsFields = {
  run: z.boolean(),
  /** Processor time of one program, in seconds; null for the sandbox's own. */
  timeout: said(processorSeconds, { words: 'from 0.1 to 60 seconds of processor time; change the limit in the settings' }).nullable(),
};
export type RunsCode = z.input<z.ZodObject<typeof runsFields>>;

/**
 * The near twin to compare with: the best one, a variant by its number in the list of variants, or the code as it is read (`source.code`)
 * with changes, and what these are called.
 */
export const compare = said(
  z.union([z.literal('best'), z.object({ number: z.int().min(1) }), z.object({ text, description: text.optional() })]),
  { words: "'best', a variant by its number from 1 on, or another text" },
);
export type Compare = z.input<typeof compare>;

const wanted = z.strictObject(
  Object.fromEntries(Object.entries(ANALYSES).map(([id, { params }]) => [id, params.optional()])) as {
    [K in AnalysisId]: z.ZodOptional<(typeof ANALYSES)[K]['params']>;
  },
);

export const analyse = inText(
  z.object({
    ...askedFields,
    ...runsFields,
    compare: compare.default('best'),
    /** The analyses, each with what it is told. */
    analyses: wanted,
    /** Seconds: one that would take longer is not begun, and is missing in the result; null for no limit. */
    within: said(z.number().positive(), { words: 'a number of seconds' }).nullable().default(null),
  }),
);
export type AnalyseRequest = Asked & RunsCode & {
  compare?: Compare;
  within?: number | null;
  analyses: { [K in AnalysisId]?: AskedParams<K> };
};

export const activationsAt = inText(
  z.object({
    ...askedFields,
    /** The SAE's site; null for the residual stream after the middle layer, or the site nearest to it. */
    site: siteName.nullable(),
    /** How many latents to list for each token. */
    count: mostListed,
    /** Where to read when the text is too long for the model, UTF-16; null refuses such a text. */
    around: count.nullable(),
  }),
).refine(({ text: code, around }) => around === null || around <= code.length, { path: ['around'], error: OUTSIDE });

export const firings = z.object({
  text,
  latents: z.array(latentRef).max(MOST_LATENTS),
  /** What is asked about the code, as what a template puts before it is read too; the package's own question when left out. */
  question: question.optional(),
});

export const latentSearch = z.object({
  by: z.enum(['description', 'promotes']),
  query: said(z.string().max(200), { words: 'a text of at most 200 characters' }),
  /** Null for all. */
  site: siteName.nullable().default(null),
  limit: whole(1, 1000),
});
export type LatentSearch = z.output<typeof latentSearch>;

/** Where to look for the code that a cursor means. */
export const enclosing = z
  .object({
    text,
    /** UTF-16. */
    offset: count,
    /** What will be asked: where a model is open that can read all of the text with it, it is all of the text. */
    question: question.optional(),
  })
  .refine(({ text: code, offset }) => offset <= code.length, { path: ['offset'], error: OUTSIDE });

export const nothing = z.null().optional();
