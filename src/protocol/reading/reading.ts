/**
 * A reading: one program as a model read it and as Python ran it, and what the model predicts for it. Offsets are UTF-16 and lines count
 * from 1, both in the user's file.
 */
import * as z from 'zod';
import { verdict } from './verdict';
import { bulk, count, isCount, isList, isNumber, isObject, isText, number, orNull, text } from '../fields';

/** Where a stretch of the code lies in the file: see code-parts. */
const codePart = z.object({ at: count, start: count, line: count, cell: count.optional() });

export const source = z.object({
  /** The file as the user named it; null for unsaved text. */
  file: text.nullable(),
  /** The code that was explained. */
  code: text,
  /** Its range in the file. */
  start: count,
  end: count,
  firstLine: count,
  lastLine: count,
  /** Where the code lies in the file, if not in one piece. A notebook's file is the cells that were read, joined by line feeds. */
  parts: z.array(codePart).optional(),
  /** What was read, in words, where that is more than was chosen. */
  read: text.optional(),
});
export type ExplainedSource = z.output<typeof source>;

export interface PromptToken {
  id: number;
  text: string;
  /** The token's range in the file; null for a token of the template alone. */
  start: number | null;
  end: number | null;
}

const isToken = (value: unknown): boolean =>
  isObject(value) && isCount(value.id) && isText(value.text) && orNull(isCount)(value.start) && orNull(isCount)(value.end);

export const tokens = bulk<PromptToken[]>((value) => isList(isToken)(value) && (value as unknown[]).length > 0, {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    properties: { id: { type: 'integer' }, text: { type: 'string' }, start: { type: ['integer', 'null'] }, end: { type: ['integer', 'null'] } },
  },
});

export interface TokenProbability {
  id: number;
  text: string;
  probability: number;
  logit: number;
}

export const isTokenProbability = (value: unknown): boolean =>
  isObject(value) && isCount(value.id) && isText(value.text) && isNumber(value.probability) && isNumber(value.logit);

/** A few tokens, each the most probable one after those before it; none of the answers begins like that, nor it with an answer. */
export const continuation = z.object({
  text,
  /** Of the whole sequence. */
  probability: number,
});
export type Continuation = z.output<typeof continuation>;

export const prediction = z
  .object({
    /** The most probable answer. */
    label: text,
    /**
     * All answers of the template, most probable first. Probability: of the answer's whole token sequence after the prompt, in the
     * distribution over the whole vocabulary; logit: of its first token; verdict: of a type, what the language's checker says of it.
     */
    answers: z.array(z.object({ label: text, probability: number, logit: number, verdict: verdict.optional() })),
    /**
     * Probability of all answers together: that what follows begins with the tokens of one of them. An answer whose tokens begin with
     * another's is counted with that one.
     */
    answersProbability: number,
    /** The most probable next tokens of the whole vocabulary. */
    top: z.array(z.object({ id: count, text, probability: number, logit: number })),
    /** What the model would rather write; only where the answers together say little (see `ANSWERS_MATTER`), and not for variants. */
    continuation: continuation.optional(),
  })
  .refine(({ label, answers }) => answers.some((answer) => answer.label === label), { error: 'its label must be one of its answers' });
export type ExplainedPrediction = z.output<typeof prediction>;

export const outcome = z.object({
  /** The exception's class, "no error", or why the program could not be judged ("timeout", "memory limit", …). */
  label: text,
  message: text.nullable(),
  line: count.nullable(),
  /** The notebook's cell that the line is in, where that is not the one that was chosen. */
  cell: count.optional(),
  /**
   * Present where the class is none of the answers, so that no prediction could have been right: the nearest of its base classes that is
   * one, null where none is known.
   */
  unlisted: z.object({ base: text.nullable() }).optional(),
  /** The Python that said so, as in '3.14.2'; absent in documents of older versions. */
  python: text.optional(),
  /** Who said so, where that is not Python: "the code", "TypeScript". */
  by: text.optional(),
  /** What is to be known about it, as a sentence. */
  note: text.optional(),
  /** Present where the code only defines, so that "no error" says nothing: the functions and classes that nothing calls. */
  uncalled: z.array(text).optional(),
});
export type ActualOutcome = z.output<typeof outcome>;

export const model = z.object({
  /** The folder's name. */
  id: text,
  /** Of the weight files, hexadecimal. */
  sha256: text,
  layers: count,
});

/** A program as a model read it: what every result begins with. */
export const reading = z.object({
  model,
  /** The template's id, or the open question's name. */
  template: text,
  source,
  /** Of an open question, the place in the file that it is about: empty, or what stands there and was left out. */
  place: z.object({
    start: count,
    end: count,
    /** Present where what is behind it was read too, by the model's sentinels. */
    behind: z.literal(true).optional(),
    /** What was asked about besides what the model itself would write, as it would stand in the code. */
    others: z.array(text).optional(),
  }).optional(),
  /** What the model read. */
  prompt: text,
  /** The prompt's tokens; a position everywhere in a result is an index into these. */
  tokens,
});
export type ReadProgram = z.output<typeof reading>;

/**
 * What an edit has to do with the prediction. repair: it mends the error; read: it changes what the model goes by; change: it changes
 * something else where the error is, or depends on; pair: it changes two signs there and keeps the tokens; mistake: it puts another
 * mistake there; break: it breaks the syntax there, which hides the error; control: it is elsewhere; faint:
 * nothing that was tried moves the prediction by half a logit, and this moves it the most.
 */
const RELATIONS = ['repair', 'read', 'change', 'pair', 'mistake', 'break', 'control', 'faint'] as const;
export type VariantRelation = (typeof RELATIONS)[number];

const position = count.nullable();

/** The near twin that a program is compared with. */
export const variant = z.object({
  /** What was changed, in words. */
  description: text,
  /** The kind of edit; null for a program that the user gave. */
  kind: text.nullable(),
  /** What the edit has to do with the prediction; left out where it was not looked for. */
  relation: z.enum(RELATIONS).optional(),
  code: text,
  /** Null when it was not run. */
  actual: outcome.nullable(),
  prediction,
  prompt: text,
  /** Of its prompt; ranges are in its own file's text, with the change made. */
  tokens,
  alignment: z.object({
    /** Token indices side by side; null where a token has no counterpart. */
    columns: z.array(z.object({ original: position, variant: position })),
    sameLength: z.boolean(),
  }),
  /** Where its code lies in its own file's text, where an open question's is not one piece of that. */
  parts: z.array(codePart).optional(),
});
export type Counterfactual = z.output<typeof variant>;
