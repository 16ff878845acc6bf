/** Draws a heatmap on a canvas: cells by Chart.js's matrix, and around them axes, marks, means and the colour legend. */
import { Chart, LinearScale, type ChartConfiguration, type Plugin } from 'chart.js';
import { MatrixController, MatrixElement } from 'chartjs-chart-matrix';
import { clipped, fitted, slantedLines, type Context } from '../canvas';
import { ink, scaleColour } from '../../ui/colours';
import { rowTop, seenColumns, seenRows, type HeatmapState } from './layout';
import { drawEstimatedLegend, drawLegend, drawMeans, estimatedMark } from './margins';
import { paintedOptions, repaint } from '../painted';
import { decimal, shorten } from '../../../src/figures/text';
import { isPending } from '../../../src/figures/grid';

Chart.register(MatrixController, MatrixElement, LinearScale);

export class HeatmapPainter {
  private readonly chart: Chart<'matrix'>;

  constructor(
    canvas: HTMLCanvasElement,
    private state: HeatmapState,
    pixelRatio = window.devicePixelRatio,
    platform?: ChartConfiguration['platform'],
  ) {
    this.chart = new Chart(canvas, {
      type: 'matrix',
      ...(platform && { platform }),
      data: { datasets: [{ data: [], borderWidth: 0 }] },
      options: {
        ...paintedOptions(pixelRatio),
        scales: { x: { type: 'linear', display: false, offset: false }, y: { type: 'linear', display: false, reverse: false } },
      },
      plugins: [this.plugin()],
    });
    this.draw(state);
  }

  draw(state: HeatmapState): void {
    this.state = state;
    const { grid, layout, scroll, theme } = state;
    const { options, data } = this.chart;
    const [innerWidth, innerHeight] = [layout.width - layout.left - layout.right, layout.height - layout.top - layout.bottom];
    const top = grid.rows.length - scroll.y / layout.rowHeight;
    options.layout!.padding = { left: layout.left, right: layout.right, top: layout.top, bottom: layout.bottom };
    Object.assign(options.scales!.x!, { min: scroll.x / layout.cell, max: (scroll.x + innerWidth) / layout.cell });
    Object.assign(options.scales!.y!, { min: top - innerHeight / layout.rowHeight, max: top });
    const [from, to] = seenColumns(layout, grid.columns.length, scroll);
    const [lowest, end] = seenRows(layout, grid.rows.length, scroll);
    const gap = layout.cell >= 8 ? 1 : 0;
    Object.assign(data.datasets[0], {
      data: grid.values.slice(lowest, end).flatMap((row, y) =>
        row.slice(from, to).flatMap((v, i) => (v === null ? [] : [{ x: from + i + 0.5, y: lowest + y + 0.5, v }])),
      ),
      width: layout.cell - gap,
      height: layout.rowHeight - 1,
      backgroundColor: ({ raw }: { raw?: { v: number } }) => (raw ? scaleColour(grid.scale, raw.v, theme.dark) : 'transparent'),
    });
    repaint(this.chart, layout);
  }

  destroy(): void {
    this.chart.destroy();
  }

  private plugin(): Plugin<'matrix'> {
    return {
      id: 'around',
      beforeDraw: ({ ctx }) => {
        ctx.fillStyle = this.state.theme.surface;
        ctx.fillRect(0, 0, this.state.layout.width, this.state.layout.height);
        amongCells(ctx, this.state, () => {
          drawFrame(ctx, this.state);
          drawMissing(ctx, this.state);
        });
      },
      afterDraw: ({ ctx }) => {
        const { layout, theme } = this.state;
        ctx.save();
        // Cells that are seen in part reach into the margins.
        ctx.fillStyle = theme.surface;
        ctx.fillRect(0, 0, layout.left, layout.height);
        ctx.fillRect(layout.width - layout.right, 0, layout.right, layout.height);
        ctx.fillRect(0, 0, layout.width, layout.top - 1);
        ctx.fillRect(0, layout.height - layout.bottom, layout.width, layout.bottom);
        amongCells(ctx, this.state, () => {
          drawTexts(ctx, this.state);
          drawEstimated(ctx, this.state);
          drawSelection(ctx, this.state);
        });
        inColumns(ctx, this.state, () => drawTokenAxis(ctx, this.state));
        drawLayerAxis(ctx, this.state);
        drawMeans(ctx, this.state);
        drawLegend(ctx, this.state);
        drawEstimatedLegend(ctx, this.state);
        ctx.restore();
      },
    };
  }
}

/** Clips to where cells are, and their frame. */
function amongCells(ctx: Context, { layout }: HeatmapState, draw: () => void): void {
  const { left, right, top, bottom, width, height } = layout;
  clipped(ctx, [left - 1, top - 1, width - left - right + 1, height - top - bottom + 1], draw);
}

/** Clips to where columns are, from the top of the chart to its bottom. */
function inColumns(ctx: Context, { layout }: HeatmapState, draw: () => void): void {
  clipped(ctx, [layout.left, 0, layout.width - layout.left - layout.right, layout.height], draw);
}

/** Calls back with each seen column's left edge. */
function eachColumn({ grid, layout, scroll }: HeatmapState, draw: (column: number, x: number) => void): void {
  const [from, to] = seenColumns(layout, grid.columns.length, scroll);
  for (let column = from; column < to; column++) draw(column, layout.left + column * layout.cell - scroll.x);
}

