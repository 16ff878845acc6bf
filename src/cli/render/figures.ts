/** Figures of analyses for the terminal, each kind drawn in one way. */
import type { BarsFigure, Figure, GridFigure, LinesFigure, MarksFigure, TableFigure } from '../../figures/figure';
import { percent } from '../../figures/text';
import { bar } from './bars';
import { inColumns } from './columns';
import { renderHeatmap } from './heatmap';
import type { Rgb, Style } from './style';
import { cut, padEnd, padStart, width, wrap } from './text';

const BAR: Rgb = [86, 156, 214];
const NEGATIVE: Rgb = [110, 140, 255];
const MARKED: Rgb = [92, 184, 122];
const LONGEST_LABEL = 40;

const PAINTERS: { readonly [K in Figure['kind']]: (figure: Extract<Figure, { kind: K }>, style: Style, columns: number) => string[] } = {
  grid, bars, lines, table, marks,
};

/** A title, what is to be seen, and the picture. */
export function renderFigure(figure: Figure, style: Style, columns: number): string {
  const paint = PAINTERS[figure.kind] as (figure: Figure, style: Style, columns: number) => string[];
  const about = wrap(figure.about, columns - 2).map((line) => style.dim(`  ${line}`));
  return [style.bold(figure.title), ...about, ...paint(figure, style, columns)].join('\n');
}

/** Shares of the scale's limit, in hundredths. Layers go down from the first; other rows are as on a page, where the last is on top. */
function grid({ grid: { rows, rowAxis, columns, values, estimated, scale } }: GridFigure, style: Style, terminal: number): string[] {
  const down = <T>(of: readonly T[]) => (rowAxis ? [...of].reverse() : [...of]);
  const shown = columns.map((column, at) => ({
    token: column.labels.find((label) => label !== null) ?? '',
    values: down(values).map((row) => (row[at] === null ? null : row[at] / scale.limit)),
    ...(estimated && { estimated: down(estimated).map((row) => row[at]) }),
    changed: column.mark === 'changed',
    question: column.template,
  }));
  const limit = scale.limit === 1 ? '' : `, in hundredths of ${scale.tick?.(scale.limit) ?? scale.format(scale.limit)}`;
  return [...wrap(`${scale.label}${limit}`, terminal - 2).map((line) => style.dim(`  ${line}`)), ...renderHeatmap(shown, style, terminal, down(rows).map(({ label }) => label))];
}

function bars({ bars: all, unit, format }: BarsFigure, style: Style, columns: number): string[] {
  if (all.length === 0) return [style.dim('  none')];
  const labels = Math.min(LONGEST_LABEL, Math.max(...all.map(({ label }) => width(label))));
  const numbers = Math.max(...all.map(({ value }) => width(format(value))));
  const most = Math.max(1e-9, ...all.map(({ value }) => Math.abs(value)));
  const room = Math.max(8, Math.floor((columns - labels - numbers - 8) / 2));
  const lines = all.map(({ label, value, note = '', marked = false }) => {
    const drawn = style.paint(padEnd(bar(Math.abs(value) / most, room), room), marked ? MARKED : value < 0 ? NEGATIVE : BAR);
    const text = note === '' ? '' : `  ${cut(note, Math.max(8, columns - labels - room - numbers - 8))}`;
    return `  ${padEnd(cut(label, labels), labels)}  ${drawn}  ${padStart(format(value), numbers)}${text}`;
  });
  return [style.dim(`  ${unit}`), ...lines];
}

/** A line for each point, a column for each series. */
function lines({ points, series, unit }: LinesFigure, style: Style): string[] {
  const rows = points.map((point, at) => [point, ...series.map(({ values }) => percent(values[at]))]);
  return [style.dim(`  ${unit}`), ...inColumns([{ title: '' }, ...series.map(({ label }) => ({ title: label, right: true }))], rows)];
}

function table({ columns, cells }: TableFigure, style: Style): string[] {
  if (cells.length === 0) return [style.dim('  none')];
  return inColumns(columns, cells);
}

function marks({ marks: all, unit }: MarksFigure, style: Style): string[] {
  const rows = all.map(({ position, text, strength, note }) => [String(position), text, strength.toFixed(3), note]);
  return inColumns([{ title: '#', right: true }, { title: 'token' }, { title: unit, right: true }, { title: '' }], rows).map((line, i) => (i === 0 ? style.dim(line) : line));
}
