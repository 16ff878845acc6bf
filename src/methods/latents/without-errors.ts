/**
 * What a model still tells apart where SAEs stand in the place of activations: with what they leave out (error terms), without it, and
 * with an error of the same length in a random direction. If what an SAE leaves out were of no account, its reconstruction would do no
 * worse than the random error (Gurnee 2024 found it to do far worse).
 */
import { floats } from '../../graph';
import type { Hook, Model } from '../../model';
import { uniformFrom } from '../../random';
import { fromRows, requireAutoencoders, spliceHooks, toRows, type LoadedSae } from '../../sae';

export const REPLACEMENTS = ['withErrors', 'withoutErrors', 'randomErrors'] as const;
export type SaeReplacement = (typeof REPLACEMENTS)[number];

/**
 * Hooks that replace what lies at the SAEs' sites. Each error is that of the run as it is by then, so those below have an effect.
 * @param seed of the random directions
 * @throws as `spliceHooks`
 */
export function replacingHooks(model: Model, saes: readonly LoadedSae[], how: SaeReplacement, seed: number): Hook[] {
  requireAutoencoders(saes, 'Comparing with errors in random directions');
  const hooks = spliceHooks(saes, model, { error: how === 'withErrors' });
  if (how !== 'randomErrors') return hooks;
  const uniform = uniformFrom(seed);
  const directions = new Map<number, Float64Array[]>();
  const drawn = (width: number) => {
    if (!directions.has(width)) directions.set(width, Array.from({ length: DIRECTIONS }, () => randomDirection(width, uniform)));
    return directions.get(width)![Math.floor(uniform() * DIRECTIONS)];
  };
  return hooks.map(({ site, edit }, i): Hook => ({
    site,
    async edit(activation, batch) {
      const x = toRows(saes[i], floats(activation.data.slice(), activation.shape));
      const reconstruction = toRows(saes[i], await edit(activation, batch));
      const [rows, width] = x.shape;
      for (let row = 0; row < rows; row++) {
        const at = row * width;
        let squares = 0;
        for (let j = at; j < at + width; j++) squares += (x.data[j] - reconstruction.data[j]) ** 2;
        drawn(width).forEach((value, j) => (x.data[at + j] += value * Math.sqrt(squares)));
      }
      return fromRows(saes[i], x, activation);
    },
  }));
}

/** Of which each row gets one, as drawing one for each would take longer than all runs. */
const DIRECTIONS = 1024;

/** Of length 1; from normally distributed numbers (Box & Muller 1958), so that all directions are equally likely. */
function randomDirection(width: number, uniform: () => number): Float64Array {
  const direction = Float64Array.from({ length: width }, () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()));
  const length = Math.hypot(...direction);
  return direction.map((value) => value / length);
}
