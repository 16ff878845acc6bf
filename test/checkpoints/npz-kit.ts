/** Writing .npy arrays and ZIP archives, true or not. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface MemberSpec {
  name: string;
  data: Uint8Array;
  deflate?: boolean;
  /** What the directory claims instead of the truth. */
  size?: number;
  packedSize?: number;
  checksum?: number;
  offset?: number;
  method?: number;
  flags?: number;
  /** The name before the bytes, where it differs from that in the directory. */
  localName?: string;
}

/** A .npy array of float32, or of any bytes under any header. */
export function npy(numbers: readonly number[] | Uint8Array, shape: readonly number[], header?: string, version = [1, 0]): Uint8Array {
  const data = numbers instanceof Uint8Array ? numbers : new Uint8Array(Float32Array.from(numbers).buffer);
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = header ?? `{'descr': '<f4', 'fortran_order': False, 'shape': (${sizes}), }`;
  const prefix = version[0] === 1 ? 10 : 12;
  const padded = text.padEnd(Math.ceil((prefix + text.length + 1) / 64) * 64 - prefix - 1) + '\n';
  const bytes = Buffer.alloc(prefix + padded.length);
  bytes.write('\x93NUMPY', 'latin1');
  bytes.set(version, 6);
  if (version[0] === 1) bytes.writeUInt16LE(padded.length, 8);
  else bytes.writeUInt32LE(padded.length, 8);
  bytes.write(padded, prefix, 'latin1');
  return Buffer.concat([bytes, data]);
}

export function zip(members: readonly MemberSpec[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, data, deflate = false, localName = name, ...claims } of members) {
    const packed = deflate ? deflateRawSync(data) : Buffer.from(data);
    const method = claims.method ?? (deflate ? 8 : 0);
    const fields = [claims.checksum ?? crc32(data), claims.packedSize ?? packed.length, claims.size ?? data.length];
    const local = Buffer.alloc(30 + localName.length);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    fields.forEach((field, i) => local.writeUInt32LE(field, 14 + 4 * i));
    local.writeUInt16LE(localName.length, 26);
    local.write(localName, 30, 'latin1');
    const entry = Buffer.alloc(46 + name.length);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(claims.flags ?? 0, 8);
    entry.writeUInt16LE(method, 10);
    fields.forEach((field, i) => entry.writeUInt32LE(field, 16 + 4 * i));
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(claims.offset ?? at, 42);
    entry.write(name, 46, 'latin1');
    parts.push(local, packed);
    directory.push(entry);
    at += local.length + packed.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, entries, end]);
}
