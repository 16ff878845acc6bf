/**
 * Addresses of a circuit's nodes and edges: which model, which part of it, and which stretch of which file, in one line of text. After an
 * edit a stretch is found again, moved or not, or it is said that it is gone; numbers that were measured of it are of the code before.
 */
import type { CircuitEdge, CircuitNode, CircuitPlace } from './circuit';

/** What a circuit is of. */
export interface CircuitOf {
  /** The hash of the model's weights. */
  sha256: string;
  /** By the path that the reading names; null for code without a file. */
  file: string | null;
}

/** As much of the hash as tells models apart. */
const HASH = 12;

function partOf({ kind, layer, index, site, label }: CircuitNode): string {
  switch (kind) {
    case 'embed': return kind;
    case 'logits': return kind;
    case 'head': return `${layer}/head.${index}`;
    case 'latent': return `${site ?? layer}/latent.${index ?? encodeURIComponent(label)}`;
    case 'error': return `${site ?? layer}/error`;
    default: return `${layer ?? 'all'}/${kind}`;
  }
}

/** "#12-15"; a place that lies in no file by its tokens, as "#tokens-40". */
function stretchOf({ span, tokens }: CircuitPlace): string {
  return span ? `#${span.start}-${span.end}` : `#tokens-${tokens.join('+')}`;
}

/** "5f3a0c…/3/head.2@temperature.py#12-15": the same for the same part at the same stretch, and for nothing else. */
export function nodeAddress(node: CircuitNode, places: readonly CircuitPlace[], { sha256, file }: CircuitOf): string {
  const where = node.place === null ? '' : `@${file === null ? '' : encodeURI(file)}${stretchOf(places[node.place])}`;
  return `${sha256.slice(0, HASH)}/${partOf(node)}${where}`;
}

/** Both ends, and through which input the second one reads. */
export function edgeAddress(
  edge: CircuitEdge, byId: ReadonlyMap<string, CircuitNode>, places: readonly CircuitPlace[], of: CircuitOf,
): string {
  const end = (id: string) => nodeAddress(byId.get(id)!, places, of);
  return `${end(edge.from)} -> ${end(edge.to)}${edge.input === null ? '' : `<${edge.input}>`}${edge.kind === 'remainder' ? ' (rest)' : ''}`;
}

/** Where a stretch of code is now: where it was, elsewhere, or nowhere that is sure. */
export type SpanNow = { kind: 'same' | 'moved'; start: number; end: number } | { kind: 'gone' };

/**
 * Before the first change and behind the last one a stretch is as it was. Between them it is found by its line, where that is the only one
 * of its kind in both texts.
 * @param span in UTF-16 units of the code before
 */
export function spanNow(before: string, after: string, { start, end }: { start: number; end: number }): SpanNow {
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shortest - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  if (end <= head) return { kind: 'same', start, end };
  const shift = after.length - before.length;
  const found = (by: number): SpanNow => ({ kind: by === 0 ? 'same' : 'moved', start: start + by, end: end + by });
  if (start >= before.length - tail) return found(shift);
  const from = before.lastIndexOf('\n', start - 1) + 1;
  const to = before.indexOf('\n', Math.max(start, end - 1));
  const line = before.slice(from, to < 0 ? before.length : to);
  const [old, now] = [only(before, line), only(after, line)];
  return old === null || now === null ? { kind: 'gone' } : found(now - old);
}

/** Where whole lines stand that are there once; null where they are not, or more than once. */
function only(text: string, lines: string): number | null {
  const [all, wanted] = [`\n${text}\n`, `\n${lines}\n`];
  const at = all.indexOf(wanted);
  return lines.trim() === '' || at < 0 || all.includes(wanted, at + 1) ? null : at;
}
