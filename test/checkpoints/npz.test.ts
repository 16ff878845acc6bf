import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { MAX_UNPACKED_BYTES, readNpz, type NpzArray } from '../../src/checkpoints/npz';
import { readTensor } from '../../src/checkpoints/safetensors';
import { MAX_MEMBERS } from '../../src/checkpoints/zip-directory';
import { messageOf, temporaryFolder, writeBytes } from './files';
import { npy, zip, type MemberSpec } from './npz-kit';

const numbersOf = async (array: NpzArray) => ('data' in array ? array.data : readTensor(array));
const open = async (bytes: Uint8Array | string) => readNpz(await writeBytes(await temporaryFolder(), 'params.npz', bytes));
const a = npy([1, -2, 3.5, 4, 5, 6], [2, 3]);
const member: MemberSpec = { name: 'a.npy', data: a };

describe('arrays', () => {
  test('stored ones are located, compressed ones unpacked', async () => {
    const halves = npy(new Uint8Array(Uint16Array.of(0x3c00, 0xc000).buffer), [2], "{'descr': '<f2', 'fortran_order': False, 'shape': (2,), }", [2, 0]);
    const arrays = await open(zip([member, { name: 'b.npy', data: a, deflate: true }, { name: 'h.npy', data: halves }, { name: 'g.npy', data: halves, deflate: true }]));
    expect([...arrays.keys()]).toEqual(['a', 'b', 'h', 'g']);
    expect([...arrays.values()].map((array) => 'data' in array)).toEqual([false, true, false, true]);
    for (const name of ['a', 'b']) {
      expect(arrays.get(name)!.shape).toEqual([2, 3]);
      expect([...(await numbersOf(arrays.get(name)!))]).toEqual([1, -2, 3.5, 4, 5, 6]);
    }
    for (const name of ['h', 'g']) expect([...(await numbersOf(arrays.get(name)!))]).toEqual([1, -2]);
  });

  test("numpy's own files, savez and savez_compressed", async () => {
    const folder = path.resolve('test/fixtures/golden/sae-gemma');
    const [stored, packed] = await Promise.all(
      ['res', 'mlp'].map((kind) => readNpz(path.join(folder, `gemma-scope-2b-pt-${kind}/layer_1/width_40/average_l0_9/params.npz`))),
    );
    expect([...stored.keys()].sort()).toEqual(['W_dec', 'W_enc', 'b_dec', 'b_enc', 'threshold']);
    for (const [name, array] of stored) expect(await numbersOf(packed.get(name)!)).toEqual(await numbersOf(array));
  });

  test('Fortran order is fine where it says nothing', async () => {
    const vector = npy([1, 2], [2], "{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }");
    expect([...(await numbersOf((await open(zip([{ name: 'a.npy', data: vector }]))).get('a')!))]).toEqual([1, 2]);
  });
});

