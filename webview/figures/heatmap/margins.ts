/** What stands above and beside a heatmap's cells: the colour legend, and the means of columns and rows as lines. */
import { ESTIMATED } from '../../../src/protocol/words/estimate';
import type { Context } from '../canvas';
import { scaleColour } from '../../ui/colours';
import { rowTop, seenColumns, type HeatmapState } from './layout';
import { decimal } from '../../../src/figures/kinds/text';

interface Point {
  x: number;
  y: number;
}

/** A bar of the scale's colours with its ends and middle in numbers. */
export function drawLegend(ctx: Context, { grid, layout, theme }: HeatmapState): void {
  const { kind, limit, label, beyond, tick } = grid.scale;
  const width = Math.min(150, Math.max(100, layout.width * 0.22));
  const [x, y] = [layout.left, 4];
  for (let i = 0; i < width; i++) {
    const share = i / (width - 1);
    ctx.fillStyle = scaleColour(grid.scale, (kind === 'diverging' ? 2 * share - 1 : share) * limit, theme.dark);
    ctx.fillRect(x + i, y, 1.5, 10);
  }
  ctx.strokeStyle = theme.line;
  ctx.lineWidth = 1;
  ctx.strokeRect(x - 0.5, y - 0.5, width + 1, 11);
  ctx.fillStyle = theme.muted;
  ctx.font = `10px ${theme.sans}`;
  ctx.textBaseline = 'top';
  const share = (value: number) => (kind === 'sequential' ? `${100 * value} %` : decimal(value, Number.isInteger(limit) ? 0 : limit >= 10 ? 1 : 2));
  const number = tick ?? share;
  const ticks: [string, CanvasTextAlign, number][] =
    kind === 'diverging'
      ? [
          [`${beyond ? '≤ ' : ''}${number(-limit)}`, 'left', x],
          ['0', 'center', x + width / 2],
          [`${beyond ? '≥ ' : ''}${number(limit)}`, 'right', x + width],
        ]
      : [
          [number(0), 'left', x],
          [number(limit), 'right', x + width],
        ];
  for (const [text, align, at] of ticks) {
    ctx.textAlign = align;
    ctx.fillText(text, at, y + 14);
  }
  ctx.textAlign = 'left';
  ctx.fillStyle = theme.text;
  ctx.font = `11px ${theme.sans}`;
  if (layout.legend - layout.estimated > 40) ctx.fillText(label, x, y + 27, layout.width - x - 4);
  else ctx.fillText(label, x + width + 10, y, Math.max(40, layout.width - x - width - 14));
}

