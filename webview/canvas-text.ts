/** Text on a canvas, as much of it as there is room for. */

type Context = CanvasRenderingContext2D;

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
