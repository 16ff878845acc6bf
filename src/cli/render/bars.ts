/** Probabilities as bars. */
import { padEnd, padStart, width } from './text';
import type { Rgb, Style } from './style';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const BAR: Rgb = [86, 156, 214];
const BAR_RIGHT: Rgb = [92, 184, 122];

export interface Bar {
  label: string;
  /** 0 to 1. */
  share: number;
  /** Stands out, as the true answer does. */
  marked: boolean;
  note?: string;
}

/** A bar of `columns` columns when full, in eighths of a column. */
export function bar(share: number, columns: number): string {
  const eighths = Math.round(Math.max(0, Math.min(1, share)) * columns * 8);
  return '█'.repeat(eighths >> 3) + EIGHTHS[eighths & 7];
}

/** Lines of label, bar and percentage; notes follow. */
export function renderBars(bars: readonly Bar[], style: Style, columns: number): string[] {
  const labels = Math.max(...bars.map(({ label }) => width(label)));
  const notes = Math.max(...bars.map(({ note }) => width(note ?? '')));
  const room = Math.max(10, columns - labels - notes - 14);
  return bars.map(({ label, share, marked, note }) => {
    const text = padEnd(bar(share, room), room);
    const name = padEnd(label, labels);
    return `  ${marked ? style.bold(name) : name}  ${style.paint(text, marked ? BAR_RIGHT : BAR)}  ${padStart(shortPercent(share), 6)}${note ? `  ${note}` : ''}`;
  });
}

/** A percentage for columns: "97.2%", "<0.1%", "0%". */
export function shortPercent(share: number): string {
  const value = 100 * share;
  if (value > 0 && value < 0.1) return '<0.1%';
  if (value > 99.9 && value < 100) return '>99.9%';
  return value === 0 || value === 100 ? `${value}%` : `${value.toFixed(1)}%`;
}
