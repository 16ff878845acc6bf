/** Files of data in the repository: finding them, and the hash by which a recipe names them. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The files of a folder whose names end so, by name.
 * @throws a sentence when there are none
 */
export function filesOf(folder: string, extension: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(extension)) : [];
  if (names.length === 0) {
    throw new Error(
      `There are no ${extension} files in ${path.resolve(folder)}. They lie in the repository of Latent Lens and not in an installed ` +
        'package: run this in the root of a checkout, or name another folder.',
    );
  }
  // By code units and without the ending, so that no locale and no longer name changes the order.
  const stem = (name: string) => name.slice(0, -extension.length);
  return names.sort((a, b) => (stem(a) < stem(b) ? -1 : 1)).map((name) => path.join(folder, name));
}

/** SHA-256 of the contents of files, in their order. */
export function hashOfFiles(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}
