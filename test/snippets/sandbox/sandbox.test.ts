import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PythonSandbox } from '../../../src/snippets/sandbox/sandbox';
import type { Outcome } from '../../../src/snippets/sandbox/sandbox';

let sandbox: PythonSandbox;
beforeAll(async () => {
  sandbox = await PythonSandbox.start({ timeoutMs: 1000 });
}, 120_000);
afterAll(() => sandbox.close());

const label = async (code: string) => (await sandbox.run(code)).label;

/** Runs each program alone and gives `program → label`, so that a failure shows which program it was. */
async function labels(programs: readonly string[]): Promise<Record<string, string>> {
  const outcomes = await sandbox.runMany(programs);
  return Object.fromEntries(programs.map((program, i) => [program, outcomes[i].label]));
}

const all = (programs: readonly string[], wanted: string) => Object.fromEntries(programs.map((code) => [code, wanted]));

describe('outcomes', () => {
  it('gives type, message and line', async () => {
    const cases: [string, Outcome][] = [
      ['print(1)', { label: 'no error', message: null, line: null }],
      ['x = 1\n\nx / 0', { label: 'ZeroDivisionError', message: 'division by zero', line: 3 }],
      ['a = 1\nx = [1,', { label: 'SyntaxError', message: "'[' was never closed", line: 2 }],
      ['if 1:\nx', { label: 'IndentationError', message: "expected an indented block after 'if' statement on line 1", line: 2 }],
      ['def f():\n    return nme\nf()', { label: 'NameError', message: "name 'nme' is not defined", line: 2 }],
      ['{}["a"]', { label: 'KeyError', message: "'a'", line: 1 }],
      ['class Odd(ValueError): pass\nraise Odd("so")', { label: 'Odd', message: 'so', line: 2 }],
      ['import json\n\njson.loads("{")', expect.objectContaining({ label: 'JSONDecodeError', line: 3 })],
      ['open("none.txt")', { label: 'FileNotFoundError', message: "[Errno 2] No such file or directory: 'none.txt'", line: 1 }],
      ['import sys\nsys.exit(3)', { label: 'SystemExit', message: '3', line: 2 }],
      ['import sys\nsys.exit(0)', { label: 'no error', message: null, line: null }],
      ['if 1:\n\tx = 1\n        y = 2', { label: 'IndentationError', message: 'TabError: inconsistent use of tabs and spaces in indentation', line: 3 }],
      ['import numpy', { label: 'ModuleNotFoundError', message: "No module named 'numpy'", line: 1 }],
      ['input()', { label: 'not contained', message: 'The program asks for input.', line: null }],
      ['"\\d"\n1 is 1', { label: 'no error', message: null, line: null }],
      ['next(iter([]))', { label: 'StopIteration', message: '', line: 1 }],
      ['eval("1 +")', { label: 'SyntaxError', message: 'invalid syntax', line: 1 }],
      ['if __name__ == "__main__":\n    assert 1 > 2, "no"', { label: 'AssertionError', message: 'no', line: 2 }],
    ];
    const outcomes = await sandbox.runMany(cases.map(([code]) => code));
    for (const [i, [code, wanted]] of cases.entries()) expect(outcomes[i], code).toMatchObject(wanted);
  });

  it('survives exceptions that misbehave', async () => {
    expect(await sandbox.run('class E(Exception):\n    def __str__(self): raise ValueError\nraise E')).toMatchObject({
      label: 'E',
      message: null,
      line: 3,
    });
    expect(await label('class M(type):\n    __name__ = 3\nclass E(Exception, metaclass=M): pass\nraise E')).toBe('E');
    expect(await label('class S(str):\n    def __getitem__(s, i): 1/0\nclass E(Exception):\n    def __str__(e): return S()\nraise E')).toBe('E');
  });

  it('imports the standard library', async () => {
    const names =
      'json math re datetime collections itertools functools random os sys statistics decimal fractions string heapq ' +
      'bisect pathlib dataclasses typing enum csv io copy time asyncio logging uuid hashlib tempfile calendar abc ' +
      'contextlib operator textwrap types warnings unittest argparse pickle secrets socket threading sqlite3';
    const programs = names.split(' ').map((name) => `import ${name}\n${name}.__name__`);
    expect(await labels(programs)).toEqual(all(programs, 'no error'));
  });

  it('runs coroutines, sleeps and files of its own', async () => {
    const programs = [
      'import asyncio\nasync def f(x):\n    await asyncio.sleep(0.01)\n    return x\nasync def main():\n    assert await asyncio.gather(f(1), f(2)) == [1, 2]\nasyncio.run(main())',
      'import time\nt = time.monotonic()\ntime.sleep(0.05)\nassert time.monotonic() - t >= 0.05',
      'with open("a.txt", "w") as f: f.write("x")\nassert open("a.txt").read() == "x"',
      'from dataclasses import dataclass\n@dataclass\nclass P:\n    x: "int"\nimport pickle\nassert pickle.loads(pickle.dumps(P(1))) == P(1)',
    ];
    expect(await labels(programs)).toEqual(all(programs, 'no error'));
  });
});

