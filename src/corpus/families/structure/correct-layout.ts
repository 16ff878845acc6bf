/** Error-free programs whose brackets, quotes and blocks stretch over several lines, or use newer syntax. */
import type { Family } from '../../family';
import { expression, printed } from '../../kits/structure/fillers';
import { skeleton } from '../../kits/structure/groups';
import { py } from '../../kits/structure/py';
import type { Pen } from '../../kits/structure/words';

const listOver = (p: Pen, draw: () => string, count = p.i(2, 5)): string =>
  Array.from({ length: count }, () => `    ${draw()},`)
    .join('\n')
    .replace(/,$/, p.maybe(0.5, ','));

export const families: Family[] = [
  skeleton(
    'long list',
    (p) => {
      const l = p.vs();
      return py`
        ${l} = [
        ${listOver(p, () => p.one(p.n(), p.n(), p.w()))}
        ]
        print(len(${l}))
      `;
    },
    2,
  ),
  skeleton(
    'long dict',
    (p) => {
      const d = p.vs();
      return py`
        ${d} = {
        ${listOver(p, () => `${p.w()}: ${p.one(p.n(), p.s(), p.ints(2))}`)}
        }
        print(${d})
      `;
    },
    2,
  ),
  skeleton(
    'nested dict',
    (p) => {
      const [d, k] = [p.vs(), p.w()];
      return py`
        ${d} = {
            ${k}: {${p.q('price')}: ${p.n()}, ${p.q('tags')}: [${p.wordItems(2)}]},
            ${p.q('zz')}: {${p.q('price')}: ${p.n()}, ${p.q('tags')}: []},
        }
        print(${d}[${k}][${p.q(p.one('price', 'tags'))}])
      `;
    },
    2,
  ),
  skeleton(
    'list of records',
    (p) => {
      const l = p.vs();
      return py`
        ${l} = [
            {${p.q('name')}: ${p.w()}, ${p.q('age')}: ${p.i(10, 60)}},
            {${p.q('name')}: ${p.w()}, ${p.q('age')}: ${p.i(10, 60)}},
        ]
        for ${'r'} in ${l}:
            print(r[${p.q('name')}], r[${p.q('age')}]${p.maybe(0.4, ' + 1')})
      `;
    },
    2,
  ),
  skeleton(
    'call over lines',
    (p) =>
      py`
        print(
            ${p.s()},
            ${expression(p)},
            ${p.one(`sep=${p.q('\\n')}`, p.n())}${p.maybe(0.5, ',')}
        )
      `,
  ),
  skeleton('call aligned', (p) => {
    const f = p.f();
    return py`
      def ${f}(a, b,
      ${' '.repeat(f.length + 5)}c=${p.i()}):
          return a + b + c

      print(${f}(${p.i()},
            ${p.i()}))
    `;
  }),
  skeleton(
    'parenthesised sum',
    (p) => py`
      ${p.v()} = (${p.n()} +
           ${p.n()} *
           (${p.n()} - ${p.n()}))
      print(${printed(p)})
    `,
  ),
  skeleton('backslash lines', (p) => {
    const a = p.v();
    return `${a} = ${p.n()} + \\\n    ${p.n()} + \\\n    ${p.n()}\nprint(${a})`;
  }),
  skeleton(
    'triple quotes',
    (p) => {
      const a = p.v();
      return py`
        ${a} = """${p.text()}
        ${p.one("it's here", '(open', p.text(), 'print("hi"', '  indented', '')}
        ${p.text()}"""
        print(${p.one(a, `len(${a})`, `${a}.splitlines()`)})
      `;
    },
    2,
  ),
  skeleton('docstring function', (p) => {
    const f = p.f();
    return py`
      def ${f}(x):
          """${p.text()}

          ${p.one('Returns x.', ">>> it's (fine", 'Args: x [int')}
          """
          return x

      print(${f}(${p.n()}))
    `;
  }),
  skeleton(
    'module docstring',
    (p) => py`
      '''
      ${p.text()}
      ${p.one('Author: me', 'TODO: (more', "don't touch")}
      '''
      print(${printed(p)})
    `,
  ),
  skeleton('comprehension over lines', (p) => {
    const l = p.vs();
    return py`
      ${l} = [
          x * ${p.i()}
          for x in range(${p.i(2, 9)})
          if x > ${p.i(0, 2)}
      ]
      print(${l})
    `;
  }),
  skeleton('nested comprehension', (p) => {
    const m = p.vs();
    return `${m} = [[${p.one('i * j', '0', 'i + j', '(i, j)')} for j in range(${p.i(1, 4)})] for i in range(${p.i(1, 4)})]\nprint(${p.one(m, `${m}[0]`, `[x for row in ${m} for x in row]`, `len(${m}[0])`)})`;
  }),
  skeleton('chained methods', (p) => {
    const a = p.v();
    return py`
      ${a} = (
          ${p.s()}
          .strip()
          .${p.one('lower', 'upper', 'title')}()
          .replace(${p.q('a')}, ${p.q('')})
      )
      print(${a})
    `;
  }),
  skeleton(
    'match',
    (p) => {
      const a = p.v();
      const subject = p.one(String(p.i(1, 3)), p.w());
      return py`
        ${a} = ${subject}
        match ${a}:
            case ${p.one('1', p.w())}:
                print(${p.s()})
            case ${p.one('2', p.w(), '2 | 3')}:
                print(${printed(p)})
            case _:
                print(${p.s()})
      `;
    },
    2,
  ),
  skeleton(
    'match shapes',
    (p) =>
      py`
        def ${p.f()}(cmd):
            match cmd.split():
                case [${p.q('go')}, where]:
                    return where
                case [one]:
                    return one
                case _:
                    return None

        print(${expression(p)})
      `,
  ),
  skeleton(
    'with file',
    (p) => {
      const n = p.q(`${p.word()}.txt`);
      return py`
        with open(${n}, ${p.q('w')}) as f:
            f.write(${p.s()})

        with open(${n}) as f:
            print(f.read())
      `;
    },
    2,
  ),
  skeleton(
    'string io',
    (p) =>
      py`
        import io
        with io.StringIO(${p.q(`${p.word()}\\n${p.word()}`)}) as f:
            for line in f:
                print(line.strip())
      `,
  ),
  skeleton(
    'nested f-strings',
    (p) => {
      const d = p.vs();
      const t = p.table(2);
      return `${d} = ${t.text}\nprint(${p.one(`f"{${d}}"`, `f"{len(${d})} {'x' * ${p.i(1, 5)}}"`, `f"{', '.join(str(v) for v in ${d}.values())}"`, `f'{${d}.get("none", [1, 2])}'`, `f"{{literal}} {len(${d})}"`, `f"{max(${d}.values()):>{${p.i(3, 9)}}}"`)})`;
    },
    2,
  ),
  skeleton('lambda nest', (p) => {
    const f = p.f();
    return `${f} = lambda n: [(i, [j for j in range(i)]) for i in range(n)]\nprint(${f}(${p.i(1, 4)}))`;
  }),
  skeleton('star unpack', (p) =>
    p.one(
      `print(*${p.ints()}, sep=${p.q(', ')})`,
      `print([*${p.ints()}, *range(${p.i(1, 4)})])`,
      `print({**${p.table(2).text}, ${p.q('k')}: [${p.n()}]})`,
      `a, *b, c = ${p.ints(4)}\nprint(a, b, c)`,
      `print(max(*${p.ints()}, ${p.n()}))`,
    ),
  ),
  skeleton('ternary chain', (p) => {
    const a = p.v();
    return `${a} = ${p.n()}\nprint(${p.s()} if ${a} > ${p.i()} else (${p.s()} if ${a} < ${p.i()} else ${p.s()}))`;
  }),
  skeleton(
    'deep brackets',
    (p) =>
      `print(${p.one(`[[[${p.i()}], [${p.i()}]], [[${p.i()}]]][0][1]`, `((${p.i()} + ${p.i()}) * (${p.i()} - (${p.i()} + ${p.i()})))`, `{${p.q('a')}: [(1, 2), {${p.q('b')}: (${p.i()},)}]}[${p.q('a')}][1]`, `len([(${p.i()}, [${p.intItems()}]), (${p.i()}, [])])`, `str((${p.i()} + ${p.i()}) * ${p.i()}) + str([${p.intItems(2)}])`, `[(x, y) for x in range(2) for y in (${p.intItems(2)})]`, `max([sum([${p.intItems(2)}]), sum([${p.intItems(2)}])])`)})`,
    3,
  ),
  skeleton('comments within', (p) => {
    const l = p.vs();
    return py`
      ${l} = [  # ${p.one('the list', "don't (worry", 'numbers:')}
          ${p.n()},  # first
          # ${p.n()},
          ${p.n()},
      ]
      print(sum(${l}))  # ${p.one('total', 'sum)', '"quoted')}
    `;
  }),
  skeleton('blank lines', (p) => py`
    ${p.v()} = ${p.n()}


    ${p.v()} = ${expression(p)}

    print(${printed(p)})
  `),
  skeleton('semicolons', (p) => {
    const a = p.v();
    return `${a} = ${p.n()};\nprint(${a});`;
  }),
  skeleton(
    'try import',
    (p) =>
      py`
        try:
            import ${p.one('numpy', 'simplejson', 'ujson', `${p.word()}lib`)} as mod
        except ImportError:
            mod = None
        print(${p.one('mod is None', printed(p))})
      `,
  ),
  skeleton(
    'contextmanager',
    (p) =>
      py`
        from contextlib import contextmanager

        @contextmanager
        def ${p.f()}():
            print(${p.s()})
            yield ${p.n()}
            print(${p.s()})

        print(${expression(p)})
      `,
  ),
  skeleton('async defined', (p) => py`
    async def ${p.f()}(${p.v()}):
        return ${p.n()}

    print(${expression(p)})
  `),
  skeleton('tic tac toe', (p) => {
    const b = p.one('board', 'grid', p.vs());
    return py`
      ${b} = [${p.q(' ')}] * 9
      ${b}[${p.i(0, 8)}] = ${p.q('X')}
      for i in range(0, 9, 3):
          print(${b}[i:i + 3])
    `;
  }),
  skeleton('dict of lists', (p) => {
    const d = p.vs();
    const k = p.w();
    return `${d} = {${k}: [${p.intItems(2)}], ${p.q('other')}: []}\n${d}[${k}].append(${p.n()})\nprint(${d}[${k}][${p.one('0', '-1', '2')}])`;
  }),
  skeleton('counter', (p) => {
    const c = p.v();
    return `from collections import Counter\n${c} = Counter(${p.one(p.s(), p.strs())})\nprint(${c}.most_common(${p.i(1, 3)}))`;
  }),
  skeleton('defaultdict', (p) => {
    const d = p.vs();
    return py`
      from collections import defaultdict
      ${d} = defaultdict(${p.one('list', 'int')})
      ${d}[${p.w()}] += ${p.one('[1]', '[2]')}
      print(${d})
    `.replace(
      /defaultdict\(int\)\n(.*)\[\d\]$/m,
      'defaultdict(int)\n$11',
    );
  }),
  skeleton('json round', (p) => {
    const a = p.v();
    return `import json\n${a} = json.dumps(${p.record().text})\nprint(json.loads(${a}))`;
  }),
  skeleton(
    'regex',
    (p) =>
      `import re\n${p.one(`print(re.findall(r${p.q('\\d+')}, ${p.q(`a${p.i()} b${p.i()}`)}))`, `m = re.search(r${p.q('(\\w+)@(\\w+)')}, ${p.q('me@home')})\nprint(m.group(1))`, `print(re.sub(${p.q('[aeiou]')}, ${p.q('*')}, ${p.s()}))`)}`,
  ),
  skeleton(
    'dates',
    (p) =>
      `from datetime import ${p.one(`date\nd = date(20${p.i(10, 24)}, ${p.i(1, 12)}, ${p.i(1, 28)})\nprint(d.year, d.strftime(${p.q('%d/%m')}))`, `datetime, timedelta\nt = datetime(2024, ${p.i(1, 12)}, ${p.i(1, 28)}) + timedelta(days=${p.i()})\nprint(t.month)`, `datetime\nprint(datetime.strptime(${p.q('2024-0' + p.i(1, 9) + '-1' + p.i(0, 9))}, ${p.q('%Y-%m-%d')}).day)`)}`,
  ),
  skeleton(
    'itertools',
    (p) =>
      `${p.one(`from itertools import chain\nprint(list(chain(${p.ints()}, ${p.strs()})))`, `import itertools\nprint(list(itertools.combinations(${p.ints(3)}, 2)))`, `from functools import reduce\nprint(reduce(lambda a, b: a * b, ${p.ints()}))`, `from itertools import product\nfor a, b in product([${p.intItems(2)}], repeat=2):\n    print(a + b)`)}`,
  ),
  skeleton(
    'random seeded',
    (p) =>
      py`
        import random
        random.seed(${p.i()})
        ${p.v()} = random.${p.one(`randint(1, ${p.i(2, 20)})`, `choice(${p.strs()})`, 'random()', `sample(${p.ints(5)}, 2)`)}
        print(${p.s()})
      `,
  ),
];
