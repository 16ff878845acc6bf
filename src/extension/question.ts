/** One question about the explanation shown: what is being done for it, and what came of it. Knows nothing of VS Code. */
import { Cancelled, type RequestOptions } from './engine-client';
import type { Answer } from '../protocol/panel';

const UNASKED: Answer<never> = { running: null, error: null, result: null };

export class Question<Result> {
  private now: Answer<Result> = UNASKED;
  private abort?: AbortController;

  /** @param changed is told of each change of the answer */
  constructor(private readonly changed: (answer: Answer<Result>) => void) {}

  get answer(): Answer<Result> {
    return this.now;
  }

  /** Asks in the place of what was asked before, which is cancelled; its result stays until there is another. @throws what failed */
  async ask(request: (options: RequestOptions) => Promise<Result>): Promise<void> {
    this.abort?.abort();
    const abort = (this.abort = new AbortController());
    const isCurrent = () => this.abort === abort;
    const { result: before } = this.now;
    this.set({ running: { stage: 'Starting', done: null, total: null }, error: null, result: before });
    const onProgress: RequestOptions['onProgress'] = ({ stage, done, total }) => {
      if (isCurrent()) this.set({ ...this.now, running: { stage, done: done ?? null, total: total ?? null } });
    };
    try {
      const result = await request({ signal: abort.signal, onProgress });
      if (isCurrent()) this.set({ running: null, error: null, result });
    } catch (error) {
      if (!isCurrent()) return;
      const cancelled = error instanceof Cancelled;
      const said = cancelled ? `Cancelled.${before ? ' What is shown is the result before.' : ''}` : (error as Error).message;
      this.set({ running: null, error: said, result: before });
      if (!cancelled) throw error;
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
