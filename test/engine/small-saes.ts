/** The small model with small SAEs, open for all tests of a file. */
import { afterAll } from 'vitest';
import { loadModel, type LoadedModel } from '../../src/engine/session/load';
import { Session } from '../../src/engine/analyses/session';
import type { LoadedSae } from '../../src/sae';
import { writeSae, type SaeSpec } from '../sae/kit';
import { smallModel, type SmallModel } from './small-model';

export interface SmallSaes {
  small: SmallModel;
  loaded: LoadedModel;
  /** The model with the SAEs. */
  session: Session;
  /** Of the SAEs, in their order. */
  folders: string[];
  saes: LoadedSae[];
}

/**
 * TopK SAEs with 40 latents at sites that are 16 wide, unless the specs say otherwise.
 * @param more folders of others, for a model of that size
 */
export async function openSmallSaes(
  specs: readonly SaeSpec[], more?: (layers: number, width: number) => Promise<string[]>,
): Promise<SmallSaes> {
  const small = await smallModel();
  const loaded = await loadModel(small.folder, { threads: 1 });
  const folders = await Promise.all(specs.map((spec) => writeSae({ dIn: 16, dSae: 40, architecture: 'topk', ...spec })));
  if (more) folders.push(...await more(loaded.model.shape.layers, loaded.model.shape.width));
  const session = new Session(loaded, folders);
  const saes = await session.saes();
  afterAll(async () => {
    await session.close();
    await small.remove();
  });
  return { small, loaded, session, folders, saes };
}
