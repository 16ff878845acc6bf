/** The producer of a queue: puts a study's jobs, and writes what workers send back into the study's folder. */
import { Queue, QueueEvents } from 'bullmq';
import { hashOf } from '../programs/hash';
import { Log } from '../running/log';
import type { DoJobs, PoolOptions } from '../running/pool';
import type { Job } from '../running/workshop';
import { jobId, KEPT, manifestKey, queueOf, refusal, TRIES, valueOf, type Queued } from './messages';
import { Presence } from './presence';
import { openServer, PREFIX, type Server } from './server';
import { TIMING, type Timing } from './worker';

/** So many jobs lie in the queue at once, so that it stays small whatever the study's size. */
const WINDOW = 1_000;
/** Events that Redis keeps; each holds what was found. What is missed among them is found by looking. */
const EVENTS = 1_000;

export interface JobsInQueue {
  does: DoJobs;
  close(): Promise<void>;
}

/**
 * Opens a queue for a study's jobs.
 * @param version of this program: only workers of the same take them
 * @throws a sentence where there is no such server, or it would lose jobs
 */
export async function openQueue(address: string, version: string, timing: Timing = TIMING): Promise<JobsInQueue> {
  let onLost: () => void = () => undefined;
  const server = await openServer(address, () => onLost());
  return {
    does: async (jobs, options) => {
      if (jobs.length === 0) return [];
      const putting = new Putting(server, version, jobs, options, timing);
      onLost = () => options.onState?.(`(${server.shown} does not answer; waiting for it)`);
      try {
        return await putting.all();
      } finally {
        onLost = () => undefined;
        await putting.close();
      }
    },
    close: () => server.close(),
  };
}

/** The jobs of a stage on their way through the queue. */
class Putting {
  private readonly run: string;
  private readonly queue: Queue<Queued>;
  private readonly events: QueueEvents;
  private readonly presence: Presence;
  private readonly log: Log;
  private readonly open = new Map<string, Job>();
  private readonly lost: string[] = [];
  /** Jobs that were not there when they were last looked at: what was put or taken at that moment is not put again. */
  private readonly missed = new Set<string>();
  private readonly refused = new Map<string, string>();
  private next = 0;
  private finish: (error?: unknown) => void = () => undefined;

  constructor(
    private readonly server: Server, private readonly version: string, private readonly jobs: readonly Job[],
    private readonly options: PoolOptions, private readonly timing: Timing,
  ) {
    const { folder, manifest, disk } = options;
    this.run = hashOf(manifest);
    const shared = { connection: server.redis, prefix: PREFIX, skipVersionCheck: true };
    this.log = Log.open(folder.log(jobs[0].stage, 'queue'), disk);
    this.queue = new Queue(queueOf(version), {
      ...shared, streams: { events: { maxLen: EVENTS } },
      defaultJobOptions: { attempts: TRIES, removeOnComplete: { age: KEPT }, removeOnFail: { age: KEPT } },
    });
    this.events = new QueueEvents(queueOf(version), shared);
    this.presence = new Presence(server.redis, 'producer', version);
    // Told by the connection itself.
    this.queue.on('error', () => undefined);
    this.events.on('error', () => undefined);
  }

  async all(): Promise<string[]> {
    const { signal } = this.options;
    let looking: NodeJS.Timeout | undefined;
    const abort = () => this.finish(signal.reason);
    try {
      await new Promise<void>((resolve, reject) => {
        this.finish = (error) => (error === undefined ? resolve() : reject(error as Error));
        signal.addEventListener('abort', abort, { once: true });
        if (signal.aborted) return abort();
        const orEnd = (work: Promise<unknown>) => void work.catch((error: unknown) => this.finish(error));
        this.events.on('completed', ({ jobId: id, returnvalue }) => orEnd(this.take(id, returnvalue)));
        this.events.on('failed', ({ jobId: id }) => orEnd(this.look(id)));
        this.events.on('duplicated', ({ jobId: id }) => orEnd(this.look(id)));
        this.events.on('progress', ({ jobId: id, data }) => this.open.has(id) && this.hear(data));
        orEnd(this.begin());
        let busy = false;
        looking = setInterval(() => {
          if (busy || this.server.redis.status !== 'ready') return;
          busy = true;
          orEnd(this.lookAtAll().finally(() => (busy = false)));
        }, this.timing.look);
      });
    } catch (error) {
      // Nobody waits for what no worker has begun; what is being done is kept for the study's next run.
      if (this.server.redis.status === 'ready') await Promise.allSettled([...this.open.keys()].map((id) => this.queue.remove(id)));
      throw error;
    } finally {
      clearInterval(looking);
      signal.removeEventListener('abort', abort);
    }
    return this.lost;
  }

