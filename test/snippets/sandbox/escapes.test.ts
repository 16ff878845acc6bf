/**
 * Attempts to leave the sandbox. Each has a canary: a file, a listening port, the environment or the process's own memory; none
 * is ever touched, and the programs after it run as ever.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PythonSandbox } from '../../../src/snippets/sandbox/sandbox';

let sandbox: PythonSandbox;
let server: Server;
let folder: string;
let connections = 0;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'sandbox-canary-'));
  writeFileSync(path.join(folder, 'secret'), 'canary');
  server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.SANDBOX_CANARY = 'canary';
  sandbox = await PythonSandbox.start({ timeoutMs: 3000 });
  delete process.env.SANDBOX_CANARY;
}, 120_000);
afterAll(() => {
  sandbox.close();
  server.close();
  rmSync(folder, { recursive: true });
});

/** In a program: what each attempt begins with, if it needs the objects of the whole interpreter. */
const walk = `import gc, sys, types
gc.unfreeze()
seen = {id(o): o for o in gc.get_objects()}
pending = list(seen.values())
while pending:
    found = []
    for o in pending:
        for r in gc.get_referents(o):
            if id(r) not in seen:
                seen[id(r)] = r
                found.append(r)
    pending = found
`;

/** In a program: all of the interpreter's memory as one bytearray, `memory`. Its code reads a constant far behind its constants. */
const rawMemory = `import opcode
def word(n): return n.to_bytes(4, 'little')
fake = b''.join(map(word, (1 << 20, id(bytearray), 0x7fffffff, 0x7fffffff, 0, 0, 0)))
consts, held = (None,), []
def f(): pass
for _ in range(400):
    held.append(word(id(fake) + 16) * 64)
    distance = id(held[-1]) - id(consts)
    if distance > 0 and distance % 4 == 0: break
at = distance // 4 + 3
far = [b for shift in (24, 16, 8) for b in (opcode.EXTENDED_ARG, at >> shift & 255)]
code = bytes([opcode.opmap['RESUME'], 0, *far, opcode.opmap['LOAD_CONST'], at & 255, opcode.opmap['RETURN_VALUE'], 0])
f.__code__ = f.__code__.replace(co_code=code, co_consts=consts, co_stacksize=4)
memory = f()
assert type(memory) is bytearray and memory[id(held[-1]) + 16:id(held[-1]) + 20] == word(id(fake) + 16)
`;

const bridge: string[] = [
  'import js\njs.eval("1")',
  'from js import globalThis',
  'import pyodide_js\npyodide_js._api',
  'from pyodide.code import run_js\nrun_js("1")',
  'from pyodide.ffi import create_proxy, to_js\nto_js([1])',
  'import _pyodide_core\n_pyodide_core.to_js([1])',
  'import sys\nsys.meta_path.clear()\nsys.path_hooks.clear()\nimport _pyodide_core',
  'import _imp, importlib.machinery as m\nspec = m.ModuleSpec("_pyodide_core", None)\nmodule = _imp.create_builtin(spec)\nassert module is None',
  'import _imp, importlib.machinery as m\nmodule = _imp.create_builtin(m.ModuleSpec("_ctypes", None))\nassert module is None',
  'from importlib.machinery import BuiltinImporter as B, ModuleSpec as S\nB.exec_module(B.create_module(S("_ctypes", B)))',
  'import _imp\nassert not _imp.is_builtin("_ctypes") and not _imp.is_builtin("_pyodide_core") and not _imp.is_builtin("_testcapi")',
  'import sys, importlib\nfor name in ("_ctypes", "_testcapi", "_testinternalcapi", "_remote_debugging", "xxsubtype", "_posixsubprocess", "faulthandler", "_testbuffer"):\n    try: importlib.import_module(name)\n    except ImportError: continue\n    assert False, name',
  'import _imp, importlib.machinery as m\n_imp.create_dynamic(m.ModuleSpec("x", None, origin="/tmp/x.so"))',
  'open("/tmp/x.so", "wb").write(b"\\0asm\\1\\0\\0\\0")\nfrom importlib.machinery import ExtensionFileLoader as L, ModuleSpec as S\nL("x", "/tmp/x.so").create_module(S("x", None, origin="/tmp/x.so"))',
  'import os\nos._emscripten_log("out")',
  'import os\nos._emscripten_debugger()',
  'import sys\nsys._emscripten_info.runtime.x',
  `${walk}bad = [o for o in seen.values() if type(o).__name__ in ("JsProxy", "JsDoubleProxy", "JsMethod", "JsException", "JsBuffer")]\nassert not bad, bad`,
  `${walk}bad = [o for o in seen.values() if type(o).__name__ == "builtin_function_or_method" and (o.__module__ or "").startswith(("_pyodide", "_ctypes", "pyodide"))]\nassert not bad, bad`,
  `${walk}for o in list(seen.values()):\n    if isinstance(o, type) and o.__name__.startswith(("Js", "Pyodide")):\n        for name in ("__new__", "__init__", "__call__"):\n            try: o(); getattr(o, name)(o)\n            except TypeError: pass`,
  `${walk}for o in list(seen.values()):\n    if type(o) is types.ModuleType and o.__name__.startswith(("js", "pyodide", "_pyodide")):\n        assert not any(callable(v) for v in vars(o).values() if type(v).__name__ != "type"), (o, vars(o))`,
  `${walk}for f in [o for o in seen.values() if type(o) is types.FunctionType and o.__closure__]:\n    for cell in f.__closure__:\n        try: value = cell.cell_contents\n        except ValueError: continue\n        assert getattr(value, "__name__", "") not in ("create_builtin", "create_dynamic", "audit"), f`,
  `${walk}hooks = [o for o in seen.values() if type(o) is types.FunctionType and o.__name__ == "audit" and o.__module__ == "sandbox"]\nassert not hooks`,
  // The way of the first version: the audit hook's code exchanged, the original of a guard from its cell, the bridge anew.
  `import gc, sys, _imp, types
gc.unfreeze()
audit = [o for o in gc.get_objects() if type(o) is types.FunctionType and o.__name__ == 'audit' and 'denied' in o.__code__.co_freevars][0]
cells = {n: c.cell_contents for n, c in zip(_imp.create_builtin.__code__.co_freevars, _imp.create_builtin.__closure__)}
import importlib.machinery as m
mod = cells["create_builtin"](m.ModuleSpec("_ctypes", None))
import ctypes
core = ctypes.pythonapi.PyInit__pyodide_core()
raise Exception(core.to_js([1]).redMark)`,
  'import time\ntime.sleep.__globals__["run_sync"]',
  'import asyncio, sys\nfrom pyodide.webloop import WebLoop',
  'import asyncio\nloop = asyncio.new_event_loop()\nloop.run_in_executor(None, print)',
];

