/** One file, whole and right or not at all: into NAME.part, which is gone on with, and NAME once its hash is right. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { HubClient } from './client';
import { HubError, causeOf } from './error';
import { PART, type StoredFile } from '../places/manifest';

export interface FileDownload {
  id: string;
  commit: string;
  file: StoredFile;
  /** The folder that the file's path starts from. */
  folder: string;
  /** How many bytes are here: those from before, then more and more; fewer when it had to begin anew. */
  onBytes?: (bytes: number) => void;
}

/** A connection may break as often as this in a row before so many bytes have come. */
const BREAKS = 5;
const PROGRESS_BYTES = 1 << 20;

/**
 * Fetches a file that is not here yet, in a folder that is.
 * @returns how many bytes came
 * @throws HubError in a sentence; what has come is kept, unless it is wrong
 */
export async function downloadFile(client: HubClient, download: FileDownload): Promise<number> {
  const { id, file, folder, onBytes } = download;
  const target = path.join(folder, file.name);
  const part = `${target}${PART}`;
  for (let resumed = true; ; ) {
    const state = await resume(part, download, client);
    resumed = state.bytes > 0;
    let came: number;
    try {
      came = await fetchRest(client, state, download);
      await state.handle.sync();
    } finally {
      await state.handle.close();
    }
    if (state.hash.digest('hex') === file.hash.split(':')[1]) {
      await rename(part, target);
      return came;
    }
    await rm(part, { force: true });
    // What was here from before may have been the wrong part.
    if (!resumed) throw new HubError(`${file.name} of ${id} came damaged: it is not what the Hub's hash says. Try again.`, 'network');
    onBytes?.(0);
  }
}

interface Started {
  handle: FileHandle;
  hash: Hash;
  /** Written and hashed. */
  bytes: number;
}

function newHash({ hash, size }: StoredFile): Hash {
  return hash.startsWith('git:') ? createHash('sha1').update(`blob ${size}\0`) : createHash('sha256');
}

/** Opens the part, with what it holds hashed. */
async function resume(part: string, { file, onBytes }: FileDownload, client: HubClient): Promise<Started> {
  const { signal, onWaiting } = client.options;
  const hash = newHash(file);
  const there = await lstat(part).catch(() => undefined);
  const fits = there?.isFile() === true && there.size <= file.size; // else it may be a link that leads elsewhere
  if (there && !fits) await rm(part, { recursive: true });
  const bytes = fits ? there.size : 0;
  if (bytes > 0) {
    onWaiting?.('reading what is here already');
    for await (const chunk of createReadStream(part, { signal, highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
    onWaiting?.(null);
  }
  onBytes?.(bytes);
  return { handle: await open(part, bytes > 0 ? 'r+' : 'w'), hash, bytes };
}

/** Fetches what is missing, again and again when the connection breaks. @returns how many bytes came */
async function fetchRest(client: HubClient, state: Started, download: FileDownload): Promise<number> {
  const { id, commit, file, onBytes } = download;
  const { signal, onWaiting, retryMs = 1000 } = client.options;
  const url = `${client.endpoint}/${id}/resolve/${commit}/${file.name.split('/').map(encodeURIComponent).join('/')}`;
  let came = 0;
  for (let breaks = 0; state.bytes < file.size; ) {
    const from = state.bytes;
    const headers: Record<string, string> = from > 0 ? { Range: `bytes=${from}-` } : {};
    const response = await client.get(url, { id, revision: commit, file: file.name }, { headers });
    const goesOn = response.status === 206 && from > 0 && rangeStart(response.headers.get('content-range')) === from;
    if (from > 0 && !goesOn) await beginAnew(state, file); // the server knows no ranges, or not this one
    if (response.status === 416 || (response.status === 206 && !goesOn)) {
      await response.body?.cancel();
      if (breaks++ >= BREAKS) throw new HubError(`The server of ${file.name} of ${id} answers ranges that were not asked for. Try again later.`, 'network');
      continue;
    }
    try {
      for await (const chunk of response.body ?? []) {
        if (state.bytes + chunk.length > file.size) throw new HubError(`${file.name} of ${id} is longer than the ${file.size} bytes that the Hub lists. Try again.`, 'network');
        await state.handle.write(chunk, 0, chunk.length, state.bytes);
        state.hash.update(chunk);
        state.bytes += chunk.length;
        came += chunk.length;
        onBytes?.(state.bytes);
        signal?.throwIfAborted();
      }
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (error instanceof HubError || isDisk(error)) throw error;
      if (state.bytes >= from + PROGRESS_BYTES) breaks = 0;
      if (breaks >= BREAKS) throw new HubError(`The connection broke again and again in ${file.name} of ${id} (${causeOf(error)}). What has come is kept; try again to go on.`, 'network', { cause: error });
    }
    if (state.bytes === file.size) break;
    if (state.bytes >= from + PROGRESS_BYTES) breaks = 0;
    if (breaks++ >= BREAKS) throw new HubError(`${file.name} of ${id} ends after ${state.bytes} of ${file.size} bytes, again and again. What has come is kept; try again later.`, 'network');
    onWaiting?.('the connection broke; going on in a moment');
    await delay(retryMs * 2 ** (breaks - 1), undefined, { signal });
    onWaiting?.(null);
  }
  return came;
}

async function beginAnew(state: Started, file: StoredFile): Promise<void> {
  await state.handle.truncate(0);
  state.hash = newHash(file);
  state.bytes = 0;
}

/** The first byte of `bytes 5-9/10`. */
function rangeStart(header: string | null): number | null {
  const match = /^bytes (\d+)-\d+\/(?:\d+|\*)$/.exec(header ?? '');
  return match ? Number(match[1]) : null;
}

function isDisk(error: unknown): boolean {
  return /^(?:ENOSPC|EDQUOT|EIO|EROFS|EFBIG)$/.test(String((error as NodeJS.ErrnoException).code));
}
