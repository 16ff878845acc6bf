/** From what names SAEs to the folder that holds them. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { modelFolders } from './places/folders';
import { missing, selected } from './places/manifest';
import { parseHub, parseReference, type HubReference } from './reference';
import { findInStore } from './places/repository';
import type { ResolveOptions } from './resolve';

/**
 * The folder of SAEs that a path names, or `org/name/folder` or `org/name/folder@revision` of the store where no such path is. A path
 * is not looked into.
 * @throws a sentence when it is neither, or not whole
 */
export async function resolveSaes(text: string, { from, folders = modelFolders() }: ResolveOptions): Promise<string> {
  const reference = from === null || !existsSync(path.resolve(from, text)) ? hubFolderOf(text) : null;
  if (!reference) {
    const named = parseReference(from === null || /^~[/\\]/.test(text) ? text : path.resolve(from, text), null);
    if (named.kind === 'path') return named.path;
    throw new Error(`${text} names no SAEs. Give a folder that holds an SAE, or several, or org/name/folder of the store.`);
  }
  const { id, folder, revision } = reference;
  const found = await findInStore(folders.store, id, revision ?? 'main');
  const files = found ? selected(found.files, reference) : [];
  if (!found || files.length === 0) throw new Error(`There is no folder ${text}, and the store has no such SAEs. Download them: latent-lens models add ${text}.`);
  if ((await missing(found.folder, files)).length > 0) throw new Error(`The download of ${text} is not finished. Go on with it: latent-lens models add ${text}.`);
  return path.join(found.folder, folder);
}

function hubFolderOf(text: string): (HubReference & { folder: string }) | null {
  if (path.isAbsolute(text)) return null;
  try {
    const { folder, file, ...rest } = parseHub(text);
    return folder !== null && file === null ? { ...rest, folder, file } : null;
  } catch {
    return null; // a path
  }
}
