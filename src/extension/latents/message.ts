/** What commands about latents are called with. */
import { checked } from '../../protocol/fields';
import { latentArgument as argument, type LatentArgument } from '../../protocol/pages/latents-view';

/** @throws when a command was called with something else than a latent; undefined for nothing */
export function latentArgument(value: unknown): LatentArgument | undefined {
  if (value === undefined || value === null) return undefined;
  return checked(argument, value, 'A latent, as in { "site": "blocks.2.hook_resid_post", "latent": 12 }');
}
