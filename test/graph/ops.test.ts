import { describe, expect, test } from 'vitest';
import * as g from '../../src/graph';
import { floats, ints, type NdArray } from '../../src/graph';
import { checkGradients, evaluate, randomFloats, type Fn } from './check';

const x = randomFloats('x', [3, 4]);
const y = randomFloats('y', [3, 4]);
const row = randomFloats('row', [4]);
const column = randomFloats('column', [3, 1]);
const positive = floats(x.data.map((v) => Math.abs(v) + 0.5), [3, 4]);
const awayFromZero = floats(y.data.map((v) => v + Math.sign(v) * 0.5), [3, 4]);
const ids = ints([2, 0, 2, 1], [4]);
const map = (a: NdArray, f: (v: number) => number) => Array.from(a.data as Float32Array, f);
const zip = (a: NdArray, b: NdArray, f: (v: number, w: number) => number) => map(a, (v) => v).map((v, i) => f(v, Number(b.data[i])));
const rowOf = (a: NdArray, i: number) => Array.from(a.data as Float32Array).slice(i * a.shape.at(-1)!, (i + 1) * a.shape.at(-1)!);
const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

// Abramowitz & Stegun 7.1.26, good to 1.5e-7.
const erf = (v: number) => {
  const t = 1 / (1 + 0.3275911 * Math.abs(v));
  const poly = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(v) * (1 - poly * Math.exp(-v * v));
};

