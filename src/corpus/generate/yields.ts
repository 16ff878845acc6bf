/** Below this many labelled programs, a family's twin is always worth labelling. */
const ENOUGH = 30;
/** A twin that is kept this often or more is always labelled. */
const GOOD = 0.9;
/** Even a twin that is nearly never kept is labelled this often, so that its share can recover. */
const LEAST = 0.08;

/**
 * How often the n-th twin of a family was kept. Labelling is what generation spends its time on, and most twins
 * raise nothing, which a balanced shard soon has enough of; so twins are labelled about as often as they are needed.
 */
export class Yields {
  private readonly counts = new Map<string, { tried: number; kept: number }>();

  add(family: string, place: number, kept: boolean): void {
    const key = `${family}/${place}`;
    let count = this.counts.get(key);
    if (!count) this.counts.set(key, (count = { tried: 0, kept: 0 }));
    count.tried++;
    if (kept) count.kept++;
    // Forget slowly: what is needed changes as the shard fills.
    if (count.tried >= 400) {
      count.tried /= 2;
      count.kept /= 2;
    }
  }

  /** The chance with which to label this twin. */
  worth(family: string, place: number): number {
    const count = this.counts.get(`${family}/${place}`);
    if (!count || count.tried < ENOUGH) return 1;
    return Math.min(1, Math.max(LEAST, count.kept / count.tried / GOOD));
  }
}
