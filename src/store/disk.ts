/** Room on a disk. */
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { HubError } from './hub/error';

/** Left free, for what else the machine writes meanwhile. */
const MARGIN = 100e6;

/** Bytes that may be written where a folder is or will be; null where the system does not say. */
export async function freeBytes(folder: string): Promise<number | null> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const info = await statfs(at).catch(() => undefined);
    if (info) return info.bavail * info.bsize;
    if (path.dirname(at) === at) return null;
  }
}

/** @throws HubError when there is not room for so many bytes more */
export function checkRoom(what: string, bytes: number, free: number | null, store: string): void {
  if (free === null || bytes === 0 || bytes + MARGIN <= free) return;
  throw new HubError(
    `${what} needs ${bytesText(bytes)} more, and ${bytesText(free)} are free on the disk of ${store}. ` +
      'Remove models (latent-lens models list), or set LATENT_LENS_STORE to a folder on another disk.',
    'space',
  );
}

/** What a full disk or one that may not be written to means, said about the store. */
export function diskError(error: unknown, store: string): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (/^(?:ENOSPC|EDQUOT)$/.test(code)) {
    return new HubError(`The disk of ${store} is full. What has come is kept: make room, or set LATENT_LENS_STORE to another disk, and try again.`, 'space', { cause: error });
  }
  if (/^(?:EACCES|EPERM|EROFS)$/.test(code)) {
    return new HubError(`${store} may not be written to (${code}). Check its permissions, or set LATENT_LENS_STORE to another folder.`, undefined, { cause: error });
  }
  if (code === 'EBUSY') {
    return new HubError('A file of the model is in use. End what has it open (Latent Lens: Restart Engine), and try again.', undefined, { cause: error });
  }
  if (/^(?:ENOTDIR|EEXIST|EISDIR|ELOOP|ENAMETOOLONG|EIO)$/.test(code)) {
    return new HubError(`${store} cannot be used as the store (${(error as Error).message}). Mend it, or set LATENT_LENS_STORE to another folder.`, undefined, { cause: error });
  }
  return error;
}

export function bytesText(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.ceil(bytes / 1e3)} kB`;
}
