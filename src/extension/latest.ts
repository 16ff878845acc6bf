/** The newest request of a kind: asking again cancels the one before. */
import { Cancelled, type RequestOptions } from './engine-client';
import type { Answer } from '../protocol/panel';

export class Latest<T> {
  private abort?: AbortController;
  private current: Answer<T> = { running: null, error: null, result: null };

  /** @param changed called when the answer is another one now */
  constructor(private readonly changed: () => void) {}

  get answer(): Answer<T> {
    return this.current;
  }

  /** What fails is said in the answer; `keep` leaves the result before in it until there is another. */
  async ask(run: (options: Required<RequestOptions>) => Promise<T>, { keep = false } = {}): Promise<void> {
    this.abort?.abort();
    const abort = (this.abort = new AbortController());
    const set = (answer: Partial<Answer<T>>) => {
      if (this.abort !== abort) return;
      this.current = { ...this.current, ...answer };
      this.changed();
    };
    const onProgress: RequestOptions['onProgress'] = ({ stage, done, total }) => set({ running: { stage, done: done ?? null, total: total ?? null } });
    set({ running: { stage: 'Waiting for the engine', done: null, total: null }, error: null, ...(!keep && { result: null }) });
    try {
      const result = await run({ signal: abort.signal, onProgress });
      set({ running: null, result });
    } catch (error) {
      set({ running: null, result: null, error: error instanceof Cancelled ? 'Cancelled.' : (error as Error).message });
    }
  }

  cancel(): void {
    this.abort?.abort();
  }

  /** Forgets all of it. */
  clear(): void {
    this.abort?.abort();
    this.abort = undefined;
    this.current = { running: null, error: null, result: null };
    this.changed();
  }
}
