/**
 * The header of a .npy array (numpy.lib.format, versions 1.0 and 2.0). It is a Python literal, and read as text: nothing is evaluated,
 * and a header that numpy would not have written is refused.
 */
import { byteLength, type FloatDtype } from './dtype';
import { quoteName } from './checkpoint-error';

/** numpy pads its headers to a few hundred bytes. */
export const MAX_NPY_HEADER_BYTES = 4096;
/** Enough of a file to hold the longest header and what comes before it. */
export const NPY_PREFIX_BYTES = MAX_NPY_HEADER_BYTES + 12;

export interface NpyHeader {
  readonly dtype: FloatDtype;
  readonly shape: number[];
  /** Bytes before the numbers. */
  readonly dataStart: number;
  /** Bytes of the numbers. */
  readonly dataLength: number;
}

const MAGIC = '\x93NUMPY';
const HEADER = /^\{'descr': ('[^']{1,40}'|\[[^\]]*\]), 'fortran_order': (True|False), 'shape': \(((?:\d{1,15}, )*(?:\d{1,15},?)?)\), ?\} *\n$/;
const DTYPES: Readonly<Record<string, FloatDtype>> = { "'<f4'": 'F32', "'<f2'": 'F16' };

/** Reads the header from the first bytes of an array. Throws a SyntaxError with a problem that reads on from the array's name. */
export function parseNpyHeader(bytes: Uint8Array): NpyHeader {
  if (bytes.length < 10 || latin(bytes.subarray(0, 6)) !== MAGIC) throw new SyntaxError('is not a .npy array');
  const [major, minor] = [bytes[6]!, bytes[7]!];
  if ((major !== 1 && major !== 2) || minor !== 0) throw new SyntaxError(`is of .npy version ${major}.${minor}; 1.0 and 2.0 can be read`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = major === 1 ? 10 : 12;
  if (bytes.length < start) throw new SyntaxError('is cut off inside its header');
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_NPY_HEADER_BYTES) throw new SyntaxError(`claims a header of ${length} bytes, over the limit of ${MAX_NPY_HEADER_BYTES}`);
  if (bytes.length < start + length) throw new SyntaxError('is cut off inside its header');
  const header = latin(bytes.subarray(start, start + length));

  const [, descr, fortran, sizes] = HEADER.exec(header) ?? [];
  if (descr === undefined || sizes === undefined) throw new SyntaxError(`has a header that numpy does not write: ${quoteName(header.trim())}`);
  if (/O/.test(descr)) throw new SyntaxError('holds pickled Python objects, which can run code when they are read; save it as numbers');
  const dtype = Object.hasOwn(DTYPES, descr) ? DTYPES[descr] : undefined;
  if (!dtype) throw new SyntaxError(`has the dtype ${quoteName(descr)}; only '<f4' and '<f2' can be read, so convert it with astype('float32')`);
  const shape = sizes.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]));
  // With fewer than two sizes above one, both orders are the same bytes.
  if (fortran === 'True' && shape.filter((size) => size !== 1).length > 1) {
    throw new SyntaxError('is stored in Fortran order; save it as numpy.ascontiguousarray(…)');
  }
  const elements = shape.reduce((product, size) => product * size, 1);
  if (!Number.isSafeInteger(elements)) throw new SyntaxError(`has a shape too large to count: [${shape.join(', ')}]`);
  return { dtype, shape, dataStart: start + length, dataLength: byteLength(dtype, elements) };
}

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
