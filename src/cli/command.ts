/** The command itself: in a process that `main.ts` starts, or, for training, in its own. */
import { processIo } from './io';
import { EXIT } from './exit';
import { runCli } from './program';

/** A second Ctrl-C after this many milliseconds ends what nobody watches over; terminals and npm may send the first one twice. */
const INSIST_AFTER = 500;

const stop = new AbortController();
let asked = 0;
const interrupt = () => {
  if (!process.send && asked > 0 && Date.now() - asked > INSIST_AFTER) process.exit(EXIT.interrupted);
  asked ||= Date.now();
  stop.abort();
};
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);
// Without the one that watches over it, nobody waits for the command.
process.on('disconnect', () => process.exit(EXIT.interrupted));
process.channel?.unref();
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe, such as head, may have seen enough.
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
  throw error;
});
const code = await runCli(process.argv.slice(2), processIo(stop.signal));
// After Ctrl-C nothing that is still starting or running is waited for.
if (code === EXIT.interrupted) process.exit(code);
process.exitCode = code;
process.off('SIGINT', interrupt);
process.off('SIGTERM', interrupt);
