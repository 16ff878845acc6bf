/** GGUF files made by hand, sound or not. */
type Field = { type: number; bytes: Uint8Array };

export function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

export function u64(value: bigint | number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true);
  return bytes;
}

export function join(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

export function text(value: string | Uint8Array, length?: bigint): Uint8Array {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return join(u64(length ?? bytes.length), bytes);
}

export const string = (value: string): Field => ({ type: 8, bytes: text(value) });
export const whole = (value: number): Field => ({ type: 4, bytes: u32(value) });
export const flag = (value: boolean): Field => ({ type: 7, bytes: Uint8Array.of(Number(value)) });
export const float = (value: number): Field => ({ type: 6, bytes: new Uint8Array(Float32Array.of(value).buffer) });
export const strings = (values: string[]): Field => array(8, values.map((value) => text(value)));
export const wholes = (values: number[]): Field => array(5, values.map((value) => u32(value)));

export function array(of: number, items: Uint8Array[], length?: bigint): Field {
  return { type: 9, bytes: join(u32(of), u64(length ?? items.length), ...items) };
}

export interface TensorEntry {
  name: string | Uint8Array;
  /** Fastest first, as GGUF has them. */
  sizes: (number | bigint)[];
  type: number;
  offset: number | bigint;
}

export interface Parts {
  magic?: string;
  version?: Uint8Array;
  keys?: [string | Uint8Array, Field][];
  keyCount?: bigint;
  tensors?: TensorEntry[];
  tensorCount?: bigint;
  /** Bytes after the header and its padding. */
  data?: number | Uint8Array;
}

export function ggufBytes({ magic = 'GGUF', version = u32(3), keys = [], tensors = [], data = 0, ...counts }: Parts): Uint8Array {
  const header = join(
    new TextEncoder().encode(magic),
    version,
    u64(counts.tensorCount ?? tensors.length),
    u64(counts.keyCount ?? keys.length),
    ...keys.map(([key, { type, bytes }]) => join(text(key), u32(type), bytes)),
    ...tensors.map(({ name, sizes, type, offset }) => join(text(name), u32(sizes.length), ...sizes.map(u64), u32(type), u64(offset))),
  );
  const padding = new Uint8Array((32 - (header.length % 32)) % 32);
  return join(header, padding, typeof data === 'number' ? new Uint8Array(data) : data);
}
