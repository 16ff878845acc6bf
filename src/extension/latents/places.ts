/** Where a latent is active, as places in files. */
import type { Firings } from '../../protocol/documents/latents';

export interface LatentPlace<File> {
  file: File;
  activation: number;
  token: string;
  /** From 0; characters are UTF-16. */
  start: { line: number; character: number };
  end: { line: number; character: number };
  /** The code of the line that it begins in, without the white space around it. */
  code: string;
}

/** The places of a text, in its order; the tokens of one character are one place. */
export function placesIn<File>(file: File, text: string, { spans }: Pick<Firings, 'spans'>): LatentPlace<File>[] {
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ 0: end, index }) => index + end.length)];
  let line = 0;
  const positionOf = (offset: number) => {
    while (line + 1 < starts.length && starts[line + 1] <= offset) line++;
    while (starts[line] > offset) line--;
    return { line, character: offset - starts[line] };
  };
  const places = new Map<string, LatentPlace<File>>();
  for (const { start, end, text: token, activation } of spans) {
    const key = `${start} ${end}`;
    if ((places.get(key)?.activation ?? 0) >= activation) continue;
    const from = positionOf(start);
    const code = text.slice(starts[from.line], starts[from.line + 1]).trim();
    places.set(key, { file, activation, token, start: from, end: positionOf(end), code });
  }
  return [...places.values()];
}

/** The strongest first, of equal ones those that came first. */
export function strongest<File>(places: readonly LatentPlace<File>[], most: number): LatentPlace<File>[] {
  return [...places].sort((a, b) => b.activation - a.activation).slice(0, most);
}