/** Calls back with each seen cell's column, row, left edge and top. */
function eachCell(state: HeatmapState, draw: (column: number, row: number, x: number, y: number) => void): void {
  const [lowest, end] = seenRows(state.layout, state.grid.rows.length, state.scroll);
  eachColumn(state, (column, x) => {
    for (let row = lowest; row < end; row++) draw(column, row, x, rowTop(state, row));
  });
}

/** What shows between the cells and around them, so that cells without an effect can be told from no cells. */
function drawFrame(ctx: Context, { grid, layout, scroll, theme }: HeatmapState): void {
  ctx.fillStyle = theme.line;
  const [width, height] = [layout.cell * grid.columns.length, layout.rowHeight * grid.rows.length + 1];
  ctx.fillRect(layout.left - scroll.x, layout.top - 1 - scroll.y, width, height);
}

/** Thin slanted lines where there can be no value, a small ring where there is none yet. */
function drawMissing(ctx: Context, state: HeatmapState): void {
  const { grid, layout, theme } = state;
  ctx.lineWidth = 0.6;
  eachCell(state, (column, row, x, y) => {
    if (grid.values[row][column] !== null) return;
    ctx.fillStyle = theme.surface;
    if (grid.columns[column].folded !== undefined) {
      ctx.fillRect(x, y - 1, layout.cell, layout.rowHeight + 1);
      return;
    }
    ctx.fillRect(x, y, layout.cell - (layout.cell >= 8 ? 1 : 0), layout.rowHeight - 1);
    ctx.strokeStyle = theme.muted;
    if (isPending(grid, row, column)) {
      if (layout.cell < 5) return;
      ctx.beginPath();
      ctx.arc(x + layout.cell / 2, y + layout.rowHeight / 2, Math.min(2.5, layout.cell / 4), 0, 2 * Math.PI);
      ctx.stroke();
    } else {
      clipped(ctx, [x, y, layout.cell - 1, layout.rowHeight - 1], () => slantedLines(ctx, [x, y, layout.cell, layout.rowHeight], 6));
    }
  });
}

/** What cells show; numbers that otherwise are colours stand in them when colours alone must not tell anything. */
function drawTexts(ctx: Context, state: HeatmapState): void {
  const { grid, layout, theme } = state;
  if (!showsTexts(state)) return;
  const size = layout.rowHeight < 16 || !grid.texts ? 10 : 11;
  ctx.font = `${size}px ${grid.texts ? theme.mono : theme.sans}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  eachCell(state, (column, row, x, y) => {
    const value = grid.values[row][column];
    if (value === null) return;
    ctx.fillStyle = ink(scaleColour(grid.scale, value, theme.dark));
    ctx.fillText(cellText(state, row, column), x + layout.cell / 2, y + layout.rowHeight / 2);
  });
}

/** What stands in a cell: its text, its number, or both where the text says another thing than the number. */
function cellText({ grid, layout, numbers }: HeatmapState, row: number, column: number): string {
  const room = Math.floor((layout.cell - 6) / 6.7);
  const number = numberText(grid.values[row][column]!);
  if (!grid.texts) return grid.estimated?.[row][column] && number ? `~${number}` : number;
  const text = grid.texts[row][column];
  const both = numbers && text !== grid.scale.format(grid.values[row][column]);
  return both ? `${shorten(text, room - number.length - 1)} ${number}` : shorten(text, room);
}

function showsTexts({ grid, layout, theme, numbers }: HeatmapState): boolean {
  return layout.cell >= (grid.texts ? 40 : 24) && (grid.texts !== null || numbers || theme.highContrast);
}

/** A dot in cells whose value is an estimate, unless a number with a sign before it says so. */
function drawEstimated(ctx: Context, state: HeatmapState): void {
  const { grid, layout, theme } = state;
  if (!grid.estimated) return;
  const numbers = showsTexts(state);
  const size = Math.min(layout.cell, layout.rowHeight);
  eachCell(state, (column, row, x, y) => {
    const value = grid.values[row][column];
    if (value === null || !grid.estimated![row][column] || (numbers && numberText(value) !== '')) return;
    const colour = ink(scaleColour(grid.scale, value, theme.dark));
    estimatedMark(ctx, x + (layout.cell - 1) / 2, y + (layout.rowHeight - 1) / 2, size, theme.highContrast ? colour : `${colour}99`);
  });
}

/** Short, as cells are narrow; nothing for 0. */
function numberText(value: number): string {
  return Math.abs(value) >= 10 ? decimal(value, 0) : decimal(value, 1).replace(/^0\.0$/, '').replace(/^(−?)0\./, '$1.');
}

/** One row of labels for each program; what differs between them stands out. */
function drawTokenAxis(ctx: Context, state: HeatmapState): void {
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

function drawSelection(ctx: Context, state: HeatmapState): void {
  const { grid, layout, theme, selected, scroll } = state;
  if (!selected) return;
  const x = layout.left + selected.column * layout.cell - scroll.x;
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = theme.highContrast ? 2 : 1;
  ctx.strokeRect(x - 0.5, layout.top - 0.5 - scroll.y, layout.cell, layout.rowHeight * grid.rows.length);
  if (selected.row < 0 || selected.row >= grid.rows.length) return;
  ctx.lineWidth = 2;
  ctx.strokeRect(x, rowTop(state, selected.row), layout.cell - 1, layout.rowHeight - 1);
}

/** The layers and the axes' names stay in place while columns scroll. */
function drawLayerAxis(ctx: Context, state: HeatmapState): void {
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
