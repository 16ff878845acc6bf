/** What the sandbox calls true, against what CPython on a 64-bit Linux does (the labels in the fixture are from CPython 3.13). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PythonSandbox } from '../../../src/snippets/sandbox/sandbox';

let sandbox: PythonSandbox;
beforeAll(async () => {
  sandbox = await PythonSandbox.start({ timeoutMs: 3000 });
}, 120_000);
afterAll(() => sandbox.close());

const fixture = path.join(import.meta.dirname, '../../fixtures/sandbox-cases.json');
const cases = JSON.parse(readFileSync(fixture, 'utf8')) as Record<string, { code: string; accepted: string[] }>;

it.each(Object.entries(cases))('%s', async (_, { code, accepted }) => {
  const outcome = await sandbox.run(code);
  expect(accepted, JSON.stringify(outcome)).toContain(outcome.label);
});

/** Every assertion holds in CPython on Linux, or it is not contained. */
async function holds(...codes: string[]): Promise<void> {
  const outcomes = await sandbox.runMany(codes);
  for (const [i, code] of codes.entries()) expect(outcomes[i], code).toMatchObject({ label: 'no error', message: null, line: null });
}

const labelOf = async (code: string) => (await sandbox.run(code)).label;

describe('error numbers', () => {
  it('are those of Linux, in errors, in errno and in texts', async () => {
    await holds(
      'import errno\ntry: open("none")\nexcept OSError as e: assert (type(e), e.errno, e.strerror) == (FileNotFoundError, 2, "No such file or directory"), e.args',
      'import errno\nassert (errno.ENOENT, errno.EEXIST, errno.ENOTEMPTY, errno.ETIMEDOUT) == (2, 17, 39, 110) and errno.errorcode[2] == "ENOENT"',
      'import os\nassert os.strerror(2) == "No such file or directory" and os.strerror(40) == "Too many levels of symbolic links"',
      'assert type(OSError(2, "x")) is FileNotFoundError and type(OSError(13, "x")) is PermissionError and type(OSError(44, "x")) is OSError',
      'import os\nos.mkdir("a")\nopen("a/b", "w").close()\ntry: os.rmdir("a")\nexcept OSError as e: assert (e.errno, str(e)) == (39, "[Errno 39] Directory not empty: \'a\'"), str(e)',
      'try: open("/home")\nexcept IsADirectoryError as e: assert e.errno == 21',
      'try: open("snippet.py/x")\nexcept NotADirectoryError as e: assert e.errno == 20',
      'from pathlib import Path\nassert not Path("none").exists() and not Path("snippet.py/x").exists()',
      'import os\nos.makedirs("a/b", exist_ok=True)\nos.makedirs("a/b", exist_ok=True)',
      'import os\ntry: os.close(99)\nexcept OSError as e: assert e.errno == 9',
    );
  });
});

describe('files', () => {
  it('outside its own folders are as for an ordinary user', async () => {
    const denied = (code: string) => `import os, shutil\ntry: ${code}\nexcept PermissionError as e: assert e.errno in (1, 13), e\nelse: assert False`;
    await holds(
      denied('open("/lib/new", "w")'),
      denied('open("/lib/python314.zip", "r+b")'),
      denied('os.mkdir("/new")'),
      denied('os.chmod("/lib/python314.zip", 0)'),
      denied('os.utime("/lib/python314.zip", (0, 0))'),
      denied('os.remove("/lib/python314.zip")'),
      denied('os.rename("/lib/python314.zip", "/tmp/x")'),
      denied('os.rename("/home/user", "/home/other")'),
      denied('os.symlink("/tmp", "/lib/link")'),
      denied('os.truncate("/lib/python314.zip", 0)'),
      denied('os.remove("/dev/null")'),
    );
  });

  it('of its own can do what files can', async () => {
    await holds(
      'import os, stat\nopen("a", "w").write("x")\nassert stat.S_IMODE(os.stat("a").st_mode) == 0o644 and os.stat("a").st_uid == os.getuid()',
      'import os\nold = os.umask(0o077)\nassert old == 0o022\nopen("a", "w").close()\nassert os.stat("a").st_mode & 0o777 == 0o600',
      'import os\nos.chmod("snippet.py", 0o600)\nos.utime("snippet.py", (5, 5))\nassert os.stat("snippet.py").st_mtime == 5',
      'import tempfile\nwith tempfile.TemporaryDirectory() as d:\n    open(d + "/a", "w").write("x")\n    assert open(d + "/a").read() == "x"',
      'import shutil, os\nopen("a", "w").write("x")\nshutil.copy2("a", "b")\nshutil.move("b", "/tmp/c")\nassert os.listdir("/tmp") == ["c"]',
      'open("/dev/null", "w").write("x")\nassert open("/dev/null").read() == ""\nassert len(open("/dev/urandom", "rb", buffering=0).read(4)) == 4',
    );
  });
});

