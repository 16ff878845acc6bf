/** The compiler's process from outside: started, asked, and killed when it takes too long or too much memory. */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { builtFile, processorMs, residentMb } from '../processes';
import { inElectron, thisNode } from '../sandbox/node';
import { answerSchema, checkedJson } from './messages';

export interface JudgeLimits {
  /** Processor time of one answer, in milliseconds; on a busy machine it may wait twice as long. */
  timeoutMs: number;
  /** What the compiler may keep in memory; it needs about 150 MB. */
  memoryMb: number;
}

/** Starting takes 1 s of processor time, which a busy machine may give slowly. */
const startTimeoutMs = 60_000;

/** How a question ended: all items came, or why not. */
export type Ending = { done: true } | { wrong: string } | { killed: string };

interface Listener {
  item: (item: unknown) => void;
  ready: () => void;
  end: (ending: Ending) => void;
}

export class JudgeProcess {
  alive = true;
  #listener: Listener | null = null;
  #starting: ((why: string | null) => void) | null = null;
  #errors = '';
  #why: string | null = null;
  #lastWord = performance.now();
  readonly #killWithParent = () => this.kill();

  private constructor(
    private readonly child: ChildProcess,
    private readonly limits: JudgeLimits,
  ) {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#errors = (this.#errors + text).slice(-4000)));
    child.on('message', (message) => this.#hear(message));
    const end = () => {
      this.alive = false;
      process.removeListener('exit', this.#killWithParent);
      const why = this.#why ?? (/heap|memory/i.test(this.#errors) ? this.#tooMuch() : 'The compiler’s process ended on this code.');
      this.#listener?.end({ killed: why });
      this.#starting?.(this.#errors.trim().split('\n')[0] || 'its process ended');
    };
    child.on('error', (error) => {
      this.#errors += error.message;
      end();
    });
    child.on('exit', end);
    process.on('exit', this.#killWithParent);
  }

  /** @throws a sentence when it cannot be started */
  static async start(limits: JudgeLimits): Promise<JudgeProcess> {
    const script = builtFile('judge', 'main.cjs', import.meta.url, 'The TypeScript judge');
    const node = thisNode();
    // It runs no code and reads the library's files alone; where Node can hold it to that, it does. An editor's own Node cannot.
    const confined = inElectron() ? [] : [node.permissionFlag, `--allow-fs-read=${path.join(path.dirname(script), '*')}`];
    const flags = [...confined, '--no-warnings', '--disallow-code-generation-from-strings', `--max-old-space-size=${limits.memoryMb}`];
    const child = spawn(node.file, [...flags, script], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      cwd: path.dirname(script),
      env: node.env,
      windowsHide: true,
    });
    const judge = new JudgeProcess(child, limits);
    const timer = setTimeout(() => judge.kill(), startTimeoutMs);
    const why = await new Promise<string | null>((resolve) => (judge.#starting = resolve));
    clearTimeout(timer);
    judge.#starting = null;
    judge.#hold(false);
    if (why === null) return judge;
    judge.kill();
    throw new Error(`The TypeScript judge did not start (${why}).`);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  kill(): void {
    this.alive = false;
    this.child.kill('SIGKILL');
  }

  /** One question at a time. Each item has the whole time limit. */
  ask(question: string, asked: unknown, onItem: (item: unknown) => void, onReady: () => void): Promise<Ending> {
    this.#hold(true);
    this.#lastWord = performance.now();
    const watch = this.#watch();
    return new Promise<Ending>((resolve) => {
      this.#listener = { item: onItem, ready: onReady, end: resolve };
      if (this.alive) this.child.send({ question, asked }, (error) => error && this.#listener?.end({ killed: 'The compiler’s process ended.' }));
      else resolve({ killed: 'The compiler’s process ended.' });
    }).finally(() => {
      clearInterval(watch);
      this.#listener = null;
      this.#hold(false);
    });
  }

  #hear(message: unknown): void {
    this.#lastWord = performance.now();
    try {
      const answer = checkedJson(answerSchema, message);
      if ('started' in answer) this.#starting?.(null);
      else if ('ready' in answer) this.#listener?.ready();
      else if ('item' in answer) this.#listener?.item(answer.item);
      else this.#listener?.end(answer);
    } catch (error) {
      this.#listener?.end({ wrong: (error as Error).message });
      this.kill(); // answers still under way belong to no one
    }
  }

  #watch(): NodeJS.Timeout {
    let word = this.#lastWord;
    let processorBefore = processorMs(this.pid);
    // Overdue twice in a row, with messages handled in between: a busy parent is not the code's fault.
    let overdue = false;
    return setInterval(() => {
      const { timeoutMs, memoryMb } = this.limits;
      const processor = processorMs(this.pid);
      if (word !== this.#lastWord) {
        word = this.#lastWord;
        processorBefore = processor;
      }
      const late = performance.now() - word;
      // What V8 holds besides its old objects is below that.
      if (residentMb(this.pid) > memoryMb + 400) this.#end(this.#tooMuch());
      else if (late < timeoutMs || (processor - processorBefore < timeoutMs && late < 2 * timeoutMs)) overdue = false;
      else if (overdue) this.#end(`The type could not be told in ${timeoutMs / 1000} s.`);
      else overdue = true;
    }, 50);
  }

  #tooMuch(): string {
    return `The type could not be told: the compiler needs more than ${this.limits.memoryMb} MB of memory for it.`;
  }

  #end(why: string): void {
    this.#why ??= why;
    this.kill();
  }

  /** Whether the process and its pipes keep this process running. */
  #hold(held: boolean): void {
    for (const part of [this.child, this.child.channel, this.child.stderr]) {
      const handle = part as { ref?: () => void; unref?: () => void } | null | undefined;
      if (held) handle?.ref?.();
      else handle?.unref?.();
    }
  }
}
