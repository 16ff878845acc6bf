/** The axes of a heatmap: tokens below its columns, layers beside its rows. */
import { shorten } from '../../../src/figures/kinds/text';
import { clipped, fitted, type Context } from '../canvas';
import { eachColumn, rowTop, type HeatmapState } from './layout';

/** One row of labels for each program; what differs between them stands out. */
export function drawTokenAxis(ctx: Context, state: HeatmapState): void {
  const { grid, layout, theme, selected } = state;
  const top = layout.height - layout.bottom + 2;
  ctx.textBaseline = 'middle';
  eachColumn(state, (column, x) => {
    const { labels, mark, template, position, folded } = grid.columns[column];
    const [middle, narrow] = [x + layout.cell / 2, layout.cell < 11];
    if (folded !== undefined) {
      drawGap(ctx, state, middle, folded);
      return;
    }
    labels.forEach((label, axis) => {
      const y = top + axis * layout.axis;
      if (mark !== 'same') {
        ctx.fillStyle = `${label === null ? theme.muted : axis === 0 ? theme.negative : theme.positive}2e`;
        ctx.fillRect(x, y + 1, Math.max(1, layout.cell - 1), layout.axis - 2);
      }
      if (narrow) return;
      ctx.fillStyle = label === null || template ? theme.muted : theme.text;
      ctx.font = `${column === selected?.column || mark !== 'same' ? 'bold ' : ''}11px ${theme.mono}`;
      const text = label ?? (axis === 0 ? '+' : '−');
      if (layout.vertical && Array.from(text).length * 6.7 > layout.cell) {
        ctx.save();
        ctx.translate(middle, y + 5);
        ctx.rotate(-Math.PI / 2);
        ctx.textAlign = 'right';
        ctx.fillText(shorten(text, 11), 0, 0);
        ctx.restore();
      } else {
        ctx.textAlign = 'center';
        ctx.fillText(shorten(text, Math.floor(layout.cell / 6.7)), middle, y + (layout.vertical ? 10 : layout.axis / 2));
      }
    });
    const every = layout.cell < 11 ? 20 : layout.cell < 24 ? 5 : 1;
    if (position === null || position % every !== 0) return;
    ctx.fillStyle = theme.muted;
    ctx.font = `10px ${theme.sans}`;
    ctx.textAlign = 'center';
    const half = ctx.measureText(String(position)).width / 2;
    const [first, last] = [layout.left + 4, layout.width - layout.right - half];
    // A column that is seen in part is cut with its number.
    const whole = x >= layout.left && x + layout.cell <= layout.width - layout.right + 1;
    ctx.fillText(String(position), whole ? Math.min(last, Math.max(first, middle)) : middle, layout.height - 10);
  });
}

/** A gap says how many columns it stands for, beside a dotted line where their cells would be. */
function drawGap(ctx: Context, { layout, theme }: HeatmapState, middle: number, folded: number): void {
  const bottom = layout.height - layout.bottom;
  ctx.save();
  ctx.strokeStyle = theme.muted;
  ctx.lineWidth = 1;
  ctx.setLineDash([2, 4]);
  ctx.beginPath();
  ctx.moveTo(middle, layout.top);
  ctx.lineTo(middle, bottom);
  ctx.stroke();
  ctx.restore();
  ctx.fillStyle = theme.muted;
  ctx.font = `10px ${theme.sans}`;
  ctx.textAlign = 'center';
  ctx.fillText('⋯', middle, bottom + 9);
  ctx.fillText(String(folded), middle, bottom + 20);
}

/** The layers and the axes' names stay in place while columns scroll. */
export function drawLayerAxis(ctx: Context, state: HeatmapState): void {
  const { grid, layout, theme } = state;
  ctx.textBaseline = 'middle';
  ctx.fillStyle = theme.text;
  ctx.font = `11px ${theme.sans}`;
  ctx.textAlign = 'right';
  const bottom = layout.height - layout.bottom;
  const shortened = (label: string) => fitted(label, layout.left - 26, (text) => ctx.measureText(text).width);
  clipped(ctx, [0, layout.top, layout.left, bottom - layout.top], () =>
    grid.rows.forEach(({ label }, row) => ctx.fillText(shortened(label), layout.left - 8, rowTop(state, row) + layout.rowHeight / 2)),
  );
  ctx.fillStyle = theme.muted;
  ctx.font = `10px ${theme.sans}`;
  const top = layout.height - layout.bottom + 2;
  grid.axes.forEach((name, axis) => ctx.fillText(name, layout.left - 8, top + axis * layout.axis + Math.min(layout.axis / 2, 12)));
  if (grid.columns.some(({ position }) => position !== null)) ctx.fillText('position', layout.left - 8, layout.height - 10);
  ctx.save();
  ctx.translate(9, (layout.top + bottom) / 2);
  ctx.rotate(-Math.PI / 2);
  ctx.textAlign = 'center';
  ctx.fillText(grid.rowAxis?.name ?? 'layer', 0, 0);
  ctx.restore();
}
