/** File problems in words: why a file could not be read or written, from the codes of Node and of VS Code's file systems. */

/** What every such code means. */
const REASONS: Record<string, (file: string) => string> = {
  ENOENT: (file) => `There is no file or folder ${file}.`,
  ENOTDIR: (file) => `There is no file ${file}: a part of its path is no folder.`,
  EISDIR: (file) => `${file} is a folder; give a file.`,
  EACCES: (file) => `${file} may not be read or written; check its permissions.`,
  EROFS: (file) => `${file} lies on a disk that may only be read; give another place.`,
  EEXIST: (file) => `${file} is there already; give another name, or remove it.`,
  ENOTEMPTY: (file) => `${file} is a folder that is not empty; give another name, or empty it.`,
  ENOSPC: (file) => `There is no room for ${file}: the disk is full.`,
  EBUSY: (file) => `${file} is in use by another program; close it there.`,
  EMFILE: (file) => `${file} could not be opened, as too many files are open; close some programs.`,
  ENAMETOOLONG: (file) => `The name ${file.slice(0, 60)}… is longer than names of files may be.`,
  ELOOP: (file) => `${file} is a link that leads back to itself; give the file itself.`,
  EIO: (file) => `${file} could not be read: its disk or its network reports a fault.`,
};

/** Codes that say the same; those without E are VS Code's. */
const SAME: Record<string, string> = {
  EPERM: 'EACCES', EDQUOT: 'ENOSPC', ENFILE: 'EMFILE', FileNotFound: 'ENOENT', FileNotADirectory: 'ENOTDIR', FileIsADirectory: 'EISDIR',
  NoPermissions: 'EACCES', FileExists: 'EEXIST', Unavailable: 'EIO',
};

/** A sentence; null for an error that is not about a file. @param what was to be done with the file */
export function fileProblem(error: unknown, file: string, what: 'read' | 'write' = 'read'): string | null {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string') return null;
  const same = SAME[code] ?? code;
  if (same === 'ENOENT' && what === 'write') return `There is no folder to put ${file} into; make it first.`;
  const reason = REASONS[same];
  if (reason) return reason(file);
  return syscall === undefined ? null : `${file} could not be read or written (${code}).`;
}

/** An error's message; where it is the system's about a file, as Node words it, in a sentence that names the file. */
export function plainMessage(error: Error): string {
  const { syscall, path } = error as NodeJS.ErrnoException;
  return (syscall !== undefined && path !== undefined && fileProblem(error, path)) || error.message;
}
