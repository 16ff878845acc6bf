/** Draws a heatmap on a canvas: cells by Chart.js's matrix, and around them axes, marks, means and the colour legend. */
import { Chart, LinearScale, type ChartConfiguration, type Plugin } from 'chart.js';
import { MatrixController, MatrixElement } from 'chartjs-chart-matrix';
import { clipped, slantedLines, type Context } from '../canvas';
import { ink, scaleColour } from '../../ui/colours';
import { drawLayerAxis, drawTokenAxis } from './axes';
import { eachColumn, rowTop, seenColumns, seenRows, type HeatmapState } from './layout';
import { drawEstimatedLegend, drawLegend, drawMeans, estimatedMark } from './margins';
import { paintedOptions, repaint } from '../painted';
import { decimal, shorten } from '../../../src/figures/kinds/text';
import { isPending } from '../../../src/figures/kinds/grid';

Chart.register(MatrixController, MatrixElement, LinearScale);

export class HeatmapPainter {
  private readonly chart: Chart<'matrix'>;
  /** Of the cells, in the order of the data. */
  private colours: string[] = [];

  constructor(
    canvas: HTMLCanvasElement,
    private state: HeatmapState,
    pixelRatio = window.devicePixelRatio,
    platform?: ChartConfiguration['platform'],
  ) {
    this.chart = new Chart(canvas, {
      type: 'matrix',
      ...(platform && { platform }),
      data: { datasets: [{ data: [], parsing: false }] },
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
    const cells = grid.values.slice(lowest, end).flatMap((row, y) =>
      row.slice(from, to).flatMap((value, i) => (value === null ? [] : [{ x: from + i + 0.5, y: lowest + y + 0.5, value }])),
    );
    this.colours = cells.map(({ value }) => scaleColour(grid.scale, value, theme.dark));
    Object.assign(data.datasets[0], {
      data: cells,
      width: layout.cell - gap,
      height: layout.rowHeight - 1,
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
      // With its own colour, how each cell looks would be resolved anew by Chart.js, which takes longer than to draw it.
      beforeDatasetDraw: ({ ctx }, { meta }) => {
        (meta.data as MatrixElement[]).forEach(({ x, y, width, height }, i) => {
          ctx.fillStyle = this.colours[i];
          ctx.fillRect(x, y, width, height);
        });
        return false;
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
