/** A tensor's bytes as they belong in model.safetensors, a piece at a time. */
import type { FileHandle } from 'node:fs/promises';
import { CheckpointError } from '../checkpoint-error';
import { byteLength, widen } from '../dtype';
import { dequantize } from './dequantize';
import type { GgufTensor } from './header';
import type { PlannedTensor } from './plan';
import { bytesOf, isQuantized, type TensorType } from './tensor-types';

/** Numbers to a piece: 4 MiB of fp32, some milliseconds of work, and a whole number of every type's blocks. */
const PIECE = 1 << 20;
/** A tensor whose rows move is held whole (as it is stored; one that is transposed, as it is written). */
const MAX_WHOLE_BYTES = 2 ** 30;

/** The pieces in order. Each is valid until the next is asked for. */
export async function* pieces(handle: FileHandle, file: string, planned: PlannedTensor): AsyncGenerator<Uint8Array> {
  const { source, change } = planned;
  if (change?.kind === 'rows' || change?.kind === 'transposed') {
    const whole = change.kind === 'rows' ? source.length : byteLength(planned.dtype, elements(source.shape));
    if (whole > MAX_WHOLE_BYTES) {
      throw new CheckpointError(file, `has ${whole} bytes whose rows have to move, over the limit of ${MAX_WHOLE_BYTES}.`, source.name);
    }
    const stored = await read(handle, file, source, 0, source.length);
    yield* change.kind === 'rows' ? movedRows(stored, planned, change.from) : transposed(stored, planned);
    return;
  }
  const count = elements(source.shape);
  for (let at = 0; at < count; at += PIECE) {
    const numbers = Math.min(PIECE, count - at);
    const stored = await read(handle, file, source, bytesOf(source.type, at), bytesOf(source.type, numbers));
    if (change?.kind !== 'plus-one') {
      yield convert(source.type, stored, numbers);
      continue;
    }
    const values = numbersOf(source.type, stored, numbers);
    for (let i = 0; i < numbers; i++) values[i] = values[i]! - 1;
    yield bytes(values);
  }
}

function* movedRows(stored: Uint8Array, { source, dtype }: PlannedTensor, from: (row: number) => number): Generator<Uint8Array> {
  const rows = source.shape[0]!;
  const width = elements(source.shape.slice(1));
  const rowBytes = bytesOf(source.type, width);
  const perPiece = Math.max(1, Math.floor(PIECE / width));
  for (let first = 0; first < rows; first += perPiece) {
    const count = Math.min(perPiece, rows - first);
    const out = new Uint8Array(count * byteLength(dtype, width));
    for (let row = 0; row < count; row++) {
      const at = from(first + row) * rowBytes;
      out.set(convert(source.type, stored.subarray(at, at + rowBytes), width), row * byteLength(dtype, width));
    }
    yield out;
  }
}

function* transposed(stored: Uint8Array, { source, dtype }: PlannedTensor): Generator<Uint8Array> {
  const [rows, columns] = source.shape as [number, number];
  const all = convert(source.type, stored, rows * columns);
  const size = byteLength(dtype, 1);
  const from = size === 4 ? new Uint32Array(all.buffer, all.byteOffset) : new Uint16Array(all.buffer, all.byteOffset);
  const perPiece = Math.max(1, Math.floor(PIECE / rows));
  for (let first = 0; first < columns; first += perPiece) {
    const count = Math.min(perPiece, columns - first);
    const out = size === 4 ? new Uint32Array(count * rows) : new Uint16Array(count * rows);
    for (let column = 0; column < count; column++) {
      for (let row = 0; row < rows; row++) out[column * rows + row] = from[row * columns + first + column]!;
    }
    yield new Uint8Array(out.buffer);
  }
}

/** The numbers of a small tensor. */
export async function readNumbers(handle: FileHandle, file: string, source: GgufTensor): Promise<Float32Array> {
  return numbersOf(source.type, await read(handle, file, source, 0, source.length), elements(source.shape));
}

/** What is quantised as fp32, everything else as it is. */
function convert(type: TensorType, stored: Uint8Array, count: number): Uint8Array {
  return isQuantized(type) ? bytes(numbersOf(type, stored, count)) : stored;
}

function numbersOf(type: TensorType, stored: Uint8Array, count: number): Float32Array {
  const out = new Float32Array(count);
  if (isQuantized(type)) dequantize(type, stored, out);
  else if (type === 'F32') bytes(out).set(stored);
  else widen(new Uint16Array(stored.slice().buffer), type as 'F16' | 'BF16', new Uint32Array(out.buffer));
  return out;
}

function bytes(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

async function read(handle: FileHandle, file: string, source: GgufTensor, at: number, length: number): Promise<Uint8Array> {
  const into = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(into, done, length - done, source.offset + at + done);
    if (bytesRead === 0) throw new CheckpointError(file, 'became shorter while it was read; try again.', source.name);
    done += bytesRead;
  }
  return into;
}
