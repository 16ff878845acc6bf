// CPython (Pyodide) in an empty JavaScript realm.
//
// Pyodide is loaded as for a bare JavaScript shell, so that nothing of Node is ever handed to it: no `process`, no
// `require`, no `fetch`. Strings cannot become code, `import()` is refused, and of the host the realm sees functions
// of its own that pass primitives and its own arrays only.
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { modules } from './modules.mjs';
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
 * `memory.refused` tells whether memory was refused, `resetRandom()` puts the realm's random bytes back, `wall` is around the
 * interpreter (wall.mjs), whose `exports` are WebAssembly's own.
 */
export async function openPyodide(folder, memoryMb, more) {
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
