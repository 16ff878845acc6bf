/** The key-value pairs of a GGUF header (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md). */
import { CheckpointError, quoteName } from '../checkpoint-error';
import type { Cursor } from './cursor';

/** Real files have about 50. */
export const MAX_KEYS = 10_000;
/** Real keys are under 100 characters. */
export const MAX_KEY_BYTES = 1024;
/** The longest real values are chat templates of some 20 kB. */
export const MAX_STRING_BYTES = 16 << 20;
/** The largest vocabularies have a quarter of a million tokens and half a million merges. */
export const MAX_ARRAY_LENGTH = 4_000_000;

export type Scalar = string | number | bigint | boolean;
export type Value = Scalar | readonly Scalar[];

const STRING = 8;
const ARRAY = 9;

/** By the number that stands for the type in a file. Whole numbers that a double cannot hold stay bigints. */
const SCALARS: Readonly<Record<number, (cursor: Cursor) => Scalar>> = {
  0: (cursor) => cursor.take(1).readUInt8(),
  1: (cursor) => cursor.take(1).readInt8(),
  2: (cursor) => cursor.take(2).readUInt16LE(),
  3: (cursor) => cursor.take(2).readInt16LE(),
  4: (cursor) => cursor.u32(),
  5: (cursor) => cursor.take(4).readInt32LE(),
  6: (cursor) => cursor.take(4).readFloatLE(),
  7: (cursor) => cursor.u8() !== 0,
  10: (cursor) => narrow(cursor.u64()),
  11: (cursor) => narrow(cursor.take(8).readBigInt64LE()),
  12: (cursor) => cursor.take(8).readDoubleLE(),
};

function narrow(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

/** Reads `count` pairs. Throws a {@link CheckpointError} that names the key. */
export function readMetadata(cursor: Cursor, count: number, file: string): Metadata {
  const values = new Map<string, Value>();
  for (let i = 0; i < count; i++) {
    const key = readString(cursor, file, `key ${i}`, MAX_KEY_BYTES);
    if (values.has(key)) throw new CheckpointError(file, `has the key ${quoteName(key)} twice.`);
    values.set(key, readValue(cursor, file, key));
  }
  return new Metadata(file, values);
}

/** A length of 64 bits and as many bytes of UTF-8. `what` is for messages. */
export function readString(cursor: Cursor, file: string, what: string, limit: number): string {
  const length = cursor.u64();
  if (length > BigInt(limit)) throw new CheckpointError(file, `has a text of ${length} bytes (${what}), over the limit of ${limit}.`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(cursor.take(Number(length)));
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    throw new CheckpointError(file, `has a text that is not UTF-8 (${what}).`, undefined, { cause: error });
  }
}

function readValue(cursor: Cursor, file: string, key: string): Value {
  const type = cursor.u32();
  if (type !== ARRAY) return readScalar(cursor, file, key, type);
  const of = cursor.u32();
  if (of === ARRAY) throw new CheckpointError(file, `has an array of arrays (${quoteName(key)}), which no known model has.`);
  const length = cursor.u64();
  if (length > BigInt(MAX_ARRAY_LENGTH)) {
    throw new CheckpointError(file, `has an array of ${length} values (${quoteName(key)}), over the limit of ${MAX_ARRAY_LENGTH}.`);
  }
  const values: Scalar[] = []; // grows as values are really read, so a false length allocates nothing
  for (let i = 0; i < Number(length); i++) values.push(readScalar(cursor, file, key, of));
  return values;
}

function readScalar(cursor: Cursor, file: string, key: string, type: number): Scalar {
  if (type === STRING) return readString(cursor, file, quoteName(key), MAX_STRING_BYTES);
  const read = SCALARS[type];
  if (!read) throw new CheckpointError(file, `has a value of the unknown type ${type} (${quoteName(key)}).`);
  return read(cursor);
}

/** What a header says, by key; each reader throws a sentence with the key when the value is of another kind. */
export class Metadata {
  constructor(
    readonly file: string,
    readonly values: ReadonlyMap<string, Value>,
  ) {}

  has(key: string): boolean {
    return this.values.has(key);
  }

  text(key: string): string | undefined {
    const value = this.values.get(key);
    return value === undefined || typeof value === 'string' ? value : this.refuse(key, 'is not a text');
  }

  number(key: string): number | undefined {
    const value = this.values.get(key);
    if (value === undefined || (typeof value === 'number' && Number.isFinite(value))) return value;
    return this.refuse(key, 'is not a finite number');
  }

  /** A whole number from 0. */
  whole(key: string): number | undefined {
    const value = this.values.get(key);
    if (value === undefined || (Number.isSafeInteger(value) && (value as number) >= 0)) return value as number | undefined;
    return this.refuse(key, 'is not a whole number from 0');
  }

  flag(key: string): boolean | undefined {
    const value = this.values.get(key);
    return value === undefined || typeof value === 'boolean' ? value : this.refuse(key, 'is neither true nor false');
  }

  texts(key: string): readonly string[] | undefined {
    return this.list(key, (item) => typeof item === 'string', 'texts') as readonly string[] | undefined;
  }

  numbers(key: string): readonly number[] | undefined {
    return this.list(key, (item) => typeof item === 'number' && Number.isFinite(item), 'finite numbers') as readonly number[] | undefined;
  }

  /** Ends with a sentence that names the file and the key. */
  refuse(key: string, problem: string): never {
    throw new CheckpointError(this.file, `the value of ${quoteName(key)} ${problem}.`);
  }

  private list(key: string, allowed: (item: Scalar) => boolean, kind: string): Value | undefined {
    const value = this.values.get(key);
    if (value === undefined) return undefined;
    return Array.isArray(value) && value.every(allowed) ? value : this.refuse(key, `is not a list of ${kind}`);
  }
}