/** name, function, inputs, expected values (row-major), gradient check? */
const cases: [string, Fn, NdArray[], number[], 'gradients' | 'forward only'][] = [
  ['add', g.add, [x, row], zip(x, floats(new Float32Array([...row.data, ...row.data, ...row.data]), [3, 4]), (a, b) => a + b), 'gradients'],
  ['sub', g.sub, [x, y], zip(x, y, (a, b) => a - b), 'gradients'],
  ['mul', g.mul, [x, column], map(x, (v) => v).map((v, i) => v * column.data[Math.floor(i / 4)]), 'gradients'],
  ['mul of itself', (a) => g.mul(a, a), [x], map(x, (v) => v * v), 'gradients'],
  ['div', g.div, [x, awayFromZero], zip(x, awayFromZero, (a, b) => a / b), 'gradients'],
  ['pow', (a) => g.pow(a, 1.7), [positive], map(positive, (v) => v ** 1.7), 'gradients'],
  ['maximum', g.maximum, [x, y], zip(x, y, Math.max), 'gradients'],
  ['minimum', g.minimum, [x, y], zip(x, y, Math.min), 'gradients'],
  ['neg', g.neg, [x], map(x, (v) => -v), 'gradients'],
  ['exp', g.exp, [x], map(x, Math.exp), 'gradients'],
  ['log', g.log, [positive], map(positive, Math.log), 'gradients'],
  ['sqrt', g.sqrt, [positive], map(positive, Math.sqrt), 'gradients'],
  ['reciprocal', g.reciprocal, [positive], map(positive, (v) => 1 / v), 'gradients'],
  ['sin', g.sin, [x], map(x, Math.sin), 'gradients'],
  ['cos', g.cos, [x], map(x, Math.cos), 'gradients'],
  ['tanh', g.tanh, [x], map(x, Math.tanh), 'gradients'],
  ['sigmoid', g.sigmoid, [x], map(x, (v) => 1 / (1 + Math.exp(-v))), 'gradients'],
  ['erf', g.erf, [x], map(x, erf), 'gradients'],
  ['abs', g.abs, [awayFromZero], map(awayFromZero, Math.abs), 'gradients'],
  ['relu', g.relu, [awayFromZero], map(awayFromZero, (v) => Math.max(v, 0)), 'gradients'],
  ['sign', g.sign, [x], map(x, Math.sign), 'forward only'],
  ['comparisons', (a, b) => g.cast(g.or(g.and(g.less(a, b), g.not(g.equal(a, b))), g.greater(a, b)), 'float32'), [x, y], map(x, () => 1), 'forward only'],
  ['lessOrEqual', (a, b) => g.cast(g.lessOrEqual(a, b), 'int32'), [x, y], zip(x, y, (a, b) => (a <= b ? 1 : 0)), 'forward only'],
  ['greaterOrEqual', (a, b) => g.cast(g.greaterOrEqual(a, b), 'int32'), [x, x], map(x, () => 1), 'forward only'],
  ['where', (a, b) => g.where(g.less(a, 0), g.mul(a, b), b), [awayFromZero, x], zip(awayFromZero, x, (a, b) => (a < 0 ? a * b : b)), 'gradients'],
  ['step', (a, b) => g.step(a, b, 0.1), [x, row], [0, 1, 2].flatMap((r) => rowOf(x, r).map((v, c) => (v > row.data[c] ? 1 : 0))), 'forward only'],
  ['stopGradient', (a) => g.stopGradient(a), [x], map(x, (v) => v), 'forward only'],
  ['reshape', (a) => g.reshape(a, [2, 6]), [x], map(x, (v) => v), 'gradients'],
  ['transpose', (a) => g.transpose(a, [1, 0]), [x], [0, 1, 2, 3].flatMap((c) => [0, 1, 2].map((r) => x.data[r * 4 + c])), 'gradients'],
  ['unsqueeze and squeeze', (a) => g.squeeze(g.unsqueeze(a, [0, 2]), [0]), [x], map(x, (v) => v), 'gradients'],
  ['expandLike', (a, b) => g.mul(g.expandLike(a, b), b), [row, x], map(x, (v) => v).map((v, i) => v * row.data[i % 4]), 'gradients'],
  ['slice', (a) => g.slice(a, 1, 1, 3), [x], [0, 1, 2].flatMap((r) => rowOf(x, r).slice(1, 3)), 'gradients'],
  ['slice to the end', (a) => g.slice(a, -1, -2, g.END), [x], [0, 1, 2].flatMap((r) => rowOf(x, r).slice(2)), 'gradients'],
  ['slice from the end', (a) => g.slice(a, -1, -2, 4), [x], [0, 1, 2].flatMap((r) => rowOf(x, r).slice(2)), 'gradients'],
  ['split', (a) => g.concat([...g.split(a, 1, [1, 3])].reverse(), 1), [x], [0, 1, 2].flatMap((r) => [...rowOf(x, r).slice(1), rowOf(x, r)[0]]), 'gradients'],
  ['a part of split', (a) => g.split(a, -1, [2, 1, 1])[1], [x], [0, 1, 2].map((r) => rowOf(x, r)[2]), 'gradients'],
  ['concat', (a, b) => g.concat([a, b], 1), [x, column], [0, 1, 2].flatMap((r) => [...rowOf(x, r), column.data[r]]), 'gradients'],
  ['reduceSum', (a) => g.reduceSum(a, 0), [x], [0, 1, 2, 3].map((c) => sum([0, 1, 2].map((r) => x.data[r * 4 + c]))), 'gradients'],
  ['reduceSum over all', (a) => g.reduceSum(a, [0, 1]), [x], [sum(map(x, (v) => v))], 'gradients'],
  ['reduceMean', (a) => g.reduceMean(a, 1, true), [x], [0, 1, 2].map((r) => sum(rowOf(x, r)) / 4), 'gradients'],
  ['reduceMax', (a) => g.reduceMax(a, -1), [x], [0, 1, 2].map((r) => Math.max(...rowOf(x, r))), 'gradients'],
  ['logSumExp', (a) => g.logSumExp(a, -1), [x], [0, 1, 2].map((r) => Math.log(sum(rowOf(x, r).map(Math.exp)))), 'gradients'],
  ['softmax', g.softmax, [x], [0, 1, 2].flatMap((r) => rowOf(x, r).map((v) => Math.exp(v) / sum(rowOf(x, r).map(Math.exp)))), 'gradients'],
  ['logSoftmax', g.logSoftmax, [x], [0, 1, 2].flatMap((r) => rowOf(x, r).map((v) => v - Math.log(sum(rowOf(x, r).map(Math.exp))))), 'gradients'],
  ['topK values', (a) => g.topK(a, 2).values, [x], [0, 1, 2].flatMap((r) => rowOf(x, r).sort((a, b) => b - a).slice(0, 2)), 'gradients'],
  ['topK indices', (a) => g.topK(a, 2).indices, [x], [0, 1, 2].flatMap((r) => [0, 1, 2, 3].sort((a, b) => rowOf(x, r)[b] - rowOf(x, r)[a]).slice(0, 2)), 'forward only'],
  ['argMax', g.argMax, [x], [0, 1, 2].map((r) => rowOf(x, r).indexOf(Math.max(...rowOf(x, r)))), 'forward only'],
  ['rmsNormalize', (a) => g.rmsNormalize(a, 1e-3).y, [x], [0, 1, 2].flatMap((r) => rowOf(x, r).map((v) => v / Math.sqrt(sum(rowOf(x, r).map((w) => w * w)) / 4 + 1e-3))), 'gradients'],
  ['gather', (a, i) => g.gather(a, i), [x, ids], [2, 0, 2, 1].flatMap((r) => rowOf(x, r)), 'gradients'],
  ['gather columns', (a, i) => g.gather(a, i, 1), [x, ids], [0, 1, 2].flatMap((r) => [2, 0, 2, 1].map((c) => rowOf(x, r)[c])), 'forward only'],
  ['scatterAddRows', (a, i, b) => g.scatterAddRows(a, i, b), [x, ints([1, 1, 0], [3]), y], [0, 1, 2].flatMap((r) => rowOf(x, r).map((v, c) => v + (r === 0 ? rowOf(y, 2)[c] : r === 1 ? rowOf(y, 0)[c] + rowOf(y, 1)[c] : 0))), 'gradients'],
  ['gatherElements', (a, i) => g.gatherElements(a, i, 1), [x, ints([0, 3, 1, 1, 2, 2], [3, 2])], [x.data[0], x.data[3], x.data[5], x.data[5], x.data[10], x.data[10]], 'gradients'],
  ['scatterElements', (a, i, b) => g.scatterElements(a, i, b, 1), [x, ints([0, 0, 1], [3, 1]), column], [0, 1, 2].flatMap((r) => rowOf(x, r).map((v, c) => v + (c === [0, 0, 1][r] ? column.data[r] : 0))), 'gradients'],
  ['pickLast', (a, i) => g.pickLast(a, i), [x, ints([1, 3, 0], [3])], [x.data[1], x.data[7], x.data[8]], 'gradients'],
];

