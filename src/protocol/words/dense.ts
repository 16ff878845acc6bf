/** Dense latents: those that are active at so many tokens that being active tells little. */
import { DENSE } from '../../vocabulary/dense';

/** Whether it is known to be. */
export function isDense(density: number | null | undefined): boolean {
  return typeof density === 'number' && density > DENSE;
}

/** Dense latents behind the others, in the order that there is. */
export function specificFirst<L extends { density?: number | null }>(latents: readonly L[]): L[] {
  return [...latents].sort((a, b) => Number(isDense(a.density)) - Number(isDense(b.density)));
}
