// The sandbox's process: Pyodide in an empty JavaScript realm, fed with programs on standard input.
//   node <permission flags> child.mjs PYODIDE_FOLDER MEMORY_MB TIMEOUT_MS
// Protocol, one JSON document a line. Out first: {"ready":true} or {"refused":"why"}. In: a program (a JSON string).
// Out: {"label","message","line"}, in the order of the programs. Standard input's end ends the process.
//
// Pyodide is loaded as for a bare JavaScript shell, so that nothing of Node is ever handed to it: no `process`,
// no `require`, no `fetch`. Strings cannot become code, `import()` is refused, and the realm holds no host object.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { guest } from './guest.mjs';

const [folder, memoryMb, timeoutMs] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const wasmPage = 65536;
const mostBytesOfFiles = 32 << 20;

/** What is wrong with this process's confinement, or null. */
function confinementFault() {
  const works = (action) => {
    try {
      action();
      return true;
    } catch (error) {
      if (error.code === 'ERR_ACCESS_DENIED') return false;
      throw error;
    }
  };
  const outside = path.join(path.parse(folder).root, 'etc', 'hostname');
  if (!process.permission) return 'the permission model is off';
  if (process.permission.has('fs.write')) return 'files can be written';
  if (process.permission.has('fs.read', outside) || works(() => fs.readFileSync(outside))) return 'files can be read';
  if (process.permission.has('child')) return 'processes can be started';
  if (works(() => spawnSync(process.execPath, ['--version']))) return 'processes can be started';
  if (process.permission.has('worker')) return 'threads can be started';
  const known = new Set(['NODE_CHANNEL_FD', '__CF_USER_TEXT_ENCODING', 'SystemRoot', 'SYSTEMROOT']);
  if (Object.keys(process.env).some((name) => !known.has(name))) return 'the environment is not empty';
  try {
    new Function('return 1')();
    return 'strings can become code';
  } catch {
    return null;
  }
}

/** The module's bytes with its memory's maximum lowered to `bytes`. */
function capMemory(wasm, bytes) {
  const integer = (at) => {
    let [value, shift, end] = [0, 0, at];
    do value += (wasm[end] & 127) * 2 ** shift, (shift += 7); while (wasm[end++] & 128);
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
  throw new Error('The Python runtime has no memory section with a maximum.');
}

const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: true } });
const inside = (source) => new vm.Script(source).runInContext(context);
let refusedGrowth = false;

/** Gives the realm what a bare shell has, as functions of its own that pass only primitives and its own arrays. */
inside(`(host) => {
  const g = globalThis;
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (pages) {
    try { return grow.call(this, pages); } catch (error) { host.growthRefused(); throw error; }
  };
  g.read = () => { throw new Error('no files'); };
  g.load = g.read;
  g.readbuffer = (file) => { const n = host.size(file); const out = new Uint8Array(n); host.fill(file, out); return out.buffer; };
  g.console = { log() {}, warn() {}, error() {}, info() {}, debug() {} };
  g.TextDecoder = class { #kind; constructor(kind) { this.#kind = kind; } decode(bytes) { return host.decode(this.#kind, bytes); } };
  g.TextEncoder = class { encode(text) { const out = new Uint8Array(text.length * 3); return out.slice(0, host.encode(text, out)); } };
  g.performance = { now: () => host.now() };
  g.setTimeout = (action, delay) => { host.later(() => { action(); }, delay); return 0; };
  g.clearTimeout = () => {};
  let random = 1;
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  // A d8 shell gets random bytes from a command, in base 64; here they are always the same.
  g.os = { system(_, args) {
    const bytes = Number(/-c([0-9]+)/.exec(args[1])[1]);
    const padding = (3 - bytes % 3) % 3;
    let text = '';
    while (text.length < (bytes + padding) / 3 * 4) text += digits[(random = Math.imul(random, 1103515245) + 12345 >>> 0) >>> 26];
    return text.slice(0, text.length - padding) + '='.repeat(padding);
  } };
}`)({
  growthRefused: () => (refusedGrowth = true),
  size: (file) => bytesOf(file).length,
  fill: (file, out) => out.set(bytesOf(file)),
  decode: (kind, bytes) => new TextDecoder(kind ?? 'utf-8').decode(bytes),
  encode: (text, out) => new TextEncoder().encodeInto(text, out).written,
  now: () => performance.now(),
  later: (action, delay) => void setTimeout(action, delay),
});

const files = new Map();
function bytesOf(file) {
  const name = path.basename(file);
  if (!files.has(name)) {
    const bytes = fs.readFileSync(path.join(folder, name));
    files.set(name, name.endsWith('.wasm') ? capMemory(bytes, memoryMb * 2 ** 20) : bytes);
  }
  return files.get(name);
}

/** Loads an ES module of Pyodide into the realm; it can import nothing. */
async function moduleOf(name) {
  const refuse = (specifier) => {
    throw new Error(`import of ${specifier} is refused`);
  };
  const module = new vm.SourceTextModule(fs.readFileSync(path.join(folder, name), 'utf8'), {
    context,
    identifier: `file:///pyodide/${name}`,
    initializeImportMeta: (meta) => (meta.url = `file:///pyodide/${name}`),
    importModuleDynamically: refuse,
  });
  await module.link(refuse);
  await module.evaluate();
  return module.namespace;
}