describe.each(cases)('%s', (_name, fn, inputs, expected, mode) => {
  test('forward', async () => {
    const result = Array.from((await evaluate(fn, inputs)).data, Number);
    expect(result.length).toBe(expected.length);
    result.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 4));
  });
  if (mode === 'gradients') test('gradients', () => checkGradients(fn, inputs));
});

test('the gradient of a step goes to the threshold alone, from values within half a bandwidth of it', async () => {
  const near = floats(Float32Array.of(0.9, 1.2, 1.6, 2.1, 2.24, 2.3), [3, 2]);
  const thresholds = floats(Float32Array.of(1, 2), [2]);
  const cotangent = floats(Float32Array.of(1, 10, 100, 1000, 10_000, 100_000), [3, 2]);
  const [a, b, c] = [near, thresholds, cotangent].map((value, i) => g.input(`x${i}`, 'float32', value.shape));
  const outputs = Object.fromEntries(g.vjp([g.step(a, b, 0.5)], [c], [a, b]).map((gradient, i) => [`y${i}`, gradient]));
  const session = await g.Session.open(g.lower({ inputs: { a, b, c }, outputs, dropUnused: true }));
  const { y0, y1 } = await session.run({ a: near, b: thresholds, c: cotangent });
  expect([...(y0.data as Float32Array)]).toEqual([0, 0, 0, 0, 0, 0]);
  expect([...(y1.data as Float32Array)]).toEqual([-1 / 0.5, -1000 / 0.5]);
});

test('logSumExp is right over a large vocabulary', async () => {
  const values = randomFloats('vocabulary', [2, 50_000]);
  const x = g.input('x', 'float32', [2, 50_000]);
  const session = await g.Session.open(g.lower({ inputs: { x }, outputs: { y: g.logSumExp(x, -1) } }));
  const { y } = await session.run({ x: values });
  for (const row of [0, 1]) {
    const sum = values.data.subarray(row * 50_000, (row + 1) * 50_000).reduce((total, value) => total + Math.exp(value), 0);
    expect(Math.abs(Number(y.data[row]) - Math.log(sum))).toBeLessThan(5e-6);
  }
});

