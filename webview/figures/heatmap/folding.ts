/** Columns that matter: which of a heatmap's columns are seen at once where there is no room for all, and the others folded into gaps. */
import type { Grid } from '../../../src/figures/kinds/grid';

/** A grid of which columns are left out, and the columns of the whole one that each of its columns stands for, from and up to. */
export interface FoldedGrid {
  grid: Grid;
  spans: readonly (readonly [from: number, to: number])[];
}

/** Less than this share of the largest value is no effect to speak of. */
const LEAST_SHARE = 0.1;

/**
 * Columns that are left free for the one that the reader chooses in a gap, with what is left of the gap beside it. Where there are few
 * columns at all, none is: it is better that some scroll then than that fewer are seen from the start.
 */
export function spareColumns(room: number): number {
  return room < 8 ? 0 : 2;
}

/**
 * Whether each column is kept when only `room` of them can be seen, gaps included. First the last column, where the answer is given;
 * then the edit, the strongest values, what has to be in sight, the weaker values; and what lies nearest to those.
 * @param focus positions that have to be in sight, such as those of the line at which Python fails
 */
export function keptColumns(grid: Grid, room: number, focus: ReadonlySet<number>): boolean[] {
  const { columns } = grid;
  const kept = columns.map(() => columns.length <= room);
  if (columns.length <= room || columns.length === 0) return kept;
  let used = 1; // one gap
  const add = (column: number) => {
    if (kept[column]) return;
    const parts = [column > 0 && !kept[column - 1], column < columns.length - 1 && !kept[column + 1]];
    const more = parts.filter(Boolean).length;
    if (used + more > room) return;
    used += more;
    kept[column] = true;
  };
  for (const column of inOrder(grid, focus)) add(column);
  const found = kept.flatMap((is, column) => (is ? [column] : []));
  const distance = (column: number) => Math.min(...found.map((one) => Math.abs(one - column)));
  const others = columns.map((_, column) => ({ column, far: (columns[column].template ? columns.length : 0) + distance(column) }));
  for (const { column } of others.sort((a, b) => a.far - b.far)) add(column);
  return kept;
}

/** Whether all is in sight that has to be: the last column, the edit, and what has to be in focus. */
export function isInSight({ columns }: Grid, kept: readonly boolean[], focus: ReadonlySet<number>): boolean {
  return columns.every(({ mark, position }, column) => {
    const wanted = column === columns.length - 1 || mark !== 'same' || (position !== null && focus.has(position));
    return kept[column] || !wanted;
  });
}

/** The columns that matter by themselves, the most important first. */
function inOrder({ columns, values, texts }: Grid, focus: ReadonlySet<number>): number[] {
  const all = columns.map((_, column) => column);
  // A probability that stands in its cell as a text is no effect.
  const sizes = texts ? [] : all.map((column) => Math.max(0, ...values.map((row) => Math.abs(row[column] ?? 0))));
  const largest = Math.max(0, ...sizes);
  const bySize = largest > 0 ? all.filter((column) => sizes[column] >= LEAST_SHARE * largest).sort((a, b) => sizes[b] - sizes[a]) : [];
  const inFocus = [...focus].map((wanted) => columns.findIndex(({ position }) => position === wanted)).filter((column) => column >= 0);
  return [
    columns.length - 1,
    columns.findLastIndex(({ behind }) => behind === undefined),
    ...all.filter((column) => columns[column].mark !== 'same'),
    ...bySize.filter((column) => sizes[column] >= largest / 2),
    ...inFocus,
    ...bySize,
  ];
}

/** With a gap for each run of two or more columns that are not kept: it has no values, and says how many it stands for. */
export function foldColumns(grid: Grid, kept: readonly boolean[]): FoldedGrid {
  const spans: [number, number][] = [];
  for (let from = 0; from < grid.columns.length; ) {
    let to = from + 1;
    if (!kept[from]) while (to < grid.columns.length && !kept[to]) to++;
    spans.push([from, to]);
    from = to;
  }
  if (spans.length === grid.columns.length) return { grid, spans };
  const isGap = (span: readonly [number, number]) => span[1] - span[0] > 1;
  const pick = <T>(row: readonly T[], inGap: T) => spans.map((span) => (isGap(span) ? inGap : row[span[0]]));
  const { columns, values, empty, estimated, texts, means } = grid;
  return {
    spans,
    grid: {
      ...grid,
      columns: spans.map(([from, to]) => {
        if (to - from === 1) return columns[from];
        return { position: null, labels: columns[from].labels.map(() => '⋯'), mark: 'same', template: true, folded: to - from };
      }),
      values: values.map((row) => pick(row, null)),
      ...(empty && { empty: { ...empty, cells: empty.cells.map((row) => pick(row, false)) } }),
      ...(estimated && { estimated: estimated.map((row) => pick(row, false)) }),
      texts: texts && texts.map((row) => pick(row, '')),
      means: means && { ...means, columns: pick(means.columns, null) },
    },
  };
}
