/** Painting a graph: bands from below, edges as wide as their values are large, coloured by sign, dashed for error and remainder. */
import type { GraphFigure } from '../../../src/figures/figure';
import { largestEdge, layOut, type Layout } from '../../../src/figures/graph';
import type { Theme } from '../../ui/colours';
import { write } from '../canvas';

/** How wide a slot is, by the room that there is. */
const SLOT = { least: 44, most: 84 };
/** Between the nodes of two slots. */
const BETWEEN = 10;
const BAND = 46;
const NODE = 22;
const LABELS = 64;
const FOOT = 20;
const MARGIN = 6;
const WIDEST_EDGE = 6;

export interface Box {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface GraphPlan {
  layout: Layout;
  slot: number;
  width: number;
  height: number;
  /** Where the nodes lie, in the order of the figure's bands. */
  boxes: Box[];
}

/** Sizes and places in pixels. @param room the width that there is; a graph that needs more is scrolled */
export function planned(figure: GraphFigure, room = Infinity): GraphPlan {
  const layout = layOut(figure);
  const slot = Math.max(SLOT.least, Math.min(SLOT.most, (room - LABELS - MARGIN) / Math.max(1, layout.width)));
  const boxes = layout.placed.map(({ node, x }) => ({
    id: node.id,
    x: LABELS + x * slot + BETWEEN / 2,
    y: MARGIN + (figure.bands.length - 1 - node.row) * BAND + (BAND - NODE) / 2,
    width: slot - BETWEEN,
    height: NODE,
  }));
  return { layout, slot, boxes, width: LABELS + layout.width * slot + MARGIN, height: MARGIN + figure.bands.length * BAND + FOOT };
}

/** @param marked the token that is marked */
export function paintGraph(
  ctx: CanvasRenderingContext2D,
  figure: GraphFigure,
  { layout, slot, boxes, width, height }: GraphPlan,
  theme: Theme,
  marked: number | null,
): void {
  ctx.fillStyle = theme.surface;
  ctx.fillRect(0, 0, width, height);
  const small = { font: `11px ${theme.sans}`, colour: theme.muted };
  const floor = height - FOOT;
  figure.bands.forEach(({ label }, row) => {
    const middle = MARGIN + (figure.bands.length - 0.5 - row) * BAND;
    write(ctx, label, 4, middle, LABELS - 8, small);
    ctx.strokeStyle = theme.line;
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(LABELS, middle + BAND / 2);
    ctx.lineTo(width, middle + BAND / 2);
    ctx.stroke();
  });
  for (const { column, x } of layout.columns) {
    const { position } = figure.columns[column];
    if (position !== null) write(ctx, String(position), LABELS + x * slot + slot / 2 - 8, floor + FOOT / 2, slot / 2, small);
  }
  for (const { x } of layout.gaps) write(ctx, '…', LABELS + x * slot, floor + FOOT / 2, slot / 2, small);

  const byId = new Map(boxes.map((box) => [box.id, box]));
  const most = largestEdge(figure.edges);
  for (const { from, to, value, kind } of [...figure.edges].sort((a, b) => Math.abs(a.value) - Math.abs(b.value))) {
    const [a, b] = [byId.get(from)!, byId.get(to)!];
    const [x1, y1, x2, y2] = [a.x + a.width / 2, a.y, b.x + b.width / 2, b.y + b.height];
    ctx.strokeStyle = value < 0 ? theme.negative : theme.positive;
    ctx.lineWidth = 1 + (WIDEST_EDGE - 1) * (Math.abs(value) / most);
    ctx.setLineDash(kind === 'plain' ? [] : [5, 4]);
    ctx.beginPath();
    ctx.moveTo(x1, y1);
    ctx.bezierCurveTo(x1, (y1 + y2) / 2, x2, (y1 + y2) / 2, x2, y2);
    ctx.stroke();
  }
  ctx.setLineDash([]);

  for (const { node } of layout.placed) {
    const { x, y, width: wide } = byId.get(node.id)!;
    const chosen = marked !== null && figure.columns[node.column].position === marked;
    ctx.fillStyle = theme.surface;
    ctx.fillRect(x, y, wide, NODE);
    ctx.strokeStyle = chosen ? theme.accent : theme.muted;
    ctx.lineWidth = chosen ? 2 : 1;
    ctx.setLineDash(node.kind === 'error' ? [3, 3] : []);
    ctx.strokeRect(x, y, wide, NODE);
    ctx.setLineDash([]);
    write(ctx, node.label, x + 4, y + NODE / 2, wide - 8, { font: `12px ${theme.mono}`, colour: theme.text });
  }
}
