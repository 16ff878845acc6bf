import { Command } from 'commander';
import { addTrainCommands } from './train';

const program = new Command('latent-lens').description('See what a code language model predicts, and why.');
addTrainCommands(program);
await program.parseAsync();
