/** Whether a model fits this machine, and the words for when it does not. */
import type { LoadEstimate } from '../models/models';

/** Of what is free: the estimate is rough, and other programs want some. */
const SHARE = 0.9;

/** What a model exceeds: all that the machine has, or what is free now; null when it fits. */
export function exceededBy({ memory, machine, free }: LoadEstimate): 'machine' | 'free' | null {
  if (memory > machine) return 'machine';
  return memory > SHARE * (free ?? machine) ? 'free' : null;
}

/** `org/name needs about 9.4 GB, and this machine has 8.2 GB, of which 6.1 GB are free.` */
export function memoryWords(name: string, { memory, machine, free }: LoadEstimate): string {
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  const now = free === null ? '' : `, of which ${gigabytes(free)} are free`;
  return `${name} needs about ${gigabytes(memory)} of memory, and this machine has ${gigabytes(machine)}${now}.`;
}
