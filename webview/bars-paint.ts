/** Draws attribution bars on a canvas: the bars and their axis by Chart.js, and around them labels, marks and the legend. */
import { BarController, BarElement, CategoryScale, Chart, LinearScale, type ChartConfiguration, type Plugin } from 'chart.js';
import { LEGEND_LINE, axisLimit, legendLines, legendOf, middleOf, type BarsLayout, type LegendItem } from './bars-layout';
import type { Theme } from './colours';
import { activationChange, latentName, type AttributedNode, type BarRow } from './latents-model';
import { decimal, plain } from './text';

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

/** All that a picture of the bars depends on. */
export interface BarsState {
  rows: readonly BarRow[];
  layout: BarsLayout;
  /** What the axis measures. */
  unit: string;
  theme: Theme;
  /** The key of the chosen node. */
  selected: string | null;
  /** The token that the reader looks at. */
  position: number | null;
}

type Context = CanvasRenderingContext2D;

export class BarsPainter {
  private readonly chart: Chart<'bar', (number | null)[]>;

  constructor(
    canvas: HTMLCanvasElement,
    private state: BarsState,
    pixelRatio = window.devicePixelRatio,
    platform?: ChartConfiguration['platform'],
  ) {
    this.chart = new Chart<'bar', (number | null)[]>(canvas, {
      type: 'bar',
      ...(platform && { platform }),
      data: { labels: [], datasets: [{ data: [] }] },
      options: {
        indexAxis: 'y',
        responsive: false,
        maintainAspectRatio: false,
        animation: false,
        events: [],
        devicePixelRatio: pixelRatio,
        layout: { autoPadding: false },
        scales: { x: { type: 'linear', position: 'top' }, y: { type: 'category', display: false, offset: true } },
        plugins: { legend: { display: false }, tooltip: { enabled: false } },
      },
      plugins: [this.plugin()],
    });
    this.draw(state);
  }

  draw(state: BarsState): void {
    this.state = state;
    const { rows, layout, unit, theme } = state;
    const { options, data } = this.chart;
    const nodes = rows.map((row) => (row.kind === 'node' ? row.node : null));
    const limit = axisLimit(nodes.filter((node) => node !== null));
    // Bars stand in the middle of their rows; labels above them need the room over it.
    const lowered = layout.above - layout.rowHeight / 2;
    const bottom = layout.height - middleOf(layout, rows.length) + layout.above - lowered;
    options.layout!.padding = { left: layout.label, right: 0, top: layout.legend, bottom };
    Object.assign(options.scales!, {
      x: {
        type: 'linear',
        position: 'top',
        min: -limit,
        max: limit,
        afterFit: (scale: { height: number }) => {
          scale.height = layout.axis + lowered;
        },
        border: { color: theme.line },
        title: { display: true, text: unit, color: theme.muted, font: { family: theme.sans, size: 11 }, padding: { top: 0, bottom: 2 } },
        ticks: {
          color: theme.muted,
          font: { family: theme.sans, size: 11 },
          maxTicksLimit: 5,
          includeBounds: false,
          padding: 2 + lowered,
          callback: (value: string | number) => decimal(Number(value), limit < 0.1 ? 3 : limit < 1 ? 2 : 1),
        },
        grid: { color: theme.line, drawTicks: false },
      },
      y: { type: 'category', display: false, offset: true },
    });
    data.labels = rows.map((row) => (row.kind === 'node' ? row.node.key : row.key));
    Object.assign(data.datasets[0], {
      data: nodes.map((node) => node && node.value),
      backgroundColor: nodes.map((node) => (node?.latent ? colour(node.value, theme) : theme.surface)),
      borderColor: nodes.map((node) => colour(node?.value ?? 0, theme)),
      borderWidth: nodes.map((node) => (node?.latent ? 0 : 1.5)),
      borderSkipped: false,
      barThickness: layout.thickness,
    });
    if (this.chart.width !== layout.width || this.chart.height !== layout.height) this.chart.resize(layout.width, layout.height);
    this.chart.update('none');
  }

  destroy(): void {
    this.chart.destroy();
  }

