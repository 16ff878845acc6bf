/** Jobs done by this process, or by several beside it, each with a log of its own. */
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Manifest } from '../../protocol/studies/manifest';
import type { StudyFolder } from './folder';
import { Log, type Disk } from './log';
import { Workshop, type Done, type Job } from './workshop';

export type ToWorker = { job: Job; threads: number } & (
  /** The study's folder, and what the worker's logs there are called. */
  | { folder: string; name: string }
  /** What a study asks that has no folder on this machine, and what tells it from others. */
  | { run: string; manifest: Manifest }
);
/** `value` is what was found, where there is no folder for it. */
export type FromWorker = { ready: true } | { done: string; value?: Done } | { wrong: string };

export interface PoolOptions {
  folder: StudyFolder;
  manifest: Manifest;
  workers: number;
  /** Of a run of the model, in each worker. */
  threads: number;
  signal: AbortSignal;
  onDone: (key: string) => void;
  /** Told in words how the work is going, which stand behind what is being done. */
  onState?: (words: string) => void;
  /** Where this process writes; tests give one that fills up. */
  disk?: Disk;
}

/** From src and from dist. */
const BUILT = ['../studies/worker.mjs', '../../../dist/studies/worker.mjs'].map((place) => fileURLToPath(new URL(place, import.meta.url)));
/** How often a job is tried whose process ended. */
const TRIES = 2;

/** What does jobs: each is in a log of the folder before it is said to be done. @returns sentences about what is not done */
export type DoJobs = (jobs: readonly Job[], options: PoolOptions) => Promise<string[]>;

/** Starts a worker's process, which says that it is ready. @throws a sentence where its program is not built */
export function startWorker(): ChildProcess {
  const program = BUILT.find((file) => existsSync(file));
  if (!program) throw new Error('The program of the workers is not built. Run "npm run build", or give --workers 1.');
  return fork(program, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' } });
}

/**
 * Does all jobs. With one worker they are done here; with several in as many processes, of which one that ends is started anew.
 * @returns sentences about jobs whose process ended twice; they are not done
 * @throws a sentence where work cannot go on: the disk is full, the model cannot be opened; or what the signal was aborted with
 */
export async function doAll(jobs: readonly Job[], options: PoolOptions): Promise<string[]> {
  return jobs.length === 0 ? [] : options.workers === 1 ? doHere(jobs, options) : doBeside(jobs, options);
}

async function doHere(jobs: readonly Job[], { folder, manifest, threads, signal, onDone, disk }: PoolOptions): Promise<string[]> {
  const shop = new Workshop(manifest, threads);
  const logs = new Map<string, Log>();
  try {
    for (const job of jobs) {
      signal.throwIfAborted();
      const value = await shop.do(job, signal);
      let log = logs.get(job.stage);
      if (!log) logs.set(job.stage, (log = Log.open(folder.log(job.stage, '0'), disk)));
      log.append({ key: job.key, value });
      onDone(job.key);
    }
    return [];
  } finally {
    for (const log of logs.values()) log.close();
    await shop.close();
  }
}

async function doBeside(jobs: readonly Job[], { folder, workers, threads, signal, onDone }: PoolOptions): Promise<string[]> {
  const queue = jobs.map((job) => ({ job, tries: 0 }));
  const lost: string[] = [];
  const children = new Set<ChildProcess>();
  return new Promise((resolve, reject) => {
    let ended = false;
    let busy = 0;
    const end = (error?: unknown) => {
      if (ended) return;
      ended = true;
      signal.removeEventListener('abort', abort);
      // Whatever they were at is done again: a line of a log is whole or not there.
      for (const child of children) child.kill('SIGKILL');
      if (error === undefined) resolve(lost);
      else reject(error as Error);
    };
    const abort = () => end(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) return abort();

    const start = (name: string) => {
      const child = startWorker();
      children.add(child);
      let doing: (typeof queue)[number] | undefined;
      const next = () => {
        doing = queue.shift();
        if (doing) child.send({ job: doing.job, folder: folder.folder, name, threads } satisfies ToWorker);
        else {
          child.kill('SIGKILL');
          if (busy === 0 && queue.length === 0) end();
        }
      };
      const give = () => {
        busy++;
        next();
        if (!doing) busy--;
        if (busy === 0 && queue.length === 0) end();
      };
      child.on('message', (message: FromWorker) => {
        if (ended) return;
        if ('wrong' in message) return end(new Error(message.wrong));
        if ('done' in message) {
          onDone(message.done);
          doing = undefined;
          busy--;
        }
        give();
      });
      child.on('error', (error) => {
        // A job that was sent to one that had just been killed: its exit is told as well.
        if (child.pid === undefined) end(new Error(`A worker could not be started: ${error.message}.`, { cause: error }));
      });
      child.on('exit', (code, killedBy) => {
        children.delete(child);
        if (ended) return;
        if (!doing) {
          if (busy === 0 && queue.length === 0) end();
          return;
        }
        busy--;
        doing.tries++;
        if (doing.tries < TRIES) queue.unshift(doing);
        else lost.push(`The process of one job ended twice (${killedBy ?? `code ${code}`})${killedBy === 'SIGKILL' ? ', perhaps for want of memory' : ''}.`);
        start(name);
      });
    };
    try {
      for (let i = 0; i < Math.min(workers, jobs.length); i++) start(String(i));
    } catch (error) {
      end(error);
    }
  });
}
