/** Calibration: whether answers that are given a probability of p are right in a share p of the cases. */

/**
 * Expected calibration error (Naeini et al. 2015; Guo et al. 2017, eq. 5): |mean probability - share that is right| over equally wide bins
 * of the probability, weighted by how many fall into each. Between 0 and 1; 0 for no rows.
 */
export function calibrationError(rows: readonly { right: boolean; probability: number }[], bins = 15): number {
  const gaps = new Float64Array(bins);
  for (const { right, probability } of rows) {
    gaps[Math.min(bins - 1, Math.floor(probability * bins))] += probability - Number(right);
  }
  return rows.length === 0 ? 0 : gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / rows.length;
}
