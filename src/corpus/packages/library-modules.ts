/** The names of the standard library's top-level modules. */
import { corpusSource } from './library-code';
import { readZip } from './zip';

const BUILT_IN = `sys builtins time math cmath itertools errno gc marshal array binascii zlib unicodedata select
  _thread posix atexit faulthandler fcntl grp pwd resource syslog termios mmap`;

export function libraryModules(): Set<string> {
  const names = new Set(BUILT_IN.split(/\s+/));
  for (const { name } of readZip(corpusSource().file)) {
    const [, root] = /^(\w+)(?:\.py|\/__init__\.py)$/.exec(name) ?? [];
    if (root !== undefined && !/^_?pyodide/.test(root)) names.add(root);
  }
  return names;
}
