/** A worker of a queue: takes one job for each of its processes at a time, has it done there, and sends back what was found. */
import os from 'node:os';
import { WaitingError, Worker } from 'bullmq';
import type { Progress } from '../../engine/session/progress';
import type { Manifest } from '../../protocol/studies/manifest';
import { Children, Stopped, Unfit } from './children';
import { manifestKey, queueOf, readJob, readManifest, type Refusal } from './messages';
import { Presence } from './presence';
import { openServer, PREFIX } from './server';

/** When what is late is given up, in milliseconds; tests are less patient. */
export interface Timing {
  /** A job whose worker has not renewed its lock for so long is another's. */
  lock: number;
  /** How often such jobs are looked for, and how often who is there. */
  look: number;
}
export const TIMING: Timing = { lock: 30_000, look: 5_000 };
/** A job that was taken from so many workers that went away is given up: it may be what ends them. */
const MOST_STALLED = 3;

export interface WorkOptions {
  workers: number;
  version: string;
  /** The folder that a study's relative paths to models start from; null for the one that it named. */
  models: string | null;
  /** Ends after so many seconds without a job; null for never. */
  idle: number | null;
  signal: AbortSignal;
  onProgress: Progress;
  timing?: Timing;
}

/**
 * Works until it is stopped, or nothing came for long enough.
 * @returns how many jobs were done
 * @throws a sentence where there is no server, or this machine cannot do what is asked: that job goes back
 */
export async function workForQueue(address: string, options: WorkOptions): Promise<number> {
  const { workers, version, models, idle, signal, onProgress, timing = TIMING } = options;
  let [done, busy, last] = [0, 0, Date.now()];
  let lost = false;
  let unfit: Error | undefined;
  const server = await openServer(address, () => {
    lost = true;
    onProgress(`${server.shown} does not answer; waiting for it`);
  });
  const children = new Children(Math.max(1, Math.floor(os.availableParallelism() / workers)));
  const presence = new Presence(server.redis, 'worker', version, workers);
  const manifests = new Map<string, Manifest>();
  const manifestOf = async (run: string) => {
    const known = manifests.get(run) ?? readManifest(await server.redis.get(manifestKey(run)), run);
    manifests.set(run, known);
    return models === null ? known : { ...known, from: models };
  };
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  let [state, left, before] = ['', 0, 0];
  const show = () => onProgress(state, done, done + busy + left);

  const worker = new Worker(queueOf(version), async (job, token) => {
    busy++;
    try {
      const { run, job: asked } = readJob(job.data);
      const value = await children.do(asked, run, await manifestOf(run));
      done++;
      return value;
    } catch (error) {
      if (!(error instanceof Unfit || error instanceof Stopped)) throw error;
      // Another machine may do it: it goes back as it was, and this one takes no more.
      if (error instanceof Unfit) {
        unfit ??= error;
        await job.updateProgress({ host: os.hostname(), sentence: error.message } satisfies Refusal);
      }
      end();
      await worker.pause(true);
      await job.moveToWait(token);
      throw new WaitingError();
    } finally {
      busy--;
      last = Date.now();
      show();
    }
  }, {
    connection: server.redis, prefix: PREFIX, skipVersionCheck: true, concurrency: workers, lockDuration: timing.lock,
    stalledInterval: Math.min(timing.lock / 2, 15_000), maxStalledCount: MOST_STALLED, name: os.hostname(),
  });
  // Told by the connection itself; and a job that another took over meanwhile is that one's.
  worker.on('error', () => undefined);
  const look = async () => {
    if (lost && server.redis.status !== 'ready') return;
    lost = false;
    const here = await presence.say();
    left = await server.redis.llen(worker.toKey('wait'));
    const others = [...new Set(here.filter((one) => one.role === 'producer' && one.version !== version).map((one) => one.version))];
    const waiting = others.length === 0 ? '' : `; a study waits for workers of Latent Lens ${others.join(' and of ')}, and this is ${version}: install the same version on both`;
    state = busy > 0 || done > before ? `Working for ${server.shown}` : `Waiting for jobs from ${server.shown}${waiting}`;
    before = done;
    show();
    if (idle !== null && busy === 0 && Date.now() - last > 1000 * idle) end();
  };
  const looking = setInterval(() => void look().catch(() => undefined), timing.look);
  signal.addEventListener('abort', end, { once: true });
  try {
    await look();
    if (!signal.aborted) await ended;
  } finally {
    clearInterval(looking);
    signal.removeEventListener('abort', end);
    children.close();
    if (server.redis.status === 'ready') {
      await worker.close();
      await presence.leave();
    } else void worker.close(true).catch(() => undefined);
    await server.close();
  }
  if (unfit) throw unfit;
  return done;
}
