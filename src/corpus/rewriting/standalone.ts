import type { Random } from '../random';
import { misspell } from './misspell';
import { FUNCTIONS, LISTS, MEMBERS, MODULES, WORDS } from './words';

const FOREIGN = `numpy pandas requests matplotlib flask django pygame bs4 scipy sklearn torch tensorflow yaml
  cv2 PIL utils helpers my_module config mymodule settings tools seaborn selenium nltk sqlalchemy maths jsonn datatime
  colections stats randoms urllib2 Queue ConfigParser StringIO cPickle database models main_app
  lib constants`.split(/\s+/);
const ENDINGS = ['txt', 'csv', 'json', 'log', 'dat', 'md', 'ini', 'html', 'py'];

const makers: ((random: Random) => string[])[] = [
  (r) => {
    const module = r.pick(Object.keys(MEMBERS));
    const member = r.pick(MEMBERS[module]!);
    const other = r.pick(MEMBERS[r.pick(Object.keys(MEMBERS))]!);
    return [
      `from ${module} import ${member}`,
      `from ${module} import ${misspell(member, r)}`,
      `from ${module} import ${other}`,
    ];
  },
  (r) => {
    const [first, second] = r.sample(Object.keys(MEMBERS), 2);
    const [a, b] = [r.pick(MEMBERS[first!]!), r.pick(MEMBERS[second!]!)];
    return [
      `from ${first} import ${a}\nfrom ${second} import ${b}`,
      `from ${first} import ${b}\nfrom ${second} import ${a}`,
    ];
  },
  (r) => {
    const module = r.pick(MODULES);
    const usage = `\nprint(${module}.__name__)`;
    return [`import ${module}${usage}`, `import ${misspell(module, r)}${usage}`, usage.trim()];
  },
  (r) => {
    const module = r.pick(MODULES);
    return [`import ${module}`, `import ${r.pick(FOREIGN)}`, `from ${r.pick(FOREIGN)} import ${r.pick(FUNCTIONS)}`];
  },
  (r) => {
    const module = r.pick(FOREIGN);
    const e = r.pick(['ImportError', 'ModuleNotFoundError', 'ValueError', 'NameError']);
    return [`try:\n    import ${module}\nexcept ${e}:\n    ${module} = None`, `import ${module}`];
  },
  (r) => {
    const file = `${r.pick(WORDS)}${r.chance(0.3) ? `_${r.pick(WORDS)}` : ''}.${r.pick(ENDINGS)}`;
    const e = r.pick(['FileNotFoundError', 'OSError', 'ValueError', 'KeyError', 'IOError', 'TypeError']);
    const read = r.pick(['f.read()', 'f.readlines()', 'f.readline().strip()', 'len(f.read())']);
    return [
      `with open("${file}") as f:\n    print(${read})`,
      `try:\n    with open("${file}") as f:\n        print(${read})\nexcept ${e}:\n    print("${r.pick(WORDS)}")`,
      `with open("${file}" as f:\n    print(${read})`,
      `f = open("${file}", "r")\nprint(${read})`,
    ];
  },
  (r) => {
    const file = `${r.pick(['data', 'files', 'images', 'logs', 'tmp', 'docs'])}/${r.pick(WORDS)}.${r.pick(ENDINGS)}`;
    const call = r.pick(
      [
        `os.remove("${file}")`,
        `os.listdir("${r.pick(WORDS)}")`,
        `os.path.getsize("${file}")`,
        `os.rename("${file}", "b.txt")`,
      ],
    );
    return [
      `import os\n${call}`,
      `import os\nif os.path.exists("${file}"):\n    ${call}`,
      `import os\nprint(os.path.join("${file}", "x"))`,
      call,
    ];
  },
  (r) => {
    const file = `${r.pick(WORDS)}.${r.pick(ENDINGS)}`;
    return [
      `from pathlib import Path\nprint(Path("${file}").read_text())`,
      `from pathlib import Path\nprint(Path("${file}").suffix)`,
      `from pathlib import Path\nprint(Path("${file}").exists())`,
    ];
  },
  (r) => {
    const k = r.int(1, 3);
    const gen = r.pick(['gen', 'g', 'numbers', 'countdown', 'steps', 'values', 'stream']);
    const v = r.pick(['it', 'x', 'source', 'seq']);
    const body = Array.from(
      { length: k },
      () => `    yield ${r.chance(0.6) ? r.int(1, 50) : `"${r.pick(WORDS)}"`}`,
    ).join(
      '\n',
    );
    const uses = (count: number): string => `\nprint(next(${v}))`.repeat(count);
    return [
      `def ${gen}():\n${body}\n${v} = ${gen}()${uses(k)}`,
      `def ${gen}():\n${body}\n${v} = ${gen}()${uses(k + 1)}`,
      `def ${gen}():\n${body}\n${v} = ${gen}${uses(1)}`,
    ];
  },
  (r) => {
    const k = r.int(1, 4);
    const v = r.pick(['it', 'squares', 'gen', 'r', 'pairs']);
    const source = r.pick(
      [
        `iter(range(${k}))`,
        `(x * x for x in range(${k}))`,
        `map(str, range(${k}))`,
        `zip(range(${k}), "${'abcdef'.slice(0, k)}")`,
        `iter("${'hello'.slice(0, k)}")`,
      ],
    );
    return [
      `${v} = ${source}\nfor _ in range(${k}):\n    print(next(${v}))`,
      `${v} = ${source}\nfor _ in range(${k + 1}):\n    print(next(${v}))`,
      `${v} = ${source}\nprint(list(${v}))\nprint(next(${v}, None))`,
      `${v} = ${source}\nprint(list(${v}))\nprint(next(${v}))`,
    ];
  },
  (r) => [
    `it = iter([])\nprint(next(it))`,
    `it = iter([${r.int(1, 99)}])\nprint(next(it))`,
    `raise StopIteration`,
    `it = iter([])\nprint(next(it, None))`,
  ],
  (r) => {
    const f = r.pick(FUNCTIONS);
    const g = r.pick(FUNCTIONS.filter((name) => name !== f));
    return [
      `def ${f}():\n    return ${g}()\ndef ${g}():\n    return ${f}()\n${f}()`,
      `def ${f}():\n    return ${g}()\ndef ${g}():\n    return ${r.int(1, 9)}\n${f}()`,
      `def ${f}():\n    return ${f}()\nprint("${r.pick(WORDS)}")`,
      `def ${f}():\n    return ${f}()\n${f}()`,
    ];
  },
  (r) => {
    const f = r.pick(['factorial', 'fact', 'fib', 'sum_to', 'power', 'count', 'total', 'product']);
    const [base, step] = [r.int(0, 2), r.weighted(['n - 1', 'n - 2', 'n + 1', 'n', 'n // 2'], [5, 1, 1.5, 1.5, 1])];
    const combine = r.pick(['n * ', 'n + ', '1 + ', '']);
    const start = r.weighted([r.int(3, 12), -1, r.int(20, 60), 5000], [5, 1.2, 1, 0.7]);
    return [
      `def ${f}(n):\n    if n ${r.pick(['==', '<='])} ${base}:\n        return ${r.int(0, 1)}\n` +
        `    return ${combine}${f}(${step})\nprint(${f}(${start}))`,
      `def ${f}(n):\n    if n <= ${base}:\n        return 1\n` +
        `    return ${combine}${f}(n - 1)\nprint(${f}(${r.int(3, 12)}))`,
      `def ${f}(n):\n    return ${combine}${f}(n - 1)\nprint(${f}(${r.int(3, 12)}))`,
    ];
  },
  (r) => {
    const cls = r.pick(['Node', 'Tree', 'Person', 'Config', 'Box', 'Item', 'Settings']);
    const at = r.pick(['value', 'name', 'size', 'total', 'data']);
    return [
      `class ${cls}:\n    @property\n    def ${at}(self):\n        return self._${at}\nprint(${cls}().${at})`,
      `class ${cls}:\n    @property\n    def ${at}(self):\n        return ${r.int(1, 99)}\nprint(${cls}().${at})`,
      `class ${cls}:\n    def ${at}(self):\n        return self.${at}()\nprint(${cls}().${at}())`,
      `class ${cls}:\n    def ${at}(self):\n        return self.${at}\nprint(${cls}().${at}() is None)`,
    ];
  },
  (r) => {
    const v = r.pick(['total', 'count', 'score', 'counter', 'n', 'balance', 'lives', 'level']);
    const f = r.pick(FUNCTIONS);
    const change = r.pick(
      [
        `${v} += 1`,
        `${v} -= ${r.int(1, 9)}`,
        `${v} = ${v} + ${r.int(1, 9)}`,
        `print(${v})\n    ${v} = 5`,
        `if ${v} > 0:\n        ${v} = 0`,
      ],
    );
    return [
      `${v} = ${r.int(0, 50)}\ndef ${f}():\n    ${change}\n${f}()`,
      `${v} = ${r.int(0, 50)}\ndef ${f}():\n    global ${v}\n    ${change}\n${f}()`,
      `${v} = ${r.int(0, 50)}\ndef ${f}(${v}):\n    ${change}\n${f}(${v})`,
      `${v} = ${r.int(0, 50)}\ndef ${f}():\n    ${change}\nprint(${v})`,
    ];
  },
  (r) => {
    const v = r.pick(['result', 'msg', 'label', 'answer', 'found', 'total']);
    const f = r.pick(FUNCTIONS);
    const [low, high] = [r.int(1, 40), r.int(41, 90)];
    const make = (arg: number, otherwise: string): string =>
      `def ${f}(x):\n    if x > 40:\n        ${v} = "${r.pick(WORDS)}"\n` +
      `${otherwise}    return ${v}\nprint(${f}(${arg}))`;
    return [make(low, ''), make(high, ''), make(low, `    else:\n        ${v} = "${r.pick(WORDS)}"\n`)];
  },
  (r) => {
    const f = r.pick(FUNCTIONS);
    const [a, b] = [r.int(1, 30), r.int(1, 30)];
    return [
      `def ${f}(a, b):\n    return a + b\nassert ${f}(${a}, ${b}) == ${a + b}`,
      `def ${f}(a, b):\n    return a ${r.pick(['-', '*'])} b\nassert ${f}(${a}, ${b}) == ${a + b}`,
      `def ${f}(a, b):\n    return a + b\nassert ${f}(${a}, ${b}) == ${a + b + 1}, "${r.pick(WORDS)}"`,
      `def ${f}(a, b):\n    print(a + b)\nassert ${f}(${a}, ${b}) == ${a + b}`,
    ];
  },
  (r) => {
    const v = r.pick(['age', 'price', 'score', 'x', 'amount', 'speed', 'temperature']);
    const n = r.int(-20, 120);
    const limit = r.int(0, 100);
    return [
      `def set_${v}(${v}):\n    assert ${v} >= ${limit}, "${v} too small"\n    return ${v}\nprint(set_${v}(${n}))`,
      `def set_${v}(${v}):\n    assert ${v} <= ${limit}\n    return ${v}\nprint(set_${v}(${n}))`,
      `def set_${v}(${v}):\n    if ${v} < ${limit}:\n        raise ValueError("bad ${v}")\n` +
        `    return ${v}\nprint(set_${v}(${n}))`,
    ];
  },
  (r) => {
    const e = r.pick(
      ['ValueError', 'KeyError', 'TypeError', 'IndexError', 'ZeroDivisionError', 'AttributeError', 'NameError'],
    );
    const o = r.pick(
      [
        'ValueError',
        'KeyError',
        'TypeError',
        'IndexError',
        'ZeroDivisionError',
        'AttributeError',
        'Exception',
        'LookupError',
      ],
    );
    const op = r.pick(
      [
        'int("abc")',
        '[][0]',
        '{}["a"]',
        '1 / 0',
        'None.x',
        '"a" + 1',
        'undefined',
        '[1][1]',
        'int(None)',
        '{"a": 1}["b"]',
        'len(5)',
      ],
    );
    return [
      `try:\n    ${op}\nexcept ${e}:\n    print("${r.pick(WORDS)}")`,
      `try:\n    ${op}\nexcept ${o} as e:\n    print("${r.pick(WORDS)}", e)`,
      `try:\n    ${op}\nexcept ${e} as err:\n    raise ${o}("${r.pick(WORDS)}")`,
      `try:\n    raise ${e}("${r.pick(WORDS)}")\nexcept ${o}:\n    pass`,
    ];
  },
  (r) => {
    const v = r.pick(LISTS);
    return [
      `${v} = []\nprint(${r.pick(['max', 'min'])}(${v}))`,
      `${v} = []\nprint(${v}[0])`,
      `${v} = []\nprint(${v}.pop())`,
      `${v} = []\nprint(sum(${v}) / len(${v}))`,
      `${v} = []\nprint(len(${v}))`,
    ];
  },
];

/** Small typical programs of the rarer errors that need nothing from their surroundings, as near twins. */
export function standalone(random: Random): string[] {
  return random.pick(makers)(random);
}
