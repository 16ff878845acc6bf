/** A session: one open model with its tokenizer, its SAEs and what is known about their latents, each opened when it is first needed. */
import type { SaeList } from '../../protocol/latents';
import type { LoadedSae } from '../../sae';
import { LatentBook } from '../latents/book';
import type { LoadedModel } from '../session/load';
import { Speed } from '../session/speed';
import { listSaes, openSaes, type SaePlaces } from '../latents/saes';

export class Session {
  readonly speed = new Speed();
  private opening?: Promise<LoadedSae[]>;
  private knowing?: Promise<LatentBook>;

  /**
   * @param folders of SAEs, or their names in the store; empty for those in the model's own folder
   * @param explanations folders of Neuronpedia exports, by site
   */
  constructor(
    readonly loaded: LoadedModel,
    private readonly folders: readonly string[] = [],
    private readonly explanations: Readonly<Record<string, string>> = {},
    private readonly places: SaePlaces = {},
  ) {}

  listSaes(): Promise<SaeList> {
    return listSaes(this.loaded, this.folders, this.places);
  }

  /** Whether no SAE has been opened yet, so that their sessions have not been either. */
  get cold(): boolean {
    return this.opening === undefined;
  }

  /** Kept; in the order of the model's sites. */
  saes(): Promise<LoadedSae[]> {
    const opening = (this.opening ??= openSaes(this.loaded, this.folders, this.places));
    opening.catch(() => (this.opening = undefined)); // another try may find what was missing
    return opening;
  }

  /** What is known about the SAEs' latents; kept as well. */
  book(): Promise<LatentBook> {
    const knowing = (this.knowing ??= this.saes().then((saes) => new LatentBook(this.loaded, saes, this.explanations)));
    knowing.catch(() => (this.knowing = undefined));
    return knowing;
  }

  async close(): Promise<void> {
    const saes = await this.opening?.catch(() => []);
    for (const sae of saes ?? []) await sae.release();
    await this.loaded.model.release();
  }
}
