/** Draws attribution bars on a canvas: the bars and their axis by Chart.js, and around them labels, marks and the legend. */
import { BarController, BarElement, CategoryScale, Chart, LinearScale, type ChartConfiguration, type Plugin } from 'chart.js';
import { axisLimit, middleOf, type BarsState } from './layout';
import { barColour, drawLegend, drawMarks } from './marks';
import { write, type Context } from '../canvas';
import { paintedOptions, repaint } from '../painted';
import { decimal, plain } from '../../../src/figures/kinds/text';
import { activationChange, briefDescription, isDenseNode, latentName, type AttributedNode, type BarRow } from './rows';

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

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
        ...paintedOptions(pixelRatio),
        indexAxis: 'y',
        scales: { x: { type: 'linear', position: 'top' }, y: { type: 'category', display: false, offset: true } },
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
        border: { display: false },
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
      backgroundColor: nodes.map((node) => (node?.latent ? barColour(node.value, theme) : theme.surface)),
      borderColor: nodes.map((node) => barColour(node?.value ?? 0, theme)),
      borderWidth: nodes.map((node) => (node?.latent ? 0 : 1.5)),
      borderSkipped: false,
      barThickness: layout.thickness,
    });
    repaint(this.chart, layout);
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
        drawLooked(ctx, this.state);
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

/** What belongs to the token that is looked at has a mark at its side. */
function drawLooked(ctx: Context, { rows, layout, theme, position }: BarsState): void {
  ctx.fillStyle = theme.accent;
  rows.forEach((row, i) => {
    if (row.kind !== 'node' || row.node.position !== position) return;
    ctx.fillRect(0, middleOf(layout, i) - layout.above + 3, 3, layout.rowHeight - 6);
  });
}

/** Themes write colours in other ways, too; those are taken as grey. */
function hex(written: string): string {
  return /^#[0-9a-f]{6}$/i.test(written) ? written : '#808080';
}

/** The axis above the bars, and its zero down to the last of them. */
function drawZero(ctx: Context, { layout, theme }: BarsState, x: number): void {
  const top = layout.legend + layout.axis;
  ctx.lineWidth = 1;
  const along = (colour: string, [fromX, fromY]: readonly number[], [toX, toY]: readonly number[]) => {
    ctx.strokeStyle = colour;
    ctx.beginPath();
    ctx.moveTo(fromX, fromY);
    ctx.lineTo(toX, toY);
    ctx.stroke();
  };
  along(theme.line, [layout.label, top], [layout.width, top]);
  along(theme.muted, [x, top], [x, layout.height]);
}

/** Two lines of text: beside the bar, or above it. */
function lines({ layout }: BarsState, middle: number): { first: number; second: number; room: number } {
  if (layout.label > 0) return { first: middle - 8, second: middle + 8, room: layout.label - 18 };
  return { first: middle - 27, second: middle - 14, room: layout.width - 12 };
}

function drawHeading(ctx: Context, state: BarsState, { title, note }: Extract<BarRow, { kind: 'heading' }>, middle: number): void {
  const { layout, theme } = state;
  const ground = [0, middle - layout.above + 3, layout.width, layout.rowHeight - 6] as const;
  for (const colour of [theme.surface, `${hex(theme.muted)}24`]) {
    ctx.fillStyle = colour;
    ctx.fillRect(...ground);
  }
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
  const description = node.latent ? briefDescription(node.latent.description ?? '') : 'what the SAE does not reconstruct';
  write(ctx, plain(description), end + 10, first, room - end - 2, { font: `12px ${theme.sans}`, colour: theme.text });
  const where = { font: `11px ${theme.sans}`, colour: theme.muted };
  const change = node.latent ? activationChange(node.latent) : '';
  ctx.font = where.font;
  const changeWidth = change === '' ? 0 : ctx.measureText(change).width + 10;
  const after = write(ctx, `${node.site} ${latentName(node)}${isDenseNode(node) ? ' · dense' : ''}`, 8, second, room - changeWidth, where);
  write(ctx, change, after + 10, second, room, where);
}

function drawChosen(ctx: Context, { rows, layout, theme, selected }: BarsState): void {
  const row = rows.findIndex((one) => one.kind === 'node' && one.node.key === selected);
  if (row < 0) return;
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 2;
  ctx.strokeRect(1, middleOf(layout, row) - layout.above + 1, layout.width - 2, layout.rowHeight - 2);
}