  private plugin(): Plugin<'bar'> {
    return {
      id: 'around',
      beforeDraw: ({ ctx }) => {
        const { layout, theme } = this.state;
        ctx.fillStyle = theme.surface;
        ctx.fillRect(0, 0, layout.width, layout.height);
        drawBands(ctx, this.state);
      },
      afterDatasetsDraw: ({ ctx, chartArea, scales }) => {
        const x = (value: number) => scales.x.getPixelForValue(value);
        ctx.save();
        drawZero(ctx, this.state, x(0));
        this.state.rows.forEach((row, i) => {
          const middle = middleOf(this.state.layout, i);
          if (row.kind === 'heading') drawHeading(ctx, this.state, row, middle);
          else {
            drawLabel(ctx, this.state, row.node, middle);
            drawMarks(ctx, this.state, row.node, middle, x, chartArea);
          }
        });
        drawLegend(ctx, this.state);
        drawChosen(ctx, this.state);
        ctx.restore();
      },
    };
  }
}

function colour(value: number, { positive, negative }: Theme): string {
  return value < 0 ? negative : positive;
}

/** Headings and what belongs to the token that is looked at stand on another ground. */
function drawBands(ctx: Context, { rows, layout, theme, position }: BarsState): void {
  rows.forEach((row, i) => {
    const top = middleOf(layout, i) - layout.above;
    if (row.kind === 'heading') {
      ctx.fillStyle = `${hex(theme.muted)}24`;
      ctx.fillRect(0, top + 3, layout.width, layout.rowHeight - 6);
    } else if (row.node.position === position) {
      ctx.fillStyle = theme.accent;
      ctx.fillRect(0, top + 3, 3, layout.rowHeight - 6);
    }
  });
}

/** Themes write colours in other ways, too; those are taken as grey. */
function hex(written: string): string {
  return /^#[0-9a-f]{6}$/i.test(written) ? written : '#808080';
}

function drawZero(ctx: Context, { layout, theme }: BarsState, x: number): void {
  ctx.strokeStyle = theme.muted;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(x, layout.legend + layout.axis);
  ctx.lineTo(x, layout.height);
  ctx.stroke();
}

/** Two lines of text: beside the bar, or above it. */
function lines({ layout }: BarsState, middle: number): { first: number; second: number; room: number } {
  if (layout.label > 0) return { first: middle - 8, second: middle + 8, room: layout.label - 18 };
  return { first: middle - 25, second: middle - 12, room: layout.width - 12 };
}

function drawHeading(ctx: Context, state: BarsState, { title, note }: Extract<BarRow, { kind: 'heading' }>, middle: number): void {
  const { layout, theme } = state;
  const [first, second] = layout.label > 0 ? [middle - 7, middle + 8] : [middle - layout.above + 17, middle - layout.above + 33];
  write(ctx, title, 8, first, layout.width - 16, { font: `bold 12px ${theme.sans}`, colour: theme.text });
  write(ctx, note, 8, second, layout.width - 16, { font: `11px ${theme.sans}`, colour: theme.muted });
}

function drawLabel(ctx: Context, state: BarsState, node: AttributedNode, middle: number): void {
  const { layout, theme } = state;
  if (layout.label === 0) {
    ctx.fillStyle = theme.surface; // lines of the axis would cross the words
    ctx.fillRect(4, middle - layout.above + 3, layout.width - 4, layout.above - layout.thickness / 2 - 4);
  }
  const { first, second, room } = lines(state, middle);
  const token = { font: `bold 12px ${theme.mono}`, colour: theme.text };
  const afterToken = write(ctx, node.token, 8, first, Math.min(room - 40, 130), token);
  const end = write(ctx, String(node.position), afterToken + 7, first, room - afterToken, { font: `11px ${theme.sans}`, colour: theme.muted });
  const description = node.latent ? (node.latent.description ?? '') : 'what the SAE does not reconstruct';
  write(ctx, plain(description), end + 10, first, room - end - 2, { font: `12px ${theme.sans}`, colour: theme.text });
  const where = { font: `11px ${theme.sans}`, colour: theme.muted };
  const change = node.latent ? activationChange(node.latent) : '';
  ctx.font = where.font;
  const changeWidth = change === '' ? 0 : ctx.measureText(change).width + 10;
  const after = write(ctx, `${node.site} ${latentName(node)}`, 8, second, room - changeWidth, where);
  write(ctx, change, after + 10, second, room, where);
}

interface Ink {
  font: string;
  colour: string;
}

/** Writes as much of a text as there is room for. @returns where it ends */
function write(ctx: Context, text: string, x: number, y: number, room: number, { font, colour: fill }: Ink): number {
  if (room < 12) return x;
  ctx.font = font;
  ctx.fillStyle = fill;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  let shown = text;
  const characters = Array.from(text);
  for (let length = characters.length; length > 0 && ctx.measureText(shown).width > room; ) {
    length = Math.min(length - 1, Math.floor((length * room) / ctx.measureText(shown).width));
    shown = `${characters.slice(0, Math.max(0, length)).join('')}…`;
  }
  ctx.fillText(shown, x, y);
  return x + ctx.measureText(shown).width;
}

