/** Figures of analyses for the terminal, each kind drawn in one way. */
import type { BarsFigure, Figure, GraphFigure, GridFigure, LinesFigure, MarksFigure, TableFigure } from '../../figures/kinds/figure';
import { largestEdge } from '../../figures/kinds/graph';
import { decimal, percent, visible } from '../../figures/kinds/text';
import { bar } from './bars';
import { inColumns } from './columns';
import { QUIET, renderHeatmap } from './heatmap';
import type { Rgb, Style } from './style';
import { cut, padEnd, padStart, width, wrap } from './text';

const BAR: Rgb = [86, 156, 214];
const NEGATIVE: Rgb = [110, 140, 255];
const MARKED: Rgb = [92, 184, 122];
const LONGEST_LABEL = 40;
/** Of rows that are no layers: of more than these, those where nothing happens are left out. */
const MOST_ROWS = 40;

const PAINTERS: { readonly [K in Figure['kind']]: (figure: Extract<Figure, { kind: K }>, style: Style, columns: number) => string[] } = {
  grid, bars, lines, table, marks, graph,
};

/** A title, what is to be seen, and the picture. */
export function renderFigure(figure: Figure, style: Style, columns: number): string {
  const paint = PAINTERS[figure.kind] as (figure: Figure, style: Style, columns: number) => string[];
  const about = wrap(figure.about, columns - 2).map((line) => style.dim(`  ${line}`));
  return [style.bold(figure.title), ...about, ...paint(figure, style, columns)].join('\n');
}

/** Shares of the scale's limit, in hundredths. Layers go down from the first; other rows are as on a page, where the last is on top. */
function grid({ grid: { rows, rowAxis, columns, values, empty, estimated, scale } }: GridFigure, style: Style, terminal: number): string[] {
  const happens = (row: readonly (number | null)[]) => row.some((value) => Math.abs((value ?? 0) / scale.limit) >= QUIET);
  const most = rows.length > MOST_ROWS && rowAxis ? rows.flatMap((_, at) => (happens(values[at]) ? [at] : [])) : [];
  const kept = most.length > 0 ? most : [...rows.keys()];
  const down = <T>(of: readonly T[]) => (rowAxis ? [...kept].reverse() : kept).map((at) => of[at]);
  const shown = columns.map((column, at) => ({
    token: column.labels.find((label) => label !== null) ?? '',
    values: down(values).map((row) => (row[at] === null ? null : row[at] / scale.limit)),
    ...(estimated && { estimated: down(estimated).map((row) => row[at]) }),
    changed: column.mark === 'changed',
    question: column.template,
  }));
  const limit = scale.limit === 1 ? '' : `, in hundredths of ${scale.tick?.(scale.limit) ?? scale.format(scale.limit)}`;
  const labels = down(rows).map(({ label }) => label);
  return [
    ...wrap(`${scale.label}${limit}`, terminal - 2).map((line) => style.dim(`  ${line}`)),
    ...renderHeatmap(shown, style, terminal, labels, empty?.words),
    ...(kept.length < rows.length ? [style.dim(`  ${rows.length - kept.length} of ${rows.length} rows left out, where nothing happens`)] : []),
  ];
}

function bars({ bars: all, unit, format }: BarsFigure, style: Style, columns: number): string[] {
  if (all.length === 0) return [style.dim('  none')];
  const labels = Math.min(LONGEST_LABEL, Math.max(...all.map(({ label }) => width(label))));
  const numbers = Math.max(...all.map(({ value }) => width(format(value))));
  const most = Math.max(1e-9, ...all.map(({ value }) => Math.abs(value)));
  const notes = Math.max(0, ...all.map(({ note = '' }) => width(note)));
  const both = columns - labels - numbers - 8;
  const room = Math.max(8, Math.min(Math.floor(both / 2), Math.max(LEAST_BAR, both - notes)));
  const lines = all.map(({ label, value, note = '', marked = false }) => {
    const drawn = style.paint(padEnd(bar(Math.abs(value) / most, room), room), marked ? MARKED : value < 0 ? NEGATIVE : BAR);
    const text = note === '' ? '' : `  ${cut(note, Math.max(8, columns - labels - room - numbers - 8))}`;
    return `  ${padEnd(cut(label, labels), labels)}  ${drawn}  ${padStart(format(value), numbers)}${text}`;
  });
  return [style.dim(`  ${unit}`), ...lines];
}

