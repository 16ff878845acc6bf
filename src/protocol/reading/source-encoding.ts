/** The encoding of a Python file: UTF-8, or what a comment in its first two lines says (PEP 263), as CPython reads it. */

/** On the first line, or on the second where the first is blank or a comment. CPython's `coding_re`. */
const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const BLANK = /^[ \t\f]*(?:#|$)/;

/** Python's names for what a file is mostly in, as WHATWG's TextDecoder calls them; by Python's normalised names. */
const LABELS: readonly [RegExp, string][] = [
  [/^(?:windows-?|cp)(125[0-8])$/, 'windows-$1'],
  [/^(?:iso-?)?8859-([2-8]|1[0345])$/, 'iso-8859-$1'],
  [/^l(?:atin-?)?9$/, 'iso-8859-15'],
  [/^l(?:atin-?)?2$/, 'iso-8859-2'],
  [/^koi8-([ru])$/, 'koi8-$1'],
  [/^(?:gbk|cp936|gb2312|euc-?cn)$/, 'gbk'],
  [/^gb18030$/, 'gb18030'],
  [/^big5$/, 'big5'],
  [/^(?:shift-?jis|s-?jis|cp932)$/, 'shift_jis'],
  [/^euc-?jp$/, 'euc-jp'],
  [/^(?:euc-?kr|cp949)$/, 'euc-kr'],
];
/** Windows-1252 from 0x80 on where it differs from Latin-1, which is what Node 20 takes it for. A space: no character. */
const WINDOWS_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';
const LATIN_1 = /^(?:iso-?)?8859-?1$|^l(?:atin-?)?1$|^8859$|^cp819$/;
/** UTF-8, and ASCII, which UTF-8 holds; what is not one Python says itself. */
const UTF_8 = /^(?:utf-?8(?:-sig)?|u8|utf|cp65001|(?:us-?)?ascii|646)$/;

/** The name in a file's encoding declaration; null where it has none. */
export function declaredEncoding(text: string): string | null {
  const [first = '', second = ''] = text.slice(0, 2000).split(/\r\n|\r|\n/, 2);
  return COOKIE.exec(first)?.[1] ?? (BLANK.test(first) ? (COOKIE.exec(second)?.[1] ?? null) : null);
}

/** Whether a declaration names an encoding that is not UTF-8 and exists, as far as is known here. */
export function isOtherEncoding(name: string): boolean {
  const normal = normalised(name);
  return LATIN_1.test(normal) || labelOf(normal) !== null;
}

/**
 * The text of a Python file, without a byte order mark.
 * @throws a sentence that follows the file's name, when its bytes are not what it says it is
 */
export function decodeSource(bytes: Uint8Array): string {
  // Latin-1 has a character for every byte, and what a declaration is made of is the same in all of these encodings.
  const declared = declaredEncoding(latin1(bytes.subarray(0, 2000)));
  const normal = declared === null ? 'utf-8' : normalised(declared);
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (!marked && LATIN_1.test(normal)) return latin1(bytes);
  const label = marked ? null : labelOf(normal);
  try {
    const text = label === 'windows-1252' ? windows1252(bytes) : new TextDecoder(label ?? 'utf-8', { fatal: true }).decode(bytes);
    // The decoder has a control character for each byte that Windows's code pages leave out.
    if (label?.startsWith('windows') && /[\x80-\x9f]/.test(text)) throw new Error('not of this encoding');
    return text;
  } catch {
    if (declared === null || UTF_8.test(normal)) throw new Error('is not UTF-8 text; it is a binary file or has another encoding. Convert it to UTF-8 first.');
    const why = label === null ? 'which is not read here' : 'but it is not';
    throw new Error(`says that its encoding is ${declared}, ${why}. Convert it to UTF-8 first.`);
  }
}

function normalised(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

function labelOf(normal: string): string | null {
  for (const [pattern, label] of LABELS) {
    const found = pattern.exec(normal);
    if (found) return label.replace('$1', found[1] ?? '');
  }
  return null;
}

function windows1252(bytes: Uint8Array): string {
  return latin1(bytes).replace(/[\x80-\x9f]/g, (char) => {
    const found = WINDOWS_1252[char.charCodeAt(0) - 0x80];
    return found === ' ' ? char : found;
  });
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}
