/** Mutations of imports and file names. */
import { inserted, type Mutation, slip, swapText } from './mutation';

const MODULES = [
  'numpy_utils',
  'utils',
  'helpers',
  'config_loader',
  'mathutils',
  'my_module',
  'settings_local',
  'data_tools',
  'common',
  'colections',
  'maths',
  'jsn',
  'rondom',
  'datetimes',
  'regex_tools',
];
const FILES = [
  'data.csv',
  'input.txt',
  'config.json',
  'settings.ini',
  'users.txt',
  'scores.csv',
  'log.txt',
  'notes.md',
  'output/report.txt',
  'results.json',
  'words.txt',
  'inventory.csv',
];

/** Mistakes about what is around a program: modules, their names, files. */
export const surroundings: readonly Mutation[] = [
  {
    name: 'module misspelt',
    aims: 'ModuleNotFoundError',
    weight: 4,
    apply: swapText(/^\s*(?:import|from) (\w+)/m, (match, random) => match[0].replace(/\w+$/, (name) => slip(name, random))),
  },
  {
    name: 'module that is not there',
    aims: 'ModuleNotFoundError',
    weight: 2.5,
    apply: (tree, random) => `import ${random.pick(MODULES)}\n${tree.code}`,
  },
  {
    name: 'name from a module that is not there',
    aims: 'ModuleNotFoundError',
    weight: 1.5,
    apply: (tree, random) =>
      `from ${random.pick(MODULES)} import ${random.pick(['load', 'clean_text', 'DataStore', 'setup', 'read_config', 'helper', 'logger'])}\n${tree.code}`,
  },
  {
    name: 'submodule that is not there',
    aims: 'ModuleNotFoundError',
    weight: 0.8,
    apply: swapText(
      /^(import|from) (\w+)\b/m,
      (match, random) => `${match[1]} ${match[2]}.${random.pick(['utils', 'core', 'tools', 'helpers'])}`,
    ),
  },
  {
    name: 'module of Python 2',
    aims: 'ModuleNotFoundError',
    weight: 0.7,
    apply: (tree, random) =>
      `import ${random.pick(['ConfigParser', 'urllib2', 'StringIO', 'Queue', 'cPickle', 'commands', 'httplib', 'imp', 'distutils', 'Tkinter'])}\n${tree.code}`,
  },
  {
    name: 'imported name misspelt',
    aims: 'ImportError',
    weight: 4,
    apply: swapText(/^(\s*from \S+ import )(\w+)/m, (match, random) => match[1] + slip(match[2], random)),
  },
  {
    name: 'imported name that is not there',
    aims: 'ImportError',
    weight: 3,
    apply: (tree, random) =>
      `from ${random.pick(['math import square', 'math import root', 'collections import OrderDict', 'random import randomint', 'datetime import now', 'os import getdir', 'json import parse', 'itertools import combine', 'functools import reducer', 'collections import Iterable', 'typing import Lists', 'statistics import average', 'string import letters', 're import matches', 'time import wait', 'itertools import izip', 'collections import Mapping', 'os import joinpath', 'fractions import gcd', 'random import choose', 'json import read', 'dataclasses import data_class', 'enum import Enums', 'math import average'])}\n${tree.code}`,
  },
  {
    name: 'imported from another module',
    aims: 'ImportError',
    weight: 2,
    apply: swapText(
      /^from (\w+) import/m,
      (_, random) =>
        `from ${random.pick(['math', 'os', 'collections', 'itertools', 'json', 're', 'random', 'functools', 'typing', 'string', 'datetime', 'time'])} import`,
    ),
  },
  {
    name: 'file that is not there',
    aims: 'FileNotFoundError',
    weight: 4,
    apply: swapText(
      /\bopen\((["'])([^"'\n]+)\1/,
      (match, random) =>
        `open(${match[1]}${random.pick([...FILES, `${match[2]}.bak`, `data/${match[2]}`, `missing_${match[2]}`])}${match[1]}`,
    ),
  },
  {
    name: 'file mode',
    aims: 'FileNotFoundError',
    weight: 2,
    apply: swapText(/(, ?)(["'])(w|a|x|r\+)\2/, (_, random) => random.pick(['', ', "r"', ', "r+"', ', "rb"'])),
  },
  {
    name: 'file read that nobody wrote',
    aims: 'FileNotFoundError',
    weight: 4,
    apply: inserted((random) => {
      const file = random.pick(FILES);
      const name = random.pick(['lines', 'text', 'rows', 'content', 'data', 'raw', 'settings']);
      return random.pick([
        `with open("${file}") as f:\n    ${name} = f.read()`,
        `with open('${file}', 'r') as handle:\n    ${name} = handle.readlines()`,
        `${name} = open("${file}").read().split()`,
        `for line in open("${file}"):\n    print(line.strip())`,
        `f = open("${file}", "r")\n${name} = f.read()\nf.close()`,
        `try:\n    ${name} = open("${file}").read()\nexcept ${random.pick(['ValueError', 'FileNotFoundError', 'KeyError', 'OSError', 'IOError', 'TypeError'])}:\n    ${name} = ""`,
        `import os\nprint(os.path.getsize("${file}"))`,
        `import os\nos.remove("${file}")`,
        `from pathlib import Path\n${name} = Path("${file}").read_text()`,
        `import json\nwith open("${file}", encoding="utf-8") as source:\n    ${name} = json.load(source)`,
        `import os\nprint(os.path.exists("${file}"))`,
        `import os\nos.listdir("${file.split('.')[0]}")`,
      ]);
    }),
  },
];
