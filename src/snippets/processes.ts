/** Processes that this one starts: the files that they run, what they use, and when they end. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * A file that a process runs: beside the source that asks for it, or where the build puts it (`dist/FOLDER`).
 * @param from the `import.meta.url` of the source
 * @param what begins the sentence where there is none
 */
export function builtFile(folder: string, name: string, from: string, what: string): string {
  const places = ['.', `./${folder}`, `../${folder}`, `../../../dist/${folder}`];
  const found = places.map((place) => fileURLToPath(new URL(`${place}/${name}`, from))).find((file) => existsSync(file));
  if (!found) throw new Error(`${what} is incomplete: ${name} is missing. Build again (npm run build).`);
  return realpathSync(found);
}

/** Resident memory, where the system tells (Linux), else 0. */
export function residentMb(pid: number | undefined): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Processor time used so far, where the system tells (Linux), else the wall clock. */
export function processorMs(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10; // ticks of 10 ms
  } catch {
    return performance.now();
  }
}
