// CPython (Pyodide) in an empty JavaScript realm.
//
// Pyodide is loaded as for a bare JavaScript shell, so that nothing of Node is ever handed to it: no `process`, no
// `require`, no `fetch`. Strings cannot become code, `import()` is refused, and of the host the realm sees functions
// of its own that pass primitives and its own arrays only.
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { guest, modules } from './guest.mjs';

const wasmPage = 65536;
const mostBytesOfFiles = 32 << 20;
const home = '/home/user';

/** The module's bytes with its memory's maximum lowered to `bytes`. */
function capMemory(wasm, bytes) {
  const integer = (at) => {
    let [value, shift, end] = [0, 0, at];
    do {
      value += (wasm[end] & 127) * 2 ** shift;
      shift += 7;
    } while (wasm[end++] & 128);
    return { value, end };
  };
  for (let at = 8; at < wasm.length; ) {
    const size = integer(at + 1);
    if (wasm[at] !== 5) {
      at = size.end + size.value;
      continue;
    }
    const count = integer(size.end);
    const least = integer(count.end + 1);
    const most = integer(least.end);
    if (count.value !== 1 || wasm[count.end] !== 1) break;
    let pages = Math.max(least.value, Math.min(most.value, Math.floor(bytes / wasmPage)));
    for (let i = least.end; i < most.end; i++, pages = Math.floor(pages / 128)) {
      wasm[i] = (pages & 127) | (i < most.end - 1 ? 128 : 0);
    }
    return wasm;
  }
  throw new Error('the Python runtime has no memory section with a maximum');
}

/** What a bare shell has. The realm's own functions; its value resets the (fixed) random numbers. */
const shell = `(host) => {
  const g = globalThis;
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (pages) {
    try { return grow.call(this, pages); } catch (error) { host.growthRefused(); throw error; }
  };
  g.read = () => { throw new Error('no files'); };
  g.load = g.read;
  g.readbuffer = (file) => { const out = new Uint8Array(host.size(file)); host.fill(file, out); return out.buffer; };
  g.console = { log() {}, warn() {}, error() {}, info() {}, debug() {} };
  g.TextDecoder = class {
    #kind;
    constructor(kind) { this.#kind = kind; }
    decode(bytes) { return host.decode(this.#kind, bytes); }
  };
  g.TextEncoder = class {
    encode(text) { const out = new Uint8Array(text.length * 3); return out.slice(0, host.encode(text, out)); }
    encodeInto(text, out) { return { written: host.encode(text, out) }; }
  };
  g.performance = { now: () => host.now() };
  g.setTimeout = (action, delay) => { host.later(() => { action(); }, delay); return 0; };
  g.clearTimeout = () => {};
  let random = 1;
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  // A shell gets random bytes from a command, in base 64.
  g.os = { system(_, args) {
    const bytes = Number(/-c([0-9]+)/.exec(args[1])[1]);
    const padding = (3 - bytes % 3) % 3;
    const letters = (bytes + padding) / 3 * 4;
    let text = '';
    while (text.length < letters) {
      random = (Math.imul(random, 1103515245) + 12345) >>> 0;
      text += digits[random >>> 26];
    }
    return text.slice(0, letters - padding) + '='.repeat(padding);
  } };
  return () => { random = 1; };
}`;

/** Pyodide's options; no package can be loaded. */
const options = `(lock) => ({
  indexURL: 'file:///pyodide/',
  jsglobals: Object.create(null),
  env: { PYTHONHASHSEED: '0', HOME: '${home}' },
  lockFileContents: { info: JSON.parse(lock).info, packages: {} },
  stdin: () => null,
  stdout: () => {},
  stderr: () => {},
})`;

/**
 * Pyodide from `folder`, limited to `memoryMb`, in a realm of its own; `more(bytesInRealm)` are further options of Pyodide's.
 * `memory.refused` tells whether memory was refused.
 */
async function openPyodide(folder, memoryMb, more) {
  const memory = { refused: false };
  const files = new Map();
  const bytesOf = (file) => {
    const name = path.basename(file);
    if (!files.has(name)) {
      const bytes = fs.readFileSync(path.join(folder, name));
      files.set(name, name.endsWith('.wasm') ? capMemory(bytes, memoryMb * 2 ** 20) : bytes);
    }
    return files.get(name);
  };
  const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: true } });
  const inside = (source) => new vm.Script(source).runInContext(context);
  const resetRandom = inside(shell)({
    growthRefused: () => void (memory.refused = true),
    size: (file) => bytesOf(file).length,
    fill: (file, out) => void out.set(bytesOf(file)),
    decode: (kind, bytes) => new TextDecoder(kind ?? 'utf-8').decode(bytes),
    encode: (text, out) => new TextEncoder().encodeInto(text, out).written,
    now: () => performance.now(),
    later: (action, delay) => void setTimeout(action, delay),
  });

  const refuse = (specifier) => {
    throw new Error(`import of ${specifier} is refused`);
  };
  const moduleOf = async (name) => {
    const module = new vm.SourceTextModule(fs.readFileSync(path.join(folder, name), 'utf8'), {
      context,
      identifier: `file:///pyodide/${name}`,
      initializeImportMeta: (meta) => void (meta.url = `file:///pyodide/${name}`),
      importModuleDynamically: refuse,
    });
    await module.link(refuse);
    await module.evaluate();
    return module.namespace;
  };
  const { loadPyodide } = await moduleOf('pyodide.mjs');
  const config = inside(options)(fs.readFileSync(path.join(folder, 'pyodide-lock.json'), 'utf8'));
  config.createPyodideModule = (await moduleOf('pyodide.asm.mjs')).default;
  const bytesInRealm = inside('(size) => new Uint8Array(size)');
  const pyodide = await loadPyodide(Object.assign(config, more(bytesInRealm)));
  files.clear();
  return { pyodide, memory, resetRandom };
}

