/** How a reader likes figures to be drawn, shared by all figures of a page and kept by whoever opens it. */
import type { Drawing } from '../../src/protocol/pages/drawing';

export class DrawingChoices {
  private readonly listeners: (() => void)[] = [];

  /** @param keep is told what the reader chooses */
  constructor(
    private current: Drawing,
    private readonly keep: (drawing: Drawing) => void = () => undefined,
  ) {}

  get value(): Drawing {
    return this.current;
  }

  /** The reader's choice. */
  choose(to: Partial<Drawing>): void {
    this.set({ ...this.current, ...to });
    this.keep(this.current);
  }

  /** What was kept. */
  set(drawing: Drawing): void {
    this.current = drawing;
    for (const listener of this.listeners) listener();
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }
}
