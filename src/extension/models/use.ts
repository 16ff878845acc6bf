/** A model becomes the one that is used, with those SAEs of the store that fit it. */
import { isPackageModel } from '../../vocabulary/package-models';
import type { Library } from './library';
import { saesSetting } from './saes';
import { modelSettings, setModel, setSaes } from '../settings/settings';

/** @param added SAEs that were added just now, which take the place of others at their site */
export async function useModel(library: Library, reference: string, added: string | null = null): Promise<void> {
  const { catalog, list } = await library.known();
  const saes = saesSetting(reference, { catalog, saes: list.saes }, modelSettings().saes ?? [], added);
  if (saes) await setSaes(saes);
  await setModel(isPackageModel(reference) ? null : reference);
}
