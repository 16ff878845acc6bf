/** Text in columns of a terminal. */
import { spelled } from '../io';

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;
// eslint-disable-next-line no-control-regex -- the escapes that Style writes
const ESCAPES = /\x1b\[[0-9;]*m/g;

/** Columns that a text takes, without the escapes of its colours. */
export function width(text: string): number {
  let columns = 0;
  for (const char of text.replace(ESCAPES, '')) columns += NO_WIDTH.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  return columns;
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - width(text))) + text;
}

/** Plain text cut to a width, with an ellipsis where something is missing. */
export function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let kept = '';
  for (const char of text) {
    if (width(kept + char) > columns - 1) break;
    kept += char;
  }
  return `${kept}…`;
}

/** Plain text in lines of at most so many columns, broken at spaces. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && width(line) + 1 + width(word) > columns) {
        lines.push(line);
        line = word;
      } else {
        line = line === '' ? word : `${line} ${word}`;
      }
    }
    lines.push(line);
  }
  return lines;
}

/** Control characters spelled out before text is measured, as the terminal's edge (`inertIo`) does it afterwards; line breaks stay. */
export function harmless(text: string): string {
  return text
    .replace(/\t/g, '    ')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => (char === '\n' ? char : spelled(char)));
}

/** A token in one line: spaces and line breaks made visible. */
export function tokenText(text: string): string {
  const body = text.replace(/\r?\n/g, '⏎');
  const visible = body.trim() === '' ? body.replace(/ /g, '␣').replace(/\t/g, '⇥') : body.replace(/^ /, '');
  return harmless(visible).replace(/\n/g, '⏎');
}
