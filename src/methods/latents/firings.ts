/** Every activation of one SAE's latents over many tokens, kept to be gone through latent by latent. */
import type { TopLatents } from '../../sae';
import type { Firing } from './rules';

export class LatentFirings {
  private tokens = new Int32Array(1 << 16);
  private latents = new Int32Array(1 << 16);
  private activations = new Float32Array(1 << 16);
  private count = 0;

  constructor(private readonly dSae: number) {}

  /** Rows [from, to) of `top`; `each` rows belong to one token, and the first one's is number `first`. */
  add({ count, values, indices }: TopLatents, from: number, to: number, each: number, first: number): void {
    for (let row = from; row < to; row++) {
      for (let i = row * count; i < (row + 1) * count && values.data[i] > 0; i++) {
        if (this.count === this.tokens.length) this.grow();
        this.tokens[this.count] = first + Math.floor((row - from) / each);
        this.latents[this.count] = indices.data[i];
        this.activations[this.count++] = values.data[i];
      }
    }
  }

  /** Where each latent is active, tokens ascending; of several rows of a token the largest activation. */
  *byLatent(): Generator<Firing> {
    const starts = new Int32Array(this.dSae + 1);
    for (let i = 0; i < this.count; i++) starts[this.latents[i] + 1]++;
    for (let latent = 0; latent < this.dSae; latent++) starts[latent + 1] += starts[latent];
    const filled = starts.slice();
    const order = new Int32Array(this.count);
    for (let i = 0; i < this.count; i++) order[filled[this.latents[i]]++] = i;
    for (let latent = 0; latent < this.dSae; latent++) {
      const largest = new Map<number, number>();
      for (const i of order.subarray(starts[latent], starts[latent + 1])) {
        largest.set(this.tokens[i], Math.max(largest.get(this.tokens[i]) ?? 0, this.activations[i]));
      }
      const tokens = Int32Array.from(largest.keys()).sort();
      yield { tokens, activations: Float32Array.from(tokens, (token) => largest.get(token)!) };
    }
  }

  private grow(): void {
    const larger = <T extends Int32Array | Float32Array>(old: T, fresh: T): T => {
      fresh.set(old);
      return fresh;
    };
    const size = 2 * this.count;
    this.tokens = larger(this.tokens, new Int32Array(size));
    this.latents = larger(this.latents, new Int32Array(size));
    this.activations = larger(this.activations, new Float32Array(size));
  }
}
