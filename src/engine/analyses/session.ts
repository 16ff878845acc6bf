/**
 * A session: one open model with its tokenizer, its SAEs, what is known about their latents, and tuned lenses, each opened when it is first
 * needed.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { holdsLens, readTunedLens, type StoredLens } from '../../methods/lenses/tuned-lens-folder';
import type { SaeList } from '../../protocol/documents/latents';
import type { LoadedSae } from '../../sae';
import { LatentBook } from '../latents/book';
import type { LoadedModel } from '../session/load';
import { Speed } from '../session/speed';
import { listSaes, openSaes, ownSaes, type SaePlaces } from '../latents/saes';

export class Session {
  readonly speed = new Speed();
  private opening?: Promise<LoadedSae[]>;
  private knowing?: Promise<LatentBook>;
  private readonly lenses = new Map<string, Promise<StoredLens>>();

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

  /** Whether SAEs are named, or the model's own folder has some: what can do without does not ask for them where not. */
  get hasSaes(): boolean {
    return this.folders.length > 0 || existsSync(ownSaes(this.loaded));
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

  /**
   * Kept, once read.
   * @param folder null for `lens` in the model's own folder
   * @returns null where none was named and none lies there
   */
  async tunedLens(folder: string | null): Promise<StoredLens | null> {
    const { model } = this.loaded;
    const at = folder === null ? path.join(model.folder, 'lens') : path.resolve(folder);
    if (folder === null && !(await holdsLens(at))) return null;
    let lens = this.lenses.get(at);
    if (!lens) {
      const { width, layers } = model.shape;
      lens = model.sha256().then((sha256) => readTunedLens(at, { sha256, width, layers }));
      this.lenses.set(at, lens);
      lens.catch(() => this.lenses.delete(at)); // another try may find what was missing
    }
    return lens;
  }

  async close(): Promise<void> {
    const saes = await this.opening?.catch(() => []);
    for (const sae of saes ?? []) await sae.release();
    await this.loaded.model.release();
  }
}
