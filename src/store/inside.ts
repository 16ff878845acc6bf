/** Whether a folder of the store is really there, links followed. */
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { hubFolder } from './repository';

/**
 * The store, or its folder hub, may be a link to another disk that the user made; what is below may not lead out of it.
 * @throws a sentence when it does
 */
export async function insideStore(store: string, folder: string): Promise<void> {
  const inside = path.relative(await realpath(hubFolder(store)), await realpath(folder));
  if (inside === '' || inside === '..' || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside)) {
    throw new Error(`${folder} is a link out of the store, which is not followed. Remove the link.`);
  }
}
