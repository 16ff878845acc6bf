/** Whether a folder of the store is really there, links followed. */
import { lstat, mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { hubFolder } from './repository';

/**
 * The store, or its folder hub, may be a link to another disk that the user made; what is below may not lead out of it.
 * @throws a sentence when it does
 */
export async function insideStore(store: string, folder: string): Promise<void> {
  const inside = path.relative(await realpath(hubFolder(store)), await realpath(folder));
  if (inside === '' || inside === '..' || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside)) throw linkOut(folder);
}

/** Makes a folder below the store's folder hub, one by one, so that none is made behind a link. @throws a sentence when there is one */
export async function makeInside(store: string, folder: string): Promise<void> {
  const hub = hubFolder(store);
  await mkdir(hub, { recursive: true });
  let at = hub;
  for (const part of path.relative(hub, folder).split(path.sep)) {
    at = path.join(at, part);
    await mkdir(at).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
      if (!(await lstat(at)).isDirectory()) throw linkOut(at);
    });
  }
  await insideStore(store, folder);
}

function linkOut(folder: string): Error {
  return new Error(`${folder} is a link out of the store, which is not followed. Remove the link.`);
}
