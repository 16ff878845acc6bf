/** What a command sees of the terminal; tests give their own. */

/** How many colours may be used. */
export type Colours = 'none' | '256' | 'true';

export interface Io {
  /** Results go to `out`, everything else to `err`. */
  out(text: string): void;
  err(text: string): void;
  /** Width of the terminal in characters. */
  columns: number;
  colours: Colours;
  /** Where standard error is a terminal: shows a text in the place of the last one; an empty one takes it away. */
  line: ((text: string) => void) | null;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}

/** Without a terminal the width that readers and logs expect. */
const DEFAULT_COLUMNS = 80;
const MOST_COLUMNS = 120;

export function processIo(signal: AbortSignal): Io {
  const { stdout, stderr, env } = process;
  const columns = stdout.isTTY ? stdout.columns : Number(env.COLUMNS);
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    columns: Math.max(40, Math.min(columns || DEFAULT_COLUMNS, MOST_COLUMNS)),
    colours: coloursOf(stdout.isTTY, env),
    line: stderr.isTTY ? (text) => void stderr.write(`\r\x1b[2K${text}`) : null,
    signal,
  };
}

/** The codes that `Style` writes, in text that may hold anything else. */
// eslint-disable-next-line no-control-regex -- the escapes of colours
const OWN_CODES = /\x1b\[(?:0|1|2|22|3[1236]|39|(?:(?:38|48);(?:5;\d{1,3}|2(?:;\d{1,3}){3});?)+)m/;
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const WITH_COLOURS = new RegExp(`${OWN_CODES.source}|\\r?\\n|\\t|(${UNSAFE.source})`, 'gu');
const WITHOUT_COLOURS = new RegExp(`\\r?\\n|\\t|(${UNSAFE.source})`, 'gu');

/** No message that anybody reads is as long; a name or a value in it may be. */
const MOST_MESSAGE = 10_000;

/**
 * The edge of the terminal: whatever names, tokens and messages hold, nothing that is written through this controls the terminal or turns
 * text around. Line ends, tabs and our own colours stay; other control and format characters are spelled out.
 */
export function inertIo(io: Io): Io {
  const inert = (text: string, colours: Colours) => text.replace(colours === 'none' ? WITHOUT_COLOURS : WITH_COLOURS, (all, unsafe?: string) => (unsafe ? spelled(unsafe) : all));
  return {
    ...io,
    out: (text) => io.out(inert(text, io.colours)),
    err: (text) => io.err(inert(short(text), 'none')),
    line: io.line && ((text) => io.line!(inert(text, 'none'))),
  };
}

function short(text: string): string {
  return text.length > MOST_MESSAGE ? `${text.slice(0, MOST_MESSAGE).toWellFormed()}… (${(text.length - MOST_MESSAGE).toLocaleString('en-US')} characters more)\n` : text;
}

/** A character by its number. */
export function spelled(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

/** NO_COLOR (no-color.org) and FORCE_COLOR decide first, then whether it is a terminal, then what it says it can do. */
export function coloursOf(terminal: boolean, env: Readonly<Record<string, string | undefined>>): Colours {
  if (env.NO_COLOR) return 'none';
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  if (env.FORCE_COLOR === '0' || (!forced && (!terminal || env.TERM === 'dumb'))) return 'none';
  return env.FORCE_COLOR === '3' || /truecolor|24bit/.test(env.COLORTERM ?? '') || env.WT_SESSION ? 'true' : '256';
}
