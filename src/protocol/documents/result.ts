/** A result: one JSON document with what was read, what it was compared with, and a part for each analysis; nothing in it is random. */
import * as z from 'zod';
import { ANALYSES, ANALYSIS_IDS, type AnalysisId, type Params, type Part } from '../analyses';
import type { Measures, Need } from '../analyses/analysis';
import { isObject, read, text } from '../fields';
import { notes, type Notes } from '../graphs/notes';
import { reading, variant, type Counterfactual, type ReadProgram } from '../reading/reading';

/** What came of one analysis. */
export interface Answered<K extends AnalysisId> {
  params: Params<K>;
  value: Part<K>;
  /** Sentences derived from the numbers. */
  findings: string[];
  /** What makes the numbers doubtful, or why there are none, as sentences. */
  problems: string[];
}

export type Parts = { [K in AnalysisId]?: Answered<K> };

export interface Result {
  format: typeof FORMAT;
  version: 2;
  reading: ReadProgram;
  /** The near twin of the parts that compare; null where there is none (a finding of the prediction says why). */
  pair: Counterfactual | null;
  parts: Parts;
  /** Why an analysis that was asked for has nothing to say about this program, as a sentence. */
  missing?: { [K in AnalysisId]?: string };
  /** What the reader made of graphs. */
  notes?: Notes;
}

/** What is new of a result while it is made; the rest stays. */
export type ResultUpdate = Partial<Pick<Result, 'reading' | 'pair' | 'parts' | 'missing'>>;

/** @param before null before anything is known */
export function updated(before: Result | null, { parts, missing, ...rest }: ResultUpdate): Result | null {
  const result = before ?? (rest.reading ? { format: FORMAT, version: 2 as const, reading: rest.reading, pair: null, parts: {} } : null);
  if (!result) return null;
  const lacks = (result.missing ?? missing) && { missing: { ...result.missing, ...missing } };
  return { ...result, ...rest, parts: { ...result.parts, ...parts }, ...lacks };
}

/** What was added to a result of the same reading; null where it is another one. */
export function changesOf(before: Result | null, now: Result): ResultUpdate | null {
  if (before?.reading !== now.reading) return null;
  const parts = Object.entries(now.parts).filter(([id, part]) => before.parts[id as AnalysisId] !== part);
  return {
    ...(now.pair !== before.pair && { pair: now.pair }),
    ...(now.missing !== before.missing && { missing: now.missing }),
    parts: Object.fromEntries(parts),
  };
}

export const FORMAT = 'latent-lens/result';

const outer = z.object({
  format: z.literal(FORMAT),
  version: z.literal(2),
  reading,
  pair: variant.nullable(),
  parts: z.record(text, z.unknown()),
  missing: z.record(text, text).optional(),
  notes: notes.optional(),
});
const sentences = z.array(text);

/** A part's schema, with its envelope. Params of other versions are kept as they are: they are not run again unchecked. */
export function answeredSchema(id: AnalysisId): z.ZodObject {
  return z.object({ params: z.record(text, z.unknown()), value: ANALYSES[id].part, findings: sentences, problems: sentences });
}

/** Every finding, in the order of the analyses, none twice. */
export function allFindings({ parts, missing = {} }: Pick<Result, 'parts' | 'missing'>): string[] {
  return [...new Set(ANALYSIS_IDS.flatMap((id) => parts[id]?.findings ?? missing[id] ?? []))];
}

/** A result as scripts read it: what is asked for most stands at the top, beside the parts that it comes from. */
export function forScripts(result: Result): Result & Record<string, unknown> {
  const { reading: read, pair, parts } = result;
  const { prediction, components, patching, latents, variants, intervention, knockout, fromTo, generation, steering, circuit } = parts;
  const { actual = null, ...predicted } = prediction?.value ?? {};
  return {
    ...result,
    ...read,
    ...(prediction && { prediction: predicted, actual }),
    ...(pair && { counterfactual: pair }),
    ...(patching && { patching: patching.value }),
    ...(components && { difference: components.value.difference, sum: components.value.sum, components: components.value.components }),
    ...(latents && { metric: latents.value.metric, latents: latents.value.latents }),
    ...(variants && { variants: variants.value.variants }),
    ...intervention?.value,
    ...(steering && { before: steering.value.before, after: steering.value.after }),
    ...(circuit && {
      faithfulness: circuit.value.faithfulness, completeness: circuit.value.completeness, nodesKept: circuit.value.nodesKept,
      edgesKept: circuit.value.edgesKept,
    }),
    ...(knockout && { before: knockout.value.before, after: knockout.value.after }),
    ...(generation && { text: generation.value.text, tokens: generation.value.tokens }),
    ...fromTo?.value.after.written,
    findings: allFindings(result),
  };
}

