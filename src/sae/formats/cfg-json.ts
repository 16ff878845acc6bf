/** Reading an SAE's cfg.json without trust. */
import { readFile, stat } from 'node:fs/promises';
import { bareName, CheckpointError, quoteValue } from '../../checkpoints/checkpoint-error';
import { isObject, parseStrictObject } from '../../checkpoints/strict-json';

/** A cfg.json is a few kilobytes. */
export const CFG_LIMIT = 1_000_000;
/** Gemma Scope's widest SAEs have a million latents. */
const MAX_SAE_SIZE = 10_000_000;

/** Reads the file's object. Throws a {@link CheckpointError} when it is missing, too large or not strict JSON. */
export async function readCfg(file: string): Promise<Fields> {
  const info = await stat(file).catch(() => undefined);
  if (!info?.isFile()) throw new CheckpointError(file, 'does not exist; download the SAE again, with its cfg.json.');
  if (info.size > CFG_LIMIT) throw new CheckpointError(file, `has ${info.size} bytes; a cfg.json has at most ${CFG_LIMIT}.`);
  try {
    return new Fields(file, parseStrictObject(await readFile(file)));
  } catch (error) {
    throw new CheckpointError(file, `${(error as Error).message}.`, undefined, { cause: error });
  }
}

/** The fields of a config, each read with its type; an error names the file and the field. */
export class Fields {
  constructor(
    readonly file: string,
    readonly values: Readonly<Record<string, unknown>>,
  ) {}

  refuse(key: string, problem: string): never {
    throw new CheckpointError(this.file, `'${key}' ${problem}.`);
  }

  /** Refuses keys that are not in the lists, unless null, false, 0, "none" or empty switches them off. */
  allow(known: readonly string[], ignored: readonly string[] = []): void {
    for (const [key, value] of Object.entries(this.values)) {
      if (known.includes(key) || ignored.includes(key)) continue;
      const off = value === null || value === false || value === 0 || ['[]', '{}', '"none"'].includes(JSON.stringify(value));
      if (!off) this.refuse(bareName(key), `is a setting that is not supported (${show(value)})`);
    }
  }

  size(key: string): number {
    const value = this.values[key];
    if (typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= MAX_SAE_SIZE) return value;
    return this.refuse(key, `is ${show(value)}, not a whole number from 1 to ${MAX_SAE_SIZE}`);
  }

  boolean(key: string, fallback?: boolean): boolean {
    const value = this.values[key] ?? fallback;
    return typeof value === 'boolean' ? value : this.refuse(key, `is ${show(value)}, not true or false`);
  }

  string(key: string, fallback?: string): string {
    const value = this.values[key] ?? fallback;
    return typeof value === 'string' ? value : this.refuse(key, `is ${show(value)}, not text`);
  }

  oneOf<T extends string>(key: string, known: readonly T[], fallback?: T): T {
    const value = this.values[key] ?? fallback;
    const found = known.find((candidate) => candidate === value);
    return found ?? this.refuse(key, `is ${show(value)}, which is not supported; known are ${known.join(', ')}`);
  }

  /** A field that is only passed on: null where it is missing or of another type. */
  text(key: string): string | null {
    const value = this.values[key];
    return typeof value === 'string' && value.length <= 300 ? value : null;
  }

  nested(key: string): Fields {
    const value = this.values[key] ?? {};
    return isObject(value) ? new Fields(this.file, value) : this.refuse(key, 'is not an object');
  }
}

/** A value from an untrusted file as it may be printed. */
function show(value: unknown): string {
  if (value === undefined) return 'missing';
  return quoteValue(value);
}
