/** Notebooks: their cells, and what in a cell is IPython's own and no Python. */
import { scanLexical } from '../syntax/lexical';
import { lineStartsOf } from '../syntax/syntax';

/** A cell of a notebook that holds code. */
export interface NotebookCell {
  /** Of all cells, from 1. */
  number: number;
  text: string;
}

/** Cell magics behind whose line the cell is Python all the same. */
const PYTHON_CELLS = /^%%(?:time|timeit|capture|prun|python3?)\b/;
/** Line magics that define no name. */
const HARMLESS = /^%(?:matplotlib|config|load_ext|reload_ext|autoreload|time|timeit|prun|pip|conda|cd|pwd|ls|who|whos|precision|env|alias|automagic|colors|xmode)\b/;
const ASSIGNED = /^[\w, \t.[\]'"]+=[ \t]*[%!]/;
const HELP = /^(?:\?{1,2}[ \t]*[\w.*]+|[%\w.*]+\?{1,2})[ \t]*;?[ \t]*(?:#.*)?$/;

/** The cell's magic that makes it something else than Python, as `%%bash`; null where it is Python. */
export function foreignMagic(cell: string): string | null {
  const first = cell.trimStart().split(/\r\n|\r|\n/, 1)[0];
  return first.startsWith('%%') && !PYTHON_CELLS.test(first) ? first.split(/\s/, 1)[0] : null;
}

/**
 * The code with `pass` in the place of each line that is IPython's own, so that lines stay where they are.
 * `defines`: the first of them that may give names a value.
 */
export function withoutMagics(code: string): { code: string; defines: string | null } {
  if (!/^[ \t]*(?:[%!?]|.*\?[ \t]*;?[ \t]*(?:#.*)?$|.*=[ \t]*[%!])/m.test(code)) return { code, defines: null };
  const { strings, brackets } = scanLexical(code);
  const inside = (at: number) =>
    strings.some(({ start, end }) => start < at && at < end) ||
    brackets.some(({ at: open, partner }) => partner !== null && open < at && at < partner);
  let defines: string | null = null;
  const starts = lineStartsOf(code);
  const lines = starts.map((start, i) => {
    const line = code.slice(start, starts[i + 1]);
    const own = line.trim();
    const continued = i > 0 && /\\(?:\r\n|\r|\n)$/.test(code.slice(starts[i - 1], start));
    const assigned = ASSIGNED.test(own) && !/["']/.test(own.split(/[%!]/, 1)[0]);
    if (!(/^[%!]/.test(own) || HELP.test(own) || assigned) || continued || inside(start)) return line;
    if (assigned || (own.startsWith('%') && !PYTHON_CELLS.test(own) && !HARMLESS.test(own))) defines ??= own;
    return `${/^[ \t]*/.exec(line)![0]}pass${/[\r\n]*$/.exec(line)![0]}`;
  });
  return { code: lines.join(''), defines };
}

/** What IPython puts into the namespace of every cell. */
export function isFromIPython(name: string): boolean {
  return /^(?:get_ipython|display|In|Out|_+|_i+|_i?\d+|_oh|_dh|_ih)$/.test(name);
}

/** The cells with code of a notebook's file. @throws how to go on when it is none, or none of Python */
export function readNotebook(json: string): { cells: NotebookCell[]; count: number } {
  let found: { cells?: unknown; metadata?: { kernelspec?: { language?: unknown }; language_info?: { name?: unknown } } };
  try {
    found = JSON.parse(json) as typeof found;
  } catch {
    throw new Error('is no notebook: it is not JSON.');
  }
  if (!Array.isArray(found?.cells)) throw new Error('is no notebook of version 4: it has no list of cells. Open it in Jupyter and save it again.');
  const language = found.metadata?.language_info?.name ?? found.metadata?.kernelspec?.language;
  if (typeof language === 'string' && !/^i?python/i.test(language)) throw new Error(`is a notebook of ${language.slice(0, 30)}. Latent Lens explains Python code.`);
  const cells = (found.cells as { cell_type?: unknown; source?: unknown }[]).flatMap((cell, i) => {
    const { source } = cell ?? {};
    const text = Array.isArray(source) ? source.join('') : source;
    return cell?.cell_type === 'code' && typeof text === 'string' ? [{ number: i + 1, text }] : [];
  });
  return { cells, count: found.cells.length };
}
