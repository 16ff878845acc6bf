/** Options that several commands share. */
import { InvalidArgumentError, type Command } from 'commander';
import { chooseTemplate, parseTemplates, PYTHON_ERROR_TYPE, TEMPLATES, type Template } from '../snippets/templates';
import { readTextFile } from './source';

export interface ModelFlags {
  model?: string;
  template?: string;
}

export function addModelOptions(command: Command): Command {
  return command
    .option('--model <dir>', 'model folder as Hugging Face serves it (default: the model that comes with latent-lens)')
    .option('--template <file>', 'question to ask: a JSON file with a template, or FILE#ID for one of several (default: the error type)');
}

/** An option's whole number within bounds. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
    return value;
  };
}

/** The template that `--template` names: FILE, FILE#ID, or the id of one that is built in. */
export async function readTemplate(argument: string | undefined): Promise<Template> {
  if (argument === undefined) return PYTHON_ERROR_TYPE;
  const builtIn = TEMPLATES.find(({ id }) => id === argument);
  if (builtIn) return builtIn;
  const [, file, wanted] = /^(.+?)(?:#([a-z0-9-]+))?$/s.exec(argument) ?? [undefined, argument, undefined];
  const templates = parseTemplates(await readTextFile(file), file);
  return chooseTemplate(templates, wanted ?? null, file, `choose one with --template ${file}#ID`);
}
