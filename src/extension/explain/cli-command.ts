/** The command line that explains the same code with the same choices. */
import type { Explanation } from '../../protocol/explanation';
import { relocated, relocatedCode } from '../code/tracked-range';
import type { Compare } from '../../protocol/engine';

export interface CliContext {
  /** The command line's script. */
  script: string;
  /** The file's path and what is on disk there; null when the code is in no file. */
  file: { path: string; text: string } | null;
  /** Where the code was last seen in it. */
  start: number;
  compare: Compare | null;
  /** The folder in use; null for the one that comes with the package. */
  model: string | null;
  /** FILE or FILE#ID. */
  template: string | null;
  topK: number;
  /** Whether settings are in force that the command line does not know. */
  otherSettings: boolean;
  run: boolean;
  windows: boolean;
}

/** @throws when the command line cannot do the same, with the reason */
export function cliCommand({ source, patching }: Explanation, context: CliContext): string {
  const { file, compare, model, template, topK, run } = context;
  if (file === null) throw new Error('The command line reads files, and this code is in none. Save it to a file and explain it there.');
  if (compare !== null && typeof compare === 'object' && 'text' in compare) {
    throw new Error('The command line reads variants from files. Save your variant to a file and give it with --against FILE.');
  }
  if (context.otherSettings) {
    throw new Error('The command line does not know the settings latentLens.answers and latentLens.contextLimit. Put the answers into a template, and reset both.');
  }
  const flags = ['--top-k', String(topK)];
  if (compare !== null && typeof compare === 'object') flags.push('--against', String(compare.number));
  if (patching) flags.push('--site', patching.site, '--direction', patching.direction);
  if (patching?.metric.basis === 'chosen') flags.push('--answers', `${patching.metric.positive},${patching.metric.negative}`);
  if (patching?.estimate && patching.estimate.measuredCells === patching.estimate.cells) flags.push('--exact');
  if (model !== null) flags.push('--model', model);
  if (template !== null) flags.push('--template', template);
  if (!run) flags.push('--no-run');
  const quote = context.windows ? quoteForPowerShell : quoteForShell;
  const place = placeOf(source, file, context.start);
  return ['node', context.script, 'explain', ...flags, `${file.path}:${place}`].map(quote).join(' ');
}

function placeOf(source: Explanation['source'], file: { path: string; text: string }, start: number): string {
  const { parts, read, firstLine, lastLine } = source;
  if (!parts) return linesOf(file.text, source.code, start).join('-');
  const cell = parts.at(-1)!.cell;
  if (cell !== undefined) return String(cell);
  if (!relocatedCode(file.text, source, start)) throw new Error(CHANGED);
  return read === undefined ? `${firstLine}-${lastLine}` : String(firstLine);
}

const CHANGED = 'The file on disk is not what was explained. Save it, explain it again, and copy the command then.';

/** The lines, counted from 1, that are this code and nothing else. */
function linesOf(text: string, code: string, start: number): [first: number, last: number] {
  const range = relocated(text, code, start);
  if (!range) throw new Error(CHANGED);
  const lineOf = (offset: number) => text.slice(0, offset).split(/\r\n|\r|\n/).length;
  const end = range.start + code.trimEnd().length;
  const before = text.slice(0, range.start).split(/[\r\n]/).at(-1)!;
  const after = text.slice(end).split(/[\r\n]/)[0];
  if (`${before}${after}`.trim() !== '' || (before !== '' && code.trim().includes('\n'))) {
    throw new Error('The command line explains whole lines, and this selection is a part of some. Select whole lines.');
  }
  return [lineOf(range.start), lineOf(end)];
}

const PLAIN = /^[\w%+=:./-]+$/;

/** POSIX shells: everything between single quotes is literal. */
function quoteForShell(argument: string): string {
  return PLAIN.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}

/** PowerShell, which is what Windows opens: a single quote is written twice. */
function quoteForPowerShell(argument: string): string {
  return PLAIN.test(argument.replaceAll('\\', '/')) ? argument : `'${argument.replaceAll("'", "''")}'`;
}