/** The interpreter's memory once it has started and imported what programs need: starting from it takes a fifth of the time. */
export async function makeSnapshot(folder) {
  const { pyodide } = await openPyodide(folder, 256, () => ({ _makeSnapshot: true }));
  pyodide.runPython(modules.map((name) => `import ${name}\n`).join(''));
  return pyodide.makeMemorySnapshot();
}

/**
 * Python from Pyodide's `folder`, limited to `memoryMb`, as it was when `snapshot` was made. Gives
 * `run(json)`: runs a program (a JSON string) and gives the outcome as JSON text, or null if the interpreter could not
 *   say; throws what the engine throws, e.g. RangeError when the stack is full;
 * `restore()`: puts the interpreter back to where it was before any program ran; false if that cannot be done;
 * `memoryRefused()`: whether memory was refused since last asked.
 * `overdue()` is asked from time to time while a program runs; if it is true, the program is interrupted.
 */
export async function loadPython(folder, memoryMb, snapshot, overdue) {
  const { pyodide, memory, resetRandom } = await openPyodide(folder, memoryMb, (bytesInRealm) => {
    const _loadSnapshot = bytesInRealm(snapshot.length);
    _loadSnapshot.set(snapshot);
    return { _loadSnapshot };
  });

  const module = pyodide._module;
  const { FS } = module;
  const program = module._PyObject_CallNoArgs(module.PyProxy_getPtr(pyodide.runPython(guest)));
  if (!program) throw new Error('the way back to JavaScript could not be removed');
  // Straight to C: Pyodide's own calls would convert values and give up for good at the first full stack.
  const run = (json) => {
    const bytes = Buffer.from(json);
    const text = module._malloc(bytes.length + 1);
    module.HEAPU8.set(bytes, text);
    module.HEAPU8[text + bytes.length] = 0;
    const argument = module._PyUnicode_FromString(text);
    module._free(text);
    const result = module._PyObject_CallOneArg(program, argument);
    module._Py_DecRef(argument);
    if (!result) return null;
    const start = module._PyUnicode_AsUTF8(result);
    const found = Buffer.from(module.HEAPU8.subarray(start, module.HEAPU8.indexOf(0, start))).toString();
    module._Py_DecRef(result);
    return found;
  };

  // What programs write to files lies outside Python's memory, so it has a limit of its own.
  const storage = FS.filesystems.MEMFS;
  const { expandFileStorage } = storage;
  let written = 0;
  storage.expandFileStorage = (node, capacity) => {
    const before = node.contents?.length ?? 0;
    if (written + capacity - before > mostBytesOfFiles) {
      memory.refused = true;
      throw new FS.ErrnoError(51); // ENOSPC
    }
    expandFileStorage(node, capacity);
    written += (node.contents?.length ?? 0) - before;
  };

  const get = () => (overdue() ? 2 : 0); // SIGINT
  pyodide.setInterruptBuffer(Object.defineProperty([0], 0, { get, set: () => {} }));
  run('"pass"'); // what the first run caches belongs to what is restored
  const before = module.HEAPU8.slice();
  const stack = module.___stack_pointer.value;
  const standardStreams = FS.streams.slice(0, 3);
  const filesBefore = filesIn(FS);

  const restore = () => {
    module.HEAPU8.set(before);
    module.HEAPU8.fill(0, before.length);
    module.___stack_pointer.value = stack;
    resetRandom();
    try {
      for (let fd = FS.streams.length - 1; fd > 2; fd--) if (FS.streams[fd]) FS.closeStream(fd);
      standardStreams.forEach((stream, fd) => (FS.streams[fd] = stream));
      FS.chdir(home);
      const added = [...filesIn(FS)].filter(([name]) => !filesBefore.has(name)).reverse();
      for (const [name, state] of added) if (state === 'folder') FS.rmdir(name);
      else FS.unlink(name);
      written = 0;
      const now = filesIn(FS);
      return now.size === filesBefore.size && [...now].every(([name, state]) => filesBefore.get(name) === state);
    } catch {
      return false;
    }
  };
  const memoryRefused = () => {
    const was = memory.refused;
    memory.refused = false;
    return was;
  };
  return { run, restore, memoryRefused };
}

/** Each path in the (virtual) file system, with 'folder' or the file's size and change time; parents come first. */
function filesIn(FS) {
  const found = new Map();
  const visit = (folder) => {
    for (const name of FS.readdir(folder || '/')) {
      if (name === '.' || name === '..') continue;
      const at = `${folder}/${name}`;
      const { mode, size, mtime } = FS.lstat(at);
      found.set(at, FS.isDir(mode) ? 'folder' : FS.isFile(mode) ? `${size} ${mtime.getTime()}` : 'other');
      if (FS.isDir(mode) && at !== '/proc') visit(at);
    }
  };
  visit('');
  return found;
}