const network = (port: number): string[] => [
  `import socket\nsocket.create_connection(("127.0.0.1", ${port}))`,
  `import socket\ns = socket.socket()\ns.connect(("127.0.0.1", ${port}))`,
  'import _socket\n_socket.socket(2, 1, 0)',
  `import _socket\ns = _socket.socket.__new__(_socket.socket)\ns.__init__(2, 1, 0, 3)\ns.connect(("127.0.0.1", ${port}))`,
  'import socket\nsocket.getaddrinfo("example.com", 80)',
  'import _socket\n_socket.gethostbyname("example.com")',
  'import socket\nsocket.socketpair()',
  'import socket\nsocket.fromfd(0, 2, 1)',
  `import urllib.request\nurllib.request.urlopen("http://127.0.0.1:${port}")`,
  `import http.client\nhttp.client.HTTPConnection("127.0.0.1", ${port}).request("GET", "/")`,
  `import asyncio\nasync def f(): await asyncio.open_connection("127.0.0.1", ${port})\nasyncio.run(f())`,
];

const processes: string[] = [
  'import os\nos.system("touch /tmp/out")',
  'import os\nos.popen("ls")',
  'import os\nos.fork()',
  'import os\nos.execv("/bin/ls", ["ls"])',
  'import os\nos.posix_spawn("/bin/ls", ["ls"], {})',
  'import os\nos.spawnv(os.P_WAIT, "/bin/ls", ["ls"])',
  'import os\nos.kill(os.getppid(), 9)',
  'import os\nos.kill(1, 0)',
  'import subprocess\nsubprocess.run(["ls"])',
  'import subprocess\nsubprocess._fork_exec = None\nsubprocess.run(["ls"])',
  'import pty\npty.spawn("ls")',
  'import _thread\n_thread.start_new_thread(print, ())',
  'import _thread\n_thread.start_joinable_thread(print)',
  'from concurrent.futures import ThreadPoolExecutor\nThreadPoolExecutor().submit(print).result()',
  'import signal\nsignal.alarm(1)',
];

/** A label that says that nothing came of it. */
const harmless = /^(not contained|exited|\w*Error|Exception|no error)$/;

async function attempts(programs: string[], wanted: RegExp): Promise<void> {
  const outcomes = await sandbox.runMany(programs.flatMap((code) => [code, 'import json, math, os\nassert json.dumps([1]) == "[1]" and os.listdir() == ["snippet.py"]']));
  for (const [i, code] of programs.entries()) {
    expect(outcomes[2 * i].label, `${code}\n${outcomes[2 * i].message}`).toMatch(wanted);
    expect(outcomes[2 * i + 1], `after ${code}`).toMatchObject({ label: 'no error' });
  }
  expect(connections).toBe(0);
  expect(readdirSync(folder)).toEqual(['secret']);
  expect(readFileSync(path.join(folder, 'secret'), 'utf8')).toBe('canary');
}

