/** Imports: right ones, misspelt ones, missing modules, wrong attributes, imports that never run or are caught. */
import type { Family } from '../family';
import { misspell } from './structure-breaks-runtime';
import { expression, printed } from './structure-fillers';
import { variants } from './structure-groups';
import { LOCAL_MODULES, MODULES, THIRD_PARTY, WRONG_MODULES, WRONG_NAMES } from './structure-modules';
import type { Pen } from './structure-words';

const NAMES = Object.keys(MODULES);
const COMMON = ['math', 'random', 'collections', 'datetime', 'os', 'sys', 'json', 're', 'itertools', 'functools', 'string', 'statistics', 'time', 'typing', 'pathlib', 'copy'];

interface Import { module: string; name: string; use: string; wrong: string; wrongModule: string }

function draw(p: Pen, from: readonly string[] = p.r.chance(0.65) ? COMMON : NAMES): Import {
  const module = p.r.pick(from);
  const [name, use] = p.r.pick(MODULES[module]!);
  const list = WRONG_NAMES[module];
  let wrong = list && p.r.chance(0.6) ? p.r.pick(list) : misspell(name, p.r);
  if (wrong === name) wrong = `${name}x`;
  let wrongModule = p.r.chance(0.4) ? p.r.pick(WRONG_MODULES) : misspell(module, p.r);
  if (wrongModule === module) wrongModule = `${module}s`;
  return { module, name, use, wrong, wrongModule };
}

const inUse = (use: string, from: string, to: string): string => use.replace(new RegExp(`\\b${from}\\b`), to);
const show = (p: Pen, use: string): string => p.one(`print(${use})`, `print(${use})`, `${p.v()} = ${use}`, `print(${p.s()}, ${use})`);
const localName = (p: Pen): string => p.one(p.f(), p.c(), p.v().toUpperCase(), p.f());

