/** Dense latents: those that are active at so many tokens that being active tells little. */

/** The share of all tokens above which a latent is called dense. */
export const DENSE = 0.2;

/** Whether it is known to be. */
export function isDense(density: number | null | undefined): boolean {
  return typeof density === 'number' && density > DENSE;
}

/** Dense latents behind the others, in the order that there is. */
export function specificFirst<L extends { density?: number | null }>(latents: readonly L[]): L[] {
  return [...latents].sort((a, b) => Number(isDense(a.density)) - Number(isDense(b.density)));
}