async function load() {
  const { loadPyodide } = await moduleOf('pyodide.mjs');
  const runtime = await moduleOf('pyodide.asm.mjs');
  const lock = fs.readFileSync(path.join(folder, 'pyodide-lock.json'), 'utf8');
  const options = inside(`(lock) => ({
    indexURL: 'file:///pyodide/', jsglobals: Object.create(null), env: { PYTHONHASHSEED: '0', HOME: '/home/user' },
    lockFileContents: { info: JSON.parse(lock).info, packages: {} },
    stdin: () => null, stdout: () => {}, stderr: () => {},
  })`)(lock);
  options.createPyodideModule = runtime.default;
  const pyodide = await loadPyodide(options);
  files.clear();
  return pyodide;
}

/** Paths, sizes and change times of all files, as one string. */
function filesIn(FS) {
  const found = [];
  const visit = (folder) => {
    for (const name of FS.readdir(folder || '/')) {
      if (name === '.' || name === '..') continue;
      const at = `${folder}/${name}`;
      const { mode, size, mtime } = FS.lstat(at);
      if (FS.isDir(mode)) found.push(at) && at !== '/proc' && at !== '/dev' && visit(at);
      else found.push(`${at}:${size}:${mtime.getTime()}`);
    }
  };
  visit('');
  return found.join('\n');
}

function answer(outcome) {
  const bytes = Buffer.from(`${JSON.stringify(outcome)}\n`);
  for (let at = 0; at < bytes.length; ) at += fs.writeSync(1, bytes, at);
}

/** Lines of standard input, read synchronously: nothing else ever runs in this process. */
function* lines() {
  const chunk = Buffer.alloc(1 << 16);
  let pending = [];
  for (;;) {
    let length = 0;
    try {
      length = fs.readSync(0, chunk);
    } catch (error) {
      if (error.code === 'EAGAIN') continue;
      if (error.code !== 'EOF') throw error;
    }
    if (length === 0) return;
    let start = 0;
    for (let end; (end = chunk.subarray(0, length).indexOf(10, start)) >= 0; start = end + 1) {
      yield Buffer.concat([...pending, chunk.subarray(start, end)]).toString();
      pending = [];
    }
    if (start < length) pending.push(Buffer.from(chunk.subarray(start, length)));
  }
}

async function serve() {
  const fault = confinementFault();
  if (fault) {
    answer({ refused: `the process is not confined: ${fault}` });
    return;
  }
  const pyodide = await load();
  const module = pyodide._module;
  const { FS } = pyodide;
  const run = pyodide.runPython(guest);

  // A program that never ends and whose parent is gone ends itself at the interpreter's next look for signals.
  let started = 0;
  module.Py_EmscriptenSignalBuffer = {
    get 0() {
      if (performance.now() - started > 2 * timeoutMs + 1000) process.reallyExit(1);
      return 0;
    },
    set 0(_) {},
  };

  // What programs write goes to memory outside the Python heap, so it has a limit of its own.
  const storage = FS.filesystems.MEMFS;
  const { expandFileStorage } = storage;
  let written = 0;
  storage.expandFileStorage = (node, capacity) => {
    const before = node.contents?.length ?? 0;
    expandFileStorage(node, capacity);
    written += (node.contents?.length ?? 0) - before;
    if (written > mostBytesOfFiles) {
      refusedGrowth = true;
      throw new FS.ErrnoError(51); // ENOSPC
    }
  };

  run('pass'); // what the first run caches belongs to the snapshot
  const snapshot = module.HEAPU8.slice();
  const stack = module.___stack_pointer.value;
  const filesBefore = filesIn(FS);

  /** Puts the interpreter back to where it was before any program ran; false if that cannot be done. */
  const restore = () => {
    module.HEAPU8.set(snapshot);
    module.HEAPU8.fill(0, snapshot.length);
    module.___stack_pointer.value = stack;
    for (const stream of FS.streams) if (stream && stream.fd > 2) FS.closeStream(stream.fd);
    FS.chdir('/home/user');
    written = 0;
    return filesIn(FS) === filesBefore;
  };

  answer({ ready: true });
  let sinceRestore = 0;
  for (const line of lines()) {
    refusedGrowth = false;
    started = performance.now();
    let outcome;
    let dirty = true;
    let alive = true;
    try {
      ({ dirty, ...outcome } = JSON.parse(run(JSON.parse(line))));
    } catch {
      outcome = { label: 'exited', message: 'The program ended the Python interpreter.', line: null };
      alive = false;
    }
    if (refusedGrowth) {
      outcome = { label: 'memory limit', message: `The program needed more than ${memoryMb} MB.`, line: null };
      dirty = true;
    }
    if (alive && (dirty || ++sinceRestore >= 500)) {
      alive = restore();
      sinceRestore = 0;
    }
    answer(outcome);
    if (!alive) return;
  }
}

await serve();
process.exit(0);
