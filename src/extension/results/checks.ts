/** Checks of what a file holds, which may come from anywhere. */

const MAX_CELLS = 4_000_000;

export type Check = (value: unknown) => boolean;

export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
export const text: Check = (value) => typeof value === 'string';
export const number: Check = (value) => typeof value === 'number' && Number.isFinite(value);
export const boolean: Check = (value) => typeof value === 'boolean';
export const count: Check = (value) => Number.isInteger(value) && (value as number) >= 0;
export const oneOf = (...values: unknown[]): Check => (value) => values.includes(value);
export const orNull = (check: Check): Check => (value) => value === null || check(value);
export const list = (check: Check, length?: number): Check => (value) =>
  Array.isArray(value) && value.length <= MAX_CELLS && (length === undefined || value.length === length) && value.every(check);
export const shape = (fields: Record<string, Check>): Check => (value) =>
  isObject(value) && Object.entries(fields).every(([name, check]) => check(value[name]));

export const tokens = list(shape({ id: count, text, start: orNull(count), end: orNull(count) }));
export const tokenProbabilities = list(shape({ id: count, text, probability: number, logit: number }));
