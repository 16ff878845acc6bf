/** Painting a graph: bands from below, edges as wide as their values are large, coloured by sign, dashed for error and remainder. */
import type { GraphEdge, GraphFigure, GraphNode } from '../../../src/figures/kinds/figure';
import { columnPositions, largestEdge, positionsText } from '../../../src/figures/kinds/graph';
import type { Theme } from '../../ui/colours';
import { write, type Context } from '../canvas';
import { FOOT, labelLines, LABELS, NODE, planned, type Box, type GraphPlan, type Route } from './layout';
import type { Picture } from '../picture';

const WIDEST_EDGE = 6;
/** Of edges that do not lead to or from what is chosen. */
const FAINT = 0.15;

/** Between the lines of a label. */
const LINE = 14;

/** Of the column of the token that is marked. */
const TINT = 0.1;

/** What stands out. */
export interface Emphasis {
  /** The token that is marked. */
  position: number | null;
  /** Nodes by their ids: the one that is read about, those that are to be grouped, those that stay. */
  chosen: string | null;
  several: ReadonlySet<string>;
  pinned: ReadonlySet<string>;
}

export const NO_EMPHASIS: Emphasis = { position: null, chosen: null, several: new Set(), pinned: new Set() };

export function paintGraph(ctx: Context, figure: GraphFigure, plan: GraphPlan, theme: Theme, emphasis: Emphasis): void {
  ctx.fillStyle = theme.surface;
  ctx.fillRect(0, 0, plan.width, plan.height);
  paintGrid(ctx, figure, plan, theme, emphasis.position);
  const most = largestEdge(figure.edges);
  const leads = ({ from, to }: GraphEdge) => emphasis.chosen === null || from === emphasis.chosen || to === emphasis.chosen;
  const order = ({ edge }: Route) => Math.abs(edge.value) + (leads(edge) ? 2 * most : 0);
  for (const route of [...plan.routes].sort((a, b) => order(a) - order(b))) {
    ctx.globalAlpha = leads(route.edge) ? 1 : FAINT;
    paintEdge(ctx, route, most, theme);
  }
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
  figure.nodes.forEach((node, i) => paintNode(ctx, node, plan.boxes[i], theme, emphasis));
}

function paintGrid(ctx: Context, { columns }: GraphFigure, plan: GraphPlan, theme: Theme, marked: number | null): void {
  const small = { font: `11px ${theme.sans}`, colour: theme.muted };
  const floor = plan.height - FOOT;
  for (const { y, height, label } of plan.bands) {
    if (label === null) continue;
    write(ctx, label, 4, y + height / 2, LABELS - 10, height < NODE ? { ...small, font: `10px ${theme.sans}` } : small);
    gridLine(ctx, theme, [LABELS, y + height, plan.width, y + height]);
  }
  for (const { column, x, width } of plan.columns) {
    const positions = columnPositions(columns[column]);
    const chosen = marked !== null && positions.includes(marked);
    if (chosen) {
      ctx.globalAlpha = TINT;
      ctx.fillStyle = theme.accent;
      ctx.fillRect(x, 0, width, floor);
      ctx.globalAlpha = 1;
    }
    if (x > LABELS) gridLine(ctx, theme, [x, 0, x, floor]);
    const ink = { font: `12px ${theme.mono}`, colour: chosen ? theme.accent : theme.text };
    write(ctx, columns[column].label, x + 4, floor + 10, width - 8, ink);
    write(ctx, positionsText(positions), x + 4, floor + 25, width - 8, chosen ? { ...small, colour: theme.accent } : small);
    if (!chosen) continue;
    ctx.strokeStyle = theme.accent;
    ctx.lineWidth = 2;
    line(ctx, x + 2, floor + 1, x + width - 2, floor + 1);
  }
  for (const { x, width, columns: folded } of plan.gaps) {
    ctx.strokeStyle = theme.muted;
    ctx.lineWidth = 1;
    ctx.setLineDash([1, 5]);
    line(ctx, x + width / 2, 2, x + width / 2, floor - 2);
    ctx.setLineDash([]);
    write(ctx, `… ${folded}`, x + 2, floor + 10, width, small);
  }
}

function gridLine(ctx: Context, { highContrast, line: colour }: Theme, ends: [x1: number, y1: number, x2: number, y2: number]): void {
  ctx.globalAlpha = highContrast ? 0.4 : 1; // its lines are as strong as edges
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  line(ctx, ...ends);
  ctx.globalAlpha = 1;
}

function line(ctx: Context, x1: number, y1: number, x2: number, y2: number): void {
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}

const DASHES: Record<GraphEdge['kind'], number[]> = { plain: [], error: [5, 4], remainder: [2, 4] };

function paintEdge(ctx: Context, { edge: { value, kind }, points }: Route, most: number, theme: Theme): void {
  ctx.strokeStyle = value < 0 ? theme.negative : theme.positive;
  ctx.lineWidth = 1 + (WIDEST_EDGE - 1) * (Math.abs(value) / most);
  ctx.setLineDash(DASHES[kind]);
  ctx.beginPath();
  const [start, ...rest] = points;
  ctx.moveTo(start.x, start.y);
  let { x, y } = start;
  for (const next of rest) {
    ctx.bezierCurveTo(x, (y + next.y) / 2, next.x, (y + next.y) / 2, next.x, next.y);
    ({ x, y } = next);
  }
  ctx.stroke();
}

function paintNode(ctx: Context, node: GraphNode, box: Box, theme: Theme, emphasis: Emphasis): void {
  const { x, y, width, height } = box;
  const chosen = node.id === emphasis.chosen;
  const several = emphasis.several.has(node.id);
  ctx.fillStyle = theme.surface;
  ctx.fillRect(x, y, width, height);
  ctx.strokeStyle = chosen || several ? theme.accent : theme.muted;
  ctx.lineWidth = chosen || several ? 3 : 1;
  ctx.setLineDash(node.kind === 'plain' ? [] : [3, 3]);
  ctx.strokeRect(x, y, width, height);
  if (node.members) ctx.strokeRect(x + 3, y + 3, width - 6, height - 6); // two frames: it is several
  ctx.setLineDash([]);
  const marks = `${several ? '✓' : ''}${emphasis.pinned.has(node.id) ? '◆' : ''}`;
  const lines = labelLines(node.label);
  lines.forEach((line, i) => {
    const middle = y + height / 2 + (i - (lines.length - 1) / 2) * LINE;
    write(ctx, `${i === 0 ? marks : ''}${line}`, x + 6, middle, width - 10, { font: `12px ${theme.mono}`, colour: theme.text });
  });
}

/** A graph as a picture of its own. */
export function graphPicture(figure: GraphFigure, theme: Theme, words: Pick<Picture, 'title' | 'subtitle'>): Picture {
  const plan = planned(figure);
  return {
    ...words,
    theme,
    width: plan.width,
    height: plan.height,
    draw: (canvas, ratio) => {
      [canvas.width, canvas.height] = [plan.width * ratio, plan.height * ratio];
      const context = canvas.getContext('2d')!;
      context.scale(ratio, ratio);
      paintGraph(context, figure, plan, theme, NO_EMPHASIS);
      return () => undefined;
    },
  };
}
