// The interpreter that runs programs: opened, made to answer as an ordinary Python does, and put back after programs.
import fs from 'node:fs';
import { hearAddresses } from './addresses.mjs';
import { addAuditHook } from './audit.mjs';
import { makeDriver, pythonC } from './driver.mjs';
import { holdFiles } from './files.mjs';
import { removeModules } from './inittab.mjs';
import { asOnLinux } from './linux.mjs';
import { memoryOf } from './memory.mjs';
import { openPyodide } from './realm.mjs';
import { sourceBytes } from './source.mjs';

/** Run once at the start, so that what Python makes when it first does a thing is there already. */
const warmUp = ['pass', '1/0', '1 +', 'raise SystemExit(1)', 'class A:\n    def f(self): pass\nA().x', 'import math\nmath.pi', 'import numpy', 'print([{}])', 'int("x")'];

/** Built-in modules that reach past Python, or test it: they are not in this Python. */
const removed = `_ctypes _pyodide_core _testcapi _testinternalcapi _testlimitedcapi _testclinic _testclinic_limited _xxtestfuzz
  _remote_debugging _posixsubprocess xxsubtype _testbuffer faulthandler`.split(/\s+/);

/**
 * Python from Pyodide's `folder`, limited to `memoryMb`, as it was when `snapshot` was made. Gives
 * `version`: Python's, as in '3.14.2';
 * `run(text, asCell)`: runs a program, or a notebook's cell. Gives what it raised (`{ label, message, line }`), null if
 *   nothing; throws what the engine
 *   throws, e.g. RangeError when the stack is full;
 * `aftermath()`: of that program `{ contained, ended, clean }`: why it is not contained (or null), whether it ended the
 *   interpreter, whether it provably left nothing behind;
 * `restore()`: puts the interpreter back to where it was before any program ran;
 * `memoryRefused()`: whether memory was refused since last asked;
 * `sawAddresses()`: whether a program saw where its objects lie, since last asked.
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
  const { made, forget, hookFunction } = asOnLinux(python, { ...pieces.linux, functions: pieces, note: audit.note });
  const sawAddresses = hearAddresses(python, pieces.addressed, pieces.id, hookFunction);
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
  const run = (text, asCell) => {
    const source = sourceBytes(python, text);
    files.begin(source);
    compared = C._Py_NoneStruct.value; // a text that is no program leaves nothing, unless something below says so
    grown = C.memory.buffer.byteLength;
    forget();
    try {
      return drive(source, asCell, (code) => {
        beforeRun(code);
        if (asCell) compared = null; // an event loop leaves things behind
      });
    } catch (error) {
      compared = null; // thrown by the engine: Python is not to be asked for anything more
      throw error;
    }
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
    const contained = files.state.asked ? 'The program asks for input.' : used && `The program used ${used}${used.includes(',') ? '' : ', which the sandbox does not have'}.`;
    const untouched = wall.reached === null && contained === null;
    return { contained, ended: wall.ended, left: wall.reached !== null && !wall.ended, clean: untouched && clean() };
  };
  const memoryRefused = () => {
    const was = memory.refused || files.state.full;
    memory.refused = files.state.full = false;
    return was;
  };
  sawAddresses();
  return { version, run, aftermath, restore, memoryRefused, sawAddresses };
}

/** What guest.py makes. */
const made = `builtins compileCell runCell cellScope scope modules stdout stderr emptyMain objects namespace freeze addressed id hash getsizeof
  strerror getuid getgid`.split(/\s+/);

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
  const guest = object('guest.py');
  const [seal, linux, parts] = [0, 1, 2].map((at) => C.PyTuple_GetItem(guest, at));
  const pieces = {};
  for (const part of made) {
    pieces[part] = own(C.PyDict_GetItemString(parts, name(part)));
  }
  const table = text('linux.json');
  const numbers = python.call(linux, python.textObject(table));
  if (!numbers) throw new Error('Python could not be made to answer as on Linux');
  pieces.linux = { errors: JSON.parse(table).errors, numbers: JSON.parse(python.textOf(numbers)) };
  const tools = object('inert.py'); // compares with how modules are from here on
  [pieces.inert, pieces.unchanged] = [0, 1].map((at) => own(C.PyTuple_GetItem(tools, at)));
  if (!python.call(seal)) throw new Error('the way back to JavaScript could not be removed');
  const version = module.API.pyVersionTuple.join('.');
  return { version, pieces };
}
