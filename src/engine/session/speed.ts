/** How fast this session computes, as its last analyses show: it depends on the model, the machine, and what else that does. */
import type { AnalysisId } from '../../protocol/analyses';

/** Less, some 0.2 s on two processors, is mostly overhead, and tells nothing of longer work. */
const LEAST_OPERATIONS = 1e10;

/** What was computed: operations that were expected beforehand, which another estimate has as well, and those that were really done. */
interface Done {
  expected: number;
  made: number;
}

export class Speed {
  /** Expected operations a second: where more or fewer are done than expected, the next estimate is right all the same. */
  private readonly measured = new Map<string, number>();
  private last: number | null = null;

  add(id: AnalysisId, estimated: boolean, { expected, made }: Done, seconds: number): void {
    if (made < LEAST_OPERATIONS || seconds <= 0) return;
    this.last = made / seconds;
    this.measured.set(`${id} ${estimated}`, expected / seconds);
  }

  /**
   * As this analysis went before, or else as the last one did; null where none was long enough to tell.
   * @param estimated whether it estimates first, and computes what that leaves
   */
  secondsFor(id: AnalysisId, estimated: boolean, operations: number): number | null {
    const speed = this.measured.get(`${id} ${estimated}`) ?? this.last;
    return speed === null ? null : operations / speed;
  }
}
