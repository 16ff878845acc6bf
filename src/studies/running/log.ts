/**
 * Append-only logs: a line of JSON for each item that is done. A line is whole or it is not there: one that was cut, by a kill or a full
 * disk, is dropped when the log is next opened, and its item is done again.
 */
import { closeSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { fileProblem } from '../../protocol/words/file-problem';
import { linesOf } from '../lines';

/** What is written through; tests give a disk that fills up. */
export interface Disk {
  write(fd: number, bytes: Uint8Array, at: number): number;
}

const realDisk: Disk = { write: (fd, bytes, at) => writeSync(fd, bytes, at) };

/** What is known to be on the disk is at most so old, in milliseconds, should the machine stop. */
const SYNC_EVERY = 2_000;

export class Log {
  private synced = Date.now();

  private constructor(
    private readonly file: string,
    private readonly fd: number,
    private length: number,
    private readonly disk: Disk,
  ) {}

  /** Opens a log to append to it, without a cut last line. */
  static open(file: string, disk: Disk = realDisk): Log {
    const fd = openSync(file, 'a+');
    const length = wholeLength(fd);
    ftruncateSync(fd, length);
    return new Log(file, fd, length, disk);
  }

  /** @throws a sentence where it cannot be written; nothing of the line is then there */
  append(value: unknown): void {
    const bytes = Buffer.from(`${JSON.stringify(value)}\n`);
    try {
      for (let at = 0; at < bytes.length;) at += this.disk.write(this.fd, bytes, at);
      this.length += bytes.length;
      if (Date.now() - this.synced > SYNC_EVERY) this.sync();
    } catch (error) {
      ftruncateSync(this.fd, this.length);
      const why = fileProblem(error, this.file, 'write') ?? `${this.file} could not be written: ${(error as Error).message}.`;
      throw new Error(`${why} What was done by then is kept; make room and resume the study.`, { cause: error });
    }
  }

  sync(): void {
    fsyncSync(this.fd);
    this.synced = Date.now();
  }

  close(): void {
    this.sync();
    closeSync(this.fd);
  }
}

/** Where the last whole line ends. */
function wholeLength(fd: number): number {
  const chunk = Buffer.alloc(1 << 16);
  let [length, at] = [0, 0];
  for (let read = readSync(fd, chunk, 0, chunk.length, at); read > 0; read = readSync(fd, chunk, 0, chunk.length, at)) {
    const last = chunk.subarray(0, read).lastIndexOf(10);
    if (last >= 0) length = at + last + 1;
    at += read;
  }
  return length;
}

/** What the whole lines of a log say. @throws a sentence where a line is not JSON, as somebody else wrote it */
export async function* logLines(file: string): AsyncGenerator<unknown> {
  for await (const { text, number, whole } of linesOf(file)) {
    if (!whole) return;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw new Error(`${file}, line ${number} is not what a study writes. Delete the line, and resume the study.`, { cause: error });
    }
    yield value;
  }
}
