/** How figures are drawn, as the reader last chose it: kept for the next panels, in every window. */
import type { Memento } from 'vscode';
import { drawing, USUAL_DRAWING, type Drawing } from '../../protocol/pages/drawing';
import type { ToPanel } from '../../protocol/pages/panel';

const KEY = 'latentLens.drawing';

export class KeptDrawing {
  constructor(private readonly memory: Pick<Memento, 'get' | 'update'>) {}

  /** For a page that listens now. What another version kept, and this one does not know, is forgotten. */
  get message(): Extract<ToPanel, { type: 'drawing' }> {
    const kept = drawing.safeParse(this.memory.get(KEY));
    return { type: 'drawing', drawing: kept.success ? kept.data : USUAL_DRAWING };
  }

  async keep(chosen: Drawing): Promise<void> {
    await this.memory.update(KEY, chosen);
  }
}
