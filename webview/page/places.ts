/** Places: what the reader takes from charts and code to the forms of analyses; first what is read, then where it is put. */
import { fromToParams, type Activation } from '../../src/figures/cells';
import type { AnalysisId } from '../../src/protocol/analyses';

export class Places {
  private readonly listeners: (() => void)[] = [];
  private now: { source: Activation | null; refusal: string | null } = { source: null, refusal: null };

  /** @param use shows an analysis and asks for it with these parameters beside those of its form */
  constructor(readonly use: (id: AnalysisId, params: Record<string, unknown>) => void) {}

  /** What is read next. */
  get source(): Activation | null {
    return this.now.source;
  }

  /** Why it could not be put where the reader wanted it last. */
  get refusal(): string | null {
    return this.now.refusal;
  }

  /** Null forgets it. */
  take(source: Activation | null): void {
    if (source !== this.source) this.tell({ source, refusal: null });
  }

  /** Puts what is read there. */
  put(target: Activation, source = this.source): void {
    if (!source) return;
    const params = fromToParams(source, target);
    const refusal = typeof params === 'string' ? params : null;
    if (refusal !== this.refusal) this.tell({ source, refusal });
    if (typeof params !== 'string') this.use('fromTo', params);
  }

  /** When something else is read next, or could not be put. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  private tell(now: typeof this.now): void {
    this.now = now;
    for (const listener of this.listeners) listener();
  }
}
