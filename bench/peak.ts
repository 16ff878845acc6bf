/** Running a program and watching its memory. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

export interface Watched {
  stdout: string;
  /**
   * Peak memory in MB: Linux's proportional set size (a page counts once however often it is mapped), sampled up to ten times a second.
   * Null where the system does not tell.
   */
  peakMb: number | null;
}

const EVERY_MS = 100;
/** The system counts the pages of a large process for tens of milliseconds: it rests this many times as long. */
const REST = 25;

export async function watched(program: string, args: readonly string[]): Promise<Watched> {
  let peak = 0;
  const child = execFile(program, args, { maxBuffer: 10_000_000 });
  let timer: NodeJS.Timeout | undefined;
  const sample = async () => {
    const began = performance.now();
    const text = await readFile(`/proc/${child.pid}/smaps_rollup`, 'utf8').catch(() => '');
    peak = Math.max(peak, Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1000);
    timer = setTimeout(() => void sample(), Math.max(EVERY_MS, REST * (performance.now() - began)));
  };
  timer = setTimeout(() => void sample(), EVERY_MS);
  try {
    return await new Promise((resolve, reject) => {
      let stdout = '';
      let stderr = '';
      child.stdout!.on('data', (text: string) => (stdout += text));
      child.stderr!.on('data', (text: string) => (stderr += text));
      child.on('error', reject);
      child.on('close', (code) => {
        if (code === 0) resolve({ stdout, peakMb: peak > 0 ? peak : null });
        else reject(new Error(`${program} ${args.join(' ')} ended with ${code}: ${stderr.slice(-2000)}`));
      });
    });
  } finally {
    clearTimeout(timer);
  }
}
