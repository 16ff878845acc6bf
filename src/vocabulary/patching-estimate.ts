/** Estimates from gradients at both runs beside patches that were really made: how far a sweep's estimates can be trusted. */
export interface PatchingEstimate {
  /** Cells at which anything can change. */
  cells: number;
  measuredCells: number;
  /** Pearson's, of estimated and measured changes, over the cells that were measured; null where either does not vary. */
  correlation: number | null;
  /** Cells drawn at random among those left to estimates in the end, and patched; and the most that one of them moved, as a share. */
  checked: number;
  largestMiss: number | null;
}
