/** latent-lens prediction, lens, patching, …: a command for each analysis, whose flags come from what it may be told. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import * as z from 'zod';
import type { Against } from '../../engine/twins/against';
import type { Wanted } from '../../engine/analyses/analyse';
import { csv } from '../../figures/kinds/figure';
import { figuresOf } from '../../figures';
import { ANALYSES, paramsOf, type AnalysisId } from '../../protocol/analyses';
import { metaOf, wordsOf } from '../../protocol/fields';
import { isBlockSite } from '../../vocabulary/sites';
import { forScripts, type Result } from '../../protocol/documents/result';
import { addAgainstOptions, comparing, readAnswers, type AgainstFlags } from '../arguments/against';
import { parsePositions } from '../arguments/latent-arguments';
import { addModelOptions, siteOption } from '../arguments/options';
import { addQuestionOptions } from '../arguments/question';
import { checkGraphs, graphOptions, writeGraphs } from '../graph-files';
import type { Io } from '../io';
import { print, printJson } from '../print';
import { analysed, type ReadingFlags } from '../reading';
import { renderFigure } from '../render/figures';
import type { Style } from '../render/style';
import { wrap } from '../render/text';

/** These have commands of their own, with more in them. */
const CURATED: readonly AnalysisId[] = ['variants', 'latents', 'intervention'];

/** Whose graphs are written as files in the field's formats. */
const GRAPHS: Partial<Record<AnalysisId, Option[]>> = { circuit: graphOptions(), attributionGraph: graphOptions(['neuronpedia']) };

type Flags = ReadingFlags & Record<string, unknown> & AgainstFlags & { json?: true; csv?: true; html?: string; run: boolean };

export function addAnalysisCommands(program: Command, io: Io): void {
  for (const id of Object.keys(ANALYSES) as AnalysisId[]) {
    if (CURATED.includes(id)) continue;
    addAnalysisCommand(program, io, { name: dashed(id), description: `show ${ANALYSES[id].about}`, ids: [id], choose: () => id, more: GRAPHS[id] ?? [] });
  }
}

export interface AnalysisCommand {
  name: string;
  description: string;
  /** The analyses of which one is asked, by what is given. */
  ids: readonly AnalysisId[];
  /** @param given the names of the flags that are given, of analyses and of `more` */
  choose: (given: readonly string[], command: Command) => AnalysisId;
  /** Options of its own. */
  more?: readonly Option[];
  /** What is compared, by an option of its own; undefined where that is not given. */
  against?: (flags: Record<string, unknown>, io: Io) => (() => Promise<Against>) | undefined;
  /**
   * Where the option of its own names the program itself, what is asked instead, of its one run; null where it does not. Two programs that
   * are the same have nothing to compare.
   */
  itself?: (file: string, flags: Record<string, unknown>, io: Io) => Promise<Record<string, unknown> | null>;
  examples?: string;
}

/** Adds a command that asks an analysis, with a flag for each of its parameters. */
export function addAnalysisCommand(program: Command, io: Io, made: AnalysisCommand): void {
  const { name: called, description, ids, choose, more = [], against: own, itself, examples } = made;
  const takes = ids.flatMap((id) => {
    const { needs, uses = [] }: { needs: readonly string[]; uses?: readonly string[] } = ANALYSES[id];
    return [...needs, ...uses];
  });
  const shapes = ids.map((id) => ANALYSES[id].params.shape as Record<string, z.ZodType>);
  const shape = Object.assign({}, ...[...shapes].reverse()) as Record<string, z.ZodType>;
  const command = program
    .command(called)
    .description(description)
    .argument('<file>', 'the program: FILE, FILE:LINE for what is around a line, FILE:LINE-LINE or NOTEBOOK:CELL; - for standard input');
  for (const option of more) command.addOption(option);
  for (const [name, field] of Object.entries(shape)) command.addOption(optionOf(name, field));
  if (takes.includes('variant')) addAgainstOptions(command);
  if (takes.includes('saes')) command.option('--sae <dirs...>', "folders of SAEs, folders that hold several, or org/name/folder of the store (default: saes in the model's folder)", []);
  command
    .addOption(new Option('--json', 'print the whole result as one JSON document').conflicts('csv'))
    .option('--csv', 'print the exact numbers as CSV')
    .option('--html <file>', 'write the result as a web page that needs nothing else')
    .option('--no-run', 'do not run the code in Python');
  addQuestionOptions(addModelOptions(command))
    .addHelpText('after', examples ?? `\nExamples:\n  $ latent-lens ${called} examples/temperature.py\n  $ latent-lens ${called} examples/quiz.py --json > ${called}.json`)
    .action(async (file: string, { against, edited, json, csv: asCsv, html, ...flags }: Flags) => {
      const said = (names: readonly string[]) => names.filter((name) => command.getOptionValueSource(name) === 'cli');
      const id = choose(said([...Object.keys(shape), ...more.map((option) => option.attributeName())]), command);
      const told = Object.keys(ANALYSES[id].params.shape).filter((name) => flags[name] !== undefined);
      checkGraphs(flags);
      const within = (await itself?.(file, flags, io)) ?? null;
      const given = { ...Object.fromEntries(told.map((name) => [name, flags[name]])), ...within };
      const compares = within ? undefined : own?.(flags, io) ?? comparing({ against, edited, next: flags.next, type: flags.type }, io);
      const wanted = { prediction: paramsOf('prediction'), [id]: paramsOf(id, given) } as Wanted;
      const result = await analysed(file, flags, wanted, io, compares);
      const part = result.parts[id];
      if (!part) throw new Error(result.missing?.[id] ?? `There is nothing to show of ${id}.`);
      for (const problem of part.problems) io.err(`${problem}\n`);
      if (html !== undefined) {
        const { writeReport } = await import('../report');
        await writeReport(html, result, io);
      }
      await writeGraphs(figuresOf(id, result), flags, io);
      if (json) printJson(io, forScripts(result));
      else if (asCsv) io.out(csv(largest(id, result)));
      else if (html === undefined) print(io, result, false, (shown, style, columns) => renderAnalysis(id, shown, style, columns));
    });
}

