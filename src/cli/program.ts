/** The command line as a function: arguments in, exit code out. */
import { Command, CommanderError } from 'commander';
import { list } from '../findings/list';
import { addAnalysisCommands } from './commands/analysis';
import { addDataCommand } from './commands/data';
import { addEvaluateCommand } from './commands/evaluate';
import { plainMessage } from '../protocol/words/file-problem';
import { WrongChoice, type UserChoice } from '../protocol/models/wrong-choice';
import { EXIT } from './exit';
import { addExplainCommand, addNextCommand } from './commands/explain';
import { inertIo, type Io } from './io';
import { addLatentsCommand } from './commands/latents';
import { addModelsCommand } from './commands/models';
import { addPatchCommand } from './commands/patch';
import { addSaesCommand } from './commands/saes';
import { addSteerCommand } from './commands/steer';
import { addStudyCommands } from './commands/study';
import { addTrainCommands } from './commands/train';
import { addTypesCommands } from './commands/types';
import { addVariantsCommand } from './commands/variants';
import { addVectorsCommand } from './commands/vectors';

/** Where another choice is made. */
const HINTS: Record<UserChoice, string> = {
  model: '',
  saes: ' (latent-lens models catalog lists some; --sae names a folder.)',
  question: '',
};

/** Runs a command with the arguments after the program's name. Never rejects, and never ends the process. */
export async function runCli(args: readonly string[], terminal: Io): Promise<number> {
  const io = inertIo(terminal);
  try {
    await createProgram(io).parseAsync([...args], { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (io.signal.aborted) {
      io.err('Stopped.\n');
      return EXIT.interrupted;
    }
    const thrown = error instanceof Error ? error : new Error(String(error));
    const hint = thrown instanceof WrongChoice ? HINTS[thrown.choice] : '';
    io.err(`${process.env.LATENT_LENS_DEBUG ? thrown.stack : `${plainMessage(thrown)}${hint}`}\n`);
    return EXIT.error;
  }
}

export function createProgram(io: Io): Command {
  const program = new Command('latent-lens')
    .description('See what a code language model predicts, and why.')
    .showHelpAfterError('(add --help for the options and examples)')
    .addHelpText(
      'after',
      `
Examples:
  $ latent-lens explain examples/temperature.py
  $ latent-lens variants examples/temperature.py
  $ latent-lens latents examples/temperature.py
  $ latent-lens evaluate programs.jsonl

Exit codes: 0 done, 1 it could not be done (the message says why), 2 wrong use, 130 stopped with Ctrl-C.
Set NO_COLOR to get no colours, LATENT_LENS_DEBUG to get the stack of an error.`,
    );
  addExplainCommand(program, io);
  addNextCommand(program, io);
  addTypesCommands(program, io);
  addVariantsCommand(program, io);
  addLatentsCommand(program, io);
  addSteerCommand(program, io);
  addPatchCommand(program, io);
  addAnalysisCommands(program, io);
  addVectorsCommand(program, io);
  addSaesCommand(program, io);
  addModelsCommand(program, io);
  addEvaluateCommand(program, io);
  addStudyCommands(program, io);
  addDataCommand(program, io);
  addTrainCommands(program, io);
  const settle = (command: Command): void => {
    command
      .exitOverride((error) => {
        if (error.code === 'commander.unknownOption') io.err(elsewhere(program, error.message));
        throw error;
      })
      .configureHelp({ helpWidth: io.columns })
      .configureOutput({
        writeOut: (text) => io.out(text),
        writeErr: (text) => io.err(text),
        getOutHasColors: () => false,
        getErrHasColors: () => false,
      });
    command.commands.forEach(settle);
  };
  settle(program);
  return program;
}

/** Of the commands that have an option, so many are named. */
const MOST_NAMED = 3;

/** Where an option that one command lacks is at home, if it is another's: the command that is called alike first. */
function elsewhere(program: Command, message: string): string {
  const [flag] = /--[a-z][a-z-]*/.exec(message) ?? [];
  const having = (command: Command, path: readonly string[]): string[] => [
    ...(command.options.some(({ long }) => long === flag) ? [path.join(' ')] : []),
    ...command.commands.flatMap((inner) => having(inner, [...path, inner.name()])),
  ];
  const owners = flag === undefined ? [] : having(program, []);
  if (flag === undefined || owners.length === 0) return '';
  const alike = (name: string) => {
    let letters = 0;
    while (letters < name.length && name[letters] === flag[letters + 2]) letters++;
    return letters;
  };
  const [first, ...others] = owners.sort((a, b) => alike(b) - alike(a));
  const named = [first, ...others.slice(0, MOST_NAMED - 1), ...(owners.length > MOST_NAMED ? ['others'] : [])];
  return `${flag} belongs to ${list(named)}: latent-lens ${first} --help.\n`;
}
