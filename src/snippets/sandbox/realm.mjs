// CPython (Pyodide) in an empty JavaScript realm.
//
// Pyodide is loaded as for a bare JavaScript shell, so that nothing of Node is ever handed to it: no `process`, no
// `require`, no `fetch`. Strings cannot become code, `import()` is refused, and of the host the realm sees functions
// of its own that pass primitives and its own arrays only.
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { addAuditHook } from './audit.mjs';
import { makeDriver, pythonC } from './driver.mjs';
import { holdFiles } from './files.mjs';
import { modules } from './modules.mjs';
import { removeModules } from './inittab.mjs';
import { asOnLinux } from './linux.mjs';
import { sourceBytes } from './source.mjs';
import { makeWall, wallInRealm } from './wall.mjs';

const wasmPage = 65536;
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

/** In the realm: Pyodide's module behind the wall, and what it exports. */
const holdInstance = `(wrap, createModule) => {
  let instance;
  return {
    create: (settings) => {
      const { instantiateWasm } = settings;
      settings.instantiateWasm = (imports, receive) => instantiateWasm(wrap(imports), (made, module) => {
        instance = made;
        return receive(made, module);
      });
      return createModule(settings);
    },
    exports: () => instance.exports,
  };
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
  const wall = makeWall();
  const createModule = (await moduleOf('pyodide.asm.mjs')).default;
  const hold = inside(holdInstance)(inside(wallInRealm)(wall.host), createModule);
  config.createPyodideModule = hold.create;
  const bytesInRealm = inside('(size) => new Uint8Array(size)');
  const pyodide = await loadPyodide(Object.assign(config, more(bytesInRealm)));
  files.clear();
  return { pyodide, memory, resetRandom, wall, exports: hold.exports() };
}

/** The interpreter's memory once it has started and imported what programs need: starting from it takes a fifth of the time. */
export async function makeSnapshot(folder) {
  const { pyodide } = await openPyodide(folder, 256, () => ({ _makeSnapshot: true }));
  pyodide.runPython(`${modules.map((name) => `import ${name}\n`).join('')}sysconfig.get_config_vars()`);
  return pyodide.makeMemorySnapshot();
}

/** Run once at the start, so that what Python makes when it first does a thing is there already. */
const warmUp = ['pass', '1/0', '1 +', 'raise SystemExit(1)', 'class A:\n    def f(self): pass\nA().x', 'import math\nmath.pi', 'import numpy', 'print([{}])', 'int("x")'];

/** Built-in modules that reach past Python, or test it: they are not in this Python. */
const removed = `_ctypes _pyodide_core _testcapi _testinternalcapi _testlimitedcapi _testclinic _testclinic_limited _xxtestfuzz
  _remote_debugging _posixsubprocess xxsubtype _testbuffer faulthandler`.split(/\s+/);

/**
 * Python from Pyodide's `folder`, limited to `memoryMb`, as it was when `snapshot` was made. Gives
 * `version`: Python's, as in '3.14.2';
 * `run(text)`: runs a program. Gives what it raised (`{ label, message, line }`), null if nothing; throws what the engine
 *   throws, e.g. RangeError when the stack is full;
 * `aftermath()`: of that program `{ contained, ended, clean }`: why it is not contained (or null), whether it ended the
 *   interpreter, whether it provably left nothing behind;
 * `restore()`: puts the interpreter back to where it was before any program ran;
 * `memoryRefused()`: whether memory was refused since last asked.
 * `overdue()` is asked from time to time while a program runs; if it is true, the program is interrupted.
 */
export async function loadPython(folder, memoryMb, snapshot, overdue) {
  const { pyodide, memory, resetRandom, wall, exports: C } = await openPyodide(folder, memoryMb, (bytesInRealm) => {
    const _loadSnapshot = bytesInRealm(snapshot.length);
    _loadSnapshot.set(snapshot);
    return { _loadSnapshot };
  });
  const module = pyodide._module;
  const python = pythonC(C);
  const { version, pieces } = prepare(pyodide, python);
  removeModules(python, removed);
  const files = holdFiles(module.FS, resetRandom, fs.readFileSync(new URL('zoneinfo.br', import.meta.url)));
  wall.umask = files.setUmask;
  const audit = addAuditHook(python);
  const { made, forget } = asOnLinux(python, { ...pieces.linux, functions: pieces, note: audit.note });
  const drive = makeDriver(python, { ...pieces, made });
  const get = () => (overdue() ? 2 : 0); // SIGINT
  pyodide.setInterruptBuffer(Object.defineProperty([0], 0, { get, set: () => {} }));
  wall.sealed = true;

  let compared = null; // the modules to compare, if the program is inert
  let grown = 0;
  const beforeRun = (code) => {
    const found = python.call(pieces.inert, code);
    if (!found) C.PyErr_Clear();
    compared = found && found !== C._Py_NoneStruct.value ? found : null;
  };
  const run = (text) => {
    const source = sourceBytes(python, text);
    files.begin(source);
    compared = C._Py_NoneStruct.value; // a text that is no program leaves nothing, unless something below says so
    grown = C.memory.buffer.byteLength;
    forget();
    return drive(source, beforeRun);
  };
  const survivors = () => {
    const list = python.call(pieces.objects);
    const count = C.PyList_Size(list);
    python.decRef(list);
    return count;
  };
  const state = () => [survivors(), C.PyDict_Size(pieces.modules), C.PyDict_Size(pieces.namespace), C.Py_GetRecursionLimit()].join();
  let still = null;
  const clean = () => {
    if (compared === null || files.touched() || files.state.complained || C.memory.buffer.byteLength !== grown) return false;
    if (compared !== C._Py_NoneStruct.value) {
      const same = python.call(pieces.unchanged, compared);
      python.decRef(compared);
      if (same !== C._Py_TrueStruct.value) return false;
    }
    return state() === still;
  };

  // What the first runs cache belongs to what is restored.
  for (const text of warmUp) {
    run(text);
    clean();
  }
  python.decRef(python.call(pieces.freeze));
  audit.taken();
  python.settle();
  files.restore();
  survivors();
  still = state();
  const held = memoryOf(C);

  const restore = () => {
    held.restore();
    files.restore();
    wall.reached = null;
    audit.taken();
  };
  const aftermath = () => {
    const used = audit.taken() ?? (wall.reached && !wall.ended ? `the function ${wall.reached}` : null);
    const contained = files.state.asked ? 'The program asks for input.' : used && `The program used ${used}.`;
    const untouched = wall.reached === null && contained === null;
    return { contained, ended: wall.ended, left: wall.reached !== null && !wall.ended, clean: untouched && clean() };
  };
  const memoryRefused = () => {
    const was = memory.refused || files.state.full;
    memory.refused = files.state.full = false;
    return was;
  };
  return { version, run, aftermath, restore, memoryRefused };
}

/** What guest.py makes. */
const made = `builtins scope modules stdout stderr emptyMain objects namespace freeze hash getsizeof strerror getuid getgid`.split(' ');

/** Runs the Python side of the start, and gives Python's version and the objects that it made. */
function prepare(pyodide, python) {
  const { C, name } = python;
  const module = pyodide._module;
  const text = (file) => fs.readFileSync(new URL(file, import.meta.url), 'utf8');
  // The addresses; the proxies are never used again, nor collected, as no event loop turns once programs run.
  const object = (file) => module.PyProxy_getPtr(pyodide.runPython(text(file)));
  const own = (at) => {
    C.Py_IncRef(at);
    return at;
  };
  const tools = object('inert.py');
  const guest = object('guest.py');
  const [seal, linux, parts] = [0, 1, 2].map((at) => C.PyTuple_GetItem(guest, at));
  const [inert, unchanged] = [0, 1].map((at) => own(C.PyTuple_GetItem(tools, at)));
  const pieces = { inert, unchanged };
  for (const part of made) {
    pieces[part] = own(C.PyDict_GetItemString(parts, name(part)));
  }
  const table = text('linux.json');
  const numbers = python.call(linux, python.textObject(table));
  if (!numbers) throw new Error('Python could not be made to answer as on Linux');
  pieces.linux = { errors: JSON.parse(table).errors, numbers: JSON.parse(python.textOf(numbers)) };
  if (!python.call(seal)) throw new Error('the way back to JavaScript could not be removed');
  const version = module.API.pyVersionTuple.join('.');
  return { version, pieces };
}

/** The interpreter's memory as it is now, and the way back to it. */
function memoryOf(C) {
  const breakAt = C.emscripten_get_sbrk_ptr();
  const end = () => new Uint32Array(C.memory.buffer)[breakAt >> 2];
  const [stackLow, stack, first] = [C.__stack_low.value, C.__stack_pointer.value, end()];
  const all = () => new Uint8Array(C.memory.buffer);
  // Below the stack pointer the stack holds nothing.
  const parts = [all().slice(0, stackLow), all().slice(stack, first)];
  return {
    restore: () => {
      const last = end();
      const memory = all();
      memory.set(parts[0], 0);
      memory.set(parts[1], stack);
      if (last > first) memory.fill(0, first, Math.min(last, memory.length));
      C.__stack_pointer.value = stack;
    },
  };
}
