import { expect, it } from 'vitest';
import { KeptDrawing } from '../../../src/extension/explain/kept-drawing';
import { USUAL_DRAWING, type Drawing } from '../../../src/protocol/pages/drawing';

class Memory {
  private readonly kept = new Map<string, unknown>();

  get<T>(key: string): T | undefined {
    return this.kept.get(key) as T | undefined;
  }

  async update(key: string, value: unknown): Promise<void> {
    this.kept.set(key, value);
  }

  fill(value: unknown): void {
    for (const key of this.kept.keys()) this.kept.set(key, value);
  }
}

it('what a reader chose is there for the next panel, and what nobody can have chosen is not', async () => {
  const memory = new Memory();
  const chosen: Drawing = { columns: 'fit', numbers: true, light: true };
  expect(new KeptDrawing(memory).message.drawing).toEqual(USUAL_DRAWING);
  await new KeptDrawing(memory).keep(chosen);
  expect(new KeptDrawing(memory).message).toEqual({ type: 'drawing', drawing: chosen });
  for (const wrong of [null, 'fit', { columns: 'all' }, { ...chosen, columns: 'some' }, { ...chosen, light: 1 }]) {
    memory.fill(wrong);
    expect(new KeptDrawing(memory).message.drawing).toEqual(USUAL_DRAWING);
  }
});
