/** What commands about latents are given: a small model, an SAE of it, and a folder with a program; gone after the tests of a file. */
import { afterAll } from 'vitest';
import { smallModel, type SmallModel } from '../../engine/small-model';
import { writeSae } from '../../sae/kit';
import { temporaryFolder, type Folder } from '../kit';

export interface Small {
  small: SmallModel;
  folder: Folder;
  /** The program's file. */
  code: string;
  /** The SAE's folder. */
  sae: string;
}

export const SITE = 'blocks.1.hook_resid_post';

export async function smallWithSae(): Promise<Small> {
  const small = await smallModel();
  const folder = await temporaryFolder();
  afterAll(() => Promise.all([small.remove(), folder.remove()]));
  const code = await folder.write('weather.py', 'city = "Lisbon"\nprint("Temperature: " + 21)\n');
  return { small, folder, code, sae: await writeSae({ site: SITE, dIn: 16, architecture: 'topk' }) };
}
