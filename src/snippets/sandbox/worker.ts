import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { builtFile, processorMs, residentMb } from '../processes';
import { inElectron, nodeOnPath, thisNode, type Here, type NodeHost } from './node';

/**
 * What running a program showed. `label` is the exception's class name (also of classes the program defines),
 * 'no error', or why it could not be judged: 'timeout', 'memory limit', 'not contained', 'exited'.
 * `line` (from 1) is where in the program it was raised.
 */
export interface Outcome {
  label: string;
  message: string | null;
  line: number | null;
  /** The Python that said so, as in '3.14.2'. */
  python?: string;
  /** Who else said so: "the code", "TypeScript". */
  by?: string;
  /** What is to be known about it, as a sentence. */
  note?: string;
  /** Present where the code only defines, so that "no error" says nothing: the functions and classes that nothing calls. */
  uncalled?: string[];
}

/** How programs are run. */
export interface RunOptions {
  /** As a cell of a notebook: inside of an event loop, so that `await` stands outside of functions too, and without `__file__`. */
  cell?: boolean;
}

const longestProgram = 200_000;
const mostInFlight = 128;
const startTimeoutMs = 600_000; // 5 s of processor time, which a busy machine may give slowly
/** A loop in Python is interrupted in time from inside the process; what is still running after this is killed. */
const graceMs = 300;

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** One process that runs programs. */
export class Worker {
  alive = true;
  /** Python's version. */
  python = '';
  #why: Outcome = { label: 'exited', message: 'The program ended the Python interpreter.', line: null };
  #onLine: (line: string) => void = () => undefined;
  #onEnd: () => void = () => undefined;
  #errors = '';
  readonly #killWithParent = () => this.kill();