/** Its figures, and its findings above them. */
function renderAnalysis(id: AnalysisId, result: Result, style: Style, columns: number): string {
  const { findings = [] } = result.parts[id] ?? {};
  const sentences = findings.map((finding) => wrap(`• ${finding}`, columns).join('\n'));
  return `${[...(sentences.length > 0 ? [sentences.join('\n')] : []), ...figuresOf(id, result).map((figure) => renderFigure(figure, style, columns))].join('\n\n')}\n`;
}

/** The rows of the figure that has the most of them. */
function largest(id: AnalysisId, result: Result) {
  return figuresOf(id, result).map(({ rows }) => rows()).reduce((a, b) => (b.length > a.length ? b : a), []);
}

/** "topK" is --top-k. */
function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A flag for a parameter of an analysis. */
export function optionOf(name: string, field: z.ZodType): Option {
  const { title, description = title ?? '', choices } = metaOf(field);
  const inside = innermost(field);
  const otherwise: unknown = field.safeParse(undefined).data;
  const flag = `--${dashed(name)}`;
  if (inside instanceof z.ZodBoolean) return new Option(otherwise === true ? `--no-${dashed(name)}` : flag, description);
  const option = new Option(`${flag} <${inside instanceof z.ZodNumber ? 'number' : 'value'}>`, `${description} (default: ${otherwise === null ? 'none' : JSON.stringify(otherwise)})`.replace(' (default: none)', ''));
  const names = Object.keys(choices ?? {});
  if (names.length > 0 && names.every(isBlockSite)) return siteOption(option.flags, option.description, names);
  if (choices) return option.choices(names);
  if (!(inside instanceof z.ZodArray)) return option.argParser((text: string) => parsed(field, inside, name, text));
  // A flag of a list may be given several times.
  return option.argParser((text: string, before: unknown) => {
    const more = parsed(field, inside, name, text);
    return Array.isArray(before) && Array.isArray(more) ? [...(before as unknown[]), ...(more as unknown[])] : more;
  });
}

/** A flag's text as the value that it stands for. */
function parsed(field: z.ZodType, inside: z.ZodType, name: string, text: string): unknown {
  if (name === 'answers') return readAnswers(text);
  const read = (value: unknown) => {
    const { success, data } = field.safeParse(value);
    if (!success) throw new InvalidArgumentError(`It must be ${wordsOf(field).replace(/ or null$/, '')}.`);
    return data;
  };
  if (inside instanceof z.ZodNumber) return read(text.trim() === '' ? NaN : Number(text));
  if (inside instanceof z.ZodString) return read(text);
  if (name === 'positions') return read(field.safeParse(text).success ? text : parsePositions(text));
  return read(text.split(','));
}

function innermost(schema: z.ZodType): z.ZodType {
  const wraps = schema instanceof z.ZodDefault || schema instanceof z.ZodNullable || schema instanceof z.ZodOptional;
  return wraps ? innermost(schema.unwrap() as z.ZodType) : schema;
}