describe('recursion', () => {
  it('is RecursionError however it recurs', async () => {
    const programs = [
      'def f(n): return f(n + 1)\nf(0)',
      'def a(n): return b(n)\ndef b(n): return a(n)\na(1)',
      'class A:\n    def __getattr__(self, name): return getattr(self, name)\nA().x',
      'class A:\n    @property\n    def x(self): return self.x\nA().x',
      'class A:\n    def __repr__(self): return repr(self)\nrepr(A())',
      'class A:\n    def __eq__(self, other): return self == other\nA() == A()',
      'class A:\n    def __lt__(self, other): return sorted([self, other])\nsorted([A(), A()])',
      'def f(n): return list(map(f, [n]))\nf(0)',
      'def f(n): return eval("f(n)")\nf(0)',
      'import re\ndef f(m): return re.sub("a", f, "a")\nf(0)',
      'x = []\nfor i in range(50000): x = [x]\nrepr(x)',
      'import json\njson.loads("[" * 100000)',
      '1' + '+1'.repeat(50_000),
    ];
    expect(await labels(programs)).toEqual(all(programs, 'RecursionError'));
  });

  it('can be caught, and leaves no trace', async () => {
    const programs = [
      'def f(n): return f(n + 1)\ntry: f(0)\nexcept RecursionError: pass',
      'class A:\n    def __repr__(self): return repr(self)\ntry: repr(A())\nexcept RecursionError: pass',
      'def f(n): return n and f(n - 1)\nf(990)',
    ];
    expect(await labels(programs)).toEqual(all(programs, 'no error'));
    expect(await label('def f(n): return n and f(n - 1)\nf(1000)')).toBe('RecursionError');
  });
});

