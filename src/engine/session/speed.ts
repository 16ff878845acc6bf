/** How fast this session computes, as its last analyses show: it depends on the model, the machine, and what else that does. */
import type { AnalysisId } from '../../protocol/analyses';

/** Less, some 0.2 s on two processors, is mostly overhead, and tells nothing of longer work. */
const LEAST_OPERATIONS = 1e10;

export class Speed {
  /** Operations a second. */
  private readonly measured = new Map<AnalysisId, number>();
  private last: number | null = null;

  add(id: AnalysisId, operations: number, seconds: number): void {
    if (operations < LEAST_OPERATIONS || seconds <= 0) return;
    this.last = operations / seconds;
    this.measured.set(id, this.last);
  }

  /** As this analysis went before, or else as the last one did; null where none was long enough to tell. */
  secondsFor(id: AnalysisId, operations: number): number | null {
    const speed = this.measured.get(id) ?? this.last;
    return speed === null ? null : operations / speed;
  }
}
