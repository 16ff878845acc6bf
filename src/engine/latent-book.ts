/** What is known about the latents of the SAEs that are open. */
import type { DescribedLatent, LatentRef } from '../protocol/latents';
import type { LoadedSae } from '../sae';
import type { LoadedModel } from './load';

export class LatentBook {
  /**
   * @param saes each of another site
   * @param explanations folders of Neuronpedia exports, by site
   */
  constructor(
    readonly loaded: LoadedModel,
    private readonly saes: readonly LoadedSae[],
    readonly explanations: Readonly<Record<string, string>> = {},
  ) {}

  /** What is said about each, in the given order. @throws a sentence for a site without an SAE or a latent that does not exist */
  async describe(refs: readonly LatentRef[]): Promise<DescribedLatent[]> {
    return Promise.resolve(refs.map((ref) => {
      this.saeOf(ref);
      return { site: ref.site, latent: ref.latent, description: null, maximum: null };
    }));
  }

  /** The SAE that a latent belongs to. */
  private saeOf({ site, latent }: LatentRef): LoadedSae {
    const sae = this.saes.find(({ config }) => config.site === site);
    if (!sae) throw new Error(`There is no SAE for ${JSON.stringify(site)}; there are some for ${this.saes.map(({ config }) => config.site).join(', ')}.`);
    const { dSae } = sae.config;
    if (!Number.isInteger(latent) || latent < 0 || latent >= dSae) {
      throw new Error(`Latent ${JSON.stringify(latent)} does not exist; the SAE at ${site} has the latents 0 to ${dSae - 1}.`);
    }
    return sae;
  }
}