/** The hatching of errors, the direct effect as a ring, the real effect as a bar across, and the value in numbers. */
function drawMarks(
  ctx: Context,
  { layout, theme }: BarsState,
  node: AttributedNode,
  middle: number,
  x: (value: number) => number,
  area: { left: number; right: number },
): void {
  const { value, directEffect, patched, latent } = node;
  const half = layout.thickness / 2;
  if (!latent) hatch(ctx, Math.min(x(0), x(value)), middle - half, Math.abs(x(value) - x(0)), layout.thickness, colour(value, theme));
  if (directEffect !== null) ring(ctx, x(directEffect), middle, theme);
  if (patched !== null) crossbar(ctx, x(patched), middle, half + 4, theme);
  const side = value < 0 ? -1 : 1;
  const outermost = [value, directEffect ?? 0, patched ?? 0].filter((at) => Math.sign(at) === side).map(x);
  const end = side < 0 ? Math.min(...outermost, x(0)) : Math.max(...outermost, x(0));
  ctx.font = `11px ${theme.sans}`;
  ctx.fillStyle = theme.text;
  ctx.textBaseline = 'middle';
  ctx.textAlign = side < 0 ? 'right' : 'left';
  const text = decimal(value);
  const width = ctx.measureText(text).width;
  ctx.fillText(text, side < 0 ? Math.max(end - 8, area.left + width) : Math.min(end + 8, area.right - width), middle);
}

function hatch(ctx: Context, x: number, y: number, width: number, height: number, stroke: string): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, width, height);
  ctx.clip();
  ctx.strokeStyle = stroke;
  ctx.lineWidth = 1.2;
  ctx.beginPath();
  for (let at = -height; at < width; at += 5) {
    ctx.moveTo(x + at, y + height);
    ctx.lineTo(x + at + height, y);
  }
  ctx.stroke();
  ctx.restore();
}

function ring(ctx: Context, x: number, y: number, { surface, text }: Theme): void {
  ctx.beginPath();
  ctx.arc(x, y, 4, 0, 2 * Math.PI);
  ctx.closePath();
  ctx.fillStyle = surface;
  ctx.fill();
  ctx.strokeStyle = text;
  ctx.lineWidth = 1.5;
  ctx.stroke();
}

function crossbar(ctx: Context, x: number, y: number, half: number, { surface, text }: Theme): void {
  for (const [stroke, width] of [[surface, 5], [text, 2]] as const) {
    ctx.strokeStyle = stroke;
    ctx.lineWidth = width;
    ctx.beginPath();
    ctx.moveTo(x, y - half);
    ctx.lineTo(x, y + half);
    ctx.stroke();
  }
}

function drawLegend(ctx: Context, { rows, layout, theme }: BarsState): void {
  legendLines(legendOf(rows), layout.width).forEach((items, line) => {
    const y = LEGEND_LINE * (line + 0.5);
    for (const { mark, text, x } of items) {
      legendMark(ctx, mark, x + 8, y, theme);
      write(ctx, text, x + 28, y, layout.width - x - 28, { font: `11px ${theme.sans}`, colour: theme.text });
    }
  });
}

function legendMark(ctx: Context, mark: LegendItem['mark'], x: number, y: number, theme: Theme): void {
  if (mark === 'direct') ring(ctx, x + 7, y, theme);
  else if (mark === 'patched') crossbar(ctx, x + 7, y, 7, theme);
  else if (mark === 'error') {
    hatch(ctx, x, y - 5, 14, 10, theme.positive);
    ctx.strokeStyle = theme.positive;
    ctx.lineWidth = 1.5;
    ctx.strokeRect(x, y - 5, 14, 10);
  } else {
    ctx.fillStyle = theme[mark];
    ctx.fillRect(x, y - 5, 14, 10);
  }
}

function drawChosen(ctx: Context, { rows, layout, theme, selected }: BarsState): void {
  const row = rows.findIndex((one) => one.kind === 'node' && one.node.key === selected);
  if (row < 0) return;
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 2;
  ctx.strokeRect(1, middleOf(layout, row) - layout.above + 1, layout.width - 2, layout.rowHeight - 2);
}
