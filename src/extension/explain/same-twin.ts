/** What stays of an explanation when more is asked about the same code: its near twin, and the list of its variants. */
import type { LatentsRequest } from '../../protocol/engine';
import type { Explanation } from '../../protocol/explanation';

/** How to ask again for the near twin: by its number among the variants, else by its code. Null without one. */
export function sameTwin({ counterfactual, variants }: Pick<Explanation, 'counterfactual' | 'variants'>): LatentsRequest['compare'] | null {
  if (!counterfactual) return null;
  const { code, description } = counterfactual;
  const listed = variants?.find((variant) => variant.code === code);
  return listed ? { number: listed.number } : { text: code, description };
}

/** An explanation with the variants that were listed before, where the same model has read the same, and the same is known of it. */
export function withVariants(explanation: Explanation, before: Explanation | null): Explanation {
  if (explanation.variants || !before?.variants) return explanation;
  const key = ({ prompt, model, source }: Explanation) => JSON.stringify([prompt, model.sha256, source.file, source.firstLine]);
  const told = ({ actual }: Explanation) => JSON.stringify(actual);
  const isEarly = explanation.actual === null && explanation.counterfactual === null;
  const known = key(explanation) === key(before) && (isEarly || told(explanation) === told(before));
  return known ? { ...explanation, variants: before.variants } : explanation;
}