describe('limits', () => {
  it('ends loops, in Python and in C', async () => {
    const programs = [
      'while True: pass',
      'while True:\n    try:\n        while True: pass\n    except BaseException: pass',
      'class A:\n    def __del__(self):\n        while True: pass\na = A()',
      'import re\nre.match(r"(a+)+$", "a" * 40 + "b")',
      'x = 7 ** (7 ** 9)',
      'sum(range(10 ** 9))',
      'while True: print("x" * 100000)',
      'import time\ntime.sleep(60)',
    ];
    expect(await labels([...programs, '1/0'])).toEqual({ ...all(programs, 'timeout'), '1/0': 'ZeroDivisionError' });
  }, 240_000);

  it('ends memory hogs, also those that catch it', async () => {
    const programs = [
      'x = "a" * 10 ** 9',
      'try:\n    x = bytearray(10 ** 9)\nexcept MemoryError: pass',
      'x = b"a" * 10 ** 7\nwhile True: x += x',
      'f = open("a", "wb")\nwhile True: f.write(b"a" * 10 ** 6)',
      'import os\nr, w = os.pipe()\nwhile True: os.write(w, b"a" * 10 ** 7)',
    ];
    expect(await labels([...programs, '1/0'])).toEqual({ ...all(programs, 'memory limit'), '1/0': 'ZeroDivisionError' });
  }, 120_000);

  it('takes odd sources', async () => {
    expect(await label('x = "a\0b"')).toBe('SyntaxError');
    expect(await label('x = "\udc00"')).toBe('no error'); // a file can't hold it: it is U+FFFD there
    expect(await label('print("\u{1f600}é")')).toBe('no error');
    expect(await label('\ufeffprint(1)')).toBe('no error');
    expect(await label('print(1)\r\nprint(2)\r\n')).toBe('no error');
    expect(await label('')).toBe('no error');
    expect(await label('('.repeat(90_000))).toBe('SyntaxError');
    expect(await label('-'.repeat(90_000) + '1')).toBe('MemoryError');
    expect(await sandbox.run('#'.repeat(300_000))).toMatchObject({
      label: 'not contained',
      message: 'The program is longer than 200,000 characters and was not run.',
      line: null,
    });
  });
});

describe('confinement', () => {
  it('has no way to JavaScript', async () => {
    const programs = [
      'import js',
      'import pyodide_js',
      'import pyodide.ffi',
      'from pyodide.code import run_js',
      'from pyodide.http import pyfetch',
      'import _pyodide_core',
      '__import__("js")',
      'import importlib\nimportlib.reload(importlib)\nimport js',
      'import sys\nsys.meta_path.clear()\nimport js',
      'import sys\nsys.modules["pyodide_js"]._api',
    ];
    const found = await labels(programs);
    for (const code of programs) expect(['ModuleNotFoundError', 'KeyError'], code).toContain(found[code]);
  });

  it('keeps no JavaScript object that a walk over all objects could find', async () => {
    const walk = `
import gc
gc.unfreeze()
pending = gc.get_objects()
seen = {id(o): o for o in pending}
while pending:
    found = []
    for o in pending:
        for r in gc.get_referents(o):
            if id(r) not in seen:
                seen[id(r)] = r
                found.append(r)
    pending = found
assert len(seen) > 10000
bridges = [o for o in seen.values() if type(o).__name__ in ('JsProxy', 'JsDoubleProxy', 'JsMethod', 'JsException')
    or type(o).__name__ == 'builtin_function_or_method' and o.__module__ == '_pyodide_core']
assert not bridges, bridges
kinds, pending = set(), [object]
while pending:
    for kind in type.__subclasses__(pending.pop()):
        if kind not in kinds:
            kinds.add(kind)
            pending.append(kind)
for kind in kinds:
    if kind.__name__ in ('JsProxy', 'JsDoubleProxy', 'JsMethod', 'JsException'):
        try:
            kind()
        except Exception:
            continue
        assert False, kind
`;
    const patient = await PythonSandbox.start({ timeoutMs: 60_000, memoryMb: 512 });
    expect(await patient.run(walk)).toMatchObject({ label: 'no error', message: null, line: null });
    patient.close();
  }, 180_000);

  it('has no native code, processes, threads or sockets', async () => {
    const programs = [
      'import ctypes\nctypes.string_at(0)',
      'import _ctypes',
      'try:\n    import ctypes\nexcept ImportError: pass',
      'import sys\nsys.meta_path[:] = sys.meta_path[1:]\nimport _ctypes',
      'import subprocess\nsubprocess.run(["ls"])',
      'import os\nos.system("ls")',
      'import os\nos.fork()',
      'import os\nos.kill(os.getpid(), 9)',
      'import threading\nthreading.Thread(target=print).start()',
      'import multiprocessing',
      'import socket\nsocket.create_connection(("127.0.0.1", 80))',
      'import socket\nsocket.socket()',
      'import urllib.request\nurllib.request.urlopen("http://example.com")',
      'import turtle',
    ];
    expect(await labels(programs)).toEqual(all(programs, 'not contained'));
  });

  it('cannot be left or crashed for the next program', async () => {
    const programs = ['import os\nos._exit(0)', 'import os\nos.abort()', 'import signal\nsignal.raise_signal(signal.SIGABRT)'];
    const mixed = programs.flatMap((code) => [code, '1/0']);
    const found = (await sandbox.runMany(mixed)).map((outcome) => outcome.label);
    expect(found).toEqual(programs.flatMap(() => ['exited', 'ZeroDivisionError']));
  }, 120_000);

  it('sees no file and no environment of the host', async () => {
    process.env.SANDBOX_TEST_SECRET = 'yes';
    const here = fileURLToPath(import.meta.url);
    const fresh = await PythonSandbox.start();
    delete process.env.SANDBOX_TEST_SECRET;
    const outcomes = await fresh.runMany([
      'import os\nassert "SANDBOX_TEST_SECRET" not in os.environ, os.environ',
      'import os\nassert sorted(os.listdir("/")) == ["dev", "home", "lib", "proc", "tmp", "usr"], os.listdir("/")',
      `open(${JSON.stringify(here)})`,
      'open("/proc/self/environ")',
      'open("/etc/passwd")',
    ]);
    fresh.close();
    const missing = 'FileNotFoundError';
    expect(outcomes.map((outcome) => outcome.label)).toEqual(['no error', 'no error', missing, missing, missing]);
  }, 120_000);

  it('does not run code when the process is not confined', () => {
    const child = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../src/snippets/sandbox/child.mjs');
    const result = spawnSync(process.execPath, ['--experimental-vm-modules', '--no-warnings', child, '.', '256', '1000'], {
      input: '"print(1)"\n',
      env: {},
      encoding: 'utf8',
    });
    expect(result.stdout.trim()).toBe('{"refused":"the process is not confined: the permission model is off"}');
  });
});

