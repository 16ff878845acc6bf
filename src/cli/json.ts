/** JSON for people and for diffs: what fits on a line is on one line. */

const LINE = 120;

export function formatJson(value: unknown, indent = ''): string {
  const flat = inertJson(value);
  if (indent.length + flat.length <= LINE || typeof value !== 'object' || value === null) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((item) => inner + formatJson(item, inner)).join(',\n')}\n${indent}]`;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{\n${fields.map(([key, field]) => `${inner}${inertJson(key)}: ${formatJson(field, inner)}`).join(',\n')}\n${indent}}`;
}

/** JSON in which characters that control a terminal or turn text around are escaped, also those that JSON allows as they are. */
function inertJson(value: unknown): string {
  const json = JSON.stringify(value) ?? 'null';
  return json.replace(/[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`));
}
