import { readSync } from 'node:fs';
import { CheckpointError } from '../checkpoint-error';

const CHUNK_BYTES = 1 << 20;

/** Reads a file from its start, little-endian, never past its end or past `limit`, and never allocating more than is there. */
export class Cursor {
  /** Bytes from the start of the file. */
  position = 0;
  private chunk = Buffer.alloc(0);
  private chunkStart = 0;

  constructor(
    private readonly descriptor: number,
    private readonly file: string,
    /** Bytes of the whole file. */
    private readonly size: number,
    /** What is read here may not be longer than this. */
    private readonly limit: number,
  ) {}

  u8 = (): number => this.take(1).readUInt8();
  u32 = (): number => this.take(4).readUInt32LE();
  u64 = (): bigint => this.take(8).readBigUInt64LE();

  /** The next bytes; valid until the next call. */
  take(bytes: number): Buffer {
    const end = this.position + bytes;
    if (end > this.size) throw new CheckpointError(this.file, 'ends within its header: it is cut off; download it again.');
    if (end > this.limit) throw new CheckpointError(this.file, `has a header of more than ${this.limit} bytes, the limit.`);
    if (end > this.chunkStart + this.chunk.length) this.fill(bytes);
    const at = this.position - this.chunkStart;
    this.position = end;
    return this.chunk.subarray(at, at + bytes);
  }

  private fill(bytes: number): void {
    this.chunk = Buffer.alloc(Math.min(Math.max(bytes, CHUNK_BYTES), this.size - this.position));
    this.chunkStart = this.position;
    for (let done = 0; done < this.chunk.length;) {
      const read = readSync(this.descriptor, this.chunk, done, this.chunk.length - done, this.position + done);
      if (read === 0) throw new CheckpointError(this.file, 'became shorter while it was read; try again.');
      done += read;
    }
  }
}
