/**
 * Reading the header of a GGUF file (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md): a magic word, key-value
 * pairs, the tensors' names, shapes, types and places, and after padding their bytes. Nothing in it is believed unchecked.
 *
 * Not by `@huggingface/gguf`: that reads a file that was cut off as if zeros followed, shortens strings and replaces
 * bytes that are not UTF-8 without a word, and brings fetch and 300 kB of the Hub's tasks. The tests compare with it.
 */
import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { CheckpointError, quoteName } from '../checkpoint-error';
import { MAX_NAME_LENGTH, MAX_TENSORS } from '../safetensors';
import { Cursor } from './cursor';
import { MAX_KEYS, readMetadata, readString, type Metadata } from './metadata';
import { BLOCKS, bytesOf, isReadable, typeName, type TensorType } from './tensor-types';

/** The largest vocabularies make headers of about 20 MB. */
export const MAX_HEADER_BYTES = 64 << 20;
/** ggml has four dimensions. */
const MAX_DIMENSIONS = 4;
const MAX_ALIGNMENT = 1 << 16;
const MAGIC = 0x46554747; // "GGUF"
const VERSIONS = [2, 3];

export interface GgufTensor {
  name: string;
  type: TensorType;
  /** Rows first, as in safetensors; GGUF has the fastest dimension first. */
  shape: number[];
  /** Bytes from the start of the file. */
  offset: number;
  /** Bytes. */
  length: number;
}

export interface GgufHeader {
  /** As it was given. */
  file: string;
  metadata: Metadata;
  /** In the order of their bytes. */
  tensors: ReadonlyMap<string, GgufTensor>;
  /** Bytes of magic word, metadata and tensor list. */
  bytes: number;
}

/** Opens a regular file for reading; a sentence with its path when it is not one. */
export async function openRegular(file: string): Promise<{ handle: FileHandle; info: Stats }> {
  // Looked at before it is opened: opening a named pipe would wait for a writer for ever.
  const before = await stat(file).catch((error: NodeJS.ErrnoException) => {
    const problem = error.code === 'ENOENT' ? 'does not exist' : `cannot be opened (${error.code})`;
    throw new CheckpointError(file, `${problem}; give the path of a GGUF file.`, undefined, { cause: error });
  });
  if (!before.isFile()) throw new CheckpointError(file, 'is not a file; give the path of a GGUF file.');
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new CheckpointError(file, `cannot be opened (${error.code}).`, undefined, { cause: error });
  });
  return { handle, info: await handle.stat() };
}

/** Reads and checks a header. Throws a {@link CheckpointError} for anything that the format does not allow. */
export function readHeader(handle: FileHandle, file: string, size: number): GgufHeader {
  const cursor = new Cursor(handle.fd, file, size, MAX_HEADER_BYTES);
  if (size < 24) throw new CheckpointError(file, `has only ${size} bytes, too few for a GGUF file; download it again.`);
  if (cursor.u32() !== MAGIC) throw new CheckpointError(file, 'is not a GGUF file: it does not begin with "GGUF".');
  checkVersion(cursor.u32(), file);
  const tensorCount = cursor.u64();
  const keyCount = cursor.u64();
  if (tensorCount > BigInt(MAX_TENSORS)) throw new CheckpointError(file, `lists ${tensorCount} tensors, over the limit of ${MAX_TENSORS}.`);
  if (keyCount > BigInt(MAX_KEYS)) throw new CheckpointError(file, `lists ${keyCount} keys, over the limit of ${MAX_KEYS}.`);

  const metadata = readMetadata(cursor, Number(keyCount), file);
  const tensors: GgufTensor[] = [];
  for (let i = 0; i < Number(tensorCount); i++) tensors.push(readTensorInfo(cursor, file, i));

  const bytes = cursor.position;
  const alignment = metadata.whole('general.alignment') ?? 32;
  if (alignment < 1 || alignment > MAX_ALIGNMENT || (alignment & (alignment - 1)) !== 0) {
    metadata.refuse('general.alignment', `is ${alignment}; a power of two up to ${MAX_ALIGNMENT} is expected`);
  }
  const start = Math.ceil(bytes / alignment) * alignment;
  return { file, metadata, tensors: placed(tensors, file, start, size, alignment), bytes };
}

