/** What is drawn on canvases in several places: text with as much of it as there is room for, clips, slanted lines. */

export type Context = CanvasRenderingContext2D;

export interface Ink {
  font: string;
  colour: string;
}

/**
 * Its left end and middle are given; what is too long has an ellipsis in its middle, as its end tells as much as its beginning.
 * @returns where it ends
 */
export function write(ctx: Context, text: string, x: number, y: number, room: number, { font, colour: fill }: Ink): number {
  if (room < 12) return x;
  ctx.font = font;
  ctx.fillStyle = fill;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  const shown = fitted(text, room, (part) => ctx.measureText(part).width);
  ctx.fillText(shown, x, y);
  return x + ctx.measureText(shown).width;
}

/** The text, or as much of its beginning and of its end as there is room for. */
export function fitted(text: string, room: number, measure: (text: string) => number): string {
  const width = measure(text);
  if (width <= room) return text;
  const characters = Array.from(text);
  const cut = (length: number) => {
    const end = Math.floor(length / 2);
    return `${characters.slice(0, length - end).join('').trimEnd()}…${end === 0 ? '' : characters.slice(-end).join('').trimStart()}`;
  };
  let length = Math.min(characters.length - 1, Math.ceil((characters.length * room) / width));
  while (length > 0 && measure(cut(length)) > room) length--;
  return cut(length);
}

/** Draws within a rectangle only. */
export function clipped(ctx: Context, [x, y, width, height]: readonly [number, number, number, number], draw: () => void): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, width, height);
  ctx.clip();
  draw();
  ctx.restore();
}

/** Lines that rise to the right, over a rectangle and, where they are not clipped, beyond its ends. */
export function slantedLines(ctx: Context, [x, y, width, height]: readonly [number, number, number, number], every: number): void {
  ctx.beginPath();
  for (let at = -height; at < width; at += every) {
    ctx.moveTo(x + at, y + height);
    ctx.lineTo(x + at + height, y);
  }
  ctx.stroke();
}