test('every op of the array language has a case above', () => {
  // `cases` runs the exported functions; these are exported for other ops to build on, or checked in matmul.test.ts.
  const elsewhere = ['matmul', 'input', 'weight', 'constant', 'scalar', 'shapeOf', 'reshapeLike', 'expand', 'zerosLike', 'cast', 'squeeze', 'unsqueeze', 'and', 'or', 'not', 'equal', 'less', 'greater'];
  const helpers = ['applies', 'apply', 'show', 'shapeError', 'sameShape', 'product', 'axisIndex', 'requireDtype', 'grad', 'vjp', 'lower', 'floats', 'ints', 'knownProviders', 'chooseProvider'];
  const tested = new Set(cases.map(([name]) => name.split(' ')[0]));
  const missing = Object.entries(g).filter(([name, value]) => typeof value === 'function' && /^[a-z]/.test(name) && !tested.has(name) && !elsewhere.includes(name) && !helpers.includes(name) && !name.endsWith('Op'));
  expect(missing.map(([name]) => name)).toEqual([]);
});

describe('matmul', () => {
  const a = randomFloats('a', [2, 3, 4]);
  const at = randomFloats('at', [2, 4, 3]);
  const b = randomFloats('b', [4, 5]);
  const bt = randomFloats('bt', [5, 4]);
  const batched = randomFloats('batched', [2, 4, 5]);
  const grouped = randomFloats('grouped', [2, 2, 3, 4]);
  const shared = randomFloats('shared', [2, 1, 5, 4]);
  const at2 = (t: NdArray, i: number, j: number, k: number, transposed: boolean, shape = t.shape) => {
    const [rows, columns] = shape.slice(-2);
    return Number(t.data[(t.shape.length > 2 ? i * rows * columns : 0) + (transposed ? k * columns + j : j * columns + k)]);
  };
  test.each([
    ['plain', a, b, false, false],
    ['B transposed', a, bt, false, true],
    ['A transposed', at, b, true, false],
    ['both transposed', at, bt, true, true],
    ['batched', a, batched, false, false],
  ])('%s', async (_name, left, right, transposeA, transposeB) => {
    const fn: Fn = (l, r) => g.matmul(l, r, { transposeA, transposeB });
    const result = await evaluate(fn, [left, right]);
    expect(result.shape).toEqual([2, 3, 5]);
    for (let i = 0; i < 2; i++)
      for (let m = 0; m < 3; m++)
        for (let n = 0; n < 5; n++) {
          const expected = sum([0, 1, 2, 3].map((k) => at2(left, i, m, k, transposeA) * at2(right, i, k, n, transposeB)));
          expect(Number(result.data[i * 15 + m * 5 + n])).toBeCloseTo(expected, 4);
        }
    await checkGradients(fn, [left, right]);
    await checkGradients(fn, [left, right], [['batch', ...left.shape.slice(1)], right.shape.length > 2 ? ['batch', ...right.shape.slice(1)] : right.shape]);
  });
  test('heads that share keys', () => checkGradients((q, k) => g.matmul(q, k, { transposeB: true }), [grouped, shared]));
});

describe('errors name the op and the shapes', () => {
  const f = (...shape: (number | string)[]) => g.input('x', 'float32', shape);
  const i = g.input('i', 'int32', [3]);
  test.each<[string, () => unknown, string]>([
    ['broadcast', () => g.add(f(3, 4), f(5)), 'add: sizes 4 and 5 do not broadcast (got float32[3, 4] and float32[5])'],
    ['dtype', () => g.exp(i), 'exp: needs float32 (got int32[3])'],
    ['mixed dtypes', () => g.add(f(3), i), 'add: the dtypes differ (got float32[3] and int32[3])'],
    ['matmul', () => g.matmul(f('batch', 3), f(4, 5)), 'matmul: inner sizes 3 and 4 differ (got float32[batch, 3] and float32[4, 5])'],
    ['reshape', () => g.reshape(f(3, 4), [5, 2]), 'reshape: cannot become [5, 2] (got float32[3, 4])'],
    ['axis', () => g.reduceSum(f(3), 1), 'reduceSum: axis 1 is out of range (got float32[3])'],
    ['grad', () => g.grad(f(3), []), 'grad: needs a float32 scalar (got float32[3])'],
    ['not differentiable', () => { const a = f(); return g.grad(g.sign(a), [a]); }, 'sign: not differentiable'],
  ])('%s', (_name, make, message) => expect(make).toThrow(message));

  test('a feed of another shape', async () => {
    const a = f('batch', 4);
    const session = await g.Session.open(g.lower({ inputs: { a }, outputs: { y: g.exp(a) } }));
    await expect(session.run({ a: randomFloats('a', [3, 5]) })).rejects.toThrow("the input 'a' has another size at axis 1 (needs float32[batch, 4], got float32[3, 5])");
    await expect(session.run({})).rejects.toThrow("the input 'a' is missing");
  });
});
