/** Names from a repository or a user, before they become paths: plain on every file system. */

const MOST_CHARACTERS = 128;
const MOST_PARTS = 8;

/** Windows takes these for devices, whatever follows a dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const PLAIN = /^[A-Za-z0-9_][A-Za-z0-9_.,+=@()-]*$/;

/** Whether this can be the name of a file or folder here: no separator, hidden name, device, control character or trailing dot. */
export function isPlainName(name: string): boolean {
  return name.length <= MOST_CHARACTERS && PLAIN.test(name) && !name.endsWith('.') && !name.includes('..') && !DEVICE.test(name);
}

/** Whether this is a relative path with `/` between plain names. */
export function isPlainPath(path: string): boolean {
  const parts = path.split('/');
  return parts.length <= MOST_PARTS && parts.every(isPlainName);
}

const ID_PART = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?$/;
const MOST_ID_CHARACTERS = 96;

/** Whether this is `org/name` as the Hub allows it. */
export function isHubId(id: string): boolean {
  const parts = id.split('/');
  if (parts.length !== 2 || id.length > MOST_ID_CHARACTERS || /--|\.\.|\.git$/.test(id)) return false;
  return parts.every((part) => ID_PART.test(part) && !DEVICE.test(part));
}

const REVISION = /^[A-Za-z0-9_](?:[A-Za-z0-9_./+-]*[A-Za-z0-9_+-])?$/;
const MOST_REVISION_CHARACTERS = 128;

/** Whether this can be a branch, a tag or a commit. */
export function isRevision(revision: string): boolean {
  return revision.length <= MOST_REVISION_CHARACTERS && REVISION.test(revision) && !/\.\.|\/\/|\/\./.test(revision);
}

export function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40}$/.test(revision);
}
