/** Tar archives: the files of a gzipped tarball, as Python's source distributions are. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const BLOCK = 512;
/** Unpacked, no source distribution that is read here comes near it. */
const MOST_BYTES = 1 << 30;

/**
 * The regular files of a `.tar.gz`, in archive order (ustar, GNU long names and pax paths).
 * @throws a sentence when the file is no such archive
 */
export function* readTarGz(file: string): Generator<{ name: string; read(): Buffer }> {
  let tar: Buffer;
  try {
    tar = gunzipSync(readFileSync(file), { maxOutputLength: MOST_BYTES });
  } catch (error) {
    throw new Error(`${file} is not a readable .tar.gz archive: ${(error as Error).message}.`, { cause: error });
  }
  let longName: string | undefined;
  for (let at = 0; at < tar.length; ) {
    const header = tar.subarray(at, at + BLOCK);
    if (header.length < BLOCK) throw new Error(`${file}: the tar archive ends inside the header at byte ${at}.`);
    if (header.every((byte) => byte === 0)) return;
    const size = parseInt(text(header, 124, 12), 8);
    if (!(size >= 0) || at + BLOCK + size > tar.length) throw new Error(`${file}: the tar header at byte ${at} is damaged.`);
    const body = tar.subarray(at + BLOCK, at + BLOCK + size);
    const kind = String.fromCharCode(header[156]);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    if (kind === 'L') longName = text(body, 0, size);
    else if (kind === 'x') longName = /\d+ path=(.*)\n/.exec(body.toString('utf8'))?.[1] ?? longName;
    else if (kind === '0' || kind === '\0') {
      const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : '';
      const short = text(header, 0, 100);
      yield { name: longName ?? (prefix === '' ? short : `${prefix}/${short}`), read: () => body };
      longName = undefined;
    } else longName = undefined;
  }
}

/** The text of a field that a zero byte ends. */
function text(bytes: Buffer, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? length : end);
}
