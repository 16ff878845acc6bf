/** A worker's process: does the jobs that it is sent, one after the other, and writes each into its own log before it says so. */
import { Log } from './log';
import { StudyFolder } from './folder';
import { Workshop } from './workshop';
import type { FromWorker, ToWorker } from './pool';

const tell = (message: FromWorker) => void process.send?.(message);
const never = new AbortController().signal;
let shop: Workshop | null = null;
const logs = new Map<string, Log>();
let last: Promise<void> = Promise.resolve();

process.on('message', (message: ToWorker) => {
  if ('job' in message) last = last.then(() => work(message));
});
// Who started it stops it too; and without that one nobody waits for what it does.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
tell({ ready: true });

async function work({ job, folder: at, name, threads }: Extract<ToWorker, { job: unknown }>): Promise<void> {
  try {
    const folder = new StudyFolder(at);
    shop ??= new Workshop(folder.manifest(), threads);
    const value = await shop.do(job, never);
    let log = logs.get(job.stage);
    if (!log) logs.set(job.stage, (log = Log.open(folder.log(job.stage, name))));
    log.append({ key: job.key, value });
    tell({ done: job.key });
  } catch (error) {
    tell({ wrong: (error as Error).message });
  }
}
