/** JSON for people and for diffs: what fits on a line is on one line. */

const LINE = 120;

export function formatJson(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value) ?? 'null';
  if (indent.length + flat.length <= LINE || typeof value !== 'object' || value === null) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((item) => inner + formatJson(item, inner)).join(',\n')}\n${indent}]`;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{\n${fields.map(([key, field]) => `${inner}${JSON.stringify(key)}: ${formatJson(field, inner)}`).join(',\n')}\n${indent}}`;
}
