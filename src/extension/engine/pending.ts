/** A pending request of a page to the engine: what is being done for it, and what came of it. Knows nothing of VS Code. */
import { Cancelled, type RequestOptions } from './client';
import type { ResultUpdate } from '../../protocol/result';
import { STARTING, UNASKED, type Answer } from '../../protocol/answer';

/** How long a result stands: until its question is asked again, until that has an answer or fails, or until there is another result. */
export type Standing = 'until asked' | 'until answered' | 'until another';

export class Pending<Result> {
  private now: Answer<Result> = UNASKED;
  private abort?: AbortController;

  /**
   * @param changed is told of each change of the answer
   * @param options `failed` is told what went wrong, which the answer says too; `soFar` reads from an update what is known of the result
   */
  constructor(
    private readonly changed: (answer: Answer<Result>) => void,
    private readonly options: { stands: Standing; failed?: (error: Error) => void; soFar?: (update: ResultUpdate) => Result | undefined } = { stands: 'until asked' },
  ) {}

  get answer(): Answer<Result> {
    return this.now;
  }

  /** Asks in the place of what was asked before, which is cancelled. What fails is said in the answer. */
  async ask(request: (options: Required<RequestOptions>) => Promise<Result>): Promise<void> {
    const { stands, failed, soFar } = this.options;
    this.abort?.abort();
    const abort = (this.abort = new AbortController());
    const isCurrent = () => this.abort === abort;
    const { result: before } = this.now;
    this.set({ running: STARTING, error: null, result: stands === 'until asked' ? null : before });
    const onProgress: Required<RequestOptions>['onProgress'] = ({ stage, done, total, update }) => {
      if (!isCurrent()) return;
      const result = (update && soFar?.(update)) ?? this.now.result;
      this.set({ ...this.now, result, running: { stage, done: done ?? null, total: total ?? null } });
    };
    try {
      const result = await request({ signal: abort.signal, onProgress });
      if (isCurrent()) this.set({ running: null, error: null, result });
    } catch (error) {
      if (!isCurrent()) return;
      const result = stands === 'until another' ? before : null;
      const cancelled = error instanceof Cancelled;
      const said = cancelled ? `Cancelled.${result ? ' What is shown is the result before.' : ''}` : (error as Error).message;
      this.set({ running: null, error: said, result });
      if (!cancelled) failed?.(error as Error);
    } finally {
      if (isCurrent()) this.abort = undefined;
    }
  }

  cancel(): void {
    this.abort?.abort();
  }

  /** Forgets the answer, and stops looking for it. */
  drop(): void {
    const { abort } = this;
    this.abort = undefined;
    abort?.abort();
    if (this.now !== UNASKED) this.set(UNASKED);
  }

  private set(answer: Answer<Result>): void {
    this.now = answer;
    this.changed(answer);
  }
}
