/** Timing: the best of several runs, so that what else the machine does counts least. */

export async function best(runs: number, run: () => Promise<unknown>): Promise<number> {
  let seconds = Infinity;
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await run();
    seconds = Math.min(seconds, (performance.now() - start) / 1000);
  }
  return seconds;
}

export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Seconds of each round of several, taken in turns, so that what else the machine does meets all of them alike: [which][round]. */
export async function alternately(rounds: number, ...all: (() => Promise<unknown>)[]): Promise<number[][]> {
  const seconds: number[][] = all.map(() => []);
  for (let i = 0; i < rounds; i++) for (const [at, run] of all.entries()) seconds[at].push(await best(1, run));
  return seconds;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
