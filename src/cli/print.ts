/** A result on standard output: as JSON, or drawn for the terminal. */
import type { Io } from './io';
import { formatJson } from './json';
import { styleFor, type Style } from './render/style';

export type Render<T> = (result: T, style: Style, columns: number) => string;

export function print<T>(io: Io, result: T, json: boolean | undefined, render: Render<T>): void {
  if (json) printJson(io, result);
  else io.out(render(withoutEscapes(result), styleFor(io.colours), io.columns));
}

export function printJson(io: Io, result: unknown): void {
  io.out(`${formatJson(result)}\n`);
}

/**
 * A JSON document whose texts begin no escape sequence: code, names and messages from elsewhere may hold the codes of colours, which the
 * terminal's edge (`inertIo`) could not tell from ours. The picture of the character takes its place, so that all offsets stay.
 */
function withoutEscapes<T>(document: T): T {
  return plain(document) as T;
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/[\x1b\x9b]/g, '␛'); // eslint-disable-line no-control-regex
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [plain(key), plain(field)]));
}
