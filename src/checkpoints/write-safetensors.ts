import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CheckpointError } from './checkpoint-error';
import { byteLength, narrow } from './dtype';
import type { FloatDtype } from './dtype';
import { MAX_DIMENSIONS, MAX_HEADER_BYTES, MAX_NAME_LENGTH } from './safetensors';

const CHUNK_ELEMENTS = 1 << 20;

export interface NamedArray {
  name: string;
  shape: readonly number[];
  /** Row-major. */
  data: Float32Array;
  /** What this tensor is stored as, where that differs from the others. */
  dtype?: FloatDtype;
}

/** Whole numbers, stored as I32. */
export interface NamedInts {
  name: string;
  shape: readonly number[];
  /** Row-major. */
  data: Int32Array;
}

export interface WriteOptions {
  metadata?: Record<string, string>;
  /** What floats are stored as, rounded to nearest; F32 unless told. */
  dtype?: FloatDtype;
}

/**
 * Writes one safetensors file, tensors in the order given. The file appears whole or not at all: it is written beside
 * its final place and renamed. Throws a {@link CheckpointError} when a tensor could not be read back.
 */
export async function writeSafetensors(
  path: string,
  tensors: readonly (NamedArray | NamedInts)[],
  options: WriteOptions = {},
): Promise<void> {
  const file = resolve(path);
  const typed = tensors.map((tensor): Stored => ({ ...tensor, dtype: dtypeOf(tensor, options.dtype ?? 'F32') }));
  const header = encodeHeader(file, typed, options.metadata);
  for (const tensor of typed) checkLength(file, tensor);
  const temporary = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(header);
      for (const { data, dtype } of typed) await writeNumbers(handle, data, dtype);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

interface Stored {
  name: string;
  shape: readonly number[];
  data: Float32Array | Int32Array;
  dtype: FloatDtype | 'I32';
}

function dtypeOf(tensor: NamedArray | NamedInts, floats: FloatDtype): Stored['dtype'] {
  if (tensor.data instanceof Int32Array) return 'I32';
  return ('dtype' in tensor ? tensor.dtype : undefined) ?? floats;
}

/**
 * What comes before the tensors' bytes: length and JSON, padded with spaces so that the data starts at a multiple of eight
 * bytes. Throws a {@link CheckpointError} when a tensor could not be read back; `file` is for its message.
 */
export function encodeHeader(
  file: string,
  tensors: readonly Pick<Stored, 'name' | 'shape' | 'dtype'>[],
  metadata?: Record<string, string>,
): Uint8Array {
  const entries = new Map<string, unknown>();
  if (metadata) entries.set('__metadata__', metadata);
  let offset = 0;
  for (const { name, shape, dtype } of tensors) {
    checkTensor(file, name, shape);
    if (entries.has(name)) throw new CheckpointError(file, 'is given twice.', name);
    const end = offset + byteLength(dtype, elementsOf(shape));
    entries.set(name, { dtype, shape, data_offsets: [offset, end] });
    offset = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const padded = Math.ceil(json.length / 8) * 8;
  if (padded > MAX_HEADER_BYTES) throw new CheckpointError(file, `would need a header of ${padded} bytes.`);
  const bytes = new Uint8Array(8 + padded).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(json, 8);
  return bytes;
}

function checkTensor(file: string, name: string, shape: readonly number[]): void {
  if (name.length === 0 || name.length > MAX_NAME_LENGTH || name === '__metadata__') {
    throw new CheckpointError(file, 'cannot be written under this name.', name);
  }
  if (shape.length > MAX_DIMENSIONS || !shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw new CheckpointError(file, `cannot have the shape [${shape.join(', ')}].`, name);
  }
}

function checkLength(file: string, { name, shape, data }: Stored): void {
  const elements = elementsOf(shape);
  if (elements !== data.length) {
    throw new CheckpointError(file, `has ${data.length} numbers, but [${shape.join(', ')}] takes ${elements}.`, name);
  }
}

function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

async function writeNumbers(handle: FileHandle, data: Float32Array | Int32Array, dtype: Stored['dtype']): Promise<void> {
  for (let at = 0; at < data.length; at += CHUNK_ELEMENTS) {
    const bits = new Uint32Array(data.buffer, data.byteOffset + 4 * at, Math.min(CHUNK_ELEMENTS, data.length - at));
    if (dtype === 'F32' || dtype === 'I32') {
      await handle.writeFile(new Uint8Array(bits.buffer, bits.byteOffset, bits.byteLength));
    } else {
      const stored = new Uint16Array(bits.length);
      narrow(bits, dtype, stored);
      await handle.writeFile(new Uint8Array(stored.buffer));
    }
  }
}
