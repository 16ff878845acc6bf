/** The SAEs of a model: found, opened, checked and listed. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ListedSae, SaeList } from '../../protocol/documents/latents';
import { aboutChoice, WrongChoice } from '../../protocol/models/wrong-choice';
import { findSaes, openSae, requireDistinct, requireFit, type LoadedSae } from '../../sae';
import type { ModelFolders } from '../../store/places/folders';
import { resolveSaes } from '../../store/resolve-saes';
import type { LoadedModel } from '../session/load';

/** The subfolder of a model's folder where its own SAEs are. */
const OWN = 'saes';

/** Where a model's own SAEs are, if it has any. */
export function ownSaes({ model }: LoadedModel): string {
  return path.join(model.folder, OWN);
}

/** Where what names SAEs is looked for. */
export interface SaePlaces {
  /** The folder that a relative path starts from; null where there is none. The working directory when left out. */
  from?: string | null;
  folders?: ModelFolders;
}

/** Folders of SAEs in the given folders, or in the model's own. */
async function saeFolders(loaded: LoadedModel, folders: readonly string[], places: SaePlaces): Promise<string[]> {
  const { id } = loaded;
  const own = ownSaes(loaded);
  if (folders.length === 0 && !existsSync(own)) {
    throw new WrongChoice('saes', `There are no SAEs for ${id} yet. Add some that were trained on this model, or name their folder.`);
  }
  const found: string[] = [];
  for (const folder of folders.length > 0 ? folders : [own]) {
    const here = await findSaes(await resolveSaes(folder, { from: process.cwd(), ...places }));
    if (here.length === 0) throw new WrongChoice('saes', `${folder} holds no SAE. Give a folder with sae_weights.safetensors, params.npz, params.safetensors or sae.safetensors, or one above it.`);
    found.push(...here);
  }
  return [...new Set(found)];
}

/**
 * Opens SAEs to be used together, from folders or from the store by their names there (`org/name/folder`), in the order of the model's
 * sites; release each when done.
 * @throws WrongChoice when there are none, one cannot be read or does not fit the model, or two belong to one site
 */
export async function openSaes(loaded: LoadedModel, folders: readonly string[], places: SaePlaces = {}): Promise<LoadedSae[]> {
  try {
    const saes = await Promise.all((await saeFolders(loaded, folders, places)).map((folder) => openSae(folder)));
    for (const sae of saes) requireFit(sae, loaded.model);
    requireDistinct(saes);
    return saes;
  } catch (error) {
    throw aboutChoice('saes', error);
  }
}

/** What makes an SAE's numbers doubtful though it fits: it was trained on other weights. Null where that is not so, or not known. */
async function warningOf({ config }: LoadedSae, { id, model }: LoadedModel): Promise<string | null> {
  if (config.modelSha256 === null || config.modelSha256 === (await model.sha256())) return null;
  return `It was trained on other weights than those of ${id}, so what it reconstructs and what its latents mean may be wrong. Train it again.`;
}

/** A sentence for all of the SAEs that were trained on other weights than the model's; null when there are none. */
export async function saesWarning(loaded: LoadedModel, saes: readonly LoadedSae[]): Promise<string | null> {
  const doubtful: string[] = [];
  for (const sae of saes) if ((await warningOf(sae, loaded)) !== null) doubtful.push(sae.config.site);
  if (doubtful.length === 0) return null;
  const which = doubtful.length === saes.length ? `The SAEs (${saes.length})` : `The SAEs at ${doubtful.join(', ')}`;
  return `${which} were trained on other weights than those of ${loaded.id}, so their numbers may mean little. Train them again.`;
}

/** What can be found, also what cannot be used; nothing is run. @throws when there is nothing */
export async function listSaes(loaded: LoadedModel, folders: readonly string[], places: SaePlaces = {}): Promise<SaeList> {
  const saes: SaeList['saes'] = [];
  const sites = new Map<string, string>();
  for (const folder of await saeFolders(loaded, folders, places)) {
    let sae: ListedSae | null = null;
    let problem: string | null = null;
    let warning: string | null = null;
    try {
      const open = await openSae(folder);
      sae = listedSae(open);
      requireFit(open, loaded.model);
      warning = await warningOf(open, loaded);
      const before = sites.get(sae.site);
      if (before !== undefined) problem = `It belongs to ${sae.site}, as ${before} does; choose one of them.`;
      else sites.set(sae.site, folder);
    } catch (error) {
      problem = (error as Error).message;
    }
    saes.push({ folder, sae, problem, warning });
  }
  return { format: 'latent-lens/saes', version: 1, model: { id: loaded.id, layers: loaded.model.shape.layers }, saes };
}

export function listedSae({ folder, config, site, isTranscoder }: LoadedSae): ListedSae {
  const layer = site.kind === 'block' ? site.layer : null;
  const { format, architecture, dIn, dSae, k } = config;
  const kind = isTranscoder ? `${architecture} transcoder` : architecture;
  return { name: path.basename(folder), site: config.site, layer, format, architecture: kind, width: dIn, latents: dSae, k };
}