describe('attempts', () => {
  it('to reach JavaScript', () => attempts(bridge, harmless), 120_000);

  it('to reach the network', () => attempts(network((server.address() as AddressInfo).port), /^not contained$/), 120_000);

  it('to start a process or a thread', () => attempts(processes, /^not contained$/), 120_000);

  it('to see the host', async () => {
    const secret = JSON.stringify(path.join(folder, 'secret'));
    const programs = [
      `open(${secret})`,
      `open(${secret}, "w")`,
      `import os\nos.stat(${secret})`,
      `import os\nos.listdir(${JSON.stringify(folder)})`,
      'open("/etc/passwd")',
      'open("/proc/self/environ")',
      'open("/proc/self/maps")',
      'import os\nos.readlink("/proc/self/exe")',
      'import os\nos.environ["SANDBOX_CANARY"]',
      'import os\nos.scandir("/root").__next__()',
      'import os\nos.link("/etc/passwd", "a")',
      'import os\nos.symlink("/etc/passwd", "a")\nopen("a")',
      'import zipfile\nzipfile.ZipFile("/etc/passwd")',
      'import mmap, os\nmmap.mmap(os.open("/dev/mem", os.O_RDONLY), 10)',
    ];
    await attempts(programs, /^(FileNotFoundError|KeyError|not contained)$/);
  }, 120_000);

  it('with all of the interpreter’s memory in hand', async () => {
    const pointTo = (number: string) => `${rawMemory}
at = int.from_bytes(memory[id(print) + 8:id(print) + 12], 'little')
memory[at + 4:at + 12] = word(${number}) + word(4)
print()`;
    const programs = [
      rawMemory,
      `${rawMemory}memory[1024:1 << 22] = b'x' * ((1 << 22) - 1024)`,
      `${rawMemory}memory[id(print) & ~0xffff:][:1 << 20]\nfor at in range(1 << 22, 30 << 20, 1 << 16): memory[at:at + 64] = b'\\xff' * 64`,
      `${rawMemory}for text in (b'/home/user', b'snippet.py'):\n    at = memory.find(text)\n    memory[at:at + 4] = b'/etc'`,
      ...['0', '1', '-1 & 0xffffffff', '0x7fffffff', '20'].map(pointTo),
    ];
    await attempts(programs, /^(exited|not contained|timeout|no error|memory limit|\w+Error)$/);
  }, 120_000);

  it('to end or break the interpreter', async () => {
    const programs = [
      'import os\nos._exit(0)',
      'import os\nos.abort()',
      'import signal\nsignal.raise_signal(signal.SIGABRT)',
      'import signal\nsignal.raise_signal(signal.SIGKILL)',
      'import posix\nposix._exit(3)',
      'try:\n    import os\n    os._exit(0)\nexcept BaseException: pass\nfinally: pass',
      'import types\ndef f(): pass\nf.__code__ = f.__code__.replace(co_code=b"\\xff\\xff" * 40)\nf()',
      'import types\ndef f(): return 1\nf.__code__ = f.__code__.replace(co_code=bytes([82, 255] * 30), co_consts=())\nf()',
      'import sys\nsys.setrecursionlimit(10**6)\ndef f(): f()\nf()',
      'import sys\nsys.setrecursionlimit(10**6)\nx = []\nfor _ in range(10**6): x = [x]\nrepr(x)',
      'import itertools\nx = itertools.chain()\nfor _ in range(10**5): x = itertools.chain(x, [])\nlist(x)',
      'import marshal\nmarshal.loads(b"c" + b"\\0" * 200)',
      'import pickle\npickle.loads(b"cposix\\nsystem\\n(S\'ls\'\\ntR.")',
      'class A:\n    def __del__(self):\n        import os\n        os._exit(0)\na = A()',
      'import gc\ngc.collect()\nfor o in gc.get_objects():\n    if type(o) is dict: o.clear()',
      'import sys\nfor m in list(sys.modules.values()):\n    if hasattr(m, "__dict__"): m.__dict__.clear()',
    ];
    await attempts(programs, /^(exited|not contained|timeout|no error|RecursionError|memory limit|\w+Error)$/);
  }, 240_000);
});

describe('the wall', () => {
  it('ends the process of a program that calls what is behind it', async () => {
    await sandbox.run('1');
    const before = sandbox.pid;
    const outcome = await sandbox.run('import socket\ntry: socket.getprotobyname("tcp")\nexcept BaseException: pass');
    expect(outcome).toMatchObject({ label: 'not contained', message: 'The program used the function getprotobyname, which the sandbox does not have.' });
    expect((await sandbox.run('1/0')).label).toBe('ZeroDivisionError');
    expect(sandbox.pid).not.toBe(before);
  }, 60_000);
});
