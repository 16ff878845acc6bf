/** Long runs in the background: they take what others leave, and end between two steps. */
import { writeFile } from 'node:fs/promises';
import os from 'node:os';

/**
 * Gives this process a low priority, and where Linux shares the processors among sessions (autogroup) its session too: there a process's
 * own niceness counts within its session only.
 */
export async function takeLowPriority(niceness = 15): Promise<void> {
  os.setPriority(Math.max(niceness, os.getPriority()));
  await writeFile('/proc/self/autogroup', String(niceness)).catch(() => undefined); // not Linux, or without autogroups
}

/** A signal that aborts when the process is asked to end (SIGINT, SIGTERM); a second time ends it at once. */
export function endWhenAsked(say: (text: string) => void): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      say('Stopping after this step; run the command again to go on.');
      stop.abort();
    });
  }
  return stop.signal;
}
