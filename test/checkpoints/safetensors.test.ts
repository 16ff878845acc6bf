import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  MAX_HEADER_BYTES,
  MAX_NAME_LENGTH,
  readInts,
  readSafetensorsHeader,
  readTensor,
} from '../../src/checkpoints/safetensors';
import { writeSafetensors } from '../../src/checkpoints/write-safetensors';
import { Random } from '../../src/corpus/random';
import { messageOf, safetensorsBytes, temporaryFolder, writeBytes } from './files';

const vector = (begin: number, end: number, size = (end - begin) / 4) => ({
  dtype: 'F32',
  shape: [size],
  data_offsets: [begin, end],
});

describe('a file that lies', () => {
  const tensor = (change: object) => safetensorsBytes({ w: { ...vector(0, 8), ...change } }, 8);
  const raw = (entry: string) => safetensorsBytes(`{"w":${entry}}`, 8);
  const cases: [what: string, bytes: Uint8Array | string, message: RegExp][] = [
    ['empty', '', /is empty/],
    ['shorter than the length field', 'abc', /only 3 bytes/],
    ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n', /git lfs pull/],
    ['an endless header', safetensorsBytes({}, 0, 0xffffffffffffffffn), /header of 18446744073709551615 bytes, over/],
    ['a header over the limit', safetensorsBytes({}, 0, BigInt(MAX_HEADER_BYTES) + 1n), /over the limit/],
    ['a header cut off', safetensorsBytes({ w: vector(0, 8) }, 0, 5000n), /cut off inside its header/],
    ['an empty header', safetensorsBytes('', 8), /does not start with "\{"/],
    ['a header that is an array', safetensorsBytes([], 0), /does not start with "\{"/],
    ['a header behind a space', safetensorsBytes(' {}', 0), /does not start with "\{"/],
    ['a header that is no JSON', safetensorsBytes('{"w": oops}', 0), /not valid JSON/],
    ['two JSON values', safetensorsBytes('{}{}', 0), /not valid JSON/],
    ['bad UTF-8', safetensorsBytes('{"\u0001"', 0).fill(0xff, 9), /not valid UTF-8/],
    ['a bottomless header', safetensorsBytes(`{"w":${'['.repeat(1e5)}`, 0), /nested too deeply/],
    [
      'a tensor twice',
      safetensorsBytes(`{"w":${JSON.stringify(vector(0, 8))},"\\u0077" :${JSON.stringify(vector(0, 8))}}`, 8),
      /key "w" twice/,
    ],
    ['a property twice', raw('{"dtype":"F32","shape":[2],"shape":[2],"data_offsets":[0,8]}'), /key "shape" twice/],
    ['a tensor that is a number', raw('3'), /tensor "w" is not described/],
    ['a tensor that is null', raw('null'), /tensor "w" is not described/],
    ['a nameless tensor', safetensorsBytes({ '': vector(0, 8) }, 8), /tensor "" has a name of 0/],
    [
      'an endless name',
      safetensorsBytes({ ['x'.repeat(MAX_NAME_LENGTH + 1)]: vector(0, 8) }, 8),
      /name of 1025 characters/,
    ],
    ['an unknown property', tensor({ compression: 'zip' }), /tensor "w" has the unknown property "compression"/],
    ['an unknown dtype', tensor({ dtype: 'F31' }), /tensor "w" has the unknown dtype "\\"F31/],
    ['a dtype from the prototype', tensor({ dtype: 'toString' }), /tensor "w" has the unknown dtype/],
    ['no dtype', tensor({ dtype: undefined }), /tensor "w" has the unknown dtype/],
    ['no shape', tensor({ shape: undefined }), /tensor "w" has a shape that is not/],
    ['a negative size', tensor({ shape: [-2, -1] }), /tensor "w" has a shape that is not/],
    ['a fractional size', tensor({ shape: [0.5, 4] }), /tensor "w" has a shape that is not/],
    ['a size as text', tensor({ shape: ['2'] }), /tensor "w" has a shape that is not/],
    ['NaN', raw('{"dtype":"F32","shape":[NaN],"data_offsets":[0,8]}'), /not valid JSON/],
    [
      'an infinite size',
      raw('{"dtype":"F32","shape":[1e999],"data_offsets":[0,8]}'),
      /tensor "w" has a shape that is not/,
    ],
    ['a product past 2^53', tensor({ shape: [2 ** 40, 2 ** 40] }), /tensor "w" has a shape too large/],
    [
      'a product that wraps to the right size',
      tensor({ shape: [2 ** 32, 2 ** 32, 2] }),
      /tensor "w" has a shape too large/,
    ],
    ['17 dimensions', tensor({ shape: [2, ...Array<number>(16).fill(1)] }), /tensor "w" has 17 dimensions/],
    ['a shape with the wrong size', tensor({ shape: [3] }), /tensor "w" has 8 bytes, but F32 \[3\] takes 12/],
    ['no offsets', tensor({ data_offsets: undefined }), /tensor "w" has data_offsets that are not/],
    ['one offset', tensor({ data_offsets: [0] }), /tensor "w" has data_offsets that are not/],
    ['a negative offset', tensor({ data_offsets: [-8, 0] }), /tensor "w" has data_offsets that are not/],
    [
      'an unsafe offset',
      raw('{"dtype":"F32","shape":[2],"data_offsets":[0,9007199254740993]}'),
      /tensor "w" has data_offsets that are not/,
    ],
    ['offsets in the wrong order', tensor({ data_offsets: [8, 0] }), /tensor "w" has data_offsets in the wrong order/],
    ['truncated data', safetensorsBytes({ w: vector(0, 8) }, 7), /tensor "w" ends at byte 8 of 7/],
    [
      'overlapping tensors',
      safetensorsBytes({ a: vector(0, 8), b: vector(4, 12) }, 12),
      /tensor "b" overlaps tensor "a"/,
    ],
    [
      'one tensor inside another',
      safetensorsBytes({ a: vector(0, 12), b: vector(4, 8) }, 12),
      /tensor "b" overlaps tensor "a"/,
    ],
    ['two tensors in one place', safetensorsBytes({ a: vector(0, 8), b: vector(0, 8) }, 8), /overlaps/],
    ['a hole', safetensorsBytes({ a: vector(0, 4), b: vector(8, 12) }, 12), /tensor "b" follows 4 bytes/],
    ['a hole at the start', safetensorsBytes({ a: vector(4, 8) }, 8), /tensor "a" follows 4 bytes/],
    ['bytes after the end', safetensorsBytes({ a: vector(0, 4) }, 9), /5 bytes after its last tensor/],
    [
      'half a byte',
      safetensorsBytes({ a: { dtype: 'F4', shape: [3], data_offsets: [0, 2] } }, 2),
      /tensor "a" has 2 bytes, but F4 \[3\] takes 1.5/,
    ],
    ['metadata that is no map', safetensorsBytes({ __metadata__: 3 }, 0), /__metadata__/],
    ['metadata with a number', safetensorsBytes({ __metadata__: { a: 3 } }, 0), /__metadata__/],
  ];

  test.each(cases)('%s', async (_what, bytes, message) => {
    const path = await writeBytes(await temporaryFolder(), 'model.safetensors', bytes);
    const found = await messageOf(readSafetensorsHeader(path));
    expect(found).toMatch(message);
    expect(found.startsWith(path)).toBe(true);
    expect(found.length).toBeLessThan(600);
  });

  test('a folder, a missing file and a named pipe', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'a.safetensors'));
    const read = (name: string) => messageOf(readSafetensorsHeader(join(folder, name)));
    expect(await read('a.safetensors')).toMatch(/a\.safetensors: is a folder/);
    expect(await read('b.safetensors')).toMatch(/b\.safetensors: does not exist/);
    if (process.platform === 'win32') return;
    execFileSync('mkfifo', [join(folder, 'c.safetensors')]);
    expect(await read('c.safetensors')).toMatch(/c\.safetensors: is not a regular/);
  });

  test('a file cut after it was opened', async () => {
    const path = await writeBytes(await temporaryFolder(), 'cut.safetensors', safetensorsBytes({ w: vector(0, 8) }, 8));
    const { tensors } = await readSafetensorsHeader(path);
    await truncate(path, tensors.get('w')!.offset + 3);
    expect(await messageOf(readTensor(tensors.get('w')!))).toMatch(/cut\.safetensors: tensor "w" ends before/);
  });
});

