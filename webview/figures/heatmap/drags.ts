/** Drags of the mouse from one cell to another. Fingers scroll instead. */
import type { Cell } from './layout';

/** Pixels; a hand that is not quite still clicks. */
const LEAST_DRAG = 12;

interface Point {
  x: number;
  y: number;
}

export class Drags {
  /** Where the mouse was pressed, until it is released. */
  private pressed: (Point & { cell: Cell }) | null = null;

  constructor(canvas: HTMLCanvasElement, cellAt: (point: Point) => Cell | null, drag: (from: Cell, to: Cell) => void) {
    const cellAtMouse = ({ clientX: x, clientY: y }: MouseEvent) => {
      const cell = cellAt({ x, y });
      return cell && { x, y, cell };
    };
    canvas.addEventListener('pointerdown', (event) => {
      this.pressed = event.button === 0 && event.pointerType !== 'touch' ? cellAtMouse(event) : null;
    });
    canvas.addEventListener('pointerleave', () => (this.pressed = null));
    canvas.addEventListener('pointerup', (event) => {
      const [from, to] = [this.pressed, cellAtMouse(event)];
      this.pressed = null;
      if (!from || !to || Math.hypot(to.x - from.x, to.y - from.y) < LEAST_DRAG) return;
      if (to.cell.row !== from.cell.row || to.cell.column !== from.cell.column) drag(from.cell, to.cell);
    });
  }

  get isPressed(): boolean {
    return this.pressed !== null;
  }
}
