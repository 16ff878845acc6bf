/** A view as a picture of its own: what a chart draws, below a title that says what it is of; as PNG or as SVG. */
import type { Theme } from '../ui/colours';
import { svgCanvas } from './svg-context';
import { attributes, escapeXml } from './svg-text';

export interface Picture {
  title: string;
  /** Where it comes from. */
  subtitle: string;
  width: number;
  height: number;
  theme: Theme;
  /** Draws on a canvas of that size with `ratio` times as many pixels; what it returns is called when the picture has been taken. */
  draw: (canvas: HTMLCanvasElement, ratio: number) => () => void;
}

/** Browsers draw no wider canvas. */
export const WIDEST = 16_000;

const MARGIN = 10;
const HEAD = 46;

/** The bytes in base64. */
export function pngPicture(picture: Picture): string {
  const { width, height } = picture;
  const ratio = Math.min(2, WIDEST / (width + 2 * MARGIN));
  const chart = document.createElement('canvas');
  [chart.width, chart.height] = [width, height];
  const done = picture.draw(chart, ratio);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.round((width + 2 * MARGIN) * ratio), Math.round((height + HEAD + MARGIN) * ratio)];
  const context = canvas.getContext('2d')!;
  context.scale(ratio, ratio);
  drawHead(context, picture);
  context.drawImage(chart, MARGIN, HEAD, chart.width / ratio, chart.height / ratio);
  done();
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}

export function svgPicture(picture: Picture, measure = measureOnCanvas()): string {
  const { width, height, title, subtitle } = picture;
  const head = svgCanvas(width, height, measure, 'head');
  drawHead(head.context, picture);
  const chart = svgCanvas(width, height, measure);
  const done = picture.draw(chart.canvas, 1);
  const drawn = chart.markup();
  done();
  const [wholeWidth, wholeHeight] = [width + 2 * MARGIN, height + HEAD + MARGIN];
  const root = attributes({
    xmlns: 'http://www.w3.org/2000/svg',
    width: wholeWidth,
    height: wholeHeight,
    viewBox: `0 0 ${wholeWidth} ${wholeHeight}`,
    role: 'img',
  });
  const said = `<title>${escapeXml(title)}</title><desc>${escapeXml(subtitle)}</desc>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg ${root}>${said}${head.markup()}<g transform="translate(${MARGIN} ${HEAD})">${drawn}</g></svg>\n`;
}

function drawHead(context: CanvasRenderingContext2D, { title, subtitle, width, height, theme }: Picture): void {
  context.fillStyle = theme.surface;
  context.fillRect(0, 0, width + 2 * MARGIN, height + HEAD + MARGIN);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = theme.text;
  context.font = `bold 14px ${theme.sans}`;
  context.fillText(title, MARGIN, 15, width);
  context.fillStyle = theme.muted;
  context.font = `11px ${theme.sans}`;
  context.fillText(subtitle, MARGIN, 33, width);
}

function measureOnCanvas(): (text: string, font: string) => number {
  const context = document.createElement('canvas').getContext('2d')!;
  return (text, font) => {
    context.font = font;
    return context.measureText(text).width;
  };
}
