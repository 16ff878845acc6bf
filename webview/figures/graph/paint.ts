/** Painting a graph: bands from below, edges as wide as their values are large, coloured by sign, dashed for error and remainder. */
import type { GraphFigure } from '../../../src/figures/figure';
import { largestEdge, layOut, type Layout } from '../../../src/figures/graph';
import type { Theme } from '../../ui/colours';
import { write } from '../canvas';

const SLOT = 84;
const BAND = 46;
const NODE = { width: 72, height: 22 };
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
  width: number;
  height: number;
  /** Where the nodes lie, in the order of the figure's bands. */
  boxes: Box[];
}

/** Sizes and places in pixels. */
export function planned(figure: GraphFigure): GraphPlan {
  const layout = layOut(figure);
  const boxes = layout.placed.map(({ node, x }) => ({
    id: node.id,
    x: LABELS + x * SLOT + (SLOT - NODE.width) / 2,
    y: MARGIN + (figure.bands.length - 1 - node.row) * BAND + (BAND - NODE.height) / 2,
    ...NODE,
  }));
  return { layout, boxes, width: LABELS + layout.width * SLOT + MARGIN, height: MARGIN + figure.bands.length * BAND + FOOT };
}

/** @param marked the token that is marked */
export function paintGraph(
  ctx: CanvasRenderingContext2D,
  figure: GraphFigure,
  { layout, boxes, width, height }: GraphPlan,
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
    if (position !== null) write(ctx, String(position), LABELS + x * SLOT + SLOT / 2 - 8, floor + FOOT / 2, SLOT / 2, small);
  }
  for (const { x } of layout.gaps) write(ctx, '…', LABELS + x * SLOT + 8, floor + FOOT / 2, SLOT / 2, small);

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
    const { x, y } = byId.get(node.id)!;
    const chosen = marked !== null && figure.columns[node.column].position === marked;
    ctx.fillStyle = theme.surface;
    ctx.fillRect(x, y, NODE.width, NODE.height);
    ctx.strokeStyle = chosen ? theme.accent : theme.muted;
    ctx.lineWidth = chosen ? 2 : 1;
    ctx.setLineDash(node.kind === 'error' ? [3, 3] : []);
    ctx.strokeRect(x, y, NODE.width, NODE.height);
    ctx.setLineDash([]);
    write(ctx, node.label, x + 5, y + NODE.height / 2, NODE.width - 10, { font: `12px ${theme.mono}`, colour: theme.text });
  }
}
