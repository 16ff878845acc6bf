/** What a command asks: a template's question about code, or an open one about a place in it (`--next`, `--type`). */
import path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Languages } from '../../engine/languages';
import type { Knowledge } from '../../engine/reading/knowledge';
import type { SourceText } from '../../engine/reading/program';
import type { Labeller } from '../../snippets/twins/variants';
import type { Form } from '../../snippets/prompts/forms';
import { FIM_ORDERS, type FimOrder } from '../../snippets/prompts/sentinels';
import { lineStartsOf } from '../../snippets/syntax/syntax';
import { readTemplate, type TemplateFlags } from './options';
import { readCode } from './source';
import { isStandardInput, readSource, readTextFile, type ReadOptions } from './text-file';

/** LINE:COLUMN, both from 1, or from one to another. */
export interface CodeRange {
  line: number;
  column: number;
  to?: { line: number; column: number };
}

export interface QuestionFlags extends TemplateFlags {
  next?: CodeRange;
  type?: CodeRange;
  /** Whether what is behind a type is left out too. */
  before?: true;
  fim?: true | FimOrder;
  answer?: string[];
  /** The folder whose files the compiler may read; false for none. */
  project?: string | false;
}

const PLACE = /^(\d+):(\d+)(?:-(\d+):(\d+))?$/;

/** @throws InvalidArgumentError */
export function readRange(text: string): CodeRange {
  const [, line, column, toLine, toColumn] = (PLACE.exec(text) ?? []).map(Number);
  if (!line || !column) throw new InvalidArgumentError('Give LINE:COLUMN, both from 1, or LINE:COLUMN-LINE:COLUMN for what the model would write instead of that.');
  return { line, column, ...(toLine && { to: { line: toLine, column: toColumn } }) };
}

/** FILE:LINE:COLUMN in two. @throws a sentence */
export function fileAndPlace(argument: string): { file: string; place: string } {
  const [, file, place] = /^(.+?):(\d+:\d+(?:-\d+:\d+)?)$/s.exec(argument) ?? [];
  if (file === undefined) throw new Error(`${argument} names no place. Give FILE:LINE:COLUMN, both counted from 1, for example examples/temperature.py:2:7.`);
  return { file, place };
}

export function addQuestionOptions(command: Command): Command {
  for (const option of projectOptions()) command.addOption(option);
  return command
    .addOption(new Option('--next <place>', 'ask which token comes next at LINE:COLUMN instead, in a file of any language').argParser(readRange).conflicts(['template', 'fewShot', 'chat']))
    .addOption(
      new Option('--type <place>', 'ask which type stands, or could stand, at LINE:COLUMN instead, in TypeScript, JavaScript or Python')
        .argParser(readRange).conflicts(['template', 'fewShot', 'chat', 'next']),
    )
    .addOption(fimOption())
    .addOption(beforeOption())
    .addOption(answerOption());
}

export function projectOptions(): Option[] {
  return [
    new Option('--project <dir>', "the folder whose files the compiler reads where the code imports them (default: the file's own)"),
    new Option('--no-project', 'let the compiler read this file alone'),
  ];
}

export function beforeOption(): Option {
  return new Option('--before', 'with --type, read only the code before the type').conflicts('fim');
}

export function fimOption(): Option {
  return new Option('--fim [order]', 'read what is behind the place too, as a model is trained to fill in the middle').choices(FIM_ORDERS);
}

export function answerOption(): Option {
  return new Option('--answer <text>', 'another answer to the open question; may be given several times')
    .argParser((text: string, before: string[] | undefined) => [...(before ?? []), text]);
}

export interface AskedCode {
  form: Form;
  source: SourceText;
  /** What is known of types at the place; null for another question. */
  knowledge: Knowledge | null;
}

/** The code and what is asked about it. @throws a sentence that names the file and says what to do */
export async function readQuestion(
  file: string, flags: QuestionFlags, io: ReadOptions, languages: () => Promise<Languages>, label?: Labeller,
): Promise<AskedCode> {
  const { next, type, fim, answer, before } = flags;
  if (type) return readTypeQuestion(file, type, flags, io, await languages(), label);
  if (!next) {
    if (fim !== undefined || answer !== undefined || before) throw new Error('--fim, --before and --answer are for a place in the code. Name it with --next LINE:COLUMN or --type LINE:COLUMN.');
    const source = await readCode(file, io);
    return { form: await readTemplate(flags.template, flags.chat), source, knowledge: null };
  }
  const source = await readAnyCode(file, io);
  const name = source.file ?? 'standard input';
  const start = offsetOf(source.text, next, name);
  const end = next.to ? offsetOf(source.text, next.to, name) : start;
  if (end < start) throw new Error(`The place ends before it begins. Give LINE:COLUMN-LINE:COLUMN in the order of the file.`);
  const order = typeof fim === 'string' ? { order: fim } : {};
  return { form: { id: 'next-token', behind: fim !== undefined, ...order, ...(answer && { others: answer }) }, source: { ...source, hole: { start, end } }, knowledge: null };
}

async function readTypeQuestion(
  file: string, type: CodeRange, flags: QuestionFlags, io: ReadOptions, languages: Languages, label?: Labeller,
): Promise<AskedCode> {
  const { fim, answer, before } = flags;
  const { project } = flags;
  const read = await readAnyCode(file, io);
  if (typeof project === 'string' && read.file === null) throw new Error('Standard input lies in no folder, so --project cannot be used with it. Name a file.');
  const reads = read.file !== null && project !== false;
  const source = { ...read, project: reads ? { root: project ?? path.dirname(read.file!), file: read.file! } : null };
  const asked = await languages.typeAt(source, offsetOf(source.text, type, file), { label, signal: io.signal });
  const order = typeof fim === 'string' ? { order: fim } : {};
  return { form: { id: 'type', behind: !before, ...order, ...(answer && { others: answer }) }, ...asked };
}

/** A text in any language; standard input has no file's name. */
export async function readAnyCode(file: string, io: ReadOptions): Promise<SourceText> {
  const python = isStandardInput(file) || /\.pyw?$/i.test(file);
  if (/\.ipynb$/i.test(file)) throw new Error(`${file} is a notebook. Copy the cell into a file, and name the place there.`);
  const text = await (python ? readSource : readTextFile)(file, io);
  const own = isStandardInput(file) ? null : file;
  return { file: own, text, folder: own && path.dirname(own) };
}

function offsetOf(text: string, { line, column }: CodeRange, name: string): number {
  const starts = lineStartsOf(text);
  if (line > starts.length) throw new Error(`${name} has ${starts.length} line${starts.length === 1 ? '' : 's'}, so there is no line ${line}.`);
  const start = starts[line - 1];
  const { length } = text.slice(start, starts[line] ?? text.length).replace(/[\r\n]+$/, '');
  if (column > length + 1) throw new Error(`Line ${line} of ${name} has ${length} characters, so there is no column ${column}.`);
  return start + column - 1;
}
