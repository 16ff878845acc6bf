/** What lies in a folder that may not be there. */
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';

/** Nothing where there is no such folder. @throws a sentence when it cannot be read */
export async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw new Error(`${folder} cannot be read (${code}). Check its permissions.`, { cause: error });
  }
}
