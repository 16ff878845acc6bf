/** Places: what the reader takes from charts and code to the forms of analyses; first what is read, then where it is put. */
import { fromToParams, type Activation } from '../../src/figures/kinds/cells';
import type { AnalysisId } from '../../src/protocol/analyses';

export class Places {
  private readonly listeners: (() => void)[] = [];
  private now: { source: Activation | null; refusal: string | null; open: boolean } = { source: null, refusal: null, open: false };

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

  /** Whether anything can be asked: the code is at hand, and as it was. */
  get isOpen(): boolean {
    return this.now.open;
  }

  open(open: boolean): void {
    if (open !== this.isOpen) this.tell({ open });
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
    if (refusal !== this.refusal) this.tell({ refusal });
    if (typeof params !== 'string') this.use('fromTo', params);
  }

  /** When something else is read next, could not be put, or anything can be asked now. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  private tell(more: Partial<typeof this.now>): void {
    this.now = { ...this.now, ...more };
    for (const listener of this.listeners) listener();
  }
}
