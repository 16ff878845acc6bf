/** The roof: a plain matrix product in ONNX Runtime. */
import { floats, input, lower, matmul, Session } from '../src/graph';
import { best } from './timing';

export function matmulFlops(rows: number, inner: number, columns: number): number {
  return 2 * rows * inner * columns;
}

/** GFLOP/s of [rows, inner] · [inner, columns] in float32. */
export async function benchMatmul(rows: number, inner: number, columns: number, threads: number): Promise<number> {
  const [a, b] = [input('a', 'float32', [rows, inner]), input('b', 'float32', [inner, columns])];
  const session = await Session.open(lower({ inputs: { a, b }, outputs: { y: matmul(a, b) } }), { threads, alone: true });
  const feeds = {
    a: floats(new Float32Array(rows * inner).map((_, i) => (i % 7) / 7), [rows, inner]),
    b: floats(new Float32Array(inner * columns).map((_, i) => (i % 5) / 5), [inner, columns]),
  };
  await session.run(feeds);
  const seconds = await best(30, () => session.run(feeds));
  await session.release();
  return matmulFlops(rows, inner, columns) / seconds / 1e9;
}