describe('programs know nothing of each other', () => {
  it('whatever one of them changes', async () => {
    const leaks: [string, string][] = [
      ['import builtins\nbuiltins.print = None', 'print(1)'],
      ['import builtins\nbuiltins.extra = 1', 'assert "extra" not in dir(__builtins__)'],
      ['__builtins__.len = lambda x: 3', 'assert len([]) == 0'],
      ['import sys\nsys.modules["math"] = None', 'import math'],
      ['import os\nos.environ["A"] = "1"', 'import os\nassert "A" not in os.environ'],
      ['import sys\nsys.setrecursionlimit(60)', 'def f(n): return n and f(n - 1)\nf(900)'],
      ['import random\nrandom.seed(1)', 'import random\nassert random.random() != 0.13436424411240122'],
      ['import warnings\nwarnings.simplefilter("error")', 'import warnings\nwarnings.warn("x")'],
      ['open("left.txt", "w").write("x")', 'import os\nassert not os.path.exists("left.txt")'],
      ['import os\nos.makedirs("a/b")\nos.chdir("a")', 'import os\nassert os.getcwd() == "/home/user" and os.listdir(".") == ["snippet.py"]'],
      ['open("json.py", "w").write("1/0")', 'import json\njson.dumps(1)'],
      ['import math\nmath.pi = 3', 'import math\nassert math.pi > 3.1'],
      ['import json\njson.dumps = None', 'import json\njson.dumps(1)'],
      ['from math import *\npi = 3', 'import math\nassert math.pi > 3.1'],
      ['import sys\nsys.path.clear()', 'import wave'],
      ['import sys\nsys.stdout.close()', 'print(1)'],
      ['import os\nfor i in range(3): os.close(i)', 'print(open("x", "w").fileno() and 1)'],
      ['import decimal\ndecimal.getcontext().prec = 2', 'from decimal import Decimal\nassert len(str(Decimal(1) / 3)) > 20'],
      ['import sys\nsys.set_int_max_str_digits(0)', 'try:\n    str(10 ** 5000)\n    assert False\nexcept ValueError: pass'],
      ['import gc\ngc.disable()', 'import gc\nassert gc.isenabled()'],
      ['import collections.abc\nclass A: pass\ncollections.abc.Sequence.register(list)', '1'],
      ['leftover = 1', 'try:\n    leftover\n    assert False\nexcept NameError: pass'],
      ['open("/lib/python314.zip", "wb").write(b"")', 'import wave'],
      ['import os\nfor f in os.listdir("/dev"): os.remove("/dev/" + f)', 'open("/dev/null")'],
      ['getattr(__import__("sys"), "modules").clear()', 'import math, json, os\nprint(math.pi)'],
    ];
    const outcomes = await sandbox.runMany(leaks.flat());
    for (const [i, [first, second]] of leaks.entries()) {
      expect(outcomes[2 * i].label, first).not.toMatch(/^(timeout|not contained)$/);
      expect(outcomes[2 * i + 1], `${second} after ${first}`).toMatchObject({ label: 'no error', message: null, line: null });
    }
  }, 180_000);

  it('and give the same outcome every time, random numbers included', async () => {
    const programs = [
      'import random\nraise Exception(random.random(), random.choice("abc"))',
      'raise Exception(hash("a"), list({"a", "b", "c"}))',
      'import uuid\nraise Exception(uuid.uuid4())',
      'raise Exception(id)',
    ];
    const first = await sandbox.runMany(programs);
    await sandbox.runMany(['import random\nrandom.random()', 'x = {str(i) for i in range(1000)}']);
    expect(await sandbox.runMany(programs)).toEqual(first);
  });
});

