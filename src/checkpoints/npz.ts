/**
 * Reading .npz files (numpy.savez and savez_compressed): a ZIP archive of .npy arrays. Files come from anywhere, so nothing in them is
 * believed: sizes are limited before memory is taken, and what is unpacked has to have the size and the checksum that were declared.
 */
import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { CheckpointError, quoteName } from './checkpoint-error';
import { widen } from './dtype';
import { NPY_PREFIX_BYTES, parseNpyHeader } from './npy';
import type { StoredTensor } from './safetensors';
import type { NamedArray } from './write-safetensors';
import { readDirectory, type ZipMember } from './zip-directory';

/** Arrays that are compressed are unpacked to memory: at most so many bytes in all, Gemma Scope's width 65k with 2304 inputs twice over. */
export const MAX_UNPACKED_BYTES = 2 ** 31;
/** Deflate packs 1032 bytes into one at best; a member that claims more is a lie. */
const MAX_DEFLATE_RATIO = 1032;
const CHUNK_BYTES = 1 << 22;

const inflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);

/** An array that lies in the file as plain numbers, or one that had to be unpacked to memory. */
export type NpzArray = StoredTensor | NamedArray;

/** Every array by its name (without `.npy`). Throws a {@link CheckpointError} that names the file and the array. */
export async function readNpz(path: string): Promise<ReadonlyMap<string, NpzArray>> {
  const file = resolve(path);
  const info = await stat(file).catch(() => undefined);
  if (!info) throw new CheckpointError(file, 'does not exist.');
  if (!info.isFile()) throw new CheckpointError(file, 'is not a regular file, but an .npz file was expected here.');
  const handle = await open(file, 'r');
  try {
    const members = await readDirectory(handle, file, info.size);
    checkUnpackedSizes(file, members);
    const arrays = new Map<string, NpzArray>();
    for (const member of members) {
      const name = member.name.replace(/\.npy$/, '');
      const array = member.method === 'stored' ? await locate(handle, file, name, member) : await unpack(handle, file, name, member);
      arrays.set(name, array);
    }
    return arrays;
  } finally {
    await handle.close();
  }
}

function checkUnpackedSizes(file: string, members: readonly ZipMember[]): void {
  let total = 0;
  for (const { name, method, size, packedSize } of members) {
    if (method === 'stored') continue;
    if (size > MAX_DEFLATE_RATIO * packedSize + CHUNK_BYTES) {
      throw new CheckpointError(file, `claims ${size} bytes packed into ${packedSize}, which no compression does.`, name);
    }
    total += size;
    if (total > MAX_UNPACKED_BYTES) {
      throw new CheckpointError(file, `unpacks to more than ${MAX_UNPACKED_BYTES} bytes; save it with numpy.savez, which is read in place.`, name);
    }
  }
}

/** A stored member: read once for its checksum, and from then on in place. */
async function locate(handle: FileHandle, file: string, name: string, member: ZipMember): Promise<StoredTensor> {
  const prefix = await read(handle, file, name, member.offset, Math.min(member.size, NPY_PREFIX_BYTES));
  const { dtype, shape, dataStart, dataLength } = parse(file, name, prefix, member);
  let checksum = 0;
  for (let at = 0; at < member.size; at += CHUNK_BYTES) {
    const chunk = await read(handle, file, name, member.offset + at, Math.min(CHUNK_BYTES, member.size - at));
    checksum = crc32(chunk, checksum);
  }
  checkSum(file, name, checksum, member);
  return { name, dtype, shape, file, offset: member.offset + dataStart, length: dataLength };
}

async function unpack(handle: FileHandle, file: string, name: string, member: ZipMember): Promise<NamedArray> {
  const packed = await read(handle, file, name, member.offset, member.packedSize);
  // One byte more than declared may come out, so that a longer stream is noticed; zlib stops there.
  const bytes = await inflate(packed, { maxOutputLength: member.size + 1 }).catch((error: unknown) => {
    const tooLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    const problem = tooLong ? `unpacks to more than the ${member.size} bytes it declares: a zip bomb or damage` : 'is damaged and cannot be unpacked';
    throw new CheckpointError(file, `${problem}; download it again.`, name, { cause: error });
  });
  if (bytes.length !== member.size) throw new CheckpointError(file, `unpacks to ${bytes.length} bytes instead of ${member.size}; download it again.`, name);
  checkSum(file, name, crc32(bytes), member);
  const { dtype, shape, dataStart, dataLength } = parse(file, name, bytes, member);
  const numbers = bytes.buffer.slice(bytes.byteOffset + dataStart, bytes.byteOffset + dataStart + dataLength) as ArrayBuffer;
  if (dtype === 'F32') return { name, shape, data: new Float32Array(numbers) };
  const halves = new Uint16Array(numbers);
  const data = new Float32Array(halves.length);
  widen(halves, 'F16', new Uint32Array(data.buffer));
  return { name, shape, data };
}

function parse(file: string, name: string, bytes: Uint8Array, { size }: ZipMember): ReturnType<typeof parseNpyHeader> {
  let header: ReturnType<typeof parseNpyHeader>;
  try {
    header = parseNpyHeader(bytes);
  } catch (error) {
    throw new CheckpointError(file, `${(error as Error).message}.`, name, { cause: error });
  }
  const has = size - header.dataStart;
  if (has !== header.dataLength) {
    throw new CheckpointError(file, `has ${has} bytes of numbers, but ${header.dtype} [${header.shape.join(', ')}] takes ${header.dataLength}.`, name);
  }
  return header;
}

async function read(handle: FileHandle, file: string, name: string, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(buffer, done, length - done, position + done);
    if (bytesRead === 0) throw new CheckpointError(file, `is cut off inside ${quoteName(name)}; download it again.`);
    done += bytesRead;
  }
  return buffer;
}

function checkSum(file: string, name: string, checksum: number, member: ZipMember): void {
  if (checksum !== member.checksum) throw new CheckpointError(file, 'is damaged (its checksum is wrong); download it again.', name);
}
