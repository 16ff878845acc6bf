/** The model that the engine has opened and its SAEs, asked for once and forgotten when the engine stops. */
import type { EngineClient } from './client';
import type { ListedSae, SaeList } from '../../protocol/documents/latents';
import type { LatentRef } from '../../vocabulary/latent-name';
import type { SiteName } from '../../vocabulary/sites';

export class ModelSaes {
  private asked?: Promise<SaeList>;
  private list: SaeList | null = null;

  /** @param changed called when other SAEs are known, or none any more */
  constructor(private readonly engine: Pick<EngineClient, 'request'>, private readonly changed: () => void) {}

  /** Starts the engine. @throws why there are none */
  get(): Promise<SaeList> {
    if (this.asked) return this.asked;
    const asked = this.engine.request('saes', null).then((list) => {
      if (this.asked === asked) this.set(list);
      return list;
    });
    this.asked = asked;
    asked.catch(() => this.asked === asked && this.forget()); // another try may find what was missing
    return asked;
  }

  forget(): void {
    this.asked = undefined;
    if (this.list) this.set(null);
  }

  /** What a latent's number is kept under: its model and its SAE's name; null for a site without an SAE, and before `get`. */
  nameOf({ site }: Pick<LatentRef, 'site'>): { model: string; sae: string } | null {
    const sae = this.list?.saes.find((one): one is typeof one & { sae: ListedSae } => one.sae?.site === site && one.problem === null);
    return sae && this.list ? { model: this.list.model.id, sae: sae.sae.name } : null;
  }

  /** The site of an SAE of the open model; null when it is not among them. */
  siteOf(model: string, sae: string): SiteName | null {
    if (this.list?.model.id !== model) return null;
    return this.list.saes.find((one) => one.sae?.name === sae && one.problem === null)?.sae?.site ?? null;
  }

  private set(list: SaeList | null): void {
    this.list = list;
    this.changed();
  }
}