describe('a file that is right', () => {
  test('padding, order, empty tensors, scalars, odd names and dtypes that are only listed', async () => {
    const header = {
      z: vector(0, 8),
      __metadata__: { format: 'pt' },
      scalar: { dtype: 'F32', shape: [], data_offsets: [8, 12] },
      empty: { dtype: 'F16', shape: [3, 0, 2], data_offsets: [8, 8] },
      __proto_: vector(16, 20),
      'ids "π"\n': { dtype: 'I8', shape: [2, 2], data_offsets: [12, 16] },
    };
    const json = JSON.stringify(header).replace('__proto_', '__proto__') + '   ';
    const data = new Uint8Array(Float32Array.of(1.5, -2, 3, 0, 7).buffer);
    const path = await writeBytes(await temporaryFolder(), 'a.safetensors', safetensorsBytes(json, data));
    const { tensors, metadata } = await readSafetensorsHeader(path);
    expect(metadata).toEqual({ format: 'pt' });
    expect([...tensors.keys()].sort()).toEqual(['__proto__', 'empty', 'ids "π"\n', 'scalar', 'z']);
    expect([...(await readTensor(tensors.get('z')!))]).toEqual([1.5, -2]);
    expect([...(await readTensor(tensors.get('scalar')!))]).toEqual([3]);
    expect([...(await readTensor(tensors.get('__proto__')!))]).toEqual([7]);
    expect(await readTensor(tensors.get('empty')!)).toHaveLength(0);
    const ids = tensors.get('ids "π"\n')!;
    expect(ids).toMatchObject({ dtype: 'I8', shape: [2, 2], length: 4 });
    expect(await messageOf(readTensor(ids))).toMatch(/tensor "ids \\"π\\"\\n" has dtype I8; only F32/);
  });
});

