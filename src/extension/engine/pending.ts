/** A pending request of a page to the engine: what is being done for it, and what came of it. Knows nothing of VS Code. */
import { Cancelled, type RequestOptions } from './client';
import type { ResultUpdate } from '../../protocol/documents/result';
import { buttonsOf } from '../ui/advice';
import { STARTING, UNASKED, type Answer } from '../../protocol/pages/answer';

/**
 * How long a result stands: until its question is asked again, until that has an answer or fails, until there is another result, or until
 * there is more of it, all of which is as good as what was there.
 */
export type Standing = 'until asked' | 'until answered' | 'until another' | 'until more';

export interface PendingOptions<Result> {
  stands: Standing;
  /** Is told what went wrong, which the answer says too; not of cancellations. */
  failed?: (error: Error) => void;
  /** What is known of the result, from an update and from what was known before that. */
  soFar?: (update: ResultUpdate, known: Result | null) => Result | null | undefined;
}

/** What a request is given. */
export type Asking = Required<RequestOptions>;

export class Pending<Result> {
  private now: Answer<Result> = UNASKED;
  private abort?: AbortController;

  /** @param changed is told of each change of the answer */
  constructor(
    private readonly changed: (answer: Answer<Result>) => void,
    private readonly options: PendingOptions<Result> = { stands: 'until asked' },
  ) {}

  get answer(): Answer<Result> {
    return this.now;
  }

  /**
   * Asks in the place of what was asked before, which is cancelled. What fails is said in the answer, where what came so far stays
   * unless the result of before stands.
   * @param request resolves to null where nothing was computed, as when that would take long
   * @returns the result; null where there is none, or something else has been asked meanwhile
   */
  async ask(request: (asking: Asking) => Promise<Result | null>, how: Partial<PendingOptions<Result>> = {}): Promise<Result | null> {
    const { stands, failed, soFar } = { ...this.options, ...how };
    this.abort?.abort();
    const abort = (this.abort = new AbortController());
    const isCurrent = () => this.abort === abort;
    const { result: before, complete } = this.now;
    const adds = stands === 'until more';
    const stood = stands === 'until another' || adds ? { result: before, complete } : { result: null, complete: true };
    let known: Result | null = null;
    this.set({ ...UNASKED, running: STARTING, ...(stands === 'until asked' ? { result: null } : { result: before, complete }) });
    const asking: Asking = {
      signal: abort.signal,
      onProgress: ({ stage, done, total, update, cost = this.now.cost }) => {
        if (!isCurrent()) return;
        const fresh = update && soFar?.(update, known);
        if (fresh) known = fresh;
        const running = { stage, done: done ?? null, total: total ?? null };
        this.set({ ...this.now, ...(fresh && { result: fresh, complete: adds && this.now.complete }), cost, running });
      },
    };
    try {
      const result = await request(asking);
      if (!isCurrent()) return null;
      this.set({ ...UNASKED, ...(result === null ? { cost: this.now.cost, ...stood } : { result }) });
      return result;
    } catch (error) {
      if (!isCurrent()) return null;
      const cancelled = error instanceof Cancelled;
      const left = known !== null && (adds || stood.result === null) ? { result: known, complete: adds && complete } : stood;
      const said = cancelled ? `Cancelled.${left.result === null ? '' : left.result === known ? KNOWN : BEFORE}` : (error as Error).message;
      this.set({ ...UNASKED, error: said, cancelled, ...(buttonsOf(error) && { advice: true }), ...left });
      if (!cancelled) failed?.(error as Error);
      return null;
    } finally {
      if (isCurrent()) this.abort = undefined;
    }
  }

  /** Puts a result in the place of whatever was asked, which is cancelled. */
  put(result: Result): void {
    this.stop();
    this.set({ ...UNASKED, result });
  }

  cancel(): void {
    this.abort?.abort();
  }

  /** Forgets the answer, and stops looking for it. */
  drop(): void {
    this.stop();
    if (this.now !== UNASKED) this.set(UNASKED);
  }

  private stop(): void {
    const { abort } = this;
    this.abort = undefined;
    abort?.abort();
  }

  private set(answer: Answer<Result>): void {
    this.now = answer;
    this.changed(answer);
  }
}

const BEFORE = ' What is shown is the result before.';
const KNOWN = ' What is shown was known by then.';
