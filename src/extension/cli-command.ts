/** The command line that explains the same code with the same choices. */
import type { Explanation } from '../protocol/explanation';
import type { ExplainRequest } from '../protocol/engine';

export interface CliContext {
  /** The command line's script. */
  script: string;
  /** The file's path; null when the code is in none. */
  file: string | null;
  compare: ExplainRequest['compare'];
  /** Null for the one that comes with the package. */
  model: string | null;
  /** The setting, FILE or FILE#ID. */
  template: string | null;
  run: boolean;
  windows: boolean;
}

/** @throws when the command line cannot do the same, with the reason */
export function cliCommand({ source, patching }: Explanation, context: CliContext): string {
  const { file, compare, model, template, run, windows } = context;
  if (file === null) throw new Error('The command line reads files, and this code is in none. Save it to a file and explain it there.');
  if (compare !== null && typeof compare === 'object' && 'text' in compare) {
    throw new Error('The command line reads variants from files. Save your variant to a file and give it with --against FILE.');
  }
  const flags: string[] = [];
  if (compare !== null && typeof compare === 'object') flags.push('--against', String(compare.number));
  if (patching) flags.push('--site', patching.site, '--direction', patching.direction);
  if (model !== null) flags.push('--model', model);
  if (template !== null) flags.push('--template', template);
  if (!run) flags.push('--no-run');
  const quote = windows ? quoteForPowerShell : quoteForShell;
  return ['node', context.script, 'explain', `${file}:${source.firstLine}-${source.lastLine}`, ...flags].map(quote).join(' ');
}

const PLAIN = /^[\w@%+=:,./-]+$/;

/** POSIX shells: everything between single quotes is literal. */
function quoteForShell(argument: string): string {
  return PLAIN.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}

/** PowerShell, which is what Windows opens: a single quote is written twice. */
function quoteForPowerShell(argument: string): string {
  return PLAIN.test(argument.replaceAll('\\', '/')) ? argument : `'${argument.replaceAll("'", "''")}'`;
}
