/** Imports that come too late, never run, are caught, or come from a module of the user. */
import type { Family } from '../../family';
import { misspell } from '../../kits/structure/breaks-runtime';
import { expression, printed } from '../../kits/structure/fillers';
import { variants } from '../../kits/structure/groups';
import { COMMON, draw, localName } from '../../kits/structure/import-pieces';
import { WRONG_MODULES } from '../../kits/structure/module-slips';
import { LOCAL_MODULES, THIRD_PARTY } from '../../kits/structure/modules';
import { py } from '../../kits/structure/py';

export const families: Family[] = [
  variants(
    'not imported',
    (p) => {
      const m = draw(p, COMMON);
      const f = p.f();
      return [
        py`
          def ${f}():
              return ${m.module}.${m.name}

          print(${f}())
        `,
        py`
          import ${m.module}

          def ${f}():
              return ${m.module}.${m.name}

          print(${f}())
        `,
        py`
          def ${f}():
              return ${m.module}.${m.name}

          print(${p.s()})
        `,
        py`
          def ${f}():
              import ${m.module}
              return ${m.module}.${m.wrong}

          print(${f}())
        `,
      ];
    },
    { top: true, weight: 2 },
  ),
  variants(
    'imported later',
    (p) => {
      const m = draw(p, COMMON);
      return [
        `import ${m.module}\nprint(${m.module}.${m.name})`,
        `print(${m.module}.${m.name})\nimport ${m.module}`,
        `import ${m.module}\nprint(${m.name})`,
      ];
    },
    { weight: 2 },
  ),
  variants(
    'local module',
    (p) => {
      const mod = p.r.pick(LOCAL_MODULES);
      const name = localName(p);
      const m = draw(p, COMMON);
      return [
        p.one(
          `import ${mod}\nprint(${mod}.${name}(${p.i()}))`,
          `from ${mod} import ${name}\nprint(${name}(${p.n()}))`,
          `from ${mod} import *\n${name}(${p.s()})`,
          `import ${mod}\n${mod}.${name}()`,
          `from ${mod}.${p.r.pick(LOCAL_MODULES)} import ${name}`,
          `from .${mod} import ${name}`,
          `from . import ${mod}`,
          `import ${mod} as m\nprint(m.${name})`,
        ),
        `from ${m.module} import ${m.name}\nprint(${m.use})`,
        `def ${name}(x):\n    return x\nprint(${name}(${p.n()}))`,
      ];
    },
    { top: true, weight: 4 },
  ),
  variants(
    'third party',
    (p) => {
      const [line, use] = p.r.pick(THIRD_PARTY);
      const m = draw(p, COMMON);
      return [
        `${line}\n${p.one(`print(${use})`, `${p.v()} = ${use}`)}`,
        `print(${use})`,
        p.one(
          `from ${m.module} import ${m.name}\nprint(${m.use})`,
          py`
            try:
                ${line}
            except ImportError:
                print(${p.q('not installed')})
          `,
          py`
            try:
                ${line}
            except ModuleNotFoundError as e:
                print(e)
          `,
        ),
      ];
    },
    { weight: 3 },
  ),
  variants(
    'submodule',
    (p) =>
      p.one(
        [
          `import os.path\nprint(os.path.join('a', 'b'))`,
          `import os.${p.one('paths', 'file', 'dirs', 'exists')}\nprint(os.path.join('a', 'b'))`,
          `import os\nprint(os.paths.join('a', 'b'))`,
        ],
        [
          `import xml.etree.ElementTree as ET\nprint(ET.Element('a').tag)`,
          `import xml.etree.ElemenTree as ET\nprint(ET.Element('a').tag)`,
          `import xml.etree.ElementTree as ET\nprint(ET.Elment('a').tag)`,
        ],
        [
          `from urllib.parse import urlparse\nprint(urlparse('http://a.b/c').path)`,
          `from urllib.parser import urlparse\nprint(urlparse('http://a.b/c').path)`,
          `from urllib.parse import urlparser\nprint(urlparser('http://a.b/c').path)`,
        ],
        [
          `from collections.abc import Iterable\nprint(isinstance([], Iterable))`,
          `from collections import Iterable\nprint(isinstance([], Iterable))`,
          `from collections.abcs import Iterable\nprint(isinstance([], Iterable))`,
        ],
        [
          `import math\nprint(math.${p.one('sqrt', 'floor')}(${p.i()}))`,
          `import math.sqrt\nprint(math.sqrt(${p.i()}))`,
          `from math import sqrt\nprint(sqrt(${p.i()}))`,
          `from math.sqrt import sqrt\nprint(sqrt(${p.i()}))`,
        ],
        [
          `from datetime import datetime\nprint(datetime.now() is None)`,
          `import datetime\nprint(datetime.now() is None)`,
          `from datetime import now\nprint(now() is None)`,
          `import datetime.datetime\nprint(datetime.now() is None)`,
        ],
        [
          `import random\nprint(random.randint(${p.i(1, 3)}, ${p.i(4, 9)}) > 0)`,
          `from random import randomint\nprint(randomint(1, 6) > 0)`,
          `import random.randint\nprint(randint(1, 6) > 0)`,
          `from random import randint\nprint(random.randint(1, 6) > 0)`,
        ],
        [
          `import concurrent.futures\nprint(concurrent.futures.TimeoutError.__name__)`,
          `import concurrent.future\nprint(1)`,
          `from concurrent import futurs\nprint(1)`,
        ],
        [
          py`
            from email.message import EmailMessage
            m = EmailMessage()
            m['To'] = 'a@b.c'
            print(m['To'])
          `,
          `from email.mesage import EmailMessage\nm = EmailMessage()`,
          `from email.message import EMailMessage\nm = EMailMessage()`,
        ],
        [
          `import importlib\nm = importlib.import_module('${p.one('json', 'math')}')\nprint(m.__name__)`,
          `import importlib\nm = importlib.import_module('${p.r.pick(LOCAL_MODULES)}')\nprint(m.__name__)`,
          `m = __import__('${p.r.pick(WRONG_MODULES)}')`,
        ],
      ),
    { weight: 3 },
  ),
  variants(
    'import in function',
    (p) => {
      const m = draw(p, COMMON);
      const f = p.f();
      const body = (line: string): string => `def ${f}():\n    ${line}\n    return ${m.use}\n`;
      const wrong = p.one(
        `from ${m.module} import ${m.wrong}`,
        `from ${m.wrongModule} import ${m.name}`,
        `import ${p.r.pick(LOCAL_MODULES)}`,
      );
      const call = p.one(`print(${f}())`, `${f}()`);
      return [
        `${body(`from ${m.module} import ${m.name}`)}\n${call}`,
        `${body(wrong)}\n${call}`,
        `${body(wrong)}\nprint(${printed(p)})`,
      ];
    },
    { top: true, weight: 3 },
  ),
  variants(
    'import in try',
    (p) => {
      const m = draw(p);
      const wrong = p.one(
        `from ${m.module} import ${m.wrong}`,
        `import ${m.wrongModule}`,
        `from ${p.r.pick(LOCAL_MODULES)} import ${p.f()}`,
        p.r.pick(THIRD_PARTY)[0],
      );
      const tail = p.one(`print(${p.s()})`, `${m.module} = None`, 'pass', `from ${m.module} import ${m.name}`);
      return [
        py`
          try:
              ${wrong}
          except ${p.one('ImportError', 'ModuleNotFoundError', 'ImportError as e', 'Exception', '(ImportError, AttributeError)')}:
              ${tail}
          print(${p.s()})
        `,
        py`
          try:
              ${wrong}
          except ${p.one('ValueError', 'NameError', 'KeyError', 'OSError', 'ModuleNotFoundError', 'AttributeError', 'FileNotFoundError')}:
              ${tail}
          print(${p.s()})
        `,
        py`
          try:
              ${wrong}
          finally:
              ${tail}
        `,
      ];
    },
    { weight: 3 },
  ),
  variants(
    'import in branch',
    (p) => {
      const m = draw(p);
      const wrong = p.one(
        `from ${m.module} import ${m.wrong}`,
        `import ${m.wrongModule}`,
        `import ${p.r.pick(LOCAL_MODULES)}`,
      );
      const [low, high] = [p.i(1, 9), p.i(10, 40)];
      return [
        `if ${low} > ${high}:\n    ${wrong}\nprint(${printed(p)})`,
        `if ${low} < ${high}:\n    ${wrong}\nprint(${printed(p)})`,
        `if ${low} < ${high}:\n    import ${m.module}\nprint(${m.module}.__name__)`,
        `if ${low} > ${high}:\n    import ${m.module}\nprint(${m.module}.__name__)`,
      ];
    },
    { weight: 2 },
  ),
  variants(
    'class from module',
    (p) => {
      const base = p.one(
        ['abc', 'ABC', 'Abc'],
        ['enum', 'Enum', 'Enumm'],
        ['threading', 'Thread', 'Threads'],
        ['typing', 'NamedTuple', 'Namedtuple'],
        ['unittest', 'TestCase', 'Testcase'],
        ['collections', 'UserDict', 'UserDictionary'],
        ['json', 'JSONEncoder', 'JsonEncoder'],
      );
      const [module, name, wrong] = base as [string, string, string];
      const c = p.c();
      const body = `\n\nclass ${c}(${name}):\n    ${p.one('pass', 'x: int = 1')}\n\nprint(${c}.__name__)`;
      return [
        `from ${module} import ${name}${body}`,
        `from ${module} import ${wrong}${body.replace(`(${name})`, `(${wrong})`)}`,
        `from ${module}s import ${name}${body}`,
        `import ${module}${body}`,
      ];
    },
    { top: true, weight: 2 },
  ),
  variants(
    'annotations',
    (p) => {
      const name = p.one('List', 'Dict', 'Optional', 'Tuple', 'Any', 'Iterable', 'Callable', 'Sequence');
      const f = p.f();
      const body = py`
        def ${f}(values: ${name}):
            return ${expression(p)}

        print(${f}(${p.ints()}))
      `;
      return [
        `from typing import ${name}\n\n${body}`,
        `from typing import ${p.one(misspell(name, p.r), 'ListOf', 'Int', 'Str', 'Array')}\n\n${body}`,
        `from typings import ${name}\n\n${body}`,
        py`
          def ${f}(values: ${name}) -> int:
              return len(values)

          x: ${name} = ${p.ints()}
          print(${f}(x))
        `,
      ];
    },
    { top: true },
  ),
  variants(
    'self made then imported',
    (p) => {
      const f = p.f();
      const mod = p.r.pick(LOCAL_MODULES);
      return [
        py`
          def ${f}(x):
              return x ${p.one('+', '*')} ${p.i()}

          print(${f}(${p.i()}))
        `,
        py`
          from ${mod} import ${f}

          def main():
              print(${f}(${p.i()}))

          main()
        `,
        py`
          import ${mod}

          def main():
              print(${mod}.${f}(${p.i()}))
        `,
        `def main():\n    from ${mod} import ${f}\n    print(${f}(${p.i()}))`,
      ];
    },
    { top: true, weight: 2 },
  ),
  variants(
    'import order',
    (p) => {
      const m = draw(p, COMMON);
      const bad = `from ${m.module} import ${m.wrong}`;
      const crash = p.one(
        `print(${p.v()})`,
        `print(${p.i()} / 0)`,
        `${p.ints(2)}[${p.i(2, 6)}]`,
        `int(${p.w()})`,
        `${p.table().text}[${p.q('no')}]`,
        `len(${p.i()})`,
      );
      return [
        `${bad}\n${crash}`,
        `${crash}\n${bad}`,
        `from ${m.module} import ${m.name}\n${crash}`,
        `from ${m.module} import ${m.name}\nprint(${p.s()}`,
      ];
    },
    { weight: 2 },
  ),
];
