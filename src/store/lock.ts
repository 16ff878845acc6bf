/** One download at a time into a folder, also when the editor and the command line both want it. */
import { open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

const LOCK = '.lock';

/** @throws a sentence when another process, or this one, is at it */
export async function withLock<T>(folder: string, what: string, work: () => Promise<T>): Promise<T> {
  const file = path.join(folder, LOCK);
  for (let tries = 0; ; tries++) {
    const handle = await open(file, 'wx').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return null;
      throw error;
    });
    if (handle) {
      await handle.writeFile(String(process.pid));
      await handle.close();
      break;
    }
    const pid = Number(await readFile(file, 'utf8').catch(() => ''));
    if (isRunning(pid) || tries > 0) throw new Error(`${what} is being downloaded or removed already${pid ? ` (by process ${pid})` : ''}. Wait for it, or stop it first.`);
    await rm(file, { force: true }); // its process is gone
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
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
