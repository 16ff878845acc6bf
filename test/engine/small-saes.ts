/** The small model with small SAEs, open for all tests of a file. */
import { afterAll } from 'vitest';
import { loadModel, type LoadedModel } from '../../src/engine/session/load';
import { openSaes } from '../../src/engine/latents/saes';
import type { LoadedSae } from '../../src/sae';
import { writeSae, type SaeSpec } from '../sae/kit';
import { smallModel, type SmallModel } from './small-model';

export interface SmallSaes {
  small: SmallModel;
  loaded: LoadedModel;
  /** Of the SAEs, in their order. */
  folders: string[];
  saes: LoadedSae[];
}

/** TopK SAEs with 40 latents at sites that are 16 wide, unless the specs say otherwise. */
export async function openSmallSaes(specs: readonly SaeSpec[]): Promise<SmallSaes> {
  const small = await smallModel();
  const loaded = await loadModel(small.folder, { threads: 1 });
  const folders = await Promise.all(specs.map((spec) => writeSae({ dIn: 16, dSae: 40, architecture: 'topk', ...spec })));
  const saes = await openSaes(loaded, folders);
  afterAll(async () => {
    for (const sae of saes) await sae.release();
    await loaded.model.release();
    await small.remove();
  });
  return { small, loaded, folders, saes };
}
