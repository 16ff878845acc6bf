/** Hashes: what names an item, and what draws without regard to what else is there. */
import { createHash } from 'node:crypto';

/** 32 hexadecimal digits that any JSON value always has, whatever the order of its objects' fields. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 32);
}

/** JSON with sorted fields. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
}

/**
 * Some of a list, the same ones for the same seed, in the list's order. Each item's chance hangs on itself alone, so that what is drawn of
 * a longer list is mostly what was drawn before.
 */
export function drawnBy<T>(items: readonly T[], most: number, seed: number, idOf: (item: T) => string): T[] {
  if (items.length <= most) return [...items];
  const places = items.map((item, at) => ({ at, by: hashOf([seed, idOf(item)]) })).sort((a, b) => (a.by < b.by ? -1 : 1));
  return places.slice(0, most).map(({ at }) => at).sort((a, b) => a - b).map((at) => items[at]);
}
