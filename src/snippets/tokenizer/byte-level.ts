/**
 * The byte-level alphabet of GPT-2: each of the 256 bytes is written as one printable character, so that a vocabulary
 * of byte strings can be kept as text. Printable Latin-1 stands for itself, the other bytes for U+0100 and up.
 */
export const BYTE_TO_CHAR: readonly string[] = (() => {
  const table: string[] = [];
  let next = 0x100;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    table.push(String.fromCharCode(printable ? byte : next++));
  }
  return table;
})();

const CHAR_TO_BYTE: ReadonlyMap<string, number> = new Map(BYTE_TO_CHAR.map((char, byte) => [char, byte]));

/** The bytes that a token of a byte-level vocabulary stands for; undefined when a character is not of that alphabet. */
export function bytesOfToken(token: string): Uint8Array | undefined {
  const bytes = new Uint8Array(token.length);
  for (let i = 0; i < token.length; i++) {
    const byte = CHAR_TO_BYTE.get(token[i]);
    if (byte === undefined) return undefined;
    bytes[i] = byte;
  }
  return bytes;
}

/** How a byte-level vocabulary writes a text (" a" is "Ġa"). A lone surrogate becomes U+FFFD, as in UTF-8 it must. */
export function tokenOfText(text: string): string {
  let token = '';
  for (const byte of new TextEncoder().encode(text)) token += BYTE_TO_CHAR[byte];
  return token;
}

/** The text of a token's bytes; bytes that are not whole characters are shown as `\xe4`. */
export function textOfBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`)).join('');
  }
}
