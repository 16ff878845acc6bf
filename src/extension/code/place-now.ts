/** Where a token of explained code is now: the code may have been edited since, or been opened anew. */
import { relocatedCode, type OffsetRange } from './tracked-range';
import { codeOffset, type Placed } from '../../protocol/reading/code-parts';
import { spanNow, type SpanNow } from '../../protocol/graphs/address';

/**
 * @param span of the text when it was read
 * @param text as it is now
 * @param range where the code is in it, if that was followed
 */
export function placeNow(source: Placed & OffsetRange, span: OffsetRange, text: string, range: OffsetRange | null): SpanNow {
  const found = (start: number, end: number): SpanNow => ({ kind: start === span.start ? 'same' : 'moved', start, end });
  const there = relocatedCode(text, source, range?.start ?? source.start);
  if (there) return found(span.start + there.start - source.start, span.end + there.start - source.start);
  if (source.parts) return { kind: 'gone' }; // it is not one piece, so nothing can be followed in it
  const [from, code] = range ? [range.start, text.slice(range.start, range.end)] : [0, text];
  const now = spanNow(source.code, code, { start: codeOffset(source, span.start), end: codeOffset(source, span.end) });
  return now.kind === 'gone' ? now : found(now.start + from, now.end + from);
}

/** What is said of a token whose place is gone. */
export function goneWords(text: string, position: number): string {
  return `Latent Lens: ${JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)} (token ${position}) is gone from the code as it is now, or its line is there more than once.`;
}
