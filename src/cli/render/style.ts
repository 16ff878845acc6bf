/** Colours of the terminal: the sixteen that follow the user's theme for text, exact ones for charts. */
import type { Colours } from '../io';

export type Rgb = readonly [number, number, number];

export interface Style {
  readonly colours: Colours;
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
  /** Text in an exact colour, on one if `on` is given. */
  paint(text: string, colour: Rgb | null, on?: Rgb | null): string;
}

export function styleFor(colours: Colours): Style {
  const wrap = (open: string, close: string) => (text: string) => (colours === 'none' || text === '' ? text : `\x1b[${open}m${text}\x1b[${close}m`);
  const exact = ([r, g, b]: Rgb) => (colours === 'true' ? `2;${r};${g};${b}` : `5;${nearest256([r, g, b])}`);
  return {
    colours,
    bold: wrap('1', '22'),
    dim: wrap('2', '22'),
    red: wrap('31', '39'),
    green: wrap('32', '39'),
    yellow: wrap('33', '39'),
    cyan: wrap('36', '39'),
    paint(text, colour, on = null) {
      if (colours === 'none') return text;
      const open = [...(colour ? [`38;${exact(colour)}`] : []), ...(on ? [`48;${exact(on)}`] : [])].join(';');
      return open === '' ? text : `\x1b[${open}m${text}\x1b[0m`;
    },
  };
}

/** The nearest of xterm's 6 × 6 × 6 cube (16 to 231) and grey ramp (232 to 255). */
function nearest256(rgb: Rgb): number {
  const levels = [0, 95, 135, 175, 215, 255];
  const nearest = (value: number) =>
    levels.reduce((best, level, i) => (Math.abs(level - value) < Math.abs(levels[best] - value) ? i : best), 0);
  const index = rgb.map(nearest);
  const grey = Math.max(0, Math.min(23, Math.round(((rgb[0] + rgb[1] + rgb[2]) / 3 - 8) / 10)));
  const distance = (other: readonly number[]) => other.reduce((sum, value, i) => sum + (value - rgb[i]) ** 2, 0);
  const cube = distance(index.map((i) => levels[i]));
  const ramp = distance([8 + 10 * grey, 8 + 10 * grey, 8 + 10 * grey]);
  return ramp < cube ? 232 + grey : 16 + 36 * index[0] + 6 * index[1] + index[2];
}
