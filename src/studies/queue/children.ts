/** The processes in which a worker of a queue does its jobs, so that the one that holds the jobs' locks is always free to renew them. */
import type { ChildProcess } from 'node:child_process';
import type { Manifest } from '../../protocol/studies/manifest';
import { startWorker, type FromWorker, type ToWorker } from '../running/pool';
import type { Job } from '../running/workshop';

/** Why this machine can do no job of the study: its model is not here, or is another one. */
export class Unfit extends Error {}
/** The work was stopped from outside. */
export class Stopped extends Error {}

export class Children {
  private readonly idle: ChildProcess[] = [];
  private readonly all = new Set<ChildProcess>();
  private closed = false;

  /** @param threads of one run of the model */
  constructor(private readonly threads: number) {}

  /**
   * Does a job in a process that is idle, or in a new one.
   * @param run what tells the study of the manifest from others
   * @returns what was found, not yet checked
   * @throws Unfit, Stopped, or a sentence where the process ended on the way
   */
  async do(job: Job, run: string, manifest: Manifest): Promise<unknown> {
    if (this.closed) throw new Stopped();
    const child = this.idle.pop() ?? this.start();
    return new Promise((resolve, reject) => {
      const settle = (act: () => void, reusable: boolean) => {
        child.off('message', onMessage).off('exit', onExit).off('error', onError);
        if (reusable) this.idle.push(child);
        act();
      };
      const onMessage = (message: FromWorker) => {
        if ('done' in message) settle(() => resolve(message.value), true);
        else if ('wrong' in message) settle(() => reject(new Unfit(message.wrong)), true);
      };
      const onExit = (code: number | null, killedBy: NodeJS.Signals | null) => settle(() => reject(
        this.closed ? new Stopped() : new Error(`Its process ended (${killedBy ?? `code ${code}`})${killedBy === 'SIGKILL' ? ', perhaps for want of memory' : ''}.`),
      ), false);
      const onError = (error: Error) => {
        // One that was sent to a process that had just been killed: its exit is told as well.
        if (child.pid === undefined) settle(() => reject(new Unfit(`A process could not be started: ${error.message}.`)), false);
      };
      child.on('message', onMessage).on('exit', onExit).on('error', onError);
      child.send({ job, threads: this.threads, run, manifest } satisfies ToWorker, () => undefined);
    });
  }

  /** Ends all, whatever they are at. */
  close(): void {
    this.closed = true;
    for (const child of this.all) child.kill('SIGKILL');
  }

  private start(): ChildProcess {
    const child = startWorker();
    this.all.add(child);
    child.on('error', () => undefined);
    child.on('exit', () => {
      this.all.delete(child);
      if (this.idle.includes(child)) this.idle.splice(this.idle.indexOf(child), 1);
    });
    return child;
  }
}
