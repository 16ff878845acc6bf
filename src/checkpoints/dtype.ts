/** Every dtype the safetensors format defines, with its size in bits. */
const BITS = {
  BOOL: 8,
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  F8_E8M0: 8,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  F64: 64,
  I64: 64,
  U64: 64,
  C64: 64,
} as const;

export type StoredDtype = keyof typeof BITS;

/** The dtypes that widen to fp32 without loss, and that this project computes with. */
export type FloatDtype = 'F32' | 'F16' | 'BF16';

export function isStoredDtype(value: unknown): value is StoredDtype {
  return typeof value === 'string' && Object.hasOwn(BITS, value);
}

export function isFloatDtype(dtype: StoredDtype): dtype is FloatDtype {
  return dtype === 'F32' || dtype === 'F16' || dtype === 'BF16';
}

/** Bytes of `elements` numbers; not an integer when a sub-byte dtype does not fill its last byte. */
export function byteLength(dtype: StoredDtype, elements: number): number {
  return elements * (BITS[dtype] / 8);
}

/**
 * Widens stored numbers to fp32 bit patterns, exactly: subnormals, infinities, signed zeros and NaN payloads survive.
 * Works on bits because a NaN that passes through a JavaScript number may lose its payload.
 */
export function widen(stored: Uint16Array, dtype: 'F16' | 'BF16', into: Uint32Array): void {
  if (dtype === 'BF16') {
    // Eight at a time takes less than half as long as one: 0.5 s for 0.5 B numbers.
    const whole = stored.length - (stored.length % 8);
    for (let i = 0; i < whole; i += 8) {
      into[i] = stored[i]! << 16;
      into[i + 1] = stored[i + 1]! << 16;
      into[i + 2] = stored[i + 2]! << 16;
      into[i + 3] = stored[i + 3]! << 16;
      into[i + 4] = stored[i + 4]! << 16;
      into[i + 5] = stored[i + 5]! << 16;
      into[i + 6] = stored[i + 6]! << 16;
      into[i + 7] = stored[i + 7]! << 16;
    }
    for (let i = whole; i < stored.length; i++) into[i] = stored[i]! << 16;
    return;
  }
  const table = halfTable();
  for (let i = 0; i < stored.length; i++) into[i] = table[stored[i]!]!;
}

/** Rounds fp32 bit patterns to the nearest stored number, ties to even; what is too large becomes infinity. */
export function narrow(bits: Uint32Array, dtype: 'F16' | 'BF16', into: Uint16Array): void {
  const round = dtype === 'BF16' ? toBrainFloat : toHalf;
  for (let i = 0; i < bits.length; i++) into[i] = round(bits[i]!);
}

function toBrainFloat(bits: number): number {
  if ((bits & 0x7fffffff) > 0x7f800000) return (bits >>> 16) | 0x40; // a NaN stays a NaN, made quiet
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}

function toHalf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00 | ((magnitude >>> 13) & 0x3ff);
  if (magnitude >= 0x477ff000) return sign | 0x7c00; // from 65520 on, everything rounds to infinity
  // Normal halves: re-bias the exponent (127 → 15) and round 13 bits away; a carry into the exponent is right.
  if (magnitude >= 0x38800000) return sign | roundShift(magnitude - ((127 - 15) << 23), 13);
  if (magnitude < 0x33000000) return sign; // below half the smallest subnormal, 2^-25
  // Subnormal halves count units of 2^-24.
  const exponent = magnitude >>> 23;
  return sign | roundShift((magnitude & 0x7fffff) | 0x800000, 126 - exponent);
}

/** value / 2^shift, rounded to nearest, ties to even. */
function roundShift(value: number, shift: number): number {
  const kept = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept;
}

let halves: Uint32Array | undefined;

/** The fp32 bits of all 65,536 halves. */
function halfTable(): Uint32Array {
  if (halves) return halves;
  halves = new Uint32Array(0x10000);
  for (let half = 0; half < 0x10000; half++) {
    const sign = (half & 0x8000) << 16;
    const exponent = (half >>> 10) & 0x1f;
    let fraction = half & 0x3ff;
    if (exponent === 0x1f) halves[half] = sign | 0x7f800000 | (fraction << 13);
    else if (exponent > 0) halves[half] = sign | ((exponent + 127 - 15) << 23) | (fraction << 13);
    else if (fraction === 0) halves[half] = sign;
    else {
      // A subnormal half is a normal fp32: shift until the leading one is where it is implied.
      let shifted = 127 - 14;
      while ((fraction & 0x400) === 0) {
        fraction <<= 1;
        shifted--;
      }
      halves[half] = sign | (shifted << 23) | ((fraction & 0x3ff) << 13);
    }
  }
  return halves;
}
