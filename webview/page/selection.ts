/** The layer and the token that the reader looks at, shared by all views. */
export interface Selected {
  /** Into the original prompt's tokens. */
  position: number | null;
  /** As in `blocks.{l}`; -1 is the embedding, null is no particular one. */
  layer: number | null;
}

/** Who chose it: the reader on the page, the cursor in the editor, or the page itself because it shows something else. */
export type Origin = 'page' | 'editor' | 'reset';

export class Selection {
  private readonly listeners: ((selected: Selected, origin: Origin) => void)[] = [];

  constructor(private current: Selected) {}

  get value(): Selected {
    return this.current;
  }

  set(selected: Selected, origin: Origin = 'page'): void {
    if (selected.position === this.current.position && selected.layer === this.current.layer) return;
    this.current = selected;
    for (const listener of this.listeners) listener(selected, origin);
  }

  onChange(listener: (selected: Selected, origin: Origin) => void): void {
    this.listeners.push(listener);
  }
}