/**
 * A saved result, of this version or of the one before, checked: it may come from anywhere.
 * @throws a sentence that names the file and the field that is wrong
 */
export function readResult(json: string, file: string): Result {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new Error(`${file} is not valid JSON, so it is no saved result: ${(error as Error).message}.`, { cause: error });
  }
  const { format, version } = isObject(value) ? value : {};
  const known = format === FORMAT || format === V1_FORMAT || format === V1_LATENTS;
  if (!known) throw new Error(`${file} is not a result that Latent Lens saved.`);
  const wanted = format === FORMAT ? 2 : 1;
  if (version !== wanted) throw new Error(`${file} was saved by another version of Latent Lens (format ${String(version)}; this one reads 1 and 2). Update Latent Lens.`);
  const parsed = parse(format === FORMAT ? value : upgraded(value as Record<string, unknown>));
  if ('wrong' in parsed) throw new Error(`${file} is damaged: "${format === FORMAT ? parsed.wrong : v1Name(parsed.wrong)}" is not what Latent Lens saves.`);
  return parsed;
}

/** The result without fields that belong to nothing here, or the first field that is not as it should be. */
function parse(value: unknown): Result | { wrong: string } {
  const whole = read(outer, value);
  if ('wrong' in whole) return whole;
  const { reading: program, pair, parts, ...head } = whole.data;
  const sizes: Measures = { tokens: program.tokens.length, layers: program.model.layers };
  if (pair && !aligned(pair, sizes.tokens)) return { wrong: 'pair.alignment' };
  const known: Record<string, unknown> = {};
  for (const id of ANALYSIS_IDS.filter((one) => parts[one] !== undefined)) {
    const part = read(answeredSchema(id), parts[id]);
    if ('wrong' in part) return { wrong: `parts.${id}${part.wrong === '' ? '' : `.${part.wrong}`}` };
    const spec: { misfit?: (value: never, of: Measures) => string | undefined; needs: readonly Need[] } = ANALYSES[id];
    const unfit = spec.misfit?.(part.data.value as never, sizes);
    if (unfit !== undefined) return { wrong: `parts.${id}.value.${unfit}` };
    if (pair === null && spec.needs.includes('variant')) return { wrong: 'pair' };
    known[id] = part.data;
  }
  return { ...head, reading: program, pair, parts: known as Parts };
}

function aligned({ tokens, alignment }: Counterfactual, originals: number): boolean {
  const below = (position: number | null, limit: number) => position === null || position < limit;
  return alignment.columns.every(({ original, variant: other }) => below(original, originals) && below(other, tokens.length));
}

const V1_FORMAT = 'latent-lens/explanation';
const V1_LATENTS = 'latent-lens/latents';

/** A document of version 1 in the shape of this one; nothing in it has been checked, and what is wrong stays wrong. */
function upgraded(v1: Record<string, unknown>): unknown {
  const { model, template, source, prompt, tokens, prediction, actual = null, lens, counterfactual = null } = v1;
  const { patching, variants, findings, latents } = v1;
  const answered = (value: unknown, params: object = {}, said: unknown = []) => ({ params, value, findings: said, problems: [] });
  const sweep = isObject(patching) ? { site: patching.site, direction: patching.direction } : {};
  const whole = v1.format === V1_FORMAT;
  return {
    format: FORMAT,
    version: 2,
    reading: { model, template, source, prompt, tokens },
    pair: counterfactual,
    parts: {
      prediction: answered(isObject(prediction) ? { ...prediction, actual } : prediction, {}, whole ? findings : []),
      ...(whole && { lens: answered(lens) }),
      ...(whole && variants !== null && variants !== undefined && { variants: answered({ variants }) }),
      ...(whole && patching !== null && patching !== undefined && { patching: answered(patching, sweep) }),
      ...(whole && latents !== undefined && { latents: v1Latents(latents) }),
      ...(!whole && { latents: v1Latents(v1) }),
    },
  };
}

function v1Latents(document: unknown): unknown {
  if (!isObject(document)) return document;
  const { errorTerm, mode, method, steps, positions, findings, problems } = document;
  return { params: { errorTerm, mode, method, steps, positions }, value: document, findings, problems };
}

/** What version 1 called a field. */
function v1Name(path: string): string {
  const field = path.replace(/^reading\./, '').replace(/^parts\.(\w+)(?:\.value)?/, '$1').replace(/^pair\b/, 'counterfactual');
  return field.split(/[.[]/)[0];
}
