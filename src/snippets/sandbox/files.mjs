// The virtual files that programs see, and their return to how they were. A program may write in its own folders only;
// everything else gives what an ordinary user gets. Standard streams lead nowhere, and reading them is noted.
import { brotliDecompressSync } from 'node:zlib';

export const home = '/home/user';
/** The number of the user, and of its group. */
export const user = 1000;
/** The file that holds the program. */
export const programFile = `${home}/snippet.py`;
/** Where programs may write. All of it is emptied between programs. */
const own = [home, '/tmp', '/dev/shm'];

const zoneFolder = '/usr/share/zoneinfo';

const EPERM = 63;
const EIO = 29;
const ENOSPC = 51;
const mostBytes = 32 << 20;
const ordinaryUmask = 0o022;

/**
 * Takes charge of Pyodide's file system `FS` (its module's). Gives
 * `begin(source)`: the program's bytes are in its file;
 * `restore()`: all is as it was at the start;
 * and of the program that ran since then: `changed` (it wrote, or changed more than the positions of what it opened),
 * `complained` (something came out on standard error), `asked` (it read standard input), `full` (it wrote too much).
 * `resetRandom` puts the realm's random bytes back. `zones` are time zones, packed by test/golden/time_zones.py.
 */
export function holdFiles(FS, resetRandom, zones) {
  const state = { changed: false, complained: false, asked: false, full: false };
  const { MEMFS } = FS.filesystems;
  const fail = (errno) => {
    throw new FS.ErrnoError(errno);
  };
  const nodeAt = (path) => FS.lookupPath(path, { follow: false }).node;

  // Devices: nothing of the host lies behind them.
  const unseekable = (stream) => void (stream.seekable = false);
  const quiet = { open: unseekable, close() {}, fsync() {}, llseek: () => fail(70), ioctl_tcgets: () => fail(59) };
  const input = () => {
    state.asked = true;
    fail(EIO);
  };
  const sink = (noted) => (stream, buffer, offset, length) => {
    if (noted) state.complained = true;
    return length;
  };
  let random = 1;
  const device = (path, operations) => {
    const { rdev } = nodeAt(path);
    FS.devices[rdev] = { stream_ops: { ...quiet, ...operations } };
  };
  device('/dev/stdin', { read: input, write: () => fail(8) });
  device('/dev/stdout', { read: input, write: sink(false) });
  device('/dev/stderr', { read: input, write: sink(true) });
  device('/dev/tty', { read: input, write: sink(false) });
  device('/dev/tty1', { read: input, write: sink(false) });
  for (const path of ['/dev/random', '/dev/urandom']) {
    const read = (stream, buffer, offset, length) => {
      for (let i = 0; i < length; i++) {
        random = (Math.imul(random, 1103515245) + 12345) >>> 0;
        buffer[offset + i] = random >>> 16;
      }
      return length;
    };
    device(path, { read, write: sink(false) });
  }
  FS.streams.forEach((stream, fd) => {
    if (fd < 3) stream.stream_ops = FS.devices[stream.node.rdev].stream_ops;
    else if (stream) FS.close(stream);
  });
  FS.streams.length = 3;

  for (const path of own) {
    if (!FS.analyzePath(path).exists) FS.mkdir(path);
    for (const name of FS.readdir(path)) if (name !== '.' && name !== '..') FS.rmdir(`${path}/${name}`);
  }
  if (FS.analyzePath('/home/web_user').exists) FS.rmdir('/home/web_user');
  FS.writeFile(programFile, new Uint8Array(0));
  FS.chmod(programFile, 0o644);
  FS.chdir(home);
  const zoneFolders = new Map();
  const folderOf = (parts) => {
    const path = [zoneFolder, ...parts.slice(0, -1)].join('/');
    if (!zoneFolders.has(path)) {
      FS.mkdirTree(path);
      zoneFolders.set(path, nodeAt(path));
    }
    return zoneFolders.get(path);
  };
  for (const [content, names] of Object.entries(JSON.parse(brotliDecompressSync(zones)).zones)) {
    const bytes = Buffer.from(content, 'base64');
    for (const name of names.split(' ')) {
      const parts = name.split('/');
      const node = MEMFS.createNode(folderOf(parts), parts.at(-1), 0o100644, 0);
      node.contents = bytes;
      node.usedBytes = bytes.length;
    }
  }

  // Every node that is there at the start keeps its place, mode and times; nothing outside the own folders can change.
  const started = Date.now();
  const folders = own.map(nodeAt);
  const program = nodeAt(programFile);
  const nodes = [];
  const visit = (node) => {
    if (FS.isDir(node.mode)) {
      node.mode = (node.mode & ~0o7777) | (!folders.includes(node) ? 0o555 : node === folders[0] ? 0o755 : 0o1777);
      for (const child of Object.values(node.contents ?? {})) visit(child);
    } else if (FS.isFile(node.mode) && node !== program) node.mode = (node.mode & ~0o7777) | 0o444;
    node.atime = node.mtime = node.ctime = started;
    nodes.push({ node, mode: node.mode });
  };
  visit(FS.root);
  const table = FS.nameTable.slice();
  const chains = table.flatMap((head) => {
    const chain = [];
    for (let node = head; node; node = node.name_next) chain.push({ node, next: node.name_next });
    return chain;
  });
  const nextInode = FS.nextInode;
  const standard = FS.streams.slice(0, 3).map((stream) => {
    const { flags, position, stream_ops } = stream;
    return { stream, flags, position, operations: stream_ops };
  });

  const isOwn = (node) => {
    for (let at = node; ; at = at.parent) {
      if (folders.includes(at)) return true;
      if (at.parent === at || !at.parent) return false;
    }
  };
  /** `operation` on a node, after noting that something changes. */
  const watch = (operations, name, before) => {
    const real = operations[name];
    if (!real) return;
    operations[name] = (...values) => {
      state.changed = true;
      before?.(...values);
      return real(...values);
    };
  };
  const ownOnly = (node) => {
    if (node !== folders[0] && (!isOwn(node) || folders.includes(node))) fail(EPERM);
  };
  const { dir, file, link, chrdev } = MEMFS.ops_table;
  for (const kind of [dir, file, link, chrdev]) {
    watch(kind.node, 'setattr', ownOnly);
    const { getattr } = kind.node;
    kind.node.getattr = (node) => ({ ...getattr(node), ...(isOwn(node) ? { uid: user, gid: user } : {}) });
  }
  for (const name of ['mknod', 'rename', 'unlink', 'rmdir', 'symlink']) watch(dir.node, name);
  for (const name of ['write', 'msync']) watch(file.stream, name);

  // What is written lies outside Python's memory, so it has a limit of its own.
  let written = 0;
  const sized = (object, operation, nodeOf, needed) => {
    const real = object[operation];
    object[operation] = (...values) => {
      const node = nodeOf(values);
      const before = node.contents?.length ?? 0;
      if (written + needed(values) - before > mostBytes) {
        state.full = true;
        fail(ENOSPC);
      }
      const result = real(...values);
      written += (node.contents?.length ?? 0) - before;
      return result;
    };
  };
  sized(MEMFS, 'resizeFileStorage', ([node]) => node, ([, size]) => size);
  sized(file.stream, 'write', ([stream]) => stream.node, ([, , , length, position]) => position + length);

  // A umask, which Emscripten has not outside Node.
  let umask = ordinaryUmask;
  const { open, mkdir, chdir, closeStream } = FS;
  FS.open = (path, flags, mode = 0o666) => open(path, flags, mode & ~umask);
  FS.mkdir = (path, mode = 0o777) => mkdir(path, mode & ~umask);
  FS.chdir = (path) => {
    state.changed = true;
    chdir(path);
  };
  FS.closeStream = (fd) => {
    if (fd < 3) state.changed = true;
    closeStream(fd);
  };

  const begin = (source) => {
    program.contents = source;
    program.usedBytes = source.length;
    state.changed = state.complained = state.asked = state.full = false;
  };
  const restore = () => {
    FS.streams.length = 3;
    standard.forEach(({ stream, flags, position, operations }, fd) => {
      FS.streams[fd] = stream;
      stream.fd = fd;
      stream.flags = flags;
      stream.position = position;
      stream.stream_ops = operations;
      stream.getdents = null;
      stream.ungotten = [];
    });
    FS.currentPath = home;
    FS.nextInode = nextInode;
    FS.nameTable = table.slice();
    for (const { node, next } of chains) node.name_next = next;
    for (const { node, mode } of nodes) {
      node.mode = mode;
      node.atime = node.mtime = node.ctime = started;
    }
    for (const folder of folders) folder.contents = {};
    folders[0].contents[program.name = 'snippet.py'] = program;
    program.parent = folders[0];
    umask = ordinaryUmask;
    random = 1;
    written = 0;
    resetRandom();
  };
  return {
    state,
    /** Whether the files are not as they were at the start. */
    touched: () => state.changed || FS.streams.some((stream, fd) => (stream ?? null) !== (standard[fd]?.stream ?? null)),
    begin,
    restore,
    setUmask: (mask) => {
      const was = umask;
      umask = mask & 0o777;
      state.changed = true;
      return was;
    },
  };
}
