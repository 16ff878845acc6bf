import { widen } from '../dtype';

let table: Float32Array | undefined;

/** The value of every half, by its bits. */
export function halfValues(): Float32Array {
  if (!table) {
    table = new Float32Array(0x10000);
    widen(Uint16Array.from({ length: 0x10000 }, (_, bits) => bits), 'F16', new Uint32Array(table.buffer));
  }
  return table;
}
