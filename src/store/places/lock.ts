/** One download at a time into a folder, also when the editor and the command line both want it. */
import { open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';

const LOCK = '.lock';
/** Whoever holds a lock says so this often; one that has been silent for longer than that is of a process that is gone. */
const BEAT_MS = 5_000;
const SILENCE_MS = 60_000;

/** @throws a sentence when another process, or this one, is at it */
export async function withLock<T>(folder: string, what: string, work: () => Promise<T>): Promise<T> {
  const file = path.join(folder, LOCK);
  for (let tries = 0; !(await take(file)); tries++) {
    if (tries > 0 || (await isHeld(file))) {
      throw new Error(`${what} is being downloaded or removed already. Wait for it, or stop it first; what was killed counts as gone after a minute.`);
    }
    await rm(file, { force: true });
  }
  const beat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => undefined), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(file, { force: true });
  }
}

/** Writes the lock; false where there is one. */
async function take(file: string): Promise<boolean> {
  const handle = await open(file, 'wx').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return null;
    throw error;
  });
  await handle?.writeFile(`${process.pid} ${hostname()}`);
  await handle?.close();
  return handle !== null;
}

/** Processes of other machines, and of containers, go by how long they have been silent; so does a lock that is not written yet. */
async function isHeld(file: string): Promise<boolean> {
  const info = await stat(file).catch(() => undefined);
  if (!info || Date.now() - info.mtimeMs > SILENCE_MS) return false;
  const [pid, host] = (await readFile(file, 'utf8').catch(() => '')).split(' ');
  return host !== hostname() || isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
