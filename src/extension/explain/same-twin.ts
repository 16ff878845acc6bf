/** What stays of an explanation when more is asked about the same code: its near twin, and the list of its variants. */
import type { Compare } from '../../protocol/engine';
import type { Explanation } from '../../protocol/documents/explanation';
import type { Result } from '../../protocol/documents/result';

/** How to ask again for the near twin: by its number among the variants, else by its code. Null without one. */
export function sameTwin({ counterfactual, variants }: Pick<Explanation, 'counterfactual' | 'variants'>): Compare | null {
  if (!counterfactual) return null;
  const { code, description } = counterfactual;
  const listed = variants?.find((variant) => variant.code === code);
  return listed && !listed.searched ? { number: listed.number } : { text: code, description };
}

/** How to ask for a listed variant: one that a search found is in no list that is made anew, so that its code says which. */
export function numberedTwin(explanation: Pick<Explanation, 'variants'> | null, number: number): Compare {
  const listed = explanation?.variants?.find((variant) => variant.number === number);
  return listed?.searched ? { text: listed.code, description: listed.description } : { number };
}

/** A result with the variants that were listed before, where the same model has read the same, and the same is known of it. */
export function withVariants(result: Result, before: Result | null): Result {
  if (result.parts.variants || !before?.parts.variants) return result;
  const key = ({ reading: { prompt, model, source } }: Result) => JSON.stringify([prompt, model.sha256, source.file, source.firstLine]);
  const told = ({ parts: { prediction } }: Result) => JSON.stringify(prediction?.value.actual ?? null);
  const isEarly = told(result) === 'null' && result.pair === null;
  const known = key(result) === key(before) && (isEarly || told(result) === told(before));
  return known ? { ...result, parts: { ...result.parts, variants: before.parts.variants } } : result;
}
