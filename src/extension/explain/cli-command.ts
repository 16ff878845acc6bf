/** The command line that explains the same code, or finds the same latents, with the same choices. */
import type { Explanation } from '../../protocol/documents/explanation';
import { Advice } from '../ui/advice';
import { openPlace, type OpenPlace } from '../code/open-place';
import { relocated, relocatedCode } from '../code/tracked-range';
import type { Params } from '../../protocol/analyses';
import type { Compare } from '../../protocol/engine';
import { listText } from '../../protocol/words/lists';

export interface CliContext {
  /** The command line's script. */
  script: string;
  /** The file's path and what is on disk there; null when the code is in no file. */
  file: { path: string; text: string } | null;
  /** Where the code was last seen in it. */
  start: number;
  compare: Compare | null;
  /** The folder in use; null for those that come with the package. */
  model: string | null;
  /** FILE or FILE#ID. */
  template: string | null;
  topK: number;
  /** What the latents that are shown were asked with, and the folders of SAEs in the settings; null for the explanation. */
  latents: { params: Params<'latents'>; saes: readonly string[] } | null;
  /** Whether settings are in force that the command line does not know. */
  otherSettings: boolean;
  run: boolean;
  /** The folder whose files the compiler may read for a question about a type; null for none. */
  project: string | null;
  /** Whether code is run for such a question. */
  trusted: boolean;
  windows: boolean;
}

/** @throws when the command line cannot do the same, with the reason */
export function cliCommand(explanation: Explanation, context: CliContext): string {
  const { source, patching } = explanation;
  const { file, compare, model, template, topK, run } = context;
  if (file === null) throw new Advice('The command line reads files, and this code is in none. Save it to a file and explain it there.');
  const open = explanation.place && openPlace(explanation.template, explanation.place);
  if (context.otherSettings) {
    throw new Advice(open
      ? 'The command line does not know the setting latentLens.contextLimit. Reset it.'
      : 'The command line does not know the settings latentLens.answers and latentLens.contextLimit. Put the answers into a template, and reset both.');
  }
  const { latents } = context;
  const flags = latents ? latentFlags(latents) : ['--top-k', String(topK)];
  if (compare !== null && typeof compare === 'object') flags.push(...againstFlags(compare, context.windows));
  if (!latents && patching) {
    flags.push('--site', patching.site, '--direction', patching.direction);
    if (patching.window) flags.push('--window', String(patching.window));
    if (patching.estimate && patching.estimate.measuredCells === patching.estimate.cells) flags.push('--exact');
  }
  const pair = latents ? null : chosenIn(explanation);
  if (pair) flags.push('--answers', listText(pair));
  if (model !== null) flags.push('--model', model);
  if (template !== null && !open) flags.push('--template', template);
  if (!run && !open) flags.push('--no-run');
  if (open?.ask === 'type') flags.push(...readFlags(file.path, context));
  if (open) flags.push(...(open.fim && open.ask !== 'type' ? ['--fim'] : []), ...(open.answers ?? []).flatMap((answer) => ['--answer', answer]));
  const at = open && lineColumns(open, source, file.text);
  const place = open ? null : placeOf(source, file, context.start);
  const asks = open?.ask === 'type' ? { flag: '--type', command: ['types', 'explain'] } : { flag: '--next', command: ['next'] };
  const what = latents
    ? ['latents', at ? file.path : `${file.path}:${place}`, ...(at ? [asks.flag, at] : [])]
    : at ? [...asks.command, `${file.path}:${at}`] : ['explain', `${file.path}:${place}`];
  const quote = context.windows ? quoteForPowerShell : quoteForShell;
  return ['node', context.script, ...what, ...flags].map(quote).join(' ');
}

/** What may be looked at besides the code, for a question about a type. */
function readFlags(file: string, { project, trusted }: CliContext): string[] {
  if (/\.pyw?$/i.test(file)) return trusted ? [] : ['--no-run'];
  return project === null ? ['--no-project'] : ['--project', project];
}

/** Windows takes commands of 32,767 characters. */
const MOST_ENCODED = 30_000;

/** One's own code as it is: in POSIX shells between single quotes, elsewhere without any sign that a shell may spoil. */
function againstFlags(compare: Exclude<Compare, 'best'>, windows: boolean): string[] {
  if ('number' in compare) return ['--against', String(compare.number)];
  if (!windows && !compare.text.startsWith('data:,')) return ['--edited', compare.text];
  const encoded = encodeURIComponent(compare.text).replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  if (encoded.length > MOST_ENCODED) throw new Advice('Your variant is too long for a command on Windows. Save it to a file, and give that with --against FILE.');
  return ['--edited', `data:,${encoded}`];
}

function latentFlags({ params, saes }: NonNullable<CliContext['latents']>): string[] {
  const { sites, positions, top, errorTerm, mode, method, steps, check, answers } = params;
  return [
    '--top', String(top),
    ...(method === 'gradient' ? [] : ['--method', method, '--steps', String(steps)]),
    ...(mode === null ? [] : ['--mode', mode]),
    ...(sites === null ? [] : ['--sites', sites === 'all' ? sites : sites.join(',')]),
    ...(positions === null ? [] : ['--positions', positions === 'relevant' ? positions : positions.join(',')]),
    ...(errorTerm ? [] : ['--no-error-term']),
    ...(check ? ['--check'] : []),
    ...(answers === null ? [] : ['--answers', listText(answers)]),
    ...(saes.length === 0 ? [] : ['--sae', ...saes]),
  ];
}

function placeOf(source: Explanation['source'], file: { path: string; text: string }, start: number): string {
  const { parts, read, firstLine, lastLine } = source;
  if (!parts) return linesOf(file.text, source.code, start).join('-');
  const cell = parts.at(-1)!.cell;
  if (cell !== undefined) return String(cell);
  if (!relocatedCode(file.text, source, start)) throw new Advice(CHANGED);
  return read === undefined ? `${firstLine}-${lastLine}` : String(firstLine);
}

/** LINE:COLUMN, both from 1, or from one to the other. @throws Advice where the file on disk is another one up to there */
function lineColumns({ start, end }: OpenPlace, { code, start: from }: Explanation['source'], text: string): string {
  if (!text.startsWith(code, from)) throw new Advice(CHANGED);
  const at = (offset: number) => {
    const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
    return `${lines.length}:${lines.at(-1)!.length + 1}`;
  };
  return end > start ? `${at(start)}-${at(end)}` : at(start);
}

/** The two answers that were chosen to be compared. */
function chosenIn({ chosen, patching }: Explanation): readonly [string, string] | null {
  if (chosen) return chosen;
  return patching?.metric.basis === 'chosen' ? [patching.metric.positive, patching.metric.negative] : null;
}

const CHANGED = 'The file on disk is not what was explained. Save it, explain it again, and copy the command then.';

/** The lines, counted from 1, that are this code and nothing else. */
function linesOf(text: string, code: string, start: number): [first: number, last: number] {
  const range = relocated(text, code, start);
  if (!range) throw new Advice(CHANGED);
  const lineOf = (offset: number) => text.slice(0, offset).split(/\r\n|\r|\n/).length;
  const end = range.start + code.trimEnd().length;
  const before = text.slice(0, range.start).split(/[\r\n]/).at(-1)!;
  const after = text.slice(end).split(/[\r\n]/)[0];
  if (`${before}${after}`.trim() !== '' || (before !== '' && code.trim().includes('\n'))) {
    throw new Advice('The command line explains whole lines, and this selection is a part of some. Select whole lines.');
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
