/** Load time and memory of a model, in a process of its own. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Model } from '../src/model';

export interface LoadFigures {
  /** From nothing to the first prediction of a 24-token prompt. */
  seconds: number;
  /** Peak resident memory of the process, in MB, and the weights' size. */
  peakMb: number;
  weightsMb: number;
}

export async function benchLoad(folder: string, threads: number): Promise<LoadFigures> {
  const { stdout } = await promisify(execFile)(process.execPath, [process.argv[1], '--load', folder, String(threads)]);
  return JSON.parse(stdout) as LoadFigures;
}

/** What the process of its own does. */
export async function measureLoad(folder: string, threads: number): Promise<LoadFigures> {
  const start = performance.now();
  const model = await Model.load(folder, { threads });
  const run = await model.run([Array.from({ length: 24 }, (_, i) => i)]);
  await model.logits(run, [23]);
  const seconds = (performance.now() - start) / 1000;
  return { seconds, peakMb: process.resourceUsage().maxRSS / 1024, weightsMb: model.checkpoint.bytes / 1e6 };
}
