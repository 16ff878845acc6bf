import { childOf } from '../../snippets/syntax';
import { indentOf, type Mutation, slip, swap, swapLine, swapText } from './mutation';
import { atCall } from './names';

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

/** Inserts whole lines before a top-level statement. */
function inserted(lines: (random: Parameters<Mutation['apply']>[1]) => string): Mutation['apply'] {
  return (tree, random) => {
    const tops = tree.root.children.filter(({ named, type }) => named && type !== 'comment' && !/import/.test(type));
    if (tops.length === 0) return undefined;
    const at = random.chance(0.3) ? tree.code.length : random.pick(tops).start;
    const text = lines(random);
    return at === tree.code.length ? `${tree.code}\n${text}` : `${tree.code.slice(0, at)}${text}\n${tree.code.slice(at)}`;
  };
}

/** Mistakes about values: wrong numbers and texts, missing files and modules, endless recursion, used up iterators, failed checks. */
export const values: readonly Mutation[] = [
  {
    name: 'text that is no number',
    aims: 'ValueError',
    weight: 3,
    apply: swapText(
      /\b(int|float)\((["'][\d.]+["']|[\w.[\]]+)\)/,
      (match, random) =>
        `${match[1]}(${random.pick(['"12a"', '"abc"', '""', '"3.5"', '"ten"', '"1,200"', '"n/a"', '"4 5"', '"$5"', `"${random.int(1, 99)}%"`])})`,
    ),
  },
  {
    name: 'digits of a text replaced',
    aims: 'ValueError',
    weight: 2.5,
    apply: swap('string', (text, _, __, random) =>
      /\d/.test(text) ? text.replace(/\d+(\.\d+)?/, random.pick(['x', 'n/a', 'ten', '', '-', '1O', '?'])) : undefined,
    ),
  },
  {
    name: 'one name too many',
    aims: 'ValueError',
    weight: 3,
    apply: swapText(/^(\s*\w+), (\w+) = /m, (match, random) =>
      random.pick([`${match[1]}, ${match[2]}, rest = `, `${match[1]}, _, ${match[2]} = `]),
    ),
  },
  { name: 'one name too few', aims: 'ValueError', weight: 2, apply: swapText(/^(\s*\w+), (\w+), (\w+) = /m, '$1, $2 = ') },
  {
    name: 'one loop variable too many',
    aims: 'ValueError',
    weight: 2,
    apply: swapText(
      /\bfor (\w+), (\w+) in/,
      (match, random) => `for ${match[1]}, ${match[2]}, ${random.pick(['extra', 'rest', '_', 'flag'])} in`,
    ),
  },
  {
    name: 'row of another length',
    aims: 'ValueError',
    weight: 2,
    apply: swap('tuple', (text, node, tree, random) => {
      const items = node.children.filter(({ named }) => named).map((item) => tree.text(item));
      return items.length > 1 && text.startsWith('(')
        ? `(${(random.chance(0.5) ? items.slice(1) : [...items, items[0]]).join(', ')},)`
        : undefined;
    }),
  },
  {
    name: 'split into another number of parts',
    aims: 'ValueError',
    weight: 2,
    apply: swapText(
      /\.split\([^)\n]*\)/,
      (_, random) => `.split(${random.pick(['","', '";"', '""', '":"', '", "', '"|"', '"-"'])})`,
    ),
  },
  {
    name: 'value that is refused',
    aims: 'ValueError',
    weight: 3,
    apply: atCall((args, random) => {
      const numbers = args.flatMap((arg, i) => (/^-?\d+(\.\d+)?$/.test(arg) ? [i] : []));
      if (numbers.length === 0) return undefined;
      const at = random.pick(numbers);
      return args.map((arg, i) => (i === at ? random.pick([`-${arg.replace('-', '')}`, '0', `${arg}00`, '-1', '999']) : arg));
    }),
  },
  {
    name: 'text that is refused',
    aims: 'ValueError',
    weight: 2,
    apply: atCall((args, random) => {
      const texts = args.flatMap((arg, i) => (/^["']/.test(arg) ? [i] : []));
      if (texts.length === 0) return undefined;
      const at = random.pick(texts);
      return args.map((arg, i) =>
        i === at ? random.pick(['""', '"unknown"', '"???"', arg.slice(0, -1) + 'x' + arg.at(-1), '"N/A"']) : arg,
      );
    }),
  },
  {
    name: 'raise of another error',
    aims: 'ValueError',
    weight: 1,
    apply: swapText(
      /\braise (\w+)\(/,
      (_, random) =>
        `raise ${random.pick(['ValueError', 'TypeError', 'KeyError', 'IndexError', 'AttributeError', 'ZeroDivisionError', 'FileNotFoundError', 'StopIteration', 'AssertionError', 'ImportError', 'NameError'])}(`,
    ),
  },
  {
    name: 'check turned round',
    aims: 'ValueError',
    weight: 2.5,
    apply: swapText(/\bif (not )?(\w[^:\n]*):(?=\n\s+raise)/, (match) =>
      match[1] ? `if ${match[2]}:` : `if not (${match[2]}):`,
    ),
  },
  {
    name: 'except clause of another error',
    aims: 'ValueError',
    weight: 2.5,
    apply: swapText(
      /\bexcept (\w+|\([\w, ]+\))/,
      (_, random) =>
        `except ${random.pick(['KeyError', 'TypeError', 'IndexError', 'ValueError', 'AttributeError', 'ZeroDivisionError', 'NameError', 'OSError', 'LookupError'])}`,
    ),
  },
  {
    name: 'error raised again',
    aims: 'ValueError',
    weight: 1.5,
    apply: swapText(/\bexcept ([^\n]+):\n(\s+)/, (match) => `except ${match[1]}:\n${match[2]}raise\n${match[2]}`),
  },
  {
    name: 'negative number into a root or log',
    aims: 'ValueError',
    weight: 1,
    apply: swapText(/\bmath\.(sqrt|log|log10|factorial)\(/, (match) => `math.${match[1]}(-1 * `),
  },
  {
    name: 'date or number format',
    aims: 'ValueError',
    weight: 1.5,
    apply: swapText(/%[YmdHMS]/, (_, random) => random.pick(['%y', '%b', '%B', '%d', '%H', '%j'])),
  },
  {
    name: 'step of zero',
    aims: 'ValueError',
    weight: 0.5,
    apply: swapText(/\brange\((\w+), (\w+)(, \w+)?\)/, 'range($1, $2, 0)'),
  },
  {
    name: 'largest of nothing',
    aims: 'ValueError',
    weight: 1.5,
    apply: swapText(/\b(max|min)\((\w+)\)/, '$1([x for x in $2 if x is None])'),
  },
  {
    name: 'empty list for a maximum',
    aims: 'ValueError',
    weight: 0.8,
    apply: swap('list', (text) => (text.length > 4 ? '[]' : undefined)),
  },
  {
    name: 'zero for a number',
    aims: 'ZeroDivisionError',
    weight: 2,
    apply: swap('integer float', (text) => (Number(text) !== 0 ? '0' : undefined)),
  },
  {
    name: 'zero for a number that is divided by',
    aims: 'ZeroDivisionError',
    weight: 3,
    apply: swapText(
      / (\/|\/\/|%) (\w+)/,
      (match, random) => ` ${match[1]} ${random.pick(['0', `(${match[2]} - ${match[2]})`, `len([])`])}`,
    ),
  },
  {
    name: 'zero for what is divided by',
    aims: 'ZeroDivisionError',
    weight: 4,
    apply: (tree, random) => {
      const names = [...tree.code.matchAll(/ (?:\/|\/\/|%) (?:len\()?([a-z_]\w*)/g)].map((match) => match[1]);
      if (names.length === 0) return undefined;
      const name = random.pick(names);
      return swapText(
        new RegExp(`\\b${name} = (?!=)([^\\n]+)$`, 'm'),
        (match, r) => `${name} = ${/^\[/.test(match[1]) ? '[]' : /^\{/.test(match[1]) ? '{}' : r.pick(['0', '0', '0.0', '[]'])}`,
      )(tree, random);
    },
  },
  {
    name: 'argument of zero',
    aims: 'ZeroDivisionError',
    weight: 3,
    apply: atCall((args, random) => {
      const numbers = args.flatMap((arg, i) => (/^-?\d|^\[|^[a-z]\w*$/.test(arg) ? [i] : []));
      if (numbers.length === 0) return undefined;
      const at = random.pick(numbers);
      return args.map((arg, i) => (i === at ? (/^\[/.test(arg) ? '[]' : '0') : arg));
    }),
  },
  {
    name: 'check for zero left out',
    aims: 'ZeroDivisionError',
    weight: 2,
    apply: swapText(/\bif (not \w+|\w+ == 0|len\(\w+\) == 0|\w+ <= 0):/, 'if False:'),
  },
  {
    name: 'empty data',
    aims: 'ZeroDivisionError',
    weight: 2,
    apply: (tree, random) =>
      /\/|%/.test(tree.code)
        ? swap('list dictionary', (text) => (text.length > 4 ? (text.startsWith('[') ? '[]' : '{}') : undefined))(tree, random)
        : undefined,
  },
  {
    name: 'operator for division',
    aims: 'ZeroDivisionError',
    weight: 0.8,
    apply: swapText(/ ([-+*]) (\w+)/, (match, random) => ` ${random.pick(['/', '//', '%'])} ${match[2]}`),
  },
  {
    name: 'average that divides by a count',
    aims: 'ZeroDivisionError',
    weight: 1.5,
    apply: inserted((random) => {
      const [items, total] = [random.pick(['scores', 'totals', 'samples', 'entries', 'ratings', 'durations']), random.int(0, 90)];
      return random.pick([
        `${items} = []\naverage = sum(${items}) / len(${items})`,
        `count = 0\nprint(${total} / count)`,
        `remaining = ${total}\nshare = remaining // (${total} - remaining)`,
        `rate = ${total} % 0`,
      ]);
    }),
  },
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
    name: 'base case left out',
    aims: 'RecursionError',
    weight: 4,
    apply: swapText(/^(\s+)if [^\n]+:\n\1\s+return [^\n]*\n/m, ''),
  },
  {
    name: 'base case never met',
    aims: 'RecursionError',
    weight: 3,
    apply: (tree, random) =>
      recursive(tree.code)
        ? swapText(/\bif (\w+) (==|<=|<|>|>=) ([\w-]+)/, (match, r) =>
            r.pick([
              `if ${match[1]} == "${match[3]}"`,
              `if ${match[1]} == -${match[3]}`,
              `if ${match[1]} is None`,
              `if ${match[1]} < -10**9`,
              `if False`,
            ]),
          )(tree, random)
        : undefined,
  },
  {
    name: 'argument of a recursive call unchanged',
    aims: 'RecursionError',
    weight: 4,
    apply: (tree, random) =>
      recursive(tree.code)
        ? (swapText(/\((\w+) ([-+]|\/\/) [\d.]+\b/, (match, r) =>
            r.pick([`(${match[1]}`, `(${match[1]} + 1`, `(${match[1]} * 1`]),
          )(tree, random) ?? swapText(/\((\w+)\[\d:\]/, '($1')(tree, random))
        : undefined,
  },
  {
    name: 'method or property that calls itself',
    aims: 'RecursionError',
    weight: 3,
    apply: swapText(
      /(def (\w+)\(self\):\n(?:\s+"""[^"]*"""\n)?\s+return )self\._?\w+$/m,
      (match, random) => `${match[1]}self.${match[2]}${random.chance(0.5) ? '' : '()'}`,
    ),
  },
  {
    name: 'function that calls itself',
    aims: 'RecursionError',
    weight: 2,
    apply: (tree, random) => {
      const functions = tree
        .ofType('function_definition')
        .filter(
          (node) =>
            /^\((\w+(, \w+)*)?\)$/.test(tree.text(childOf(node, 'parameters')!)) &&
            !/self/.test(tree.text(childOf(node, 'parameters')!)),
        );
      if (functions.length === 0) return undefined;
      const node = random.pick(functions);
      const first = childOf(node, 'body')!.children.find(({ named }) => named);
      if (!first) return undefined;
      const space = ' '.repeat(first.start - tree.lineStart(first.start));
      return `${tree.code.slice(0, first.start)}${tree.text(childOf(node, 'name')!)}${tree.text(childOf(node, 'parameters')!)}\n${space}${tree.code.slice(first.start)}`;
    },
  },
  {
    name: 'repr, eq or getattr that asks itself',
    aims: 'RecursionError',
    weight: 2,
    apply: swapText(
      /def (__repr__|__str__)\(self\):\n(\s+)return [^\n]+/,
      (match, random) =>
        `def ${match[1]}(self):\n${match[2]}return ${random.pick(['f"{self}"', 'str(self)', '"<" + repr(self) + ">"', '"{}".format(self)'])}`,
    ),
  },
  {
    name: 'setter that calls itself',
    aims: 'RecursionError',
    weight: 1.5,
    apply: swapText(/(@(\w+)\.setter\n\s+def \w+\(self, (\w+)\):(?:\n[^\n]*)*?\n\s+self\.)_\2 = /, '$1$2 = '),
  },
  {
    name: 'default of next left out',
    aims: 'StopIteration',
    weight: 4,
    apply: swapText(/\bnext\((.+), (None|[\w"'-]+)\)/, 'next($1)'),
  },
  {
    name: 'next once more',
    aims: 'StopIteration',
    weight: 3,
    apply: swapLine((line, _, __, random) =>
      /\bnext\(/.test(line) && !/^\s*(return|def|if|while|for)/.test(line)
        ? Array<string>(random.int(2, 5)).fill(line).join('\n')
        : undefined,
    ),
  },
  {
    name: 'next of what nothing matches',
    aims: 'StopIteration',
    weight: 3,
    apply: swapText(/\bnext\(\(?(\w+) for \w+ in (\w+) if ([^)\n]+)/, (match, random) =>
      match[0].replace(match[3], random.pick([`${match[1]} is None`, `False`, `${match[1]} == "zzz"`, `not ${match[1]}`])),
    ),
  },
  {
    name: 'next of an iterator of nothing',
    aims: 'StopIteration',
    weight: 3,
    apply: inserted((random) => {
      const name = random.pick(['rows', 'records', 'lines', 'queue', 'events', 'pending', 'matches']);
      const first = random.pick(['first', 'current', 'head', 'row', 'line']);
      return random.pick([
        `${name} = iter([])\n${first} = next(${name})`,
        `${first} = next(x for x in range(${random.int(2, 9)}) if x > ${random.int(9, 20)})`,
        `${name} = iter([${random.int(1, 9)}])\n${first} = next(${name})\nprint(${first}, next(${name}))`,
        `${first} = next(iter({}))`,
        `${name} = (x * 2 for x in [])\n${first} = next(${name})`,
        `${first} = next(iter(""))`,
        `${name} = iter(range(${random.int(1, 3)}))\nlist(${name})\n${first} = next(${name})`,
      ]);
    }),
  },
  {
    name: 'loop replaced by next',
    aims: 'StopIteration',
    weight: 1,
    apply: swapText(
      /^(\s*)for (\w+) in (\w+\([^\n]*\)|\w+):$/m,
      '$1$2 = next(iter($3))\n$1$2 = next(x for x in [$2] if x is None)\n$1for $2 in $3:',
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
  {
    name: 'expected value of an assertion',
    aims: 'AssertionError',
    weight: 4,
    apply: swapText(
      /\bassert ([^\n]+?) == ([^\n,]+)/,
      (match, random) =>
        `assert ${match[1]} == ${/^-?\d+$/.test(match[2]) ? Number(match[2]) + random.pick([1, -1, 2, 10]) : /^["'].*["']$/.test(match[2]) ? match[2].slice(0, -1) + 'x' + match[2].at(-1) : match[2] === 'True' ? 'False' : match[2] === 'False' ? 'True' : /^\[/.test(match[2]) ? '[]' : 'None'}`,
    ),
  },
  {
    name: 'assertion turned round',
    aims: 'AssertionError',
    weight: 2.5,
    apply: swapText(/\bassert (not )?([^\n]+)/, (match) =>
      match[1] ? `assert ${match[2]}` : / == /.test(match[2]) ? match[0].replace(' == ', ' != ') : `assert not ${match[2]}`,
    ),
  },
  {
    name: 'number near an assertion',
    aims: 'AssertionError',
    weight: 3,
    apply: (tree, random) =>
      tree.code.includes('assert ')
        ? swap('integer', (text, _, __, r) => String(Number(text) + r.pick([1, -1, 2])))(tree, random)
        : undefined,
  },
  {
    name: 'operator near an assertion',
    aims: 'AssertionError',
    weight: 2.5,
    apply: (tree, random) =>
      tree.code.includes('assert ')
        ? swapText(
            / (\+|-|\*|<|>|<=|>=|and|or|\/\/|%) /,
            (match, r) =>
              ` ${{ '+': '-', '-': '+', '*': '+', '<': '>', '>': '<', '<=': '>=', '>=': '<', and: 'or', or: 'and', '//': '*', '%': '//' }[match[1]] ?? r.pick(['+', '-'])} `,
          )(tree, random)
        : undefined,
  },
  {
    name: 'assertion about a name',
    aims: 'AssertionError',
    weight: 3,
    apply: swapLine((line, lines, at, random) => {
      const [, space, name] = /^(\s*)([a-z_]\w*) = [^\n([{]*(?:\([^\n]*\))?$/.exec(line) ?? [];
      return name && !/[,([{]\s*$/.test(lines[at - 1] ?? '')
        ? `${line}\n${space}assert ${random.pick([`${name} is not None`, `isinstance(${name}, ${random.pick(['int', 'str', 'list', 'dict', 'float'])})`, `${name}`, `${name} == ${random.int(0, 20)}`, `${name} > 0, "${name} must be positive"`, `len(${name}) > ${random.int(0, 5)}`, `not ${name}, f"unexpected {${name}}"`])}`
        : undefined;
    }),
  },
  {
    name: 'print as an assertion',
    aims: 'AssertionError',
    weight: 2,
    apply: swapText(
      /^print\((\w+\([^\n]*\))\)$/m,
      (match, random) => `assert ${match[1]} == ${random.pick([String(random.int(0, 20)), 'None', 'True', '[]', '"ok"'])}`,
    ),
  },
  {
    name: 'other number',
    aims: 'NoError',
    weight: 1.5,
    apply: swap('integer', (text, _, __, random) => String(Number(text) + random.pick([1, 2, -1, 5]))),
  },
  {
    name: 'other text',
    aims: 'NoError',
    weight: 1,
    apply: swap('string', (text, _, __, random) =>
      /^(["'])[a-z ]{3,}\1$/i.test(text)
        ? text[0] +
          random.pick([
            text.slice(1, -1).toUpperCase(),
            `${text.slice(1, -1)}s`,
            text.slice(1, -1).split('').reverse().join(''),
          ]) +
          text[0]
        : undefined,
    ),
  },
  {
    name: 'other comparison',
    aims: 'NoError',
    weight: 1,
    apply: swapText(/ (<|>|<=|>=|==|!=) /, (_, random) => ` ${random.pick(['<', '>', '<=', '>=', '==', '!='])} `),
  },
  {
    name: 'print added',
    aims: 'NoError',
    weight: 1,
    apply: swapLine((line, lines, at) => {
      const [, space, name] = /^(\s*)([a-z_]\w*) = [^\n([{]+$/.exec(line) ?? [];
      return name && !/[,([{\\]\s*$/.test(lines[at - 1] ?? '') ? `${line}\n${space}print(${name})` : undefined;
    }),
  },
  {
    name: 'try around a statement',
    aims: 'NoError',
    weight: 1.2,
    apply: swapLine((line, lines, at, random) => {
      const space = indentOf(line);
      return /^\s*(print\(|[a-z_][\w.]* = |[a-z_][\w.]*\()[^\n]*[^,([{:\\]$/.test(line) &&
        !/[,([{\\]\s*$/.test(lines[at - 1] ?? '')
        ? `${space}try:\n    ${line}\n${space}except ${random.pick(['ValueError', 'KeyError', 'TypeError', 'Exception', 'IndexError', '(TypeError, ValueError)', 'ZeroDivisionError', 'AttributeError'])}${random.pick([' as e', ' as error', '', ''])}:\n${space}    ${random.pick(['pass', 'print("failed")', 'print("skipped")'])}`
        : undefined;
    }),
  },
];

const recursive = (code: string): boolean =>
  [...code.matchAll(/def (\w+)\(/g)].some(([, name]) => code.split(new RegExp(`\\b${name}\\(`)).length > 2);
