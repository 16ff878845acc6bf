/**
 * Reading safetensors files (https://huggingface.co/docs/safetensors): eight bytes with the header's length, a JSON
 * header, then the tensors' bytes without gaps. Files come from anywhere, so nothing in them is believed unchecked.
 * Numbers are little-endian, as is every platform that ONNX Runtime is built for.
 */
import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CheckpointError, quoteName } from './checkpoint-error';
import { byteLength, isFloatDtype, isStoredDtype, widen } from './dtype';
import type { StoredDtype } from './dtype';
import { isObject, parseStrictObject } from './strict-json';

export type { StoredDtype } from './dtype';

/** The reference implementation's own limit; a header this long would describe half a million tensors. */
export const MAX_HEADER_BYTES = 100_000_000;
/** The largest mixture-of-experts models have about 100,000 tensors. */
export const MAX_TENSORS = 500_000;
/** Real names are paths of a few modules, under 200 characters. */
export const MAX_NAME_LENGTH = 1024;
/** Weights have at most 5 dimensions; 16 is beyond any use and keeps hostile shapes short. */
export const MAX_DIMENSIONS = 16;
/** One Float32Array of 8 GiB; more would not fit the machines this is for. */
export const MAX_READ_ELEMENTS = 2 ** 31;

const LENGTH_BYTES = 8;
const CHUNK_ELEMENTS = 1 << 22;

/** Where a tensor's bytes lie. */
export interface StoredTensor {
  name: string;
  dtype: StoredDtype;
  shape: number[];
  /** Absolute path, symbolic links resolved when it comes from a checkpoint. */
  file: string;
  /** Bytes from the start of the file. */
  offset: number;
  /** Bytes. */
  length: number;
}

export interface SafetensorsFile {
  file: string;
  tensors: ReadonlyMap<string, StoredTensor>;
  metadata: Readonly<Record<string, string>>;
}

/** Reads and checks one file's header. Throws a {@link CheckpointError} for anything the format does not allow. */
export async function readSafetensorsHeader(path: string): Promise<SafetensorsFile> {
  const file = resolve(path);
  const handle = await openRegularFile(file);
  try {
    const size = (await handle.stat()).size;
    const header = await readHeaderBytes(handle, file, size);
    const dataStart = LENGTH_BYTES + header.length;
    return parseHeader(header, file, dataStart, size - dataStart);
  } finally {
    await handle.close();
  }
}

/** The tensor's numbers in row-major order, widened to fp32 exactly. Only F32, F16 and BF16 can be read. */
export async function readTensor(tensor: StoredTensor): Promise<Float32Array> {
  const { file, name, dtype, offset, length } = tensor;
  if (!isFloatDtype(dtype)) {
    throw new CheckpointError(file, `has dtype ${dtype}; only F32, F16 and BF16 can be read as numbers.`, name);
  }
  const elements = length / byteLength(dtype, 1);
  if (elements > MAX_READ_ELEMENTS) {
    throw new CheckpointError(file, `has ${elements} numbers, more than ${MAX_READ_ELEMENTS} that fit at once.`, name);
  }
  const values = new Float32Array(elements);
  const bits = new Uint32Array(values.buffer);
  const handle = await openRegularFile(file);
  try {
    for (let at = 0; at < elements; at += CHUNK_ELEMENTS) {
      const count = Math.min(CHUNK_ELEMENTS, elements - at);
      const stored = dtype === 'F32' ? bits.subarray(at, at + count) : new Uint16Array(count);
      if (!(await readFully(handle, stored, offset + byteLength(dtype, at)))) throw cutOff(tensor);
      if (dtype !== 'F32') widen(stored as Uint16Array, dtype, bits.subarray(at, at + count));
    }
  } finally {
    await handle.close();
  }
  return values;
}

/** The tensor's whole numbers in row-major order. Only I32 can be read. */
export async function readInts(tensor: StoredTensor): Promise<Int32Array> {
  const { file, name, dtype, offset, length } = tensor;
  if (dtype !== 'I32') throw new CheckpointError(file, `has dtype ${dtype}, but I32 is needed here.`, name);
  if (length / 4 > MAX_READ_ELEMENTS) {
    throw new CheckpointError(file, `has ${length / 4} numbers, more than ${MAX_READ_ELEMENTS} that fit at once.`, name);
  }
  const values = new Int32Array(length / 4);
  const handle = await openRegularFile(file);
  try {
    if (!(await readFully(handle, new Uint8Array(values.buffer), offset))) throw cutOff(tensor);
  } finally {
    await handle.close();
  }
  return values;
}

function cutOff({ file, name }: StoredTensor): CheckpointError {
  return new CheckpointError(file, 'ends before its last byte: the file was cut since it was opened.', name);
}

async function openRegularFile(file: string): Promise<FileHandle> {
  try {
    // Looked at before it is opened: opening a named pipe would wait for a writer for ever.
    const info = await stat(file);
    if (!info.isFile()) {
      const what = info.isDirectory() ? 'is a folder' : 'is not a regular file';
      throw new CheckpointError(file, `${what}, but a safetensors file was expected here.`);
    }
    return await open(file, 'r');
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    const reason = code === 'ENOENT' ? 'does not exist' : `cannot be opened (${code ?? String(error)})`;
    throw new CheckpointError(file, `${reason}.`, undefined, { cause: error });
  }
}