/** A line for each point, a column for each series. */
function lines({ points, series, unit }: LinesFigure, style: Style): string[] {
  const written = (value: number) => (unit === 'probability' ? percent(value) : decimal(value));
  const rows = points.map((point, at) => [point, ...series.map(({ values }) => written(values[at]))]);
  return [style.dim(`  ${unit}`), ...inColumns([{ title: '' }, ...series.map(({ label }) => ({ title: label, right: true }))], rows)];
}

function table({ columns, cells }: TableFigure, style: Style, terminal: number): string[] {
  if (cells.length === 0) return [style.dim('  none')];
  return inColumns(columns, cells, terminal);
}

/** So many are written; the CSV has all. */
const MOST_MARKS = 12;
/** A bar has so many columns at least, when its note is long. */
const LEAST_BAR = 12;
const MOST_EDGES = 24;

/** The strongest, in the order of the code. */
function marks({ marks: all, unit }: MarksFigure, style: Style, columns: number): string[] {
  const most = Math.max(1e-9, ...all.map(({ strength }) => Math.abs(strength)));
  const byStrength = [...all].sort((a, b) => Math.abs(b.strength) - Math.abs(a.strength));
  // The rest would be written as 0.000.
  const written = byStrength.filter(({ strength }) => Math.abs(strength) >= 0.0005);
  const strongest = written.slice(0, MOST_MARKS).sort((a, b) => a.position - b.position);
  if (strongest.length === 0) return [style.dim(`  ${unit}`), style.dim('  none')];
  const numbers = Math.max(0, ...strongest.map(({ position }) => String(position).length));
  const lines = strongest.map(({ position, text, strength, note }) => {
    const token = padEnd(cut(visible(text), 16), 16);
    const drawn = style.paint(padEnd(bar(Math.abs(strength) / most, 12), 12), strength < 0 ? NEGATIVE : BAR);
    return `  ${padStart(String(position), numbers)}  ${token}  ${drawn}  ${strength.toFixed(3)}  ${cut(note, Math.max(8, columns - numbers - 44))}`;
  });
  const left = all.length - strongest.length;
  return [style.dim(`  ${unit}${left > 0 ? `, the strongest ${strongest.length} of ${all.length} tokens` : ''}`), ...lines];
}

/** The strongest edges, those into higher bands below those into lower ones. */
function graph({ columns: places, bands, nodes, edges, unit, format }: GraphFigure, style: Style, columns: number): string[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const shown = [...edges].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, MOST_EDGES);
  const ordered = shown.sort((a, b) => byId.get(a.from)!.row - byId.get(b.from)!.row || Math.abs(b.value) - Math.abs(a.value));
  const most = largestEdge(edges);
  const name = (id: string) => {
    const { label, column, kind } = byId.get(id)!;
    const { position } = places[column];
    return cut(`${position === null ? '' : `${position} `}${label}${kind === 'error' && label !== 'error' ? ' (error)' : ''}`, Math.min(18, Math.floor((columns - 32) / 2)));
  };
  const rows = ordered.map(({ from, to, value, kind, input, note = '' }) => ({
    // What all others write comes from no one layer.
    band: byId.get(from)!.kind === 'remainder' ? '' : bands[byId.get(from)!.row].label,
    from: name(from), to: `${name(to)}${input ? `.${input}` : ''}`, number: format(value), value,
    note: `${kind === 'plain' ? '' : kind === 'error' ? 'error term ' : 'all others '}${note}`,
  }));
  const widest = (of: (row: (typeof rows)[number]) => string) => Math.max(0, ...rows.map((row) => width(of(row))));
  const [band, from, to, number] = (['band', 'from', 'to', 'number'] as const).map((key) => widest((row) => row[key]));
  const lines = rows.map((row) => {
    const drawn = style.paint(padEnd(bar(Math.abs(row.value) / most, 6), 6), row.value < 0 ? NEGATIVE : BAR);
    const left = `  ${padEnd(row.band, band)}  ${padEnd(row.from, from)} → ${padEnd(row.to, to)}  ${drawn}  ${padStart(row.number, number)}`;
    const room = columns - width(left) - 2;
    return room < 2 ? left : `${left}  ${cut(row.note, room)}`.trimEnd();
  });
  const rest = edges.length - shown.length;
  return [style.dim(`  ${unit}${rest > 0 ? `, the strongest ${shown.length} of ${edges.length}` : ''}`), ...(lines.length > 0 ? lines : [style.dim('  none')])];
}
