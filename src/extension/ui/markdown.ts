/** Foreign text in Markdown: what a file or a description says is never read as Markdown, HTML or an icon. */

/** As text, on one line: everything but letters, digits and spaces becomes a character reference. */
export function escaped(text: string): string {
  const reference = (sign: string) => `&#${sign.codePointAt(0)};`;
  return visible(text).replace(/[^\p{L}\p{M}\p{N} ]/gu, reference);
}

/** As code, on one line. */
export function codeSpan(text: string): string {
  const code = visible(text);
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return /^`|`$/.test(code) ? `${fence} ${code} ${fence}` : `${fence}${code}${fence}`;
}

/** A link that runs a command; `title` is shown when the mouse is over it. */
export function commandLink(label: string, command: string, argument: object, title: string): string {
  const encoded = encodeURIComponent(JSON.stringify([argument])).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `[${escaped(label)}](command:${command}?${encoded} "${escaped(title)}")`;
}

/** White space as single spaces, and no signs that are not seen or that turn the writing direction. */
function visible(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\u00b7').trim();
}

/** The beginning of a text that is longer. */
export function shortened(text: string, most: number): string {
  const signs = [...text];
  return signs.length <= most ? text : `${signs.slice(0, most - 1).join('')}…`;
}
