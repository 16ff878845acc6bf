/** How to ask again for the near twin that an explanation shows. */
import type { LatentsRequest } from '../protocol/engine';
import type { Explanation } from '../protocol/explanation';

/** By its number among the variants, else by its code. Null without one. */
export function sameTwin({ counterfactual, variants }: Pick<Explanation, 'counterfactual' | 'variants'>): LatentsRequest['compare'] | null {
  if (!counterfactual) return null;
  const listed = variants?.find(({ code }) => code === counterfactual.code);
  return listed ? { number: listed.number } : { text: counterfactual.code };
}
