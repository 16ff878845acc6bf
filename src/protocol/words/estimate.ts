/** What a reader is told about a heatmap that is estimated in part. */
import type { PatchingEstimate } from '../../vocabulary/patching-estimate';

/** What a mark at a cell says. */
export const ESTIMATED = 'estimated from gradients, not patched';

/** @param percent how a share is written */
export function estimateWords(estimate: PatchingEstimate, percent: (share: number) => string): string {
  const { cells, measuredCells, correlation, checked, largestMiss } = estimate;
  const agreement = correlation === null ? '' : `r = ${correlation.toFixed(2).replace('-', '−')}`;
  if (measuredCells === cells) return `All ${cells} cells are really patched${agreement && `; estimates from gradients agree with ${agreement}`}.`;
  const known = `${measuredCells} of ${cells} cells are really patched, the others estimated from gradients${agreement && ` (${agreement} where both are known)`}.`;
  if (checked === 0) return known;
  const most = largestMiss === null || largestMiss < 0.0005 ? 'none of them moves the difference' : `the most that one of them moves is ${percent(largestMiss)}`;
  return `${known} Of the small ones ${checked} were drawn at random and patched: ${most}.`;
}
