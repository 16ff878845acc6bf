/** Bars: one value each, as rows of text that a screen reader reads whole, and as a picture. */
import type { BarsFigure } from '../../src/figures/kinds/figure';
import { prose } from '../../src/figures/kinds/text';
import { SERIES, type Theme } from '../ui/colours';
import { el } from '../ui/dom';
import { currentTheme, onThemeChange } from '../ui/theme';
import { breakable } from './breakable';
import { write } from './canvas';
import type { FigurePainter } from './painter';
import type { Picture } from './picture';

/** So many are drawn; all are in the table. */
const MOST = 40;

interface BarPlace {
  /** Where the bar begins and how long it is, in shares of the room. */
  from: number;
  length: number;
}

/** Bars on one scale from the least value to the largest, with zero in it. */
export function barPlaces(values: readonly number[]): BarPlace[] {
  const finite = values.map((value) => (Number.isFinite(value) ? value : 0));
  const least = Math.min(0, ...finite);
  const span = Math.max(0, ...finite) - least || 1;
  return finite.map((value) => ({ from: (Math.min(0, value) - least) / span, length: Math.abs(value) / span }));
}

export function valueBars(): FigurePainter<BarsFigure> {
  const list = el('ul', { class: 'value-bars' });
  const rest = el('p', { class: 'muted', hidden: '' });
  let figure: BarsFigure | null = null;
  const draw = () => {
    if (!figure) return;
    const { bars, format } = figure;
    const theme = currentTheme();
    const places = barPlaces(bars.map(({ value }) => value));
    list.replaceChildren(
      ...bars.slice(0, MOST).map(({ label, value, note, marked }, i) => {
        const bar = el('span', { class: 'value-bar' });
        bar.style.marginLeft = `${100 * places[i].from}%`;
        bar.style.width = `${100 * places[i].length}%`;
        bar.style.backgroundColor = colourOf(value, marked, theme);
        return el(
          'li',
          { ...(marked && { class: 'marked' }) },
          el('span', { class: 'value-label' }, ...breakable(label)),
          el('span', { class: 'value-track', 'aria-hidden': 'true' }, bar),
          el('span', { class: 'value-number' }, format(value)),
          note !== undefined && el('span', { class: 'value-note muted' }, prose(note)),
        );
      }),
    );
    const left = bars.length - MOST;
    rest.hidden = left <= 0 && bars.length > 0;
    rest.textContent = bars.length === 0 ? 'None.' : `${left} more are in the table.`;
  };
  onThemeChange(draw);
  return {
    element: el('div', {}, list, rest),
    show: (next) => {
      figure = next;
      draw();
    },
    picture: (words, theme) => (figure && figure.bars.length > 0 ? barsPicture(figure, theme, words) : null),
  };
}

function colourOf(value: number, marked: boolean | undefined, { dark }: Theme): string {
  const [usual, negative, good] = SERIES[dark ? 'dark' : 'light'];
  return value < 0 ? negative : marked ? good : usual;
}

const WIDTH = 720;
const ROW = 24;
const LABELS = 240;
const NUMBERS = 72;
const BARS = 240;

export function barsPicture({ bars, format, unit }: BarsFigure, theme: Theme, words: Pick<Picture, 'title' | 'subtitle'>): Picture {
  const shown = bars.slice(0, MOST);
  const height = ROW * (shown.length + 1) + 6;
  const places = barPlaces(bars.map(({ value }) => value));
  return {
    ...words,
    theme,
    width: WIDTH,
    height,
    draw: (canvas, ratio) => {
      [canvas.width, canvas.height] = [WIDTH * ratio, height * ratio];
      const context = canvas.getContext('2d')!;
      context.scale(ratio, ratio);
      context.fillStyle = theme.surface;
      context.fillRect(0, 0, WIDTH, height);
      const left = LABELS + 10;
      write(context, unit, left, ROW / 2, BARS, { font: `11px ${theme.sans}`, colour: theme.muted });
      shown.forEach(({ label, value, note = '', marked }, i) => {
        const middle = ROW * (i + 1.5);
        write(context, prose(label), 0, middle, LABELS, { font: `12px ${theme.sans}`, colour: theme.text });
        context.fillStyle = colourOf(value, marked, theme);
        context.fillRect(left + BARS * places[i].from, middle - 7, Math.max(1, BARS * places[i].length), 14);
        const end = left + BARS + 10;
        write(context, format(value), end, middle, NUMBERS, { font: `12px ${theme.sans}`, colour: theme.text });
        write(context, prose(note), end + NUMBERS, middle, WIDTH - end - NUMBERS, { font: `11px ${theme.sans}`, colour: theme.muted });
      });
      return () => undefined;
    },
  };
}