export const families: Family[] = [
  variants('from import name', (p) => {
    const m = draw(p);
    const use = show(p, m.use);
    const all = [`from ${m.module} import ${m.name}\n${use}`, `from ${m.module} import ${m.wrong}\n${p.one(use, inUse(use, m.name, m.wrong))}`];
    all.push(p.one(`from ${m.wrongModule} import ${m.name}\n${use}`, `from ${m.module} import ${m.name}\n${inUse(use, m.name, misspell(m.name, p.r))}`, `from ${m.module} import *\n${use}`, `import ${m.module}\n${use}`, use));
    return all;
  }, { weight: 5 }),
  variants('from import only', (p) => {
    const m = draw(p);
    return [`from ${m.module} import ${m.name}`, `from ${m.module} import ${m.wrong}`, p.one(`from ${m.wrongModule} import ${m.name}`, `import ${m.name} from ${m.module}`, `from ${m.module} import`, `from ${m.module} import ${m.name},`, `from ${m.module}`, `from ${m.module} import ${m.name} as`)];
  }, { weight: 4 }),
  variants('from import several', (p) => {
    const m = draw(p);
    const others = p.r.sample(MODULES[m.module]!.map((n) => n[0]), p.i(1, 3)).filter((n) => n !== m.name);
    const line = (name: string): string => `from ${m.module} import ${p.r.chance(0.5) ? [name, ...others].join(', ') : [...others, name].join(', ')}`;
    const use = show(p, m.use);
    const all = [`${line(m.name)}\n${use}`, `${line(m.wrong)}\n${use}`];
    if (others.length > 0) all.push(`from ${m.module} import (\n    ${[...others, p.one(m.name, m.wrong)].join(',\n    ')},\n)\n${use}`);
    all.push(p.one(`from ${m.module} import ${m.name} ${others[0] ?? m.name}\n${use}`, `from ${m.module} import (${[m.name, ...others].join(', ')}\n${use}`, `from ${m.wrongModule} import ${m.name}\n${use}`, `from ${m.module} import ${m.name} as ${p.one('f', 'fn', 'tool')}\n${use}`));
    return all;
  }, { weight: 3 }),
  variants('from import as', (p) => {
    const m = draw(p);
    const alias = p.one('f', 'fn', 'tool', m.name[0]!.toLowerCase() + '1', 'my_' + m.name.toLowerCase());
    const use = show(p, m.use);
    return [`from ${m.module} import ${m.name} as ${alias}\n${inUse(use, m.name, alias)}`, `from ${m.module} import ${m.wrong} as ${alias}\n${inUse(use, m.name, alias)}`, p.one(`from ${m.module} import ${m.name} as ${alias}\n${use}`, `from ${m.wrongModule} import ${m.name} as ${alias}`)];
  }, { weight: 2 }),
  variants('import module', (p) => {
    const m = draw(p);
    const use = show(p, `${m.module}.${m.use}`);
    const dotted = use.replace(`${m.module}.${m.use}`, m.use.includes(`${m.name}(`) || m.use.startsWith(m.name) ? `${m.module}.${m.use}` : inUse(m.use, m.name, `${m.module}.${m.name}`));
    return [`import ${m.module}\n${dotted}`, `import ${m.wrongModule}\n${p.one(dotted, dotted.replaceAll(`${m.module}.`, `${m.wrongModule}.`))}`, p.one(`import ${m.module}\n${dotted.replace(`${m.module}.${m.name}`, `${m.module}.${m.wrong}`)}`, dotted, `imports ${m.module}\n${dotted}`, `import ${m.module}.${m.name}\n${dotted}`, `import ${m.module} as ${p.one('m', 'mod', 'lib')}\n${dotted}`)];
  }, { weight: 5 }),
  variants('import only', (p) => {
    const m = draw(p);
    return [`import ${m.module}`, `import ${m.wrongModule}`, p.one(`import ${p.r.pick(LOCAL_MODULES)}`, `import ${m.module}.${m.name}`, `import ${m.module}, ${m.wrongModule}`, `import ${m.module} from ${m.name}`, `import "${m.module}"`, `import ${m.module}.py`, `import`, `import ${m.module};`, `import ${m.module} as`, `using ${m.module}`)];
  }, { weight: 3 }),
  variants('import several', (p) => {
    const [a, b, c] = p.r.sample(COMMON, 3) as [string, string, string];
    const wrong = p.one(misspell(b, p.r), p.r.pick(WRONG_MODULES), p.r.pick(LOCAL_MODULES));
    const sep = p.one(', ', '\nimport ');
    return [`import ${[a, b, c].join(sep)}\nprint(${a}.__name__)`, `import ${[a, wrong, c].join(sep)}\nprint(${a}.__name__)`, `import ${a} ${b}\nprint(${p.s()})`];
  }, { weight: 2 }),
  variants('import alias', (p) => {
    const m = draw(p);
    const alias = p.one('m', 'x', m.module.slice(0, 2) + '1', 'lib', 'my' + m.module);
    const use = `${p.one('print', 'print', 'str')}(${alias}.${m.name})`;
    return [`import ${m.module} as ${alias}\n${use}`, `import ${m.module} as ${alias}\n${use.replace(`${alias}.${m.name}`, `${alias}.${m.wrong}`)}`, p.one(`import ${m.module}\n${use}`, `import ${m.wrongModule} as ${alias}\n${use}`)];
  }, { weight: 2 }),
  variants('not imported', (p) => {
    const m = draw(p, COMMON);
    const f = p.f();
    return [`def ${f}():\n    return ${m.module}.${m.name}\n\nprint(${f}())`, `import ${m.module}\n\ndef ${f}():\n    return ${m.module}.${m.name}\n\nprint(${f}())`, `def ${f}():\n    return ${m.module}.${m.name}\n\nprint(${p.s()})`, `def ${f}():\n    import ${m.module}\n    return ${m.module}.${m.wrong}\n\nprint(${f}())`];
  }, { top: true, weight: 2 }),
  variants('imported later', (p) => { const m = draw(p, COMMON); return [`import ${m.module}\nprint(${m.module}.${m.name})`, `print(${m.module}.${m.name})\nimport ${m.module}`, `import ${m.module}\nprint(${m.name})`]; }, { weight: 2 }),
  variants('local module', (p) => {
    const mod = p.r.pick(LOCAL_MODULES);
    const name = localName(p);
    const m = draw(p, COMMON);
    return [p.one(`import ${mod}\nprint(${mod}.${name}(${p.i()}))`, `from ${mod} import ${name}\nprint(${name}(${p.n()}))`, `from ${mod} import *\n${name}(${p.s()})`, `import ${mod}\n${mod}.${name}()`, `from ${mod}.${p.r.pick(LOCAL_MODULES)} import ${name}`, `from .${mod} import ${name}`, `from . import ${mod}`, `import ${mod} as m\nprint(m.${name})`),
      `from ${m.module} import ${m.name}\nprint(${m.use})`, `def ${name}(x):\n    return x\nprint(${name}(${p.n()}))`];
  }, { top: true, weight: 4 }),
  variants('third party', (p) => {
    const [line, use] = p.r.pick(THIRD_PARTY);
    const m = draw(p, COMMON);
    return [`${line}\n${p.one(`print(${use})`, `${p.v()} = ${use}`)}`, `print(${use})`, p.one(`from ${m.module} import ${m.name}\nprint(${m.use})`, `try:\n    ${line}\nexcept ImportError:\n    print(${p.q('not installed')})`, `try:\n    ${line}\nexcept ModuleNotFoundError as e:\n    print(e)`)];
  }, { weight: 3 }),
  variants('submodule', (p) => p.one(
    [`import os.path\nprint(os.path.join('a', 'b'))`, `import os.${p.one('paths', 'file', 'dirs', 'exists')}\nprint(os.path.join('a', 'b'))`, `import os\nprint(os.paths.join('a', 'b'))`],
    [`import xml.etree.ElementTree as ET\nprint(ET.Element('a').tag)`, `import xml.etree.ElemenTree as ET\nprint(ET.Element('a').tag)`, `import xml.etree.ElementTree as ET\nprint(ET.Elment('a').tag)`],
    [`from urllib.parse import urlparse\nprint(urlparse('http://a.b/c').path)`, `from urllib.parser import urlparse\nprint(urlparse('http://a.b/c').path)`, `from urllib.parse import urlparser\nprint(urlparser('http://a.b/c').path)`],
    [`from collections.abc import Iterable\nprint(isinstance([], Iterable))`, `from collections import Iterable\nprint(isinstance([], Iterable))`, `from collections.abcs import Iterable\nprint(isinstance([], Iterable))`],
    [`import math\nprint(math.${p.one('sqrt', 'floor')}(${p.i()}))`, `import math.sqrt\nprint(math.sqrt(${p.i()}))`, `from math import sqrt\nprint(sqrt(${p.i()}))`, `from math.sqrt import sqrt\nprint(sqrt(${p.i()}))`],
    [`from datetime import datetime\nprint(datetime.now() is None)`, `import datetime\nprint(datetime.now() is None)`, `from datetime import now\nprint(now() is None)`, `import datetime.datetime\nprint(datetime.now() is None)`],
    [`import random\nprint(random.randint(${p.i(1, 3)}, ${p.i(4, 9)}) > 0)`, `from random import randomint\nprint(randomint(1, 6) > 0)`, `import random.randint\nprint(randint(1, 6) > 0)`, `from random import randint\nprint(random.randint(1, 6) > 0)`],
    [`import concurrent.futures\nprint(concurrent.futures.TimeoutError.__name__)`, `import concurrent.future\nprint(1)`, `from concurrent import futurs\nprint(1)`],
    [`from email.message import EmailMessage\nm = EmailMessage()\nm['To'] = 'a@b.c'\nprint(m['To'])`, `from email.mesage import EmailMessage\nm = EmailMessage()`, `from email.message import EMailMessage\nm = EMailMessage()`],
    [`import importlib\nm = importlib.import_module('${p.one('json', 'math')}')\nprint(m.__name__)`, `import importlib\nm = importlib.import_module('${p.r.pick(LOCAL_MODULES)}')\nprint(m.__name__)`, `m = __import__('${p.r.pick(WRONG_MODULES)}')`],
  ), { weight: 3 }),
  variants('import in function', (p) => {
    const m = draw(p, COMMON);
    const f = p.f();
    const body = (line: string): string => `def ${f}():\n    ${line}\n    return ${m.use}\n`;
    const wrong = p.one(`from ${m.module} import ${m.wrong}`, `from ${m.wrongModule} import ${m.name}`, `import ${p.r.pick(LOCAL_MODULES)}`);
    const call = p.one(`print(${f}())`, `${f}()`);
    return [`${body(`from ${m.module} import ${m.name}`)}\n${call}`, `${body(wrong)}\n${call}`, `${body(wrong)}\nprint(${printed(p)})`];
  }, { top: true, weight: 3 }),
  variants('import in try', (p) => {
    const m = draw(p);
    const wrong = p.one(`from ${m.module} import ${m.wrong}`, `import ${m.wrongModule}`, `from ${p.r.pick(LOCAL_MODULES)} import ${p.f()}`, p.r.pick(THIRD_PARTY)[0]);
    const tail = p.one(`print(${p.s()})`, `${m.module} = None`, 'pass', `from ${m.module} import ${m.name}`);
    return [`try:\n    ${wrong}\nexcept ${p.one('ImportError', 'ModuleNotFoundError', 'ImportError as e', 'Exception', '(ImportError, AttributeError)')}:\n    ${tail}\nprint(${p.s()})`, `try:\n    ${wrong}\nexcept ${p.one('ValueError', 'NameError', 'KeyError', 'OSError', 'ModuleNotFoundError', 'AttributeError', 'FileNotFoundError')}:\n    ${tail}\nprint(${p.s()})`, `try:\n    ${wrong}\nfinally:\n    ${tail}`];
  }, { weight: 3 }),
  variants('import in branch', (p) => {
    const m = draw(p);
    const wrong = p.one(`from ${m.module} import ${m.wrong}`, `import ${m.wrongModule}`, `import ${p.r.pick(LOCAL_MODULES)}`);
    const [low, high] = [p.i(1, 9), p.i(10, 40)];
    return [`if ${low} > ${high}:\n    ${wrong}\nprint(${printed(p)})`, `if ${low} < ${high}:\n    ${wrong}\nprint(${printed(p)})`, `if ${low} < ${high}:\n    import ${m.module}\nprint(${m.module}.__name__)`, `if ${low} > ${high}:\n    import ${m.module}\nprint(${m.module}.__name__)`];
  }, { weight: 2 }),
  variants('class from module', (p) => {
    const base = p.one(['abc', 'ABC', 'Abc'], ['enum', 'Enum', 'Enumm'], ['threading', 'Thread', 'Threads'], ['typing', 'NamedTuple', 'Namedtuple'], ['unittest', 'TestCase', 'Testcase'], ['collections', 'UserDict', 'UserDictionary'], ['json', 'JSONEncoder', 'JsonEncoder']);
    const [module, name, wrong] = base as [string, string, string];
    const c = p.c();
    const body = `\n\nclass ${c}(${name}):\n    ${p.one('pass', 'x: int = 1')}\n\nprint(${c}.__name__)`;
    return [`from ${module} import ${name}${body}`, `from ${module} import ${wrong}${body.replace(`(${name})`, `(${wrong})`)}`, `from ${module}s import ${name}${body}`, `import ${module}${body}`];
  }, { top: true, weight: 2 }),
  variants('annotations', (p) => {
    const name = p.one('List', 'Dict', 'Optional', 'Tuple', 'Any', 'Iterable', 'Callable', 'Sequence');
    const f = p.f();
    const body = `def ${f}(values: ${name}):\n    return ${expression(p)}\n\nprint(${f}(${p.ints()}))`;
    return [`from typing import ${name}\n\n${body}`, `from typing import ${p.one(misspell(name, p.r), 'ListOf', 'Int', 'Str', 'Array')}\n\n${body}`, `from typings import ${name}\n\n${body}`, `def ${f}(values: ${name}) -> int:\n    return len(values)\n\nx: ${name} = ${p.ints()}\nprint(${f}(x))`];
  }, { top: true }),
  variants('self made then imported', (p) => {
    const f = p.f();
    const mod = p.r.pick(LOCAL_MODULES);
    return [`def ${f}(x):\n    return x ${p.one('+', '*')} ${p.i()}\n\nprint(${f}(${p.i()}))`, `from ${mod} import ${f}\n\ndef main():\n    print(${f}(${p.i()}))\n\nmain()`, `import ${mod}\n\ndef main():\n    print(${mod}.${f}(${p.i()}))`, `def main():\n    from ${mod} import ${f}\n    print(${f}(${p.i()}))`];
  }, { top: true, weight: 2 }),
  variants('import order', (p) => {
    const m = draw(p, COMMON);
    const bad = `from ${m.module} import ${m.wrong}`;
    const crash = p.one(`print(${p.v()})`, `print(${p.i()} / 0)`, `${p.ints(2)}[${p.i(2, 6)}]`, `int(${p.w()})`, `${p.table().text}[${p.q('no')}]`, `len(${p.i()})`);
    return [`${bad}\n${crash}`, `${crash}\n${bad}`, `from ${m.module} import ${m.name}\n${crash}`, `from ${m.module} import ${m.name}\nprint(${p.s()}`];
  }, { weight: 2 }),
];
