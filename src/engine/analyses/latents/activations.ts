/** The latents of one SAE that are active at each token. */
import { describedActivations, readActivations, saeAt } from '../../latents/active';
import type { Run } from '../run';

export const activations: Run<'activations'> = {
  run: async (reading, { site, count }, { signal }) => {
    const { session, loaded: { model }, program } = reading;
    const sae = saeAt(await session.saes(), site, model.shape.layers);
    const read = await readActivations(model, program, sae, count, signal);
    const { sae: listed, active, counts, latents, problems } = await describedActivations(read, sae, await session.book());
    return { value: { sae: listed, active, counts, latents }, problems };
  },
};
