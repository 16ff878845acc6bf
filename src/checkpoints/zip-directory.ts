/** The directory of a ZIP archive that holds .npy arrays (PKWARE's APPNOTE, without ZIP64's large files and encryption). */
import type { FileHandle } from 'node:fs/promises';
import { CheckpointError, quoteName } from './checkpoint-error';

/** Files of arrays hold a handful; Gemma Scope's hold five. */
export const MAX_MEMBERS = 64;

export interface ZipMember {
  /** A plain name that ends with `.npy`. */
  readonly name: string;
  readonly method: 'stored' | 'deflated';
  /** Where its (packed) bytes begin in the archive. */
  readonly offset: number;
  readonly packedSize: number;
  /** Bytes when unpacked. */
  readonly size: number;
  /** CRC-32 of the unpacked bytes. */
  readonly checksum: number;
}

const END = { signature: 0x06054b50, bytes: 22 };
const ENTRY = { signature: 0x02014b50, bytes: 46 };
const LOCAL = { signature: 0x04034b50, bytes: 30 };
const MAX_COMMENT = 0xffff;
const MAX_ENTRY_BYTES = 1024;
/** ZIP64 marks sizes and offsets that do not fit 32 bits with this. */
const IN_ZIP64 = 0xffffffff;
const ENCRYPTED = 1;

/** The members in the order of their bytes. Throws a {@link CheckpointError} for anything numpy does not write. */
export async function readDirectory(handle: FileHandle, file: string, fileSize: number): Promise<ZipMember[]> {
  const end = await findEnd(handle, file, fileSize);
  const directory = await readAt(handle, file, end.offset, end.size);
  const members: ZipMember[] = [];
  const names = new Set<string>();
  let at = 0;
  for (let i = 0; i < end.entries; i++) {
    if (at + ENTRY.bytes > directory.length || directory.readUInt32LE(at) !== ENTRY.signature) {
      throw new CheckpointError(file, `has a damaged ZIP directory (entry ${i}); download it again.`);
    }
    const lengths = [28, 30, 32].map((field) => directory.readUInt16LE(at + field));
    const next = at + ENTRY.bytes + lengths[0]! + lengths[1]! + lengths[2]!;
    if (next > directory.length) throw new CheckpointError(file, `has a damaged ZIP directory (entry ${i}); download it again.`);
    const member = await readEntry(handle, file, directory.subarray(at, next), end.offset);
    if (names.has(member.name)) throw new CheckpointError(file, 'is in the file twice.', member.name);
    names.add(member.name);
    members.push(member);
    at = next;
  }
  members.sort((a, b) => a.offset - b.offset);
  members.forEach((member, i) => {
    const before = members[i - 1];
    if (before && before.offset + before.packedSize > member.offset) {
      throw new CheckpointError(file, `overlaps ${quoteName(before.name)}.`, member.name);
    }
  });
  return members;
}

/** The record at the end of an archive: how many entries, and where their directory lies. */
async function findEnd(handle: FileHandle, file: string, fileSize: number): Promise<{ entries: number; offset: number; size: number }> {
  const tail = await readAt(handle, file, Math.max(0, fileSize - END.bytes - MAX_COMMENT), Math.min(fileSize, END.bytes + MAX_COMMENT));
  let at = tail.length - END.bytes;
  while (at >= 0 && !(tail.readUInt32LE(at) === END.signature && at + END.bytes + tail.readUInt16LE(at + 20) === tail.length)) at--;
  if (at < 0) throw new CheckpointError(file, 'is not a whole .npz file: the directory at its end is missing; download it again.');
  const [entries, size, offset] = [tail.readUInt16LE(at + 10), tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
  if (offset === IN_ZIP64 || size === IN_ZIP64) throw new CheckpointError(file, 'is larger than 4 GiB (ZIP64), which is not supported.');
  if (entries === 0 || entries > MAX_MEMBERS || size > MAX_MEMBERS * MAX_ENTRY_BYTES) {
    throw new CheckpointError(file, `has ${entries} members in a directory of ${size} bytes; 1 to ${MAX_MEMBERS} short ones are allowed.`);
  }
  const endAt = fileSize - tail.length + at;
  if (offset + size > endAt) throw new CheckpointError(file, 'has a ZIP directory beyond its end; download it again.');
  return { entries, offset, size };
}

async function readEntry(handle: FileHandle, file: string, entry: Buffer, directoryStart: number): Promise<ZipMember> {
  const name = entry.toString('latin1', ENTRY.bytes, ENTRY.bytes + entry.readUInt16LE(28));
  // A plain name: no separator, drive letter, "..", control character or other script.
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,100}\.npy$/.test(name)) throw new CheckpointError(file, 'is not the plain name of a .npy array.', name);
  if (entry.readUInt16LE(8) & ENCRYPTED) throw new CheckpointError(file, 'is encrypted.', name);
  const method = ({ 0: 'stored', 8: 'deflated' } as const)[entry.readUInt16LE(10)];
  if (!method) throw new CheckpointError(file, `is compressed with method ${entry.readUInt16LE(10)}; only numpy's (stored, deflated) can be read.`, name);
  const at = (field: number) => entry.readUInt32LE(field);
  const [checksum, packedSize, size, localAt] = [at(16), at(20), at(24), at(42)];
  if ([packedSize, size, localAt].includes(IN_ZIP64)) throw new CheckpointError(file, 'is larger than 4 GiB (ZIP64), which is not supported.', name);
  if (method === 'stored' && packedSize !== size) throw new CheckpointError(file, `has two sizes, ${packedSize} and ${size} bytes.`, name);

  if (localAt + LOCAL.bytes > directoryStart) throw new CheckpointError(file, 'lies outside of the file; download it again.', name);
  const local = await readAt(handle, file, localAt, LOCAL.bytes + name.length);
  const offset = localAt + LOCAL.bytes + local.readUInt16LE(26) + local.readUInt16LE(28);
  const sameName = local.readUInt16LE(26) === name.length && local.toString('latin1', LOCAL.bytes) === name;
  if (local.readUInt32LE(0) !== LOCAL.signature || !sameName || local.readUInt16LE(8) !== entry.readUInt16LE(10)) {
    throw new CheckpointError(file, 'is described differently in the ZIP directory and before its bytes; download it again.', name);
  }
  if (offset + packedSize > directoryStart) throw new CheckpointError(file, 'is cut off; download it again.', name);
  return { name, method, offset, packedSize, size, checksum };
}

async function readAt(handle: FileHandle, file: string, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new CheckpointError(file, 'is cut off; download it again.');
  return buffer;
}