describe('the program', () => {
  it('is the lowest frame, and its own file', async () => {
    await holds(
      'import inspect, sys\nassert len(inspect.stack()) == 1 and sys._getframe().f_back is None',
      'import sys\nassert sys.path[0] == "/home/user" and sys.argv == ["snippet.py"] and __file__ == "/home/user/snippet.py"',
      'assert (__name__, __doc__, __package__, __spec__) == ("__main__", None, None, None)\nimport sys\nassert sys.modules["__main__"].__file__ == __file__',
      'import os\nos.remove(__file__)\nassert os.listdir() == []',
      'import os\nassert os.listdir() == ["snippet.py"] and open(__file__).read().startswith("import os")',
      'import traceback\ntry:\n    1/0\nexcept ZeroDivisionError:\n    assert \'File "/home/user/snippet.py", line 3\' in traceback.format_exc()',
      'def depth(n=1):\n    try: return depth(n + 1)\n    except RecursionError: return n\nassert depth() == 999, depth()',
    );
  });

  it('may be in any encoding that it declares', async () => {
    await holds(
      '# -*- coding: latin-1 -*-\nassert len("é") == 1 and open(__file__, "rb").read().count(bytes([0xe9])) == 1',
      '#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nassert "€" == "\\u20ac"',
      '\ufeffassert "é" == "\\xe9"',
    );
    expect(await sandbox.run('# coding: nonsense\n1')).toMatchObject({ label: 'SyntaxError' });
    expect(await sandbox.run('# coding: ascii\n"é"')).toMatchObject({ label: 'SyntaxError' });
  });

  it('is told of a number too large as elsewhere', async () => {
    expect(await sandbox.run('10.0 ** 400')).toMatchObject({ label: 'OverflowError', message: "(34, 'Numerical result out of range')" });
    expect(await sandbox.run('raise OverflowError(1, "mine")')).toMatchObject({ label: 'OverflowError', message: "(1, 'mine')" });
    expect(await labelOf('"abc" * 10 ** 9')).toBe('not contained');
  });

  it('frees long chains, or is restored', async () => {
    const chain = 'class A: pass\nx = None\nfor i in range(50000):\n    a = A(); a.x = x; x = a\ndel x, a';
    const pid = sandbox.pid;
    expect(await labelOf(chain)).toMatch(/^(no error|RecursionError)$/);
    expect(await labelOf('1/0')).toBe('ZeroDivisionError');
    expect(sandbox.pid).toBe(pid);
  });

  it('ends with a status', async () => {
    for (const code of ['exit()', 'quit(0)', 'import sys\nsys.exit()', 'raise SystemExit(0)', 'raise SystemExit(256)', 'class E(SystemExit): pass\nraise E(0)']) {
      expect(await labelOf(code), code).toBe('no error');
    }
    for (const code of ['exit(1)', 'import sys\nsys.exit("no")', 'raise SystemExit(2**40 + 1)', 'raise SystemExit(0.0)', 'raise SystemExit([])', 'raise SystemExit(True)']) {
      expect(await labelOf(code), code).toBe('SystemExit');
    }
    expect(await sandbox.run('def f():\n    import sys\n    sys.exit(3)\nf()')).toMatchObject({ label: 'SystemExit', message: '3', line: 3 });
  });

  it('is told apart from its verdict', async () => {
    for (const verdict of ['no error', 'timeout', 'memory limit', 'not contained', 'exited', 'not run']) {
      const outcome = await sandbox.run(`raise type("${verdict}", (Exception,), {})("really")`);
      expect(outcome).toMatchObject({ label: `__main__.${verdict}`, message: 'really', line: 1 });
    }
    const elsewhere = 'import types\ntry: 1/0\nexcept ZeroDivisionError as e: raise e.with_traceback(types.TracebackType(None, e.__traceback__.tb_frame, 0, 99))';
    expect(await sandbox.run(elsewhere)).toMatchObject({ label: 'ZeroDivisionError', line: 3 });
    expect(await labelOf('class timeout(Exception): pass\nraise timeout')).toBe('__main__.timeout');
    expect(await labelOf('class M(type):\n    __name__ = "no error"\nclass E(Exception, metaclass=M): pass\nraise E')).toBe('E');
    expect(await labelOf('raise MemoryError("mine")')).toBe('MemoryError');
    expect(await labelOf('raise MemoryError')).toBe('MemoryError');
    expect(await labelOf('[0] * 2**30')).toBe('memory limit');
  });

  it('asks for input in many ways', async () => {
    const programs = [
      'input()', 'try: input("? ")\nexcept EOFError: pass', 'import sys\nsys.stdin.readline()', 'import sys\nfor line in sys.stdin: pass',
      'import os\nos.read(0, 10)', 'open("/dev/stdin").read()', 'open(0).read()', 'import fileinput\nfor line in fileinput.input(): pass',
      'import getpass\ngetpass.getpass()', 'breakpoint()',
    ];
    for (const code of programs) {
      expect(await sandbox.run(code), code).toEqual(expect.objectContaining({ label: 'not contained', message: 'The program asks for input.' }));
    }
  }, 60_000);
});

describe('modules', () => {
  it('that are missing count when the program meets it', async () => {
    for (const code of ['import readline', 'try: import curses\nexcept ImportError: pass', 'import ctypes', 'import sqlite3, resource', 'import _ctypes']) {
      expect(await labelOf(code), code).toBe('not contained');
    }
    await holds('import doctest\ndoctest.testmod()', 'import tarfile, pdb, cmd, code', 'import sqlite3', 'import uuid\nuuid.uuid4()');
  });

  it('that exist elsewhere only do not exist', async () => {
    for (const code of ['import winreg', 'import js', 'import pyodide', 'import pyodide.ffi', 'import numpy']) {
      expect(await labelOf(code), code).toBe('ModuleNotFoundError');
    }
  });
});

it('names its Python', async () => {
  expect((await sandbox.run('1')).python).toMatch(/^3\.14\.\d+$/);
});
