/** What stands on the attribution bars, and the legend that explains it. */
import { LEGEND_LINE, legendLines, legendOf, type BarsState, type LegendItem } from './layout';
import { clipped, slantedLines, write, type Context } from '../canvas';
import type { Theme } from '../../ui/colours';
import { decimal } from '../../../src/figures/kinds/text';
import type { AttributedNode } from './rows';

export function barColour(value: number, { positive, negative }: Theme): string {
  return value < 0 ? negative : positive;
}

/** The hatching of errors, the direct effect as a ring, the real effect as a bar across, and the value in numbers. */
export function drawMarks(
  ctx: Context,
  { layout, theme }: BarsState,
  node: AttributedNode,
  middle: number,
  x: (value: number) => number,
  area: { left: number; right: number },
): void {
  const { value, directEffect, patched, latent } = node;
  const half = layout.thickness / 2;
  if (!latent) hatch(ctx, Math.min(x(0), x(value)), middle - half, Math.abs(x(value) - x(0)), layout.thickness, barColour(value, theme));
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
  clipped(ctx, [x, y, width, height], () => {
    ctx.strokeStyle = stroke;
    ctx.lineWidth = 1.2;
    slantedLines(ctx, [x, y, width, height], 5);
  });
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

export function drawLegend(ctx: Context, { rows, layout, theme }: BarsState): void {
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
