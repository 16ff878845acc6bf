/** Small helpers over row-major float arrays. */
import { floats, type FloatArray } from '../graph';

/** A copy of the rows `start` to `end` along an axis. */
export function sliceAxis(x: FloatArray, axis: number, start: number, end: number): FloatArray {
  const outer = x.shape.slice(0, axis).reduce((a, b) => a * b, 1);
  const inner = x.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const size = x.shape[axis];
  const length = end - start;
  const data = new Float32Array(outer * length * inner);
  for (let i = 0; i < outer; i++) {
    data.set(x.data.subarray((i * size + start) * inner, (i * size + end) * inner), i * length * inner);
  }
  return floats(data, [...x.shape.slice(0, axis), length, ...x.shape.slice(axis + 1)]);
}

/** Joins arrays along an axis; their other sizes agree. */
export function concatAxis(parts: readonly FloatArray[], axis: number): FloatArray {
  if (parts.length === 1) return parts[0];
  const [first] = parts;
  const outer = first.shape.slice(0, axis).reduce((a, b) => a * b, 1);
  const inner = first.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const total = parts.reduce((sum, part) => sum + part.shape[axis], 0);
  const data = new Float32Array(outer * total * inner);
  let at = 0;
  for (const part of parts) {
    const length = part.shape[axis] * inner;
    for (let i = 0; i < outer; i++) data.set(part.data.subarray(i * length, (i + 1) * length), i * total * inner + at);
    at += length;
  }
  return floats(data, first.shape.map((size, i) => (i === axis ? total : size)));
}

/** Rows of a [rows, width]-like view of the last axis, as [indices.length, width]. */
export function takeRows(x: FloatArray, indices: readonly number[]): FloatArray {
  const width = x.shape.at(-1)!;
  const data = new Float32Array(indices.length * width);
  indices.forEach((row, i) => data.set(x.data.subarray(row * width, (row + 1) * width), i * width));
  return floats(data, [indices.length, width]);
}

export function copy(x: FloatArray): FloatArray {
  return floats(x.data.slice(), x.shape);
}
