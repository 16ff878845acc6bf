/** Lists of short texts on one line, as people write them: with commas between, or as JSON where an item holds a comma itself. */

export function listText(items: readonly string[]): string {
  const plain = items.every((item) => !item.includes(',') && item.trim() === item && item !== '') && !items[0]?.startsWith('[');
  return plain ? items.join(',') : JSON.stringify(items);
}

/** What `listText` wrote, and what people write: spaces around commas are not of the items. */
export function listOf(text: string): string[] {
  const json = text.trim().startsWith('[') ? jsonList(text) : null;
  return json ?? text.split(',').map((item) => item.trim());
}

function jsonList(text: string): string[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null;
  } catch {
    return null; // an answer that begins with a bracket
  }
}
