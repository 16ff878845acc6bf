/** Comma-separated values, for the terminal and for what the pages save. */

/** What a spreadsheet runs as a formula when a cell begins with it (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * RFC 4180, with exact numbers; an empty cell stands for null. A text that a spreadsheet would run begins with an apostrophe, which says
 * that it is text; a number as text stays as it is.
 */
export function csvRow(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | boolean | null): string {
  const plain = String(value ?? '');
  const runs = typeof value === 'string' && FORMULA.test(plain) && !NUMBER.test(plain);
  const text = runs ? `'${plain}` : plain;
  return runs || /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
