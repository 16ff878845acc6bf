/** Template tag for Python of several lines, indented like the code around it. */

const chunksOf = new WeakMap<TemplateStringsArray, readonly string[]>();

/**
 * The text without its first and last line break and without the indentation of its first line, which all lines share. What is put in
 * stays as it is: lines of its own are not indented.
 */
export function py(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  let chunks = chunksOf.get(strings);
  if (!chunks) chunksOf.set(strings, (chunks = dedented(strings)));
  return chunks.map((chunk, i) => (i === 0 ? chunk : `${values[i - 1]}${chunk}`)).join('');
}

function dedented(strings: readonly string[]): string[] {
  const margin = /^\n *(?! )/.exec(strings[0])?.[0];
  if (margin === undefined || !/\n *$/.test(strings.at(-1)!)) throw new Error(`py takes lines between line breaks, not: ${strings.join('…')}`);
  return strings.map((chunk, i) => {
    const text = i === strings.length - 1 ? chunk.replace(/\n *$/, '') : chunk;
    return i === 0 ? text.slice(margin.length).replaceAll(margin, '\n') : text.replaceAll(margin, '\n');
  });
}