async function readHeaderBytes(handle: FileHandle, file: string, size: number): Promise<Uint8Array> {
  if (size === 0) throw new CheckpointError(file, 'is empty; download it again.');
  const prefix = new Uint8Array(LENGTH_BYTES);
  if (size < LENGTH_BYTES || !(await readFully(handle, prefix, 0))) {
    throw new CheckpointError(file, `has only ${size} bytes, too few for a safetensors file; download it again.`);
  }
  if (new TextDecoder().decode(prefix) === 'version ') {
    throw new CheckpointError(file, 'is a Git LFS pointer, not the weights; run "git lfs pull" in its folder.');
  }
  const length = new DataView(prefix.buffer).getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES)) {
    throw new CheckpointError(
      file,
      `claims a header of ${length} bytes, over the limit of ${MAX_HEADER_BYTES}; it is not a safetensors file.`,
    );
  }
  if (Number(length) > size - LENGTH_BYTES) {
    throw new CheckpointError(file, `is cut off inside its header (${length} bytes expected); download it again.`);
  }
  const header = new Uint8Array(Number(length));
  if (!(await readFully(handle, header, LENGTH_BYTES))) {
    throw new CheckpointError(file, 'is cut off inside its header; download it again.');
  }
  return header;
}

function parseHeader(header: Uint8Array, file: string, dataStart: number, dataBytes: number): SafetensorsFile {
  if (header[0] !== 0x7b) throw new CheckpointError(file, 'has a header that does not start with "{".');
  let entries: Record<string, unknown>;
  try {
    entries = parseStrictObject(header);
  } catch (error) {
    throw new CheckpointError(file, `has a header that ${(error as Error).message}.`);
  }
  const names = Object.keys(entries).filter((name) => name !== '__metadata__');
  if (names.length > MAX_TENSORS) {
    throw new CheckpointError(file, `lists ${names.length} tensors, over the limit of ${MAX_TENSORS}.`);
  }
  const tensors = new Map<string, StoredTensor>();
  for (const name of names) tensors.set(name, parseTensor(entries[name], name, file, dataStart, dataBytes));
  checkLayout([...tensors.values()], file, dataStart, dataBytes);
  return { file, tensors, metadata: parseMetadata(entries['__metadata__'], file) };
}

function parseTensor(entry: unknown, name: string, file: string, dataStart: number, dataBytes: number): StoredTensor {
  const refuse = (problem: string): never => {
    throw new CheckpointError(file, problem, name);
  };
  if (name.length === 0 || name.length > MAX_NAME_LENGTH) {
    refuse(`has a name of ${name.length} characters; 1 to ${MAX_NAME_LENGTH} are allowed.`);
  }
  if (!isObject(entry)) return refuse('is not described by a JSON object.');
  const unknown = Object.keys(entry).find((key) => key !== 'dtype' && key !== 'shape' && key !== 'data_offsets');
  if (unknown !== undefined) refuse(`has the unknown property ${quoteName(unknown)}.`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (!isStoredDtype(dtype)) return refuse(`has the unknown dtype ${quoteName(JSON.stringify(dtype) ?? 'none')}.`);
  if (!Array.isArray(shape) || !shape.every(isSize)) return refuse('has a shape that is not a list of sizes.');
  if (shape.length > MAX_DIMENSIONS) refuse(`has ${shape.length} dimensions, over the limit of ${MAX_DIMENSIONS}.`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)) {
    return refuse('has data_offsets that are not two whole numbers from 0 up.');
  }
  const [begin, end] = offsets as [number, number];
  if (begin > end) refuse(`has data_offsets in the wrong order: ${begin}, ${end}.`);
  if (end > dataBytes) {
    refuse(`ends at byte ${end} of ${dataBytes} bytes of data: the file is cut off or damaged; download it again.`);
  }
  let elements = 1;
  for (const size of shape) {
    elements *= size;
    if (!Number.isSafeInteger(elements)) refuse(`has a shape too large to count: [${shape.join(', ')}].`);
  }
  const needed = byteLength(dtype, elements);
  if (needed !== end - begin) {
    refuse(`has ${end - begin} bytes, but ${dtype} [${shape.join(', ')}] takes ${needed}.`);
  }
  return { name, dtype, shape: [...shape], file, offset: dataStart + begin, length: end - begin };
}

/** The format allows no overlap and no byte that belongs to no tensor. */
function checkLayout(tensors: StoredTensor[], file: string, dataStart: number, dataBytes: number): void {
  let end = dataStart;
  let previous = '';
  tensors.sort((a, b) => a.offset - b.offset || a.length - b.length);
  for (const tensor of tensors) {
    if (tensor.offset < end) throw new CheckpointError(file, `overlaps tensor ${quoteName(previous)}.`, tensor.name);
    if (tensor.offset > end) {
      throw new CheckpointError(file, `follows ${tensor.offset - end} bytes that belong to no tensor.`, tensor.name);
    }
    end = tensor.offset + tensor.length;
    previous = tensor.name;
  }
  const left = dataStart + dataBytes - end;
  if (left > 0) throw new CheckpointError(file, `has ${left} bytes after its last tensor that belong to none.`);
}

function parseMetadata(metadata: unknown, file: string): Record<string, string> {
  if (metadata === undefined) return {};
  if (!isObject(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) {
    throw new CheckpointError(file, 'has a __metadata__ that is not a map of strings.');
  }
  return metadata as Record<string, string>;
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Fills `into` from `position`; false if the file ends first. */
async function readFully(
  handle: FileHandle,
  into: Uint8Array | Uint16Array | Uint32Array,
  position: number,
): Promise<boolean> {
  const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, position + done);
    if (bytesRead === 0) return false;
    done += bytesRead;
  }
  return true;
}