describe('many programs', () => {
  it('keeps order and reports progress', async () => {
    const programs = Array.from({ length: 1500 }, (_, i) => (i % 3 ? `x = ${i}\nprint(x)` : `${i} + "a"`));
    const seen: number[] = [];
    const outcomes = await sandbox.runMany(programs, (done) => seen.push(done));
    expect(outcomes.map((o) => o.label)).toEqual(programs.map((_, i) => (i % 3 ? 'no error' : 'TypeError')));
    expect(seen).toEqual(programs.map((_, i) => i + 1));
  });

  it('serves overlapping calls', async () => {
    const [a, b] = await Promise.all([sandbox.runMany(['1/0', '1']), sandbox.run('{}[1]')]);
    expect([...a, b].map((o) => o.label)).toEqual(['ZeroDivisionError', 'no error', 'KeyError']);
  });

  it('stops when aborted, and goes on afterwards', async () => {
    const controller = new AbortController();
    const programs = ['1', 'while True: pass', ...Array.from({ length: 50 }, () => 'while True: pass')];
    const job = sandbox.runMany(programs, () => controller.abort(new Error('enough')), controller.signal);
    await expect(job).rejects.toThrow('enough');
    await expect(sandbox.runMany(['1'], undefined, controller.signal)).rejects.toThrow('enough');
    expect(await label('1/0')).toBe('ZeroDivisionError');
  }, 120_000);

  it('is not confused by a caller that throws', async () => {
    const fail = () => {
      throw new Error('caller');
    };
    await expect(sandbox.runMany(['1', '2', '{}[1]'], fail)).rejects.toThrow('caller');
    expect(await label('1/0')).toBe('ZeroDivisionError');
  }, 120_000);

  it('leaves no process behind when closed', async () => {
    const other = await PythonSandbox.start();
    const pid = other.pid;
    const running = other.run('while True: pass');
    other.close();
    await expect(running).rejects.toThrow('closed');
    await expect.poll(() => alive(pid), { timeout: 10_000 }).toBe(false);
    await expect(other.run('1')).rejects.toThrow('closed');
  }, 120_000);
});

function alive(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
