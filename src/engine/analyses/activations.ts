/** The latents of one SAE that are active at each token. */
import { describedActivations, saeAt } from '../latents/active';
import type { Run } from './run';

export const activations: Run<'activations'> = {
  run: async (reading, { site, count }, { signal }) => {
    const { session, loaded: { model }, program } = reading;
    const sae = saeAt(await session.saes(), site, model.shape.layers);
    const { sae: listed, active, counts, latents, problems } = await describedActivations(session, program, sae, count, signal);
    return { value: { sae: listed, active, counts, latents }, problems };
  },
};
