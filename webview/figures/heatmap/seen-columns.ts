/** Which columns of a heatmap are seen: those that matter where there is no room for all, and those that the reader unfolded. */
import type { Grid } from '../../../src/figures/kinds/grid';
import type { DrawingChoices } from '../drawing';
import { foldColumns, isInSight, keptColumns, spareColumns, type FoldedGrid } from './folding';
import { columnRoom, leastCell, readableCells } from './layout';

export class SeenColumns {
  /** As long as there is room for so many. */
  private kept: { key: string; minCell: number; columns: boolean[] } | null = null;
  private readonly unfolded = new Set<number>();

  /** @param setting the narrowest and widest cell, where they need not all fit */
  constructor(private readonly setting: { minCell: number; maxCell: number; drawing: DrawingChoices }) {}

  /** Other columns are to be seen. */
  forget(): void {
    this.kept = null;
    this.unfolded.clear();
  }

  unfold([from, to]: readonly [number, number]): void {
    for (let column = from; column < to; column++) this.unfolded.add(column);
  }

  get isUnfolded(): boolean {
    return this.unfolded.size > 0;
  }

  cells(grid: Pick<Grid, 'texts'>, numbers: boolean): { minCell: number; maxCell: number; fit: boolean } {
    const { minCell, maxCell, drawing: { value: { columns } } } = this.setting;
    const least = (columns === 'matter' && this.kept?.minCell) || leastCell(grid, minCell, numbers);
    return { minCell: least, maxCell: Math.max(least, maxCell), fit: columns === 'fit' };
  }

  /**
   * What is shown of a grid in a width, and whether there is no room for all of it.
   * @param focus positions that have to be in sight
   * @param selected a column that is seen in any case
   */
  fold(
    grid: Grid,
    width: number,
    { focus, numbers, selected }: { focus: ReadonlySet<number>; numbers: boolean; selected: number | null },
  ): { folded: FoldedGrid; hides: boolean } {
    const { minCell, drawing: { value: { columns } } } = this.setting;
    const all = columnRoom(grid, width, leastCell(grid, minCell, numbers));
    const hides = grid.columns.length > all;
    if (columns !== 'matter') return { folded: foldColumns(grid, grid.columns.map(() => true)), hides };
    const key = `${all} ${numbers}`;
    if (this.kept?.key !== key) this.kept = { key, ...this.keep(grid, width, focus, numbers) };
    const kept = this.kept.columns.map((is, column) => is || this.unfolded.has(column) || column === selected);
    return { folded: foldColumns(grid, kept), hides };
  }

  /** In narrower cells where what has to be in sight would not be. */
  private keep(grid: Grid, width: number, focus: ReadonlySet<number>, numbers: boolean): { minCell: number; columns: boolean[] } {
    const tried = readableCells(grid, this.setting.minCell, numbers).map((cell) => {
      const room = columnRoom(grid, width, cell);
      const seen = grid.columns.length <= room ? room : Math.max(3, room - spareColumns(room));
      return { minCell: cell, columns: keptColumns(grid, seen, focus) };
    });
    // Where not all of it can be, texts are better read, and more of the colours seen.
    return tried.find(({ columns }) => isInSight(grid, columns, focus)) ?? (grid.texts ? tried[0] : tried.at(-1)!);
  }
}
