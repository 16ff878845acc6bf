import { open } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { gguf, GGMLQuantizationType } from '@huggingface/gguf';
import { describe, expect, it } from 'vitest';
import { openRegular, readHeader, type GgufHeader } from '../../../src/checkpoints/gguf/header';
import { BLOCKS, typeName } from '../../../src/checkpoints/gguf/tensor-types';
import { messageOf, temporaryFolder, writeBytes } from '../files';
import { array, ggufBytes, string, strings, text, u32, u64, whole, type Parts, type TensorEntry } from './kit';

async function read(parts: Parts | Uint8Array): Promise<GgufHeader> {
  const path = await writeBytes(await temporaryFolder(), 'model.gguf', parts instanceof Uint8Array ? parts : ggufBytes(parts));
  const { handle, info } = await openRegular(path);
  try {
    return readHeader(handle, path, info.size);
  } finally {
    await handle.close();
  }
}

const tensor = (over: Partial<TensorEntry> = {}): TensorEntry => ({ name: 'a.weight', sizes: [4, 2], type: 0, offset: 0, ...over });

describe('readHeader', () => {
  it('reads values of every kind and where tensors lie', async () => {
    const header = await read({
      keys: [
        ['a', string('naïve')],
        ['b', strings(['x', ''])],
        ['c', whole(7)],
        ['d', { type: 10, bytes: u64(2n ** 60n) }],
        ['e', { type: 11, bytes: u64(BigInt.asUintN(64, -3n)) }],
        ['f', { type: 12, bytes: new Uint8Array(Float64Array.of(0.1).buffer) }],
      ],
      tensors: [tensor(), tensor({ name: 'b.weight', sizes: [32], type: 8, offset: 32 })],
      data: 66,
    });
    expect([...header.metadata.values.values()]).toEqual(['naïve', ['x', ''], 7, 2n ** 60n, -3, 0.1]);
    expect([...header.tensors.values()].map(({ name, type, shape, length }) => ({ name, type, shape, length }))).toEqual([
      { name: 'a.weight', type: 'F32', shape: [2, 4], length: 32 },
      { name: 'b.weight', type: 'Q8_0', shape: [32], length: 34 },
    ]);
    expect([...header.tensors.values()].map(({ offset }) => offset - [...header.tensors.values()][0]!.offset)).toEqual([0, 32]);
  });

  it.each<[string, Parts | Uint8Array, string]>([
    ['an empty file', new Uint8Array(0), 'has only 0 bytes, too few for a GGUF file; download it again.'],
    ['another file', { magic: 'GGML' }, 'is not a GGUF file: it does not begin with "GGUF".'],
    ['an old version', { version: u32(1) }, 'is of GGUF version 1; versions 2 and 3 are read. Get a newer file.'],
    ['a new version', { version: u32(4) }, 'is of GGUF version 4; versions 2 and 3 are read. Get a newer file.'],
    [
      'big-endian',
      { version: u32(3).reverse() },
      'is a big-endian GGUF file; only little-endian ones are read. Download the usual one.',
    ],
    ['2^60 tensors', { tensorCount: 2n ** 60n }, 'lists 1152921504606846976 tensors, over the limit of 500000.'],
    ['2^60 keys', { keyCount: 2n ** 60n }, 'lists 1152921504606846976 keys, over the limit of 10000.'],
    ['more keys than there are', { keyCount: 3n }, 'ends within its header: it is cut off; download it again.'],
    [
      'a text of 2^60 bytes',
      { keys: [['k', { type: 8, bytes: text('x', 2n ** 60n) }]] },
      'has a text of 1152921504606846976 bytes ("k"), over the limit of 16777216.',
    ],
    [
      'a text beyond the end',
      { keys: [['k', { type: 8, bytes: text('x', 9999n) }]] },
      'ends within its header: it is cut off; download it again.',
    ],
    [
      'an array of 10^9',
      { keys: [['k', array(4, [], 1_000_000_000n)]] },
      'has an array of 1000000000 values ("k"), over the limit of 4000000.',
    ],
    [
      'a long array that is not there',
      { keys: [['k', array(4, [], 4_000_000n)]] },
      'ends within its header: it is cut off; download it again.',
    ],
    ['arrays in arrays', { keys: [['k', array(9, [u32(9)])]] }, 'has an array of arrays ("k"), which no known model has.'],
    ['an unknown kind of value', { keys: [['k', { type: 13, bytes: u32(0) }]] }, 'has a value of the unknown type 13 ("k").'],
    ['a key twice', { keys: [['k', whole(1)], ['k', whole(2)]] }, 'has the key "k" twice.'],
    [
      'a text that is not UTF-8',
      { keys: [['k', { type: 8, bytes: text(Uint8Array.of(0xff, 0xfe)) }]] },
      'has a text that is not UTF-8 ("k").',
    ],
    [
      'a name that is not UTF-8',
      { tensors: [tensor({ name: Uint8Array.of(0x80) })], data: 32 },
      'has a text that is not UTF-8 (name of tensor 0).',
    ],
    ['an endless name', { keys: [['k'.repeat(2000), whole(1)]] }, 'has a text of 2000 bytes (key 0), over the limit of 1024.'],
    ['no dimensions', { tensors: [tensor({ sizes: [] })] }, 'tensor "a.weight" has 0 dimensions; 1 to 4 are allowed.'],
    [
      'five dimensions',
      { tensors: [tensor({ sizes: [1, 1, 1, 1, 1] })] },
      'tensor "a.weight" has 5 dimensions; 1 to 4 are allowed.',
    ],
    ['an empty dimension', { tensors: [tensor({ sizes: [0, 2] })] }, 'tensor "a.weight" has the impossible shape [0, 2].'],
    [
      'a product beyond 2^64',
      { tensors: [tensor({ sizes: [2n ** 63n, 2n ** 63n] })] },
      'tensor "a.weight" has the impossible shape [9223372036854775808, 9223372036854775808].',
    ],
    [
      'rows that are not whole blocks',
      { tensors: [tensor({ sizes: [33], type: 8 })] },
      'tensor "a.weight" has rows of 33 numbers, but Q8_0 takes them by 32.',
    ],
    [
      'a type that cannot be read',
      { tensors: [tensor({ sizes: [256], type: 21 })] },
      `tensor "a.weight" is of ggml's type IQ3_S, which cannot be read; known types: ${Object.keys(BLOCKS).join(', ')}.`,
    ],
    [
      'a type without a name',
      { tensors: [tensor({ type: 99 })] },
      `tensor "a.weight" is of ggml's type number 99, which cannot be read; known types`,
    ],
    ['a tensor beyond the end', { tensors: [tensor({ offset: 32 })], data: 32 }, 'is cut off; download it again.'],
    [
      'a tensor far beyond the end',
      { tensors: [tensor({ offset: 2n ** 63n })], data: 32 },
      'tensor "a.weight" lies outside of the file.',
    ],
    ['an odd place', { tensors: [tensor({ offset: 8 })], data: 64 }, 'tensor "a.weight" does not begin at a multiple of 32 bytes.'],
    [
      'overlaps',
      { tensors: [tensor({ sizes: [16] }), tensor({ name: 'b', offset: 32 })], data: 64 },
      'tensor "b" overlaps tensor "a.weight".',
    ],
    ['a tensor twice', { tensors: [tensor(), tensor({ offset: 32 })], data: 64 }, 'tensor "a.weight" is in the file twice.'],
    [
      'an odd alignment',
      { keys: [['general.alignment', whole(24)]] },
      'the value of "general.alignment" is 24; a power of two up to 65536 is expected.',
    ],
    [
      'no alignment',
      { keys: [['general.alignment', whole(0)]] },
      'the value of "general.alignment" is 0; a power of two up to 65536 is expected.',
    ],
  ])('refuses %s with a sentence, without allocating what is claimed', async (_, parts, problem) => {
    const before = process.memoryUsage();
    const message = await messageOf(read(parts));
    expect(message).toContain(problem);
    expect(message).toContain('model.gguf');
    const after = process.memoryUsage();
    expect(after.arrayBuffers + after.heapTotal - before.arrayBuffers - before.heapTotal).toBeLessThan(64 << 20);
  });

  it('refuses every file that is cut off anywhere', async () => {
    const whole_ = ggufBytes({
      keys: [['k', strings(['ab', 'c'])]],
      tensors: [tensor()],
      data: 32,
    });
    await expect(read(whole_)).resolves.toBeDefined();
    for (let length = 0; length < whole_.length; length += 3) {
      expect(await messageOf(read(whole_.subarray(0, length)))).toMatch(/download it again/);
    }
  });

  it('says what is wrong with a path', async () => {
    const folder = await temporaryFolder();
    expect(await messageOf(openRegular(joinPath(folder, 'none.gguf')))).toContain('does not exist; give the path of a GGUF file.');
    expect(await messageOf(openRegular(folder))).toContain('is not a file; give the path of a GGUF file.');
  });

  it('agrees with @huggingface/gguf', async () => {
    const path = joinPath(import.meta.dirname, '../../fixtures/gguf/llama-tied.gguf');
    const handle = await open(path);
    const header = readHeader(handle, path, (await handle.stat()).size);
    await handle.close();
    const other = await gguf(path, { allowLocalFile: true });
    const { version, tensor_count, kv_count, ...metadata } = other.metadata as Record<string, unknown>;
    expect([version, tensor_count, kv_count]).toEqual([3, BigInt(header.tensors.size), BigInt(header.metadata.values.size)]);
    expect(Object.fromEntries(header.metadata.values)).toEqual(metadata);
    const start = Number(other.tensorDataOffset);
    const theirs = other.tensorInfos.map(({ name, shape, dtype, offset }) => {
      return { name, shape: shape.map(Number).reverse(), type: typeName(dtype), offset: start + Number(offset) };
    });
    expect([...header.tensors.values()].map(({ name, shape, type, offset }) => ({ name, shape, type, offset }))).toEqual(theirs);
  });

  it('names ggml\'s types as @huggingface/gguf does', () => {
    const names = Object.entries(GGMLQuantizationType).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
    expect(names.length).toBeGreaterThan(25);
    for (const [name, id] of names) expect(typeName(id)).toBe(name);
  });
});
