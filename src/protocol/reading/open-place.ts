/** The place that an open question is about, as people name it. */
import { codeOffset, fileLine } from './code-parts';
import type { ReadProgram } from './reading';

/**
 * "5:12", line and column from 1 in the file, or "5:12-5:14" for what is left out of what was read; null for a question about no place.
 */
export function placeInFile({ source, place }: Pick<ReadProgram, 'source' | 'place'>): string | null {
  if (!place) return null;
  const { code } = source;
  const at = (offset: number) => {
    const lines = code.slice(0, codeOffset(source, offset)).split(/\r\n|\r|\n/);
    return `${fileLine(source, lines.length)}:${lines.at(-1)!.length + 1}`;
  };
  return place.end > place.start && codeOffset(source, place.end) <= code.length ? `${at(place.start)}-${at(place.end)}` : at(place.start);
}
