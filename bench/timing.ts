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
