import { CheckpointError, quoteValue } from '../../checkpoint-error';
import type { Metadata } from '../metadata';

/** The options of one architecture, `llama.block_count` as `block_count`. Knows which were read, so that none is overlooked. */
export class Options {
  private readonly known = new Set<string>();

  constructor(
    private readonly metadata: Metadata,
    readonly architecture: string,
  ) {}

  number(name: string): number | undefined {
    const value = this.metadata.number(this.key(name));
    return value === undefined ? undefined : shortest(value);
  }

  whole(name: string): number | undefined {
    return this.metadata.whole(this.key(name));
  }

  text(name: string): string | undefined {
    return this.metadata.text(this.key(name));
  }

  flag(name: string): boolean | undefined {
    return this.metadata.flag(this.key(name));
  }

  /** A whole number from 1 that has to be there. */
  size(name: string): number {
    const value = this.whole(name) ?? this.missing(`the key "${this.key(name)}"`);
    return value > 0 ? value : this.refuse(name, 'is 0');
  }

  /** A number that has to be there. */
  required(name: string): number {
    return this.number(name) ?? this.missing(`the key "${this.key(name)}"`);
  }

  /** Options that say nothing config.json could, or that are refused unless they are as here. */
  only(values: Readonly<Record<string, number | boolean | string>>): void {
    for (const [name, expected] of Object.entries(values)) {
      const value = this.metadata.values.get(this.key(name));
      if (value !== undefined && value !== expected) this.refuse(name, `is ${quoteValue(value)}; only ${String(expected)} is known`);
    }
  }

  /** Ends when there is an option that nobody asked for. */
  refuseUnknown(): void {
    for (const key of this.metadata.values.keys()) {
      if (!key.startsWith(`${this.architecture}.`)) continue;
      const name = key.slice(this.architecture.length + 1);
      if (!this.known.has(name)) this.refuse(name, 'is an option that is not known here');
    }
  }

  refuse(name: string, problem: string): never {
    return this.metadata.refuse(this.key(name), problem);
  }

  missing(what: string): never {
    throw new CheckpointError(this.metadata.file, `lacks ${what}, without which it is not a ${this.architecture} model.`);
  }

  private key(name: string): string {
    this.known.add(name);
    return `${this.architecture}.${name}`;
  }
}

/** The shortest decimal with the same fp32 value: GGUF stores 1e-5 as 0.000009999999747378752. */
export function shortest(value: number): number {
  for (let digits = 1; digits < 10; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
