/** A view as a picture of its own: what a chart draws, below a title that says what it is of; as PNG or as SVG. */
import type { Theme } from '../ui/colours';
import { svgCanvas } from './svg-context';
import { attributes, escapeXml } from './svg-text';

export interface Picture {
  title: string;
  /** What it compares and where it comes from, a line each. */
  subtitle: readonly string[];
  width: number;
  height: number;
  theme: Theme;
  /** Draws on a canvas of that size with `ratio` times as many pixels; what it returns is called when the picture has been taken. */
  draw: (canvas: HTMLCanvasElement, ratio: number) => () => void;
}

/** Browsers draw no wider canvas. */
export const WIDEST = 16_000;

const MARGIN = 10;
/** Of the title, and of a line below it. */
const TITLE = 26;
const LINE = 16;

/** The bytes in base64. */
export function pngPicture(picture: Picture): string {
  const { width, height } = picture;
  const ratio = Math.min(2, WIDEST / (width + 2 * MARGIN));
  const head = headOf(picture, measureOnCanvas());
  const chart = document.createElement('canvas');
  [chart.width, chart.height] = [width, height];
  const done = picture.draw(chart, ratio);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.round((width + 2 * MARGIN) * ratio), Math.round((height + head.height + MARGIN) * ratio)];
  const context = canvas.getContext('2d')!;
  context.scale(ratio, ratio);
  drawHead(context, picture, head);
  context.drawImage(chart, MARGIN, head.height, chart.width / ratio, chart.height / ratio);
  done();
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}

export function svgPicture(picture: Picture, measure = measureOnCanvas()): string {
  const { width, height, title, subtitle } = picture;
  const words = headOf(picture, measure);
  const head = svgCanvas(width, height, measure, 'head');
  drawHead(head.context, picture, words);
  const chart = svgCanvas(width, height, measure);
  const done = picture.draw(chart.canvas, 1);
  const drawn = chart.markup();
  done();
  const [wholeWidth, wholeHeight] = [width + 2 * MARGIN, height + words.height + MARGIN];
  const root = attributes({
    xmlns: 'http://www.w3.org/2000/svg',
    width: wholeWidth,
    height: wholeHeight,
    viewBox: `0 0 ${wholeWidth} ${wholeHeight}`,
    role: 'img',
  });
  const said = `<title>${escapeXml(title)}</title><desc>${escapeXml(subtitle.join('\n'))}</desc>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg ${root}>${said}${head.markup()}<g transform="translate(${MARGIN} ${words.height})">${drawn}</g></svg>\n`;
}

interface Head {
  title: string[];
  lines: string[];
  height: number;
}

const titleFont = ({ sans }: Theme) => `bold 14px ${sans}`;
const lineFont = ({ sans }: Theme) => `11px ${sans}`;

/** The words above a picture, in as many lines as its width needs. */
function headOf({ title, subtitle, width, theme }: Picture, measure: (text: string, font: string) => number): Head {
  const lines = subtitle.flatMap((line) => wrapped(line, width, (text) => measure(text, lineFont(theme))));
  const titles = wrapped(title, width, (text) => measure(text, titleFont(theme)));
  return { title: titles, lines, height: titles.length * 18 + TITLE - 18 + lines.length * LINE + 6 };
}

/** Between words, so that no line but a long word is wider. */
export function wrapped(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function drawHead(context: CanvasRenderingContext2D, { width, height, theme }: Picture, { title, lines, height: head }: Head): void {
  context.fillStyle = theme.surface;
  context.fillRect(0, 0, width + 2 * MARGIN, height + head + MARGIN);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = theme.text;
  context.font = titleFont(theme);
  title.forEach((line, i) => context.fillText(line, MARGIN, 15 + 18 * i, width));
  context.fillStyle = theme.muted;
  context.font = lineFont(theme);
  const first = 18 * (title.length - 1) + TITLE + LINE / 2;
  lines.forEach((line, i) => context.fillText(line, MARGIN, first + LINE * i, width));
}

function measureOnCanvas(): (text: string, font: string) => number {
  const context = document.createElement('canvas').getContext('2d')!;
  return (text, font) => {
    context.font = font;
    return context.measureText(text).width;
  };
}
