/** Figures of analyses on a page, each kind drawn in one way. */
import { layerOf } from '../../src/vocabulary/sites';
import { prose } from '../../src/figures/kinds/text';
import type { Figure, GridFigure, LinesFigure, MarksFigure, Row, TableFigure } from '../../src/figures/kinds/figure';
import { el } from '../ui/dom';
import { currentTheme, onThemeChange } from '../ui/theme';
import { breakable } from './breakable';
import { lineChart, setLines } from './charts';
import { graph } from './graph/graph';
import { Heatmap } from './heatmap/heatmap';
import { markedCode } from './marked-code';
import type { FigurePainter, Surroundings } from './painter';
import { scrollingTable, TableBehind, type TableData } from './table';
import { valueBars } from './value-bars';

const PAINTERS: { readonly [K in Figure['kind']]: (title: string, around: Surroundings) => FigurePainter<Extract<Figure, { kind: K }>> } = {
  grid,
  bars: (title) => withNumbers(title, valueBars()),
  lines: (title) => withNumbers(title, lines()),
  table: (title) => withNumbers(title, table(), 'Show the exact numbers'),
  graph: (title, around) => withNumbers(title, graph(around)),
  marks,
};

/** A painter for a figure and those that come in its place, which are of the same kind. */
export function painterOf({ kind, title }: Figure, around: Surroundings): FigurePainter {
  return PAINTERS[kind](title, around) as FigurePainter;
}

function marks(title: string, { choose, ask }: Surroundings): FigurePainter<MarksFigure> {
  let figure: MarksFigure | null = null;
  const painter = markedCode((position) => {
    choose(position, null);
    const params = figure?.choose?.params(position);
    if (params) ask?.(params);
  });
  return withNumbers(title, {
    ...painter,
    show: (next) => {
      figure = next;
      painter.show(next);
    },
  });
}

function grid(title: string, { controls, drawing, focus, choose, ask, cells }: Surroundings): FigurePainter<GridFigure> {
  let figure: GridFigure | null = null;
  let cell: { row: number; position: number } | null = null;
  const heatmap = new Heatmap(
    { title, minCell: 20, maxCell: 64, controls, drawing },
    {
      ...cells(() => figure!.grid),
      describe: ({ row, column }) => figure!.describe(row, column),
      onSelect: ({ row, column }) => {
        const params = figure!.choose?.params(row, column);
        if (params) ask?.(params);
        const { rows, columns } = figure!.grid;
        const { position } = columns[column];
        if (position === null) return;
        cell = { row, position };
        choose(position, row < 0 ? null : layerOf(rows[row].site));
      },
    },
  );
  const mark = (position: number | null) => {
    const column = position === null ? -1 : (figure?.grid.columns.findIndex((one) => one.position === position) ?? -1);
    heatmap.mark(column < 0 ? null : { row: cell?.position === position ? cell!.row : -1, column });
  };
  return {
    element: heatmap.element,
    show: (next) => {
      const before = figure;
      figure = next;
      heatmap.show(next.grid, before ? null : 0, focus());
    },
    mark,
    picture: (words, theme) => heatmap.picture(words, theme),
    refresh: () => heatmap.refresh(),
    controls: heatmap.choices,
  };
}

const LINES_HEIGHT = 300;

function lines(): FigurePainter<LinesFigure> {
  const canvas = el('canvas', { role: 'img' });
  const frame = el('div', { class: 'frame lines-frame' }, canvas);
  let figure: LinesFigure | null = null;
  let chart: ReturnType<typeof lineChart> | undefined;
  const data = ({ points, series, unit }: LinesFigure) => ({ layers: points, lines: series, unit });
  const draw = () => {
    if (!figure) return;
    canvas.setAttribute('aria-label', `${figure.title}: ${figure.unit}. The same numbers are in the table below.`);
    if (chart) setLines(chart, data(figure), currentTheme());
    else chart = lineChart(canvas, data(figure), currentTheme());
  };
  onThemeChange(() => {
    chart?.destroy();
    chart = undefined;
    draw();
  });
  return {
    element: frame,
    show: (next) => {
      if (next.unit !== figure?.unit) {
        chart?.destroy(); // its axis is another one
        chart = undefined;
      }
      figure = next;
      draw();
    },
    picture: (words, theme) =>
      figure && {
        ...words,
        width: Math.max(560, frame.clientWidth),
        height: LINES_HEIGHT,
        theme,
        draw: (target, ratio) => {
          const still = lineChart(target, data(figure!), theme, ratio);
          return () => still.destroy();
        },
      },
  };
}

/** A table figure as it stands on a page. */
export function figureTable({ title, columns, cells }: TableFigure): HTMLElement {
  const align = (at: number): Record<string, string> => (columns[at]?.right ? {} : { class: 'words' });
  const heading = (name: string, at: number) => (name === '' ? el('td') : el('th', { scope: 'col', ...align(at) }, name));
  const head = el('thead', {}, el('tr', {}, ...columns.map((column, at) => heading(column.title, at))));
  const cell = (text: string, at: number) => (at === 0 ? el('th', { scope: 'row' }, ...breakable(text)) : el('td', align(at), ...breakable(text)));
  const rows = cells.map((row) => el('tr', {}, ...row.map(cell)));
  const built = scrollingTable(title, head, rows);
  built.classList.add('figure-table');
  return cells.length === 0 ? el('p', { class: 'muted' }, 'None.') : built;
}

function table(): FigurePainter<TableFigure> {
  const element = el('div');
  return { element, show: (figure) => element.replaceChildren(figureTable(figure)), picture: null };
}

/** With the exact numbers behind it. */
function withNumbers<F extends Figure>(title: string, painter: FigurePainter<F>, summary?: string): FigurePainter<F> {
  let figure: F | null = null;
  const behind = new TableBehind(() => numbers(title, figure!.rows()), summary);
  return {
    ...painter,
    element: el('div', {}, painter.element, behind.element),
    show: (next) => {
      figure = next;
      painter.show(next);
      behind.refresh();
    },
  };
}

/** More rows than anybody reads on a page make it slow; the exports have all of them. */
const MOST_ROWS = 2000;

function numbers(title: string, rows: readonly Row[]): TableData {
  const beyond = rows.length > MOST_ROWS ? ` (the first ${MOST_ROWS} of ${rows.length} rows; the CSV has all)` : '';
  return {
    caption: `${title}${beyond}`,
    head: Object.keys(rows[0] ?? {}),
    rows: rows.slice(0, MOST_ROWS).map((row) => Object.values(row).map((value) => (value === null ? '–' : prose(String(value))))),
  };
}
