#!/usr/bin/env node
/**
 * Watches over the command, which runs in a process of its own (`command.ts`): a regular expression or a run of ONNX Runtime blocks that
 * process with its signal handlers, so what ends it on Ctrl-C must be another. Training runs here: it saves what it has before it ends, and
 * is halted (SIGSTOP) by the number of its process.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { EXIT } from './exit';

/** What a command gets to end by itself, in milliseconds. */
const GRACE = 1500;
/** A second Ctrl-C after this many milliseconds ends the command at once; terminals and npm may send the first one twice. */
const INSIST_AFTER = 500;

if (process.argv[2] === 'train') await import('./command');
else watchOver();

function watchOver(): void {
  const env = { ...process.env, ORT_DISABLE_TELEMETRY: '1' };
  const command = fork(fileURLToPath(new URL('command.mjs', import.meta.url)), process.argv.slice(2), { stdio: 'inherit', env });
  let asked = 0;

  const end = () => {
    command.kill('SIGKILL');
    process.stderr.write(`${process.stderr.isTTY ? '\r\x1b[2K' : ''}Stopped.\n`);
    process.exit(EXIT.interrupted);
  };
  const interrupt = (signal: NodeJS.Signals) => {
    if (asked > 0) {
      if (Date.now() - asked > INSIST_AFTER) end();
      return;
    }
    asked = Date.now();
    setTimeout(end, GRACE);
    // On Windows this would end the process, which hears of Ctrl-C from its console.
    if (process.platform !== 'win32') command.kill(signal);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  command.on('error', (error) => {
    process.stderr.write(`The command could not be started: ${error.message}.\n`);
    process.exit(EXIT.error);
  });
  command.on('exit', (code, signal) => {
    if (signal === null || asked > 0) process.exit(code ?? EXIT.interrupted);
    process.stderr.write(`The command was ended from outside (${signal})${signal === 'SIGKILL' ? ', perhaps for want of memory' : ''}.\n`);
    process.exit(EXIT.error);
  });
}
