/** How far a download is, a few times a second. */
import type { DownloadProgress } from '../protocol/models/models';

const EVERY_MS = 200;
/** The rate is that of the last seconds. */
const WINDOW_MS = 4000;

/** Counts the bytes of all files of a download and reports them. */
export class DownloadMeter {
  private readonly here: number[];
  private readonly seen: { at: number; bytes: number }[] = [];
  private number = 1;
  private waiting: string | null = null;
  private last = -Infinity;

  constructor(
    private readonly files: readonly { name: string; size: number }[],
    private readonly report: (progress: DownloadProgress) => void,
    private readonly now: () => number = Date.now,
  ) {
    this.here = files.map(() => 0);
  }

  /** Bytes of a file, by its index, that are here now. What was here before the download does not count as fast. */
  at(index: number, bytes: number, came: boolean): void {
    this.here[index] = bytes;
    const next = this.number !== index + 1;
    this.number = index + 1;
    if (!came) this.seen.length = 0;
    this.send(next);
  }

  /** A file that is here already: counted, and not worth a word. */
  skip(index: number): void {
    this.here[index] = this.files[index].size;
  }

  wait(why: string | null): void {
    this.waiting = why;
    this.seen.length = 0;
    this.send(true);
  }

  end(): void {
    this.send(true);
  }

  private send(now: boolean): void {
    const at = this.now();
    if (!now && at - this.last < EVERY_MS) return;
    this.last = at;
    const bytes = this.here.reduce((sum, of) => sum + of, 0);
    this.seen.push({ at, bytes });
    while (this.seen.length > 1 && at - this.seen[0].at > WINDOW_MS) this.seen.shift();
    const [first] = this.seen;
    const bytesPerSecond = at - first.at >= EVERY_MS ? Math.max(0, Math.round(((bytes - first.bytes) * 1000) / (at - first.at))) : null;
    const total = this.files.reduce((sum, { size }) => sum + size, 0);
    const { number, files, waiting } = this;
    const file = files[number - 1]?.name ?? '';
    this.report({ file, number, files: files.length, bytes, total, bytesPerSecond: waiting === null ? bytesPerSecond : null, waiting });
  }
}
