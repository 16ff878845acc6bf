/** A heatmap of layers × tokens: diverging colours around a neutral zero, with the numbers in the cells. */
import type { Rgb, Style } from './style';
import { cut, padEnd, padStart, tokenText, width } from './text';

export interface HeatmapColumn {
  token: string;
  /** One value a layer, as a share (1 is 100); null where there is none. */
  values: readonly (number | null)[];
  /** Which of them are estimates; none when left out. */
  estimated?: readonly boolean[];
  /** The edit changed this token. */
  changed: boolean;
  /** Part of the question, not of the code. */
  question: boolean;
}

/** For the rows' names: so much, or what the longest one needs, up to some. */
const GUTTER = 10;
const MOST_GUTTER = 22;
const CELL = 4;
/** Labels stand upright below their column; longer ones are cut. */
const LABEL_ROWS = 10;
/** More than these panels are thinned out to the columns where something happens. */
const MOST_PANELS = 2;
/** What counts as nothing. */
export const QUIET = 0.02;

const POSITIVE: readonly [Rgb, Rgb] = [[96, 80, 64], [242, 142, 43]];
const NEGATIVE: readonly [Rgb, Rgb] = [[76, 80, 104], [110, 140, 255]];

/**
 * @param names of the rows; layers when left out
 * @param none what a cell without a value means
 */
export function renderHeatmap(
  columns: readonly HeatmapColumn[],
  style: Style,
  terminal: number,
  names?: readonly string[],
  none = 'not in the variant',
): string[] {
  const gutter = Math.min(MOST_GUTTER, Math.max(GUTTER, ...(names ?? []).map((name) => width(name) + 3)));
  const perPanel = Math.max(4, Math.floor((terminal - gutter) / CELL));
  const shown = shownColumns(columns, perPanel * MOST_PANELS);
  const lines: string[] = [];
  for (let start = 0; start < shown.length; start += perPanel) {
    if (start > 0) lines.push('');
    lines.push(...panel(shown.slice(start, start + perPanel).map((i) => columns[i]), style, gutter, names));
  }
  const notes: string[] = [];
  const left = columns.length - shown.length;
  if (left > 0) notes.push(`${left} of ${columns.length} tokens left out, where nothing happens`);
  if (shown.some((i) => columns[i].changed)) notes.push('▲ changed by the edit');
  if (shown.some((i) => columns[i].values.includes(null))) notes.push(`× ${none}`);
  if (shown.some((i) => columns[i].estimated?.includes(true))) notes.push('~ estimated');
  const joined = notes.join(' · ');
  if (notes.length > 0) lines.push(...(width(joined) + 2 <= terminal ? [joined] : notes).map((line) => style.dim(`  ${line}`)));
  return lines;
}

/** All columns, or those from the first where something happens, or, when these are too many, only those where something happens. */
function shownColumns(columns: readonly HeatmapColumn[], most: number): number[] {
  const lacking = ({ values }: HeatmapColumn) => values.every((value) => value === null);
  const active = (column: HeatmapColumn) => column.changed || column.values.some((value) => value !== null && Math.abs(value) >= QUIET);
  const all = columns.map((_, i) => i);
  if (all.length <= most) return all;
  const first = Math.max(0, columns.findIndex(active));
  const rest = all.slice(first);
  if (rest.length <= most) return rest;
  // Of neighbouring tokens without counterpart the first stands for all.
  const repeated = (i: number) => lacking(columns[i]) && i > 0 && lacking(columns[i - 1]);
  return rest.filter((i) => i === columns.length - 1 || (active(columns[i]) && !repeated(i)));
}

function panel(columns: readonly HeatmapColumn[], style: Style, gutter: number, names?: readonly string[]): string[] {
  const layers = columns[0].values.length;
  const lines = Array.from(
    { length: layers },
    (_, layer) => `${style.dim(padEnd(`  ${names ? cut(names[layer], gutter - 3) : `layer ${layer}`}`, gutter))}${columns.map(({ values, estimated }) => cell(values[layer], estimated?.[layer] ?? false, style)).join('')}`,
  );
  if (columns.some(({ changed }) => changed)) {
    lines.push(' '.repeat(gutter) + columns.map(({ changed }) => (changed ? style.yellow('  ▲ ') : '    ')).join(''));
  }
  const labels = columns.map(({ token }) => Array.from(cut(tokenText(token), LABEL_ROWS)));
  const height = Math.max(...labels.map((label) => label.length));
  for (let row = 0; row < height; row++) {
    const cells = labels.map((label, i) => {
      const char = label[row] ?? ' ';
      const text = width(char) === 2 ? ` ${char} ` : padEnd(padStart(char, 3), CELL);
      return columns[i].question ? style.dim(text) : text;
    });
    lines.push((' '.repeat(gutter) + cells.join('')).trimEnd());
  }
  return lines;
}

function cell(value: number | null, estimated: boolean, style: Style): string {
  if (value === null) return style.dim('  × ');
  if (Math.abs(value) < QUIET) return style.dim(estimated ? '  ~ ' : '  · ');
  const text = padEnd(padStart(`${estimated ? '~' : ''}${Math.round(100 * value)}`, 3), CELL);
  const on = heat(value);
  return style.paint(text, readable(on), on);
}

/** The colour of a share: orange above zero, blue below, stronger further away; beyond ±1 as at ±1. */
export function heat(value: number): Rgb {
  const [weak, strong] = value >= 0 ? POSITIVE : NEGATIVE;
  const amount = Math.min(1, Math.abs(value));
  return [0, 1, 2].map((i) => Math.round(weak[i] + (strong[i] - weak[i]) * amount)) as unknown as Rgb;
}

/** Black or white, whichever reads better on a colour (relative luminance after ITU-R BT.709). */
function readable([r, g, b]: Rgb): Rgb {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 120 ? [0, 0, 0] : [255, 255, 255];
}
