/** Those that write to the residual stream as a grid: layers against heads, with all of them and the MLP beside them. */
import { blockSiteName } from '../../vocabulary/sites';
import type { GridFigure } from './figure';
import type { CellText, Grid, GridColumn, GridScale } from './grid';

export interface WriterCell {
  /** Null for the attention of the layer, and for its MLP. */
  head: number | null;
  kind: 'head' | 'attn_out' | 'mlp_out';
  layer: number;
}

/** @param cells what there is: what is missing among them is no writer; null without any */
export function writerGrid<C extends WriterCell>(
  cells: readonly C[],
  value: (cell: C) => number | null,
  scale: (values: (number | null)[][]) => GridScale,
): { grid: Grid; at: (row: number, column: number) => C | undefined } | null {
  if (cells.length === 0) return null;
  const heads = 1 + Math.max(...cells.map(({ head }) => head ?? 0));
  const others = (['attn_out', 'mlp_out'] as const).filter((kind) => cells.some((cell) => cell.kind === kind));
  const layers = [...new Set(cells.map(({ layer }) => layer))].sort((a, b) => a - b);
  const byPlace = new Map(cells.map((cell) => [`${cell.layer} ${cell.head ?? cell.kind}`, cell]));
  const columns: (number | WriterCell['kind'])[] = [...Array.from({ length: heads }, (_, head) => head), ...others];
  const at = (row: number, column: number) => byPlace.get(`${layers[row]} ${columns[column]}`);
  const values = layers.map((_, row) => columns.map((__, column) => {
    const cell = at(row, column);
    return cell ? value(cell) : null;
  }));
  const label = (column: number | WriterCell['kind']) => (column === 'attn_out' ? 'all' : column === 'mlp_out' ? 'MLP' : String(column));
  const grid: Grid = {
    rows: layers.map((layer) => ({ label: String(layer), site: blockSiteName(layer, 'attn.hook_z') })),
    axes: ['head'],
    columns: columns.map((column): GridColumn => ({
      position: null, ...(typeof column === 'number' && { head: column }), labels: [label(column)], mark: 'same', template: false,
    })),
    values,
    texts: null,
    scale: scale(values),
    means: null,
  };
  return { grid, at };
}

/** Such a grid as a figure. */
export function writerFigure<C extends WriterCell>(
  made: { grid: Grid; at: (row: number, column: number) => C | undefined },
  { describe, ...rest }: Pick<GridFigure, 'name' | 'title' | 'about' | 'rows'> & { describe: (cell: C | undefined) => CellText },
): GridFigure {
  return { kind: 'grid', ...rest, grid: made.grid, describe: (row, column) => describe(made.at(row, column)) };
}
