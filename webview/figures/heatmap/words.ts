/** A heatmap in words: the table behind it, and what is said of columns that are folded away. */
import { ESTIMATED } from '../../../src/protocol/words/estimate';
import type { CellText, Grid } from '../../../src/figures/kinds/grid';
import { shorten } from '../../../src/figures/kinds/text';
import type { TableData } from '../table';

/** What is said about columns that are folded away. */
export function gapText({ columns, axes }: Grid, [from, to]: readonly [number, number]): CellText {
  const text = (axis: number) => columns.slice(from, to).map(({ labels }) => labels[axis] ?? '').join(' ');
  const unit = columns[from].position === null ? 'columns' : 'tokens';
  return { title: `${to - from} ${unit} folded away; a click shows them`, lines: [[axes[0], shorten(text(0), 200)]] };
}

/** The grid with tokens down and layers across, as a reader wants it. */
export function gridTable(grid: Grid, caption: string): TableData {
  const cell = (row: number, column: number) => {
    const text = `${grid.estimated?.[row][column] ? '~' : ''}${grid.scale.format(grid.values[row][column])}`;
    return grid.texts && grid.texts[row][column] !== text ? `${grid.texts[row][column]} ${text}` : text;
  };
  return {
    caption: `${caption}: ${grid.scale.label}${grid.estimated ? `; ~ is ${ESTIMATED}` : ''}`,
    head: ['position', ...grid.axes, ...grid.rows.map(({ label }) => (/^\d+$/.test(label) ? `layer ${label}` : label))],
    rows: grid.columns.map(({ position, labels }, column) => [
      position === null ? '–' : String(position),
      ...labels.map((label) => label ?? '(none)'),
      ...grid.rows.map((_, row) => cell(row, column)),
    ]),
  };
}
