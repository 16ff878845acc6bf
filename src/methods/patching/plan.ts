/** Which patches of a sweep are made, and which run together: pure arithmetic over layers, positions and units. */
import type { ModelShape } from '../../architectures';
import { uniformFrom } from '../../random';

/** A patch: one layer and one unit of an axis, which changes nothing before this position of the base prompt. */
export interface Cell {
  readonly layer: number;
  readonly position: number;
  /** The unit's place among those of its axis: the position itself, where positions are patched. */
  readonly unit: number;
}

/**
 * Tokens of all layers' runs, divided by half of the layers, up to which neighbouring positions run together, though each then starts as
 * early as the first.
 */
const TOKENS_ENOUGH = 256;

/**
 * Cells that run together: those of one unit, and of neighbouring ones where prompts are short or cells few, to fill the batch.
 * Each group is ordered by layer, position and unit.
 */
export function groups<C extends Cell>(cells: readonly C[], length: number, layers: number): C[][] {
  const columns = new Map<string, C[]>();
  for (const cell of [...cells].sort((a, b) => a.position - b.position || a.unit - b.unit)) {
    const key = `${cell.position} ${cell.unit}`;
    const column = columns.get(key);
    if (column) column.push(cell);
    else columns.set(key, [cell]);
  }
  const work = (some: readonly Cell[]) => (length - some[0].position) * some.reduce((sum, { layer }) => sum + layers - layer, 0);
  const result: C[][] = [];
  for (const column of columns.values()) {
    const group = result.at(-1);
    if (group && work(group) < (TOKENS_ENOUGH * (layers + 1)) / 2) group.push(...column);
    else result.push(column);
  }
  for (const group of result) group.sort((a, b) => a.layer - b.layer || a.position - b.position || a.unit - b.unit);
  return result;
}

/** Every cell at a few positions. */
export function everyLayer(positions: readonly number[], layers: number): Cell[] {
  return positions.flatMap((position) => Array.from({ length: layers }, (_, layer) => ({ layer, position, unit: position })));
}

/** With fewer operations every cell is patched and nothing is estimated: that takes some 0.3 s on two processors. */
const FEW_OPERATIONS = 1.5e10;

/** Floating-point operations of these patches: their cells, times the tokens and layers behind each, times a layer's weights. */
export function operations(cells: readonly Pick<Cell, 'layer' | 'position'>[], length: number, shape: ModelShape): number {
  const { layers, width, heads, keyValueHeads, headSize, mlpWidth } = shape;
  const weights = width * headSize * 2 * (heads + keyValueHeads) + 3 * width * mlpWidth;
  const tokens = cells.reduce((sum, { layer, position }) => sum + (layers - layer) * (length - position), 0);
  return 2 * weights * tokens;
}

/** Whether all of these patches are made in a moment. */
export function isCheap(cells: readonly Cell[], length: number, shape: ModelShape): boolean {
  return operations(cells, length, shape) < FEW_OPERATIONS;
}

/**
 * Positions of the base at which its token is another than the source's, or at which tokens are missing before it. The activations
 * differ most there, and a gradient, which is a straight line, says least.
 */
export function editedPositions(base: readonly number[], source: readonly number[], sourceOf: readonly (number | null)[]): number[] {
  const follows = (position: number) => sourceOf[position] === (position === 0 ? 0 : (sourceOf[position - 1] ?? NaN) + 1);
  return sourceOf.flatMap((from, position) => (from !== null && (base[position] !== source[from] || !follows(position)) ? [position] : []));
}

/** As many of the items, drawn at random, the same ones for the same items and seed. */
export function drawn<T>(items: readonly T[], count: number, seed = 0): T[] {
  const rest = [...items];
  const uniform = uniformFrom((0x9e3779b9 + Math.imul(seed, 0x85ebca6b)) | 0);
  return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(Math.floor(uniform() * rest.length), 1)[0]);
}

/** Pearson's correlation of pairs that come one after the other. */
export class Correlation {
  private count = 0;
  private readonly sums = { x: 0, y: 0, xx: 0, yy: 0, xy: 0 };

  add(x: number, y: number): void {
    const { sums } = this;
    this.count++;
    sums.x += x;
    sums.y += y;
    sums.xx += x * x;
    sums.yy += y * y;
    sums.xy += x * y;
  }

  /** Null where either side does not vary. */
  get value(): number | null {
    const { count, sums: { x, y, xx, yy, xy } } = this;
    const spread = Math.sqrt((count * xx - x * x) * (count * yy - y * y));
    return spread > 0 ? Math.max(-1, Math.min(1, (count * xy - x * y) / spread)) : null;
  }
}
