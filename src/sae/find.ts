/** Finding SAEs in a folder. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { GEMMA_SCOPE_WEIGHTS } from './formats/gemma-scope';
import { GEMMA_SCOPE_2_WEIGHTS } from './formats/gemma-scope-2';
import { SAELENS_WEIGHTS } from './formats/saelens';
import { SPARSIFY_WEIGHTS } from './formats/sparsify';

/** Gemma Scope's folders are release/layer/width/l0. */
const MOST_LEVELS = 4;
/** More SAEs than any published release has in one folder. */
const MOST_FOLDERS = 2000;

/**
 * The folder itself when it holds an SAE's weights, else the folders below it that do, four levels deep, in the order of their names
 * (numbers by size). Hidden folders and links are left out.
 * @throws when there is no such folder
 */
export async function findSaes(folder: string): Promise<string[]> {
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) throw new Error(`There is no folder ${folder}. Give a folder that holds an SAE, or several.`);
  const found: string[] = [];
  const visit = async (at: string, levels: number): Promise<void> => {
    const entries = await readdir(at, { withFileTypes: true });
    if (entries.some(({ name }) => [SAELENS_WEIGHTS, GEMMA_SCOPE_WEIGHTS, GEMMA_SCOPE_2_WEIGHTS, SPARSIFY_WEIGHTS].includes(name))) {
      found.push(at);
      if (found.length > MOST_FOLDERS) throw new Error(`${folder} holds more than ${MOST_FOLDERS} SAEs; give a folder with fewer.`);
      return;
    }
    if (levels === 0) return;
    const below = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
    for (const name of below.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))) await visit(path.join(at, name), levels - 1);
  };
  await visit(folder, MOST_LEVELS);
  return found;
}