describe('a file that lies', () => {
  const header = (text: string, data: readonly number[] | Uint8Array = [1, 2]) => zip([{ name: 'a.npy', data: npy(data, [2], text) }]);
  const zeros = new Uint8Array(1_000_000);
  const bomb = { name: 'a.npy', data: npy(zeros, [250_000]), deflate: true };
  const cases: [what: string, bytes: Uint8Array | string, message: RegExp][] = [
    ['empty', '', /directory at its end is missing; download it again/],
    ['no zip', 'x'.repeat(500), /directory at its end is missing/],
    ['truncated', zip([member]).subarray(0, 150), /directory at its end is missing/],
    ['cut in the middle', Buffer.concat([zip([member]).subarray(0, 60), zip([member]).subarray(90)]), /beyond its end|damaged|outside/],
    ['a pickled array', header("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }"), /tensor "a" holds pickled Python objects/],
    ['a pickled record', header("{'descr': [('x', '|O')], 'fortran_order': False, 'shape': (2,), }"), /pickled/],
    ['a pickle itself', zip([{ name: 'a.npy', data: Buffer.from('\x80\x04K\x01.', 'latin1') }]), /is not a .npy array/],
    ['code in a header', header("{'descr': __import__('os').getcwd(), 'fortran_order': False, 'shape': (2,), }"), /header that numpy does not write/],
    ['Fortran order', header("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 1, 3), }", [1, 2, 3, 4, 5, 6]), /Fortran order; save it as numpy.ascontiguousarray/],
    ['double precision', header("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }"), /dtype "'<f8'"; only '<f4' and '<f2' can be read, so convert it/],
    ['big-endian', header("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }"), /only '<f4'/],
    ['another shape', header("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }"), /has 8 bytes of numbers, but F32 \[3\] takes 12/],
    ['an endless shape', header("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 99999999999), }"), /too large to count/],
    ['a negative size', header("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }"), /header that numpy does not write/],
    ['version 3', zip([{ name: 'a.npy', data: npy([1], [1], undefined, [3, 0]) }]), /version 3.0/],
    ['an endless header', zip([{ name: 'a.npy', data: Buffer.from('\x93NUMPY\x02\x00\xff\xff\xff\x7f', 'latin1') }]), /header of 2147483647 bytes, over the limit/],
    ['a header cut off', zip([{ name: 'a.npy', data: a.subarray(0, 30) }]), /cut off inside its header/],
    ['an honest bomb', zip([{ ...bomb, size: MAX_UNPACKED_BYTES + 1 }]), /tensor "a.npy" claims 2147483649 bytes packed into \d+, which no compression does/],
    ['a bomb that says it is small', zip([{ ...bomb, size: 1000 }]), /unpacks to more than the 1000 bytes it declares: a zip bomb/],
    ['too short when unpacked', zip([{ ...bomb, size: 1_000_500 }]), /unpacks to 1000128 bytes instead of 1000500/],
    ['damaged when unpacked', zip([{ name: 'a.npy', data: new Uint8Array(50).fill(0xff), method: 8 }]), /is damaged and cannot be unpacked/],
    ['another checksum', zip([{ ...member, checksum: 1 }]), /tensor "a" is damaged \(its checksum is wrong\)/],
    ['another checksum when unpacked', zip([{ ...member, deflate: true, checksum: 1 }]), /checksum is wrong/],
    ['a name twice', zip([member, member]), /tensor "a.npy" is in the file twice/],
    ['a path up', zip([{ name: '../a.npy', data: a }]), /tensor "..\/a.npy" is not the plain name of a .npy array/],
    ['an absolute path', zip([{ name: '/etc/a.npy', data: a }]), /is not the plain name/],
    ['a control character', zip([{ name: 'a\n.npy', data: a }]), /tensor "a\\n.npy" is not the plain name/],
    ['something else', zip([{ name: 'a.pkl', data: a }]), /is not the plain name of a .npy array/],
    ['two names', zip([{ ...member, localName: 'b.npy' }]), /described differently/],
    ['an offset elsewhere', zip([{ ...member, offset: 4 }]), /described differently|outside/],
    ['an offset outside', zip([{ ...member, offset: 100_000 }]), /lies outside of the file/],
    ['ZIP64', zip([{ ...member, offset: 0xffffffff }]), /larger than 4 GiB/],
    ['encrypted', zip([{ ...member, flags: 1 }]), /is encrypted/],
    ['another compression', zip([{ ...member, method: 12 }]), /method 12/],
    ['stored with two sizes', zip([{ ...member, size: 999 }]), /has two sizes/],
    ['larger than the file', zip([{ ...member, size: 99_999, packedSize: 99_999 }]), /is cut off/],
    ['no members', zip([]), /0 members/],
    ['too many members', zip(Array.from({ length: MAX_MEMBERS + 1 }, (_, i) => ({ name: `a${i}.npy`, data: a }))), /65 members/],
  ];
  test.each(cases)('%s', async (_what, bytes, message) => {
    expect(await messageOf(open(bytes))).toMatch(message);
  });

  test('members that overlap', async () => {
    const bytes = zip([member, { ...member, name: 'b.npy' }]);
    // The first one's sizes in the directory are made larger than it is.
    const at = bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    bytes.writeUInt32LE(a.length + 60, at + 20);
    bytes.writeUInt32LE(a.length + 60, at + 24);
    expect(await messageOf(open(bytes))).toMatch(/overlaps "a.npy"/);
  });

  test('errors name the file, and a folder or nothing is no file', async () => {
    const folder = await temporaryFolder();
    expect(await messageOf(readNpz(path.join(folder, 'params.npz')))).toBe(`${path.join(folder, 'params.npz')}: does not exist.`);
    expect(await messageOf(readNpz(folder))).toMatch(/is not a regular file/);
  });

  test('every cut of a real file is an error', async () => {
    const whole = await readFile('test/fixtures/golden/sae-gemma/gemma-scope-2b-pt-mlp/layer_1/width_40/average_l0_9/params.npz');
    const folder = await temporaryFolder();
    for (let length = 0; length < whole.length; length += 499) {
      await expect(readNpz(await writeBytes(folder, 'params.npz', whole.subarray(0, length)))).rejects.toThrow(/download it again/);
    }
  });
});
