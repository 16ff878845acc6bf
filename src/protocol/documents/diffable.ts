/** JSON that a version control compares line by line: what fits in a line stands in one, and a list of numbers always does. */

const WIDTH = 120;

const isBare = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** @param value plain JSON */
export function diffable(value: unknown): string {
  return `${written(value, 0)}\n`;
}

function written(value: unknown, indent: number): string {
  if (isBare(value)) return JSON.stringify(value);
  const list = Array.isArray(value);
  const inside = indent + 2;
  const parts = list
    ? value.map((item: unknown) => written(item === undefined ? null : item, inside))
    : Object.entries(value as object).filter(([, item]) => item !== undefined).map(([key, item]) => `${JSON.stringify(key)}: ${written(item, inside)}`);
  const [open, close] = list ? '[]' : '{}';
  const bare = list && value.every((item) => isBare(item) && typeof item !== 'string');
  const length = parts.reduce((sum, part) => sum + part.length + 2, indent);
  if (bare || (length <= WIDTH && !parts.some((part) => part.includes('\n')))) return `${open}${parts.join(', ')}${close}`;
  const space = ' '.repeat(inside);
  return `${open}\n${parts.map((part) => space + part).join(',\n')}\n${' '.repeat(indent)}${close}`;
}
