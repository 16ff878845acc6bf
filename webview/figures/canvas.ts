/** What is drawn on canvases in several places: text with as much of it as there is room for, clips, slanted lines. */

export type Context = CanvasRenderingContext2D;

export interface Ink {
  font: string;
  colour: string;
}

/** Its left end and middle are given; what is too long ends in an ellipsis. @returns where it ends */
export function write(ctx: Context, text: string, x: number, y: number, room: number, { font, colour: fill }: Ink): number {
  if (room < 12) return x;
  ctx.font = font;
  ctx.fillStyle = fill;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  let shown = text;
  const characters = Array.from(text);
  for (let length = characters.length; length > 0 && ctx.measureText(shown).width > room; ) {
    length = Math.min(length - 1, Math.floor((length * room) / ctx.measureText(shown).width));
    shown = `${characters.slice(0, Math.max(0, length)).join('')}…`;
  }
  ctx.fillText(shown, x, y);
  return x + ctx.measureText(shown).width;
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
