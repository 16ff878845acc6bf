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
  /** Whether standard error is a terminal, where progress may update one line. */
  progressLine: boolean;
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
    progressLine: stderr.isTTY,
    signal,
  };
}

/** NO_COLOR (no-color.org) and FORCE_COLOR decide first, then whether it is a terminal, then what it says it can do. */
export function coloursOf(terminal: boolean, env: Readonly<Record<string, string | undefined>>): Colours {
  if (env.NO_COLOR) return 'none';
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  if (env.FORCE_COLOR === '0' || (!forced && (!terminal || env.TERM === 'dumb'))) return 'none';
  return env.FORCE_COLOR === '3' || /truecolor|24bit/.test(env.COLORTERM ?? '') || env.WT_SESSION ? 'true' : '256';
}