/** What the mark of an estimate means, below the colours. */
export function drawEstimatedLegend(ctx: Context, { layout, theme }: HeatmapState): void {
  if (layout.estimated === 0) return;
  const [x, y] = [layout.left, layout.legend - layout.estimated + 6];
  ctx.fillStyle = theme.surface;
  ctx.strokeStyle = theme.line;
  ctx.lineWidth = 1;
  ctx.fillRect(x, y - 5, 10, 10);
  ctx.strokeRect(x - 0.5, y - 5.5, 11, 11);
  estimatedMark(ctx, x + 5, y, 10, theme.text);
  ctx.fillStyle = theme.muted;
  ctx.font = `10px ${theme.sans}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillText(`${theme.highContrast ? 'or ~: ' : ''}${ESTIMATED}`, x + 17, y, Math.max(40, layout.width - x - 20));
}

/** A dot in the middle of a cell. */
export function estimatedMark(ctx: Context, x: number, y: number, cell: number, colour: string): void {
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.arc(x, y, Math.max(0.6, Math.min(1.6, cell / 5)), 0, 2 * Math.PI);
  ctx.fill();
}

/** Lines of the means over layers, above, and over positions, at the right; both with their zero. */
export function drawMeans(ctx: Context, state: HeatmapState): void {
  const { grid, layout, theme, scroll } = state;
  if (!grid.means) return;
  const top = layout.legend + 10;
  const height = layout.columnMeans - 14;
  const columns = extent(grid.means.columns);
  const y = (value: number) => top + height * (1 - (value - columns.low) / (columns.high - columns.low));
  const [left, right] = [layout.left, layout.width - layout.right];
  const [from, to] = seenColumns(layout, grid.columns.length, scroll);

  ctx.save();
  ctx.beginPath();
  ctx.rect(left, 0, right - left, layout.top);
  ctx.clip();
  line(ctx, [{ x: left, y: y(0) }, { x: right, y: y(0) }], theme.line, 1);
  const middle = (i: number) => left + (i + 0.5) * layout.cell - scroll.x;
  const points = grid.means.columns.map((value, i) => (value === null ? null : { x: middle(i), y: y(value) }));
  polyline(ctx, points.slice(Math.max(0, from - 1), to + 1), theme.accent, layout.cell >= 14);
  ctx.restore();

  ctx.fillStyle = theme.muted;
  ctx.font = `10px ${theme.sans}`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'right';
  ctx.fillText('mean', left - 8, top + height / 2);
  ctx.textAlign = 'left';
  ctx.fillText(columns.text(columns.high), right + 4, y(columns.high) + 2);
  if (y(0) - y(columns.high) > 12) ctx.fillText('0', right + 4, y(0));
  if (columns.low < 0 && y(columns.low) - y(0) > 10) ctx.fillText(columns.text(columns.low), right + 4, y(columns.low));

  const rows = extent(grid.means.rows);
  const [start, room] = [right + 8, layout.right - 18];
  const x = (value: number) => start + (room * (value - rows.low)) / (rows.high - rows.low);
  const bottom = layout.height - layout.bottom;
  ctx.save();
  ctx.beginPath();
  ctx.rect(right, layout.top, layout.width - right, bottom - layout.top);
  ctx.clip();
  line(ctx, [{ x: x(0), y: layout.top }, { x: x(0), y: bottom }], theme.line, 1);
  const ofRow = (row: number) => rowTop(state, row) + layout.rowHeight / 2;
  polyline(ctx, grid.means.rows.map((value, row) => (value === null ? null : { x: x(value), y: ofRow(row) })), theme.accent, true);
  ctx.restore();
  ctx.fillStyle = theme.muted;
  ctx.textBaseline = 'top';
  ctx.textAlign = 'center';
  ctx.fillText('mean', start + room / 2, bottom + 4);
  if (layout.right > 60) ctx.fillText(`${rows.text(rows.low)} … ${rows.text(rows.high)}`, start + room / 2, bottom + 17);
}

/** The range of the values, with zero in it, and how its ends are written: with so many digits that they differ. */
export function extent(values: readonly (number | null)[]): { low: number; high: number; text: (end: number) => string } {
  const numbers = values.filter((value) => value !== null);
  const [least, most] = [Math.min(0, ...numbers), Math.max(0, ...numbers)];
  const [low, high] = most > least ? [least, most] : [0, 1];
  const digits = Math.min(5, Math.max(2, Math.ceil(-Math.log10(high - low))));
  return { low, high, text: (end) => (end === 0 ? '0' : decimal(end, digits)) };
}

function line(ctx: Context, points: readonly Point[], colour: string, width: number): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.beginPath();
  points.forEach((point, i) => (i === 0 ? ctx.moveTo(point.x, point.y) : ctx.lineTo(point.x, point.y)));
  ctx.stroke();
}

/** A line with gaps where there is no point. */
function polyline(ctx: Context, points: readonly (Point | null)[], colour: string, dots: boolean): void {
  let part: Point[] = [];
  const end = () => {
    if (part.length > 1) line(ctx, part, colour, 1.5);
    part = [];
  };
  ctx.fillStyle = colour;
  for (const point of points) {
    if (!point) {
      end();
      continue;
    }
    part.push(point);
    if (!dots) continue;
    ctx.beginPath();
    ctx.arc(point.x, point.y, 2, 0, 2 * Math.PI);
    ctx.fill();
  }
  end();
}
