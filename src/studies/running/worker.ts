/**
 * A worker's process: does the jobs that it is sent, one after the other, and writes each into its own log before it says so; one that
 * works for a queue has no folder and sends back what it found.
 */
import type { Manifest } from '../../protocol/studies/manifest';
import { StudyFolder } from './folder';
import { Log } from './log';
import { Workshop } from './workshop';
import type { FromWorker, ToWorker } from './pool';

const tell = (message: FromWorker) => void process.send?.(message);
const never = new AbortController().signal;
let shop: { run: string; of: Workshop } | null = null;
const logs = new Map<string, Log>();
let last: Promise<void> = Promise.resolve();

process.on('message', (message: ToWorker) => {
  if ('job' in message) last = last.then(() => work(message));
});
// Who started it stops it too; and without that one nobody waits for what it does.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
tell({ ready: true });

async function work(message: ToWorker): Promise<void> {
  const { job, threads } = message;
  try {
    if ('manifest' in message) {
      const shop = await shopOf(message.run, message.manifest, threads);
      return tell({ done: job.key, value: await shop.do(job, never) });
    }
    const folder = new StudyFolder(message.folder);
    const value = await (await shopOf('', () => folder.manifest(), threads)).do(job, never);
    let log = logs.get(job.stage);
    if (!log) logs.set(job.stage, (log = Log.open(folder.log(job.stage, message.name))));
    log.append({ key: job.key, value });
    tell({ done: job.key });
  } catch (error) {
    tell({ wrong: (error as Error).message });
  }
}

/** The workshop of a study; of one at a time, as a model may be large. */
async function shopOf(run: string, manifest: Manifest | (() => Manifest), threads: number): Promise<Workshop> {
  if (shop?.run === run) return shop.of;
  await shop?.of.close();
  shop = null;
  shop = { run, of: new Workshop(typeof manifest === 'function' ? manifest() : manifest, threads) };
  return shop.of;
}
