/** Analysing in tests: a reading of a model's, and what comes of its analyses as views are given it. */
import { analyse, type AnalyseOptions, type Wanted } from '../../src/engine/analyses/analyse';
import type { LoadedModel } from '../../src/engine/session/load';
import type { SourceText } from '../../src/engine/reading/program';
import { Reading, type ReadingOptions } from '../../src/engine/analyses/reading';
import { Session } from '../../src/engine/analyses/session';
import { ANALYSES, ANALYSIS_IDS, type AnalysisId, type AskedParams } from '../../src/protocol/analyses';
import { explanationOf, type LensExplanation } from '../../src/protocol/documents/explanation';
import { changedOf, latentsOf, type ChangedDocument, type LatentsDocument } from '../../src/protocol/documents/latents';
import { updated, type Result } from '../../src/protocol/documents/result';
import { variantListOf, type VariantList } from '../../src/protocol/documents/variants';
import { PYTHON_ERROR_TYPE, type Template } from '../../src/snippets/prompts/templates';

/** Analyses with what each is told; defaults may be left out. */
export type Asked = { readonly [K in AnalysisId]?: AskedParams<K> };

/** What an explanation consists of. */
export const EXPLANATION = { prediction: {}, lens: {}, patching: {} } as const satisfies Asked;

export interface Opening extends ReadingOptions {
  template?: Template;
}

export interface Analysing extends Omit<AnalyseOptions, 'onPartial'> {
  /** Called with all that is known so far, put together from the updates. */
  onPartial?: (known: Result, next: Parameters<NonNullable<AnalyseOptions['onPartial']>>[1]) => void;
}

export type OnModel = LoadedModel | Session;
export type Source = Partial<SourceText> & { text: string };

export function opened(of: OnModel, source: Source, { template = PYTHON_ERROR_TYPE, ...options }: Opening = {}): Promise<Reading> {
  return Reading.open(of instanceof Session ? of : new Session(of), template, { file: null, ...source }, options);
}

/** Checks what is asked, as a request is checked. */
export async function analysed(reading: Reading, asked: Asked, { onPartial, ...options }: Analysing = {}): Promise<Result> {
  let known: Result | null = null;
  const wanted = ANALYSIS_IDS.flatMap((id) => (asked[id] === undefined ? [] : [[id, ANALYSES[id].params.parse(asked[id])]]));
  return analyse(reading, Object.fromEntries(wanted) as Wanted, {
    ...options,
    onPartial: (update, next) => {
      known = updated(known, update);
      onPartial?.(known!, next);
    },
  });
}

type Options = Opening & Analysing;

export async function resultOf(of: OnModel, source: Source, asked: Asked, options: Options = {}): Promise<Result> {
  return analysed(await opened(of, source, options), asked, options);
}

export async function explained(of: OnModel, source: Source, { asked, ...options }: Options & { asked?: Asked } = {}): Promise<LensExplanation> {
  return explanationOf(await resultOf(of, source, { ...EXPLANATION, ...asked }, options));
}

/** @throws why there are none, as who asks for nothing else is told */
export async function latentsFor(of: OnModel, source: Source, params: AskedParams<'latents'> = {}, options: Options = {}): Promise<LatentsDocument> {
  const result = await resultOf(of, source, { prediction: {}, latents: params }, options);
  const latents = latentsOf(result);
  if (!latents) throw new Error(result.missing!.latents);
  return latents;
}

export async function changedBy(of: OnModel, source: Source, params: AskedParams<'intervention'>, options: Options = {}): Promise<ChangedDocument> {
  return changedOf(await resultOf(of, source, { intervention: params }, options))!;
}

export async function variantsFor(of: OnModel, source: Source, options: Options = {}): Promise<VariantList> {
  return variantListOf(await resultOf(of, source, { prediction: {}, variants: {} }, options))!;
}