  async close(): Promise<void> {
    this.log.close();
    if (this.server.redis.status !== 'ready') {
      for (const one of [this.events, this.queue]) void one.close().catch(() => undefined);
      return;
    }
    await this.events.close();
    await this.presence.leave();
    await this.queue.close();
  }

  private async begin(): Promise<void> {
    await this.events.waitUntilReady();
    await this.sayHere();
    // What failed in an earlier run is tried anew.
    await Promise.all(this.jobs.slice(0, WINDOW).map(async (job) => {
      const id = jobId(this.run, job);
      if ((await this.queue.getJobState(id)) === 'failed') await this.queue.remove(id);
    }));
    await this.fill();
    await this.lookAtAll();
  }

  /** Puts jobs until enough are in the queue: one that is there already, by whomever, is put once. */
  private async fill(): Promise<void> {
    const more: Job[] = [];
    for (; this.next < this.jobs.length && this.open.size < WINDOW; this.next++) {
      const job = this.jobs[this.next];
      this.open.set(jobId(this.run, job), job);
      more.push(job);
    }
    if (more.length > 0) await this.put(more);
    else if (this.open.size === 0) this.finish();
  }

  private async put(jobs: readonly Job[]): Promise<void> {
    await this.queue.addBulk(jobs.map((job) => ({ name: job.stage, data: { run: this.run, job }, opts: { jobId: jobId(this.run, job) } })));
  }

  /** Writes what was found into the log; only then Redis need not keep it. */
  private async take(id: string, value: unknown): Promise<void> {
    const job = this.open.get(id);
    if (!job) return;
    this.open.delete(id);
    const read = valueOf(job.stage, value);
    if ('value' in read) this.log.append({ key: job.key, value: read.value });
    await this.queue.remove(id);
    if ('wrong' in read) throw new Error(read.wrong);
    this.options.onDone(job.key);
    if (this.open.size <= WINDOW / 2) await this.fill();
  }

  /** Looks at one job, of which nothing or not all was told. */
  private async look(id: string): Promise<void> {
    const state = await this.queue.getJobState(id);
    const job = this.open.get(id);
    if (!job) return;
    if (state === 'unknown' && this.missed.has(id)) return this.put([job]);
    this.missed[state === 'unknown' ? 'add' : 'delete'](id);
    if (state !== 'completed' && state !== 'failed') return;
    const made = await this.queue.getJob(id);
    if (!made || !this.open.has(id)) return;
    if (state === 'completed') return this.take(id, made.returnvalue);
    this.open.delete(id);
    this.lost.push(`One job was tried ${TRIES} times and is not done: ${made.failedReason}`);
    await this.queue.remove(id);
    await this.fill();
  }

  private async lookAtAll(): Promise<void> {
    await this.sayHere();
    await Promise.all([...this.open.keys()].map((id) => this.look(id)));
  }

  /** Says that a producer is here, keeps the study for the workers, and tells who works. */
  private async sayHere(): Promise<void> {
    const { manifest } = this.options;
    await this.server.redis.set(manifestKey(this.run), JSON.stringify(manifest), 'EX', KEPT);
    const workers = (await this.presence.say()).filter(({ role }) => role === 'worker');
    const mine = workers.filter(({ version }) => version === this.version);
    const processes = mine.reduce((sum, { atOnce }) => sum + atOnce, 0);
    if (processes > 0) return this.options.onState?.(`by ${processes} process${processes === 1 ? '' : 'es'}`);
    const others = [...new Set(workers.map(({ version }) => version))].filter((version) => version !== this.version);
    const why = others.length > 0
      ? `workers of Latent Lens ${others.join(' and ')} wait, and this is ${this.version}: install the same version on both`
      : [...this.refused].map(([host, sentence]) => `${host}: ${sentence}`).at(-1) ?? `start one with: latent-lens study worker --queue ${this.server.shown}`;
    this.options.onState?.(`(no worker is there; ${why})`);
  }

  private hear(data: unknown): void {
    const said = refusal.safeParse(data);
    if (said.success) this.refused.set(said.data.host, said.data.sentence);
  }
}