/** SHA-256 of the first `bytes` of a file, lower-case hex. */
export async function hashStart(handle: FileHandle, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of handle.createReadStream({ start: 0, end: bytes - 1, autoClose: false, highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}

function checkVersion(version: number, file: string): void {
  if (VERSIONS.includes(version)) return;
  if (version !== 0 && (version & 0xffff) === 0) {
    throw new CheckpointError(file, 'is a big-endian GGUF file; only little-endian ones are read. Download the usual one.');
  }
  throw new CheckpointError(file, `is of GGUF version ${version}; versions ${VERSIONS.join(' and ')} are read. Get a newer file.`);
}

/** A tensor's entry, its offset still relative to the start of the tensors' bytes. */
function readTensorInfo(cursor: Cursor, file: string, index: number): GgufTensor {
  const name = readString(cursor, file, `name of tensor ${index}`, MAX_NAME_LENGTH);
  const dimensions = cursor.u32();
  if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
    throw new CheckpointError(file, `has ${dimensions} dimensions; 1 to ${MAX_DIMENSIONS} are allowed.`, name);
  }
  const sizes = Array.from({ length: dimensions }, () => cursor.u64());
  const typeId = cursor.u32();
  const offset = cursor.u64();

  const type = typeName(typeId);
  if (!isReadable(type)) {
    const known = Object.keys(BLOCKS).join(', ');
    throw new CheckpointError(file, `is of ggml's type ${type}, which cannot be read; known types: ${known}.`, name);
  }
  const count = sizes.reduce((product, size) => product * size, 1n);
  // A block takes at least a byte, so a sound tensor has fewer numbers than this.
  if (count === 0n || count > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new CheckpointError(file, `has the impossible shape [${sizes.join(', ')}].`, name);
  }
  if (sizes[0]! % BigInt(BLOCKS[type].numbers) !== 0n) {
    throw new CheckpointError(file, `has rows of ${sizes[0]} numbers, but ${type} takes them by ${BLOCKS[type].numbers}.`, name);
  }
  if (offset > BigInt(Number.MAX_SAFE_INTEGER)) throw new CheckpointError(file, 'lies outside of the file.', name);
  return { name, type, shape: sizes.map(Number).reverse(), offset: Number(offset), length: bytesOf(type, Number(count)) };
}

/** The tensors with offsets from the start of the file, none of which overlap or leave the file. */
function placed(tensors: GgufTensor[], file: string, start: number, size: number, alignment: number): Map<string, GgufTensor> {
  const sorted = tensors
    .map((tensor) => ({ ...tensor, offset: start + tensor.offset }))
    .sort((a, b) => a.offset - b.offset || a.length - b.length);
  const byName = new Map<string, GgufTensor>();
  let previous: GgufTensor | undefined;
  for (const tensor of sorted) {
    const { name, offset, length } = tensor;
    if (byName.has(name)) throw new CheckpointError(file, 'is in the file twice.', name);
    if ((offset - start) % alignment !== 0) throw new CheckpointError(file, `does not begin at a multiple of ${alignment} bytes.`, name);
    if (offset + length > size) {
      throw new CheckpointError(file, `ends at byte ${offset + length}, but the file has ${size}: it is cut off; download it again.`, name);
    }
    if (previous && previous.offset + previous.length > offset) {
      throw new CheckpointError(file, `overlaps tensor ${quoteName(previous.name)}.`, name);
    }
    byName.set(name, tensor);
    previous = tensor;
  }
  return byName;
}