  private constructor(
    private readonly child: Child,
    private readonly timeoutMs: number,
    private readonly memoryMb: number,
  ) {
    let rest = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#onLine(line);
    });
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => (this.#errors = (this.#errors + text).slice(-2000)));
    child.stdin.on('error', () => undefined); // the process has ended; 'close' tells
    const end = () => {
      this.alive = false;
      process.removeListener('exit', this.#killWithParent);
      this.#onEnd();
    };
    child.on('error', (error) => {
      this.#errors += error.message;
      end();
    });
    child.on('close', end);
    process.on('exit', this.#killWithParent);
  }

  /** Inside an editor, where its own Node cannot be confined, another one does it. */
  static async start(timeoutMs: number, memoryMb: number, here: Here = process): Promise<Worker> {
    try {
      return await Worker.startIn(thisNode(here), timeoutMs, memoryMb);
    } catch (error) {
      if (!inElectron(here)) throw error;
      const other = nodeOnPath(here);
      if (other) return Worker.startIn(other, timeoutMs, memoryMb);
      const advice = 'Install Node 20.19 or newer (https://nodejs.org), so that the PATH has it, and start the editor again.';
      throw new Error(`${(error as Error).message} ${advice}`, { cause: error });
    }
  }

  private static async startIn(node: NodeHost, timeoutMs: number, memoryMb: number): Promise<Worker> {
    const script = beside('child.mjs');
    const snapshot = beside('python.snapshot');
    const pyodide = realpathSync(path.dirname(createRequire(import.meta.url).resolve('pyodide/package.json')));
    const flags = [
      node.permissionFlag,
      `--allow-fs-read=${path.join(pyodide, '*')}`,
      `--allow-fs-read=${path.join(path.dirname(script), '*')}`,
      `--allow-fs-read=${snapshot}`,
      '--disallow-code-generation-from-strings',
      '--experimental-vm-modules',
      '--no-warnings',
      '--max-old-space-size=256',
      ...stackFlags(),
    ];
    const child = spawn(node.file, [...flags, script, pyodide, snapshot, String(memoryMb), String(timeoutMs)], {
      stdio: ['pipe', 'pipe', 'pipe'],
      cwd: path.dirname(script),
      env: node.env,
      windowsHide: true,
    });
    const worker = new Worker(child, timeoutMs, memoryMb);
    const timer = setTimeout(() => worker.kill(), startTimeoutMs);
    try {
      const first = await new Promise<string | null>((resolve) => {
        worker.#onLine = resolve;
        worker.#onEnd = () => resolve(null);
      });
      const state = first === null ? { refused: worker.#errors.trim() || 'its process ended' } : JSON.parse(first);
      worker.python = state.python;
      if (!state.ready) throw new Error(`No Python program is run: the sandbox did not start (${state.refused}).`);
    } catch (error) {
      worker.kill();
      throw error;
    } finally {
      clearTimeout(timer);
    }
    worker.#hold(false);
    return worker;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  kill(): void {
    this.alive = false;
    this.child.kill('SIGKILL');
  }

  /**
   * Runs programs in order. Gives the outcome of the one that ended the process, if one did; null when all were run or
   * the process can run no more.
   */
  async runAll(codes: readonly string[], onOutcome: (outcome: Outcome) => void, how: RunOptions = {}): Promise<Outcome | null> {
    if (!this.alive) return this.#why;
    this.#hold(true);
    let sent = 0;
    let done = 0;
    let begun = 0; // when the program now running began
    const send = () => {
      for (; sent < codes.length && sent - done < mostInFlight; sent++) {
        const code = codes[sent];
        // A program too long to be judged keeps its turn, and is not run.
        const program = code.length > longestProgram ? '' : code;
        this.child.stdin.write(`${JSON.stringify(how.cell ? { cell: program } : program)}\n`);
      }
    };
    // Overdue twice in a row, with input handled in between: a busy parent is not the program's fault.
    let overdue = false;
    let watched = -1;
    let processorBefore = 0;
    const watch = setInterval(() => {
      if (residentMb(this.child.pid) > this.memoryMb + 400) {
        this.#why = { label: 'memory limit', message: `The program needed more than ${this.memoryMb} MB.`, line: null };
        this.kill();
      }
      const limit = this.timeoutMs + graceMs;
      const processor = processorMs(this.child.pid);
      if (watched !== done) {
        watched = done;
        processorBefore = processor;
      }
      const late = performance.now() - begun;
      if (late < limit || (processor - processorBefore < limit && late < 4 * limit)) overdue = false;
      else if (!overdue) overdue = true;
      else {
        this.#why = { label: 'timeout', message: `The program ran for more than ${this.timeoutMs} ms.`, line: null };
        this.kill();
      }
    }, 50);
    try {
      return await new Promise<Outcome | null>((resolve, reject) => {
        this.#onEnd = () => resolve(this.#why);
        this.#onLine = (line) => {
          try {
            const tooLong = codes[done].length > longestProgram;
            done += 1;
            begun = performance.now();
            overdue = false;
            const { last, ...outcome } = JSON.parse(line) as Outcome & { last?: boolean };
            if (last) this.kill();
            onOutcome({ ...(tooLong ? tooLongOutcome() : outcome), python: this.python });
            if (last || done === codes.length) resolve(null);
            else send();
          } catch (error) {
            this.kill(); // answers still under way belong to no one
            reject(error);
          }
        };
        begun = performance.now();
        send();
      });
    } finally {
      clearInterval(watch);
      this.#onLine = () => undefined;
      this.#onEnd = () => undefined;
      this.#hold(false);
    }
  }

  /** Whether the process and its pipes keep this process running. */
  #hold(held: boolean): void {
    for (const part of [this.child, this.child.stdin, this.child.stdout, this.child.stderr]) {
      const handle = part as { ref?: () => void; unref?: () => void };
      if (held) handle.ref?.();
      else handle.unref?.();
    }
  }
}

/**
 * Lets recursion use the main thread's whole stack (less 1.5 MB for the engine's own functions), where its size is
 * known: V8 assumes 1 MB, in which deep recursion through C functions ends before Python counts 1,000 levels.
 */
function stackFlags(): string[] {
  let kilobytes = process.platform === 'darwin' ? 8176 : 0;
  if (existsSync('/proc/self/limits')) {
    const limit = /^Max stack size\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    kilobytes = limit === 'unlimited' ? 8192 : Math.min(Number(limit ?? 0) / 1024, 16384);
  }
  return kilobytes >= 4096 ? [`--stack-size=${Math.floor(kilobytes - 1536)}`] : [];
}

function tooLongOutcome(): Outcome {
  const message = `The program is longer than ${longestProgram.toLocaleString('en')} characters and was not run.`;
  return { label: 'not contained', message, line: null };
}

/** A file of the sandbox. */
const beside = (name: string) => builtFile('sandbox', name, import.meta.url, 'The Python sandbox');
