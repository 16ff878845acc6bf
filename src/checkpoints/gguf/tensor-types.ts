/** ggml's tensor types by their number in a file (ggml.h, `enum ggml_type`): all names, so that what cannot be read can be named. */
const NAMES: Readonly<Record<number, string>> = {
  0: 'F32', 1: 'F16', 2: 'Q4_0', 3: 'Q4_1', 6: 'Q5_0', 7: 'Q5_1', 8: 'Q8_0', 9: 'Q8_1', 10: 'Q2_K', 11: 'Q3_K', 12: 'Q4_K', 13: 'Q5_K',
  14: 'Q6_K', 15: 'Q8_K', 16: 'IQ2_XXS', 17: 'IQ2_XS', 18: 'IQ3_XXS', 19: 'IQ1_S', 20: 'IQ4_NL', 21: 'IQ3_S', 22: 'IQ2_S', 23: 'IQ4_XS',
  24: 'I8', 25: 'I16', 26: 'I32', 27: 'I64', 28: 'F64', 29: 'IQ1_M', 30: 'BF16', 34: 'TQ1_0', 35: 'TQ2_0', 39: 'MXFP4', 40: 'NVFP4', 41: 'Q1_0',
  42: 'Q2_0',
};

/** The types that can be read: numbers and bytes of one block. A row is a whole number of blocks. */
export const BLOCKS = {
  F32: { numbers: 1, bytes: 4 },
  F16: { numbers: 1, bytes: 2 },
  BF16: { numbers: 1, bytes: 2 },
  Q4_0: { numbers: 32, bytes: 18 },
  Q4_1: { numbers: 32, bytes: 20 },
  Q5_0: { numbers: 32, bytes: 22 },
  Q5_1: { numbers: 32, bytes: 24 },
  Q8_0: { numbers: 32, bytes: 34 },
  Q2_K: { numbers: 256, bytes: 84 },
  Q3_K: { numbers: 256, bytes: 110 },
  Q4_K: { numbers: 256, bytes: 144 },
  Q5_K: { numbers: 256, bytes: 176 },
  Q6_K: { numbers: 256, bytes: 210 },
  IQ4_NL: { numbers: 32, bytes: 18 },
  IQ4_XS: { numbers: 256, bytes: 136 },
} as const;

export type TensorType = keyof typeof BLOCKS;

/** The types whose blocks have to be dequantised. */
export type QuantizedType = Exclude<TensorType, 'F32' | 'F16' | 'BF16'>;

export function isReadable(name: string): name is TensorType {
  return Object.hasOwn(BLOCKS, name);
}

export function isQuantized(type: TensorType): type is QuantizedType {
  return BLOCKS[type].numbers > 1;
}

/** ggml's name of a type; its number where there is no name for it here. */
export function typeName(id: number): string {
  return NAMES[id] ?? `number ${id}`;
}

/** Bytes of `count` numbers, a whole number of blocks. */
export function bytesOf(type: TensorType, count: number): number {
  return (count / BLOCKS[type].numbers) * BLOCKS[type].bytes;
}