describe('writing', () => {
  const special = [0, -0, 1, -1, Infinity, -Infinity, NaN, 2 ** -24, -1023 * 2 ** -24, 2 ** -149, 65504];

  test.each(['F32', 'F16', 'BF16'] as const)('%s survives a round trip', async (dtype) => {
    const path = join(await temporaryFolder(), 'w.safetensors');
    const random = new Random(3);
    const data = Float32Array.from([...special, ...Array.from({ length: 501 }, () => random.normal())]);
    const tensors = [
      { name: 'a', shape: [data.length], data },
      { name: 'b', shape: [2, 3], data: new Float32Array([9, 9, 0.5, -1, 2, 3, 4, 5.25]).subarray(2) },
      { name: '__proto__', shape: [], data: Float32Array.of(2) },
    ];
    await writeSafetensors(path, tensors, { dtype, metadata: { format: 'pt' } });
    const once = await readSafetensorsHeader(path);
    expect(once.metadata).toEqual({ format: 'pt' });
    expect([...(await readTensor(once.tensors.get('b')!))]).toEqual([0.5, -1, 2, 3, 4, 5.25]);
    expect([...(await readTensor(once.tensors.get('__proto__')!))]).toEqual([2]);
    const read = await readTensor(once.tensors.get('a')!);
    for (let i = 0; i < 7; i++) expect(Object.is(read[i], special[i])).toBe(true);
    if (dtype === 'F32') expect(new Uint8Array(read.buffer)).toEqual(new Uint8Array(data.buffer));
    for (let i = special.length; i < data.length; i++) expect(Math.abs(read[i]! / data[i]! - 1)).toBeLessThan(1 / 256);

    // What is stored already is stored unchanged, so a second trip gives the same file.
    const again = join(await temporaryFolder(), 'again.safetensors');
    const copies = [];
    for (const tensor of tensors) copies.push({ ...tensor, data: await readTensor(once.tensors.get(tensor.name)!) });
    await writeSafetensors(again, copies, { dtype, metadata: { format: 'pt' } });
    expect(await readFile(again)).toEqual(await readFile(path));
  });

  test('F16 keeps subnormals', async () => {
    const path = join(await temporaryFolder(), 'w.safetensors');
    const data = Float32Array.of(2 ** -24, -3 * 2 ** -24, 2 ** -15, 1023 * 2 ** -24);
    await writeSafetensors(path, [{ name: 'a', shape: [4], data }], { dtype: 'F16' });
    expect([...(await readTensor((await readSafetensorsHeader(path)).tensors.get('a')!))]).toEqual([...data]);
  });

  test('whole numbers and floats of several sizes lie in one file', async () => {
    const path = join(await temporaryFolder(), 'w.safetensors');
    const data = Float32Array.of(1.5, -2, 1 / 3);
    await writeSafetensors(path, [
      { name: 'ids', shape: [2, 2], data: Int32Array.of(-1, 0, 2 ** 31 - 1, -(2 ** 31)) },
      { name: 'half', shape: [3], data, dtype: 'F16' },
      { name: 'full', shape: [3], data },
    ]);
    const { tensors } = await readSafetensorsHeader(path);
    expect([...tensors.values()].map(({ name, dtype, length }) => [name, dtype, length])).toEqual([['ids', 'I32', 16], ['half', 'F16', 6], ['full', 'F32', 12]]);
    expect([...(await readInts(tensors.get('ids')!))]).toEqual([-1, 0, 2 ** 31 - 1, -(2 ** 31)]);
    expect([...(await readTensor(tensors.get('full')!))]).toEqual([...data]);
    expect((await readTensor(tensors.get('half')!))[2]).toBeCloseTo(1 / 3, 3);
    expect(await messageOf(readInts(tensors.get('half')!))).toMatch(/tensor "half" has dtype F16, but I32 is needed/);
    expect(await messageOf(readTensor(tensors.get('ids')!))).toMatch(/tensor "ids" has dtype I32/);
    await truncate(path, tensors.get('ids')!.offset + 7);
    expect(await messageOf(readInts(tensors.get('ids')!))).toMatch(/ends before its last byte/);
  });

  test('data starts at a multiple of eight, whatever the header', async () => {
    const folder = await temporaryFolder();
    for (let n = 1; n <= 9; n++) {
      const path = join(folder, `${n}.safetensors`);
      await writeSafetensors(path, [{ name: 'n'.repeat(n), shape: [1], data: Float32Array.of(n) }]);
      const tensor = (await readSafetensorsHeader(path)).tensors.get('n'.repeat(n))!;
      expect(tensor.offset % 8).toBe(0);
      expect((await readFile(path)).subarray(8, tensor.offset).toString()).toMatch(/^\{.*\} *$/);
    }
  });

  test('more numbers than one chunk', async () => {
    const path = join(await temporaryFolder(), 'w.safetensors');
    const data = Float32Array.from({ length: (1 << 22) + 5 }, (_, i) => i % 256);
    await writeSafetensors(path, [{ name: 'a', shape: [data.length], data }], { dtype: 'BF16' });
    const read = await readTensor((await readSafetensorsHeader(path)).tensors.get('a')!);
    expect(Buffer.compare(Buffer.from(read.buffer), Buffer.from(data.buffer))).toBe(0);
  });

  test('refuses what could not be read back, and leaves nothing behind', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'w.safetensors');
    const one = { name: 'a', shape: [1], data: Float32Array.of(1) };
    expect(await messageOf(writeSafetensors(path, [one, one]))).toMatch(/w\.safetensors: tensor "a" is given twice/);
    expect(await messageOf(writeSafetensors(path, [{ ...one, shape: [2] }]))).toMatch(/tensor "a" has 1 numbers/);
    expect(await messageOf(writeSafetensors(path, [{ ...one, shape: [-1, -1] }]))).toMatch(/cannot have the shape/);
    expect(await messageOf(writeSafetensors(path, [{ ...one, name: '__metadata__' }]))).toMatch(/cannot be written/);
    expect(await readdir(folder)).toEqual([]);
  });

  test('a failed write keeps the old file and removes its own', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'w.safetensors')); // a file cannot take a folder's place
    const one = { name: 'a', shape: [1], data: Float32Array.of(1) };
    await messageOf(writeSafetensors(join(folder, 'w.safetensors'), [one]));
    expect(await readdir(folder)).toEqual(['w.safetensors']);
  });
});
