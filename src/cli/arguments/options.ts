/** Options that several commands share. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { PROVIDERS, type Provider } from '../../vocabulary/providers';
import { blockSiteAmong, type BlockSite } from '../../vocabulary/sites';
import { chooseTemplate, parseTemplates, PYTHON_ERROR_TYPE, PYTHON_ERROR_TYPE_FEW_SHOT, TEMPLATES, type Template } from '../../snippets/prompts/templates';
import { readTextFile } from './text-file';

/** Which model to open, and how. */
export interface OpenFlags {
  model?: string;
  provider?: Provider;
  /** Open it though it needs more memory than the machine has. */
  force?: true;
}

/** A template's question. */
export interface TemplateFlags {
  template?: string;
  /** Stands for the template with examples. */
  fewShot?: true;
  /** Asks in the model's chat template. */
  chat?: true;
}

export interface ModelFlags extends OpenFlags, TemplateFlags {}

const QUESTION =
  `question to ask: a JSON file with a template, FILE#ID for one of several, or one that is built in: ${TEMPLATES.map(({ id }) => id).join(', ')} ` +
  `(default: ${PYTHON_ERROR_TYPE.id})`;

/** What --model takes; latent-lens models --help says more. */
export const MODEL = 'a folder, a .gguf file, org/name or ollama:name (default: one that comes with latent-lens: python-errors, or of a place in code types)';

export function addOpenOptions(command: Command): Command {
  const provider = new Option('--provider <name>', 'what to compute with, where ONNX Runtime has it here').choices(PROVIDERS).default('cpu');
  return command
    .option('--model <model>', MODEL)
    .addOption(provider)
    .option('--force', 'open the model even if it needs more memory than this machine has');
}

export function addModelOptions(command: Command): Command {
  return addOpenOptions(command)
    .option('--template <template>', QUESTION)
    .option('--few-shot', `three solved programs before the code, for general models: --template ${PYTHON_ERROR_TYPE_FEW_SHOT.id}`)
    .option('--chat', "ask in the model's chat template, for instruct models")
    .hook('preAction', (asked) => {
      const { template, fewShot } = asked.opts<ModelFlags>();
      if (!fewShot) return;
      if (template !== undefined) asked.error('error: --few-shot is a template itself; give that of --template its own "examples"');
      asked.setOptionValue('template', PYTHON_ERROR_TYPE_FEW_SHOT.id);
    });
}

/** An option that takes one of these sites, by its whole name or a short one such as q. */
export function siteOption(flags: string, description: string, sites: readonly BlockSite[]): Option {
  const option = new Option(flags, description).choices(sites);
  const check = option.parseArg!;
  return option.argParser((text: string, before: unknown) => check(blockSiteAmong(text, sites) ?? text, before));
}

/** An option's whole number within bounds. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
    return value;
  };
}

/** The template that `--template` names: FILE, FILE#ID, or the id of one that is built in; with `chat`, as a message of a chat. */
export async function readTemplate(argument: string | undefined, chat?: true): Promise<Template> {
  if (chat) return { ...(await readTemplate(argument)), chat };
  if (argument === undefined) return PYTHON_ERROR_TYPE;
  const builtIn = TEMPLATES.find(({ id }) => id === argument);
  if (builtIn) return builtIn;
  const [, file, wanted] = /^(.+?)(?:#([a-z0-9-]+))?$/s.exec(argument) ?? [undefined, argument, undefined];
  const templates = parseTemplates(await readTextFile(file), file);
  return chooseTemplate(templates, wanted ?? null, file, `choose one with --template ${file}#ID`);
}
