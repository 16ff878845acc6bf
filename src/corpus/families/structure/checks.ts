/** Assertions, and recursions, iterators and loops that end or do not. */
import type { Family } from '../../family';
import { variants } from '../../kits/structure/groups';
import { py } from '../../kits/structure/py';

export const families: Family[] = [
  variants(
    'assert',
    (p) => {
      const a = p.v();
      const n = p.i(2, 60);
      const msg = p.maybe(0.45, `, ${p.s()}`);
      return p.one(
        [
          `${a} = ${n}\nassert ${a} > 0${msg}`,
          `${a} = ${n}\nassert ${a} < 0${msg}`,
          `${a} = ${n}\nassert ${a} > "0"${msg}`,
          `${a} = ${n}\nassert (${a} < 0, ${p.s()})`,
        ],
        [
          `assert ${n} + 1 == ${n + 1}${msg}`,
          `assert ${n} + 1 == ${n + 2}${msg}`,
          `assert ${n} + 1 = ${n + 1}${msg}`,
          `asert ${n} + 1 == ${n + 1}${msg}`,
        ],
        [
          `${a} = ${p.ints()}\nassert len(${a}) > 0${msg}`,
          `${a} = ${p.ints()}\nassert len(${a}) == 0${msg}`,
          `${a} = ${p.ints()}\nassert len(a${a}) == 0${msg}`,
          `${a} = ${p.ints()}\nassert not ${a}${msg}`,
          `${a} = []\nassert ${a}${msg}`,
        ],
        [
          `assert isinstance(${n}, int)${msg}`,
          `assert isinstance(${p.q(String(n))}, int)${msg}`,
          `assert isinstance(${n}, integer)${msg}`,
        ],
        [
          `assert ${p.q('abc')}.upper() == ${p.q('ABC')}${msg}`,
          `assert ${p.q('abc')}.upper() == ${p.q('abc')}${msg}`,
          `assert ${p.q('abc')}.uper() == ${p.q('ABC')}${msg}`,
        ],
        [
          `assert True${msg}`,
          `assert False${msg}`,
          `assert Flase${msg}`,
          `assert None${msg}`,
          `assert${msg}`.replace(',', ''),
          `assert 0`,
          `assert 1`,
        ],
        [`assert ${p.w()} in ${p.strs()}${msg}`, `assert ${p.w()} not in ${p.strs()}${msg}`],
        [
          `assert sorted([3, 1, 2]) == [1, 2, 3]${msg}`,
          `assert sorted([3, 1, 2]) == [1, 3, 2]${msg}`,
          `assert sort([3, 1, 2]) == [1, 2, 3]${msg}`,
          `assert [3, 1, 2].sort() == [1, 2, 3]${msg}`,
        ],
      );
    },
    { weight: 4 },
  ),
  variants(
    'assert in a function',
    (p) => {
      const [f, a] = [p.f(), p.v()];
      const k = p.i(2, 9);
      const n = p.i(2, 20);
      const d = `def ${f}(${a}):\n    return ${a} * ${k}\n\n`;
      const g = `def ${f}(${a}):\n    assert ${a} ${p.one('> 0', '>= 1', '!= 0')}${p.maybe(0.5, `, ${p.s()}`)}\n    return ${p.i(10, 90)} / ${a}\n\n`;
      return p.one(
        [
          `${d}assert ${f}(${n}) == ${n * k}`,
          `${d}assert ${f}(${n}) == ${n * k + p.i(1, 3)}`,
          `${d}assert ${f}(${n}) == ${n * k}, ${p.s()}`,
          `${d}assert ${f}() == ${n * k}`,
          py`
            def ${f}(${a}):
                ${a} * ${k}

            assert ${f}(${n}) == ${n * k}
          `,
        ],
        [
          `${g}print(${f}(${n}))`,
          `${g}print(${f}(0))`,
          `${g}print(${f}(${p.q(String(n))}))`,
          `${g}print(${p.s()})`,
          g.replace(/ {4}assert.*\n/, '') + `print(${f}(0))`,
        ],
      );
    },
    { top: true, weight: 4 },
  ),
  variants('assert caught', (p) => {
    const n = p.i();
    return [
      py`
        try:
            assert ${n} > ${n + p.i()}${p.maybe(0.4, `, ${p.s()}`)}
        except AssertionError:
            print(${p.s()})
      `,
      py`
        try:
            assert ${n} > ${n + p.i()}
        except ValueError:
            print(${p.s()})
      `,
      py`
        try:
            assert ${n} < ${n + p.i()}
        except AssertionError:
            print(${p.s()})
        print(${p.one('1 / 0', p.v(), p.s())})
      `,
    ];
  }),
  variants(
    'class checks',
    (p) => {
      const [c, at] = [p.c(), p.attr()];
      const d = `class ${c}:\n    def __init__(self, ${at}):\n        assert ${at}${p.one(' > 0', ' >= 0', '')}${p.maybe(0.5, `, ${p.s()}`)}\n        self.${at} = ${at}\n\n`;
      return [
        `${d}print(${c}(${p.i()}).${at})`,
        `${d}print(${c}(${p.one('0', '-1', String(-p.i()), '""')}).${at})`,
        p.one(
          `${d}print(${c}().${at})`,
          `${d}print(${c}(${p.i()}).${at}s)`,
          `${d}print(${p.s()})`,
          `${d}print(${c}(${p.i()}.${at})`,
        ),
      ];
    },
    { top: true, weight: 2 },
  ),
  variants(
    'recursion ends',
    (p) => {
      const f = p.f();
      const n = p.i(3, 9);
      return [
        py`
          def ${f}(n):
              if n ${p.one('<= 0', '== 0', '< 1')}:
                  return ${p.i(0, 1)}
              return n + ${f}(n - 1)

          print(${f}(${n}))
        `,
        p.one(
          py`
            def ${f}(n):
                return n + ${f}(n - 1)

            print(${f}(${n}))
          `,
          py`
            def ${f}(n):
                if n == 0:
                    return 1
                return n + ${f}(n + 1)

            print(${f}(${n}))
          `,
          py`
            def ${f}():
                ${f}()

            ${f}()
          `,
          py`
            def ${f}(n):
                print(n) if n > 900000 else None
                ${f}(n)

            ${f}(${n})
          `,
        ),
        p.one(
          py`
            def ${f}(n):
                return n + ${f}(n - 1)

            print(${n})
          `,
          py`
            def ${f}(n):
                if n <= 0:
                    return 1
                n + ${f}(n - 1)

            print(${f}(${n}) + 1)
          `,
          py`
            def ${f}(n):
                if n <= 0:
                    return 1
                return n + ${f}(n - 1

            print(${f}(${n}))
          `,
          py`
            def ${f}(n):
                if n <= 0
                    return 1
                return n + ${f}(n - 1)

            print(${f}(${n}))
          `,
          py`
            def ${f}(n):
                if n <= 0:
                return 1
                return n + ${f}(n - 1)

            print(${f}(${n}))
          `,
          py`
            def ${f}(n):
                if n <= 0:
                    return 1
                return n + ${f}(m - 1)

            print(${f}(${n}))
          `,
        ),
      ];
    },
    { top: true, weight: 3 },
  ),
  variants(
    'iterator ends',
    (p) => {
      const [it, l] = [p.v(), p.ints(2)];
      const pre = `${it} = iter(${l})\nprint(next(${it}))\nprint(next(${it}))`;
      return [
        pre,
        `${pre}\nprint(next(${it}))`,
        p.one(
          `${pre}\nprint(next(${it}, ${p.s()}))`,
          `${pre}\nfor x in ${it}:\n    print(x)`,
          pre.replace(`iter(${l})`, l),
          `${pre}\nprint(next(${it})`,
          `${pre}\n${it}.next()`,
          py`
            ${pre}
            try:
                next(${it})
            except StopIteration:
                print(${p.s()})
          `,
        ),
        p.one(
          `${it} = (x for x in ${l} if x > 500)\nprint(next(${it}))`,
          `${it} = iter([])\nnext(${it})`,
          `${it} = iter({})\nprint(next(${it}))`,
          `${it} = open(${p.q('x.txt')}, ${p.q('w+')})\nprint(next(${it}))`,
          `print(next(iter(${p.q('')})))`,
          `print(next(filter(lambda x: x > ${p.i(200, 300)}, ${l})))`,
        ),
      ];
    },
    { weight: 3 },
  ),
  variants(
    'fails in the middle',
    (p) => {
      const [l, a] = [p.vs(), p.v()];
      const items = p.r.shuffle([String(p.i()), String(p.i()), p.one('0', p.w(), 'None')]).join(', ');
      const pre = (x: string): string => `${l} = [${x}]\nfor ${a} in ${l}:\n`;
      const op = p.one(
        `print(${p.i(10, 90)} / ${a})`,
        `print(${a} + 1)`,
        `print(${a} * 2)`,
        `print(${p.q('v')} + str(${a}))`,
        `print(int(${a}))`,
        `print(${a} > 2)`,
        `print(100 // ${a})`,
      );
      return [
        `${pre(p.intItems(3))}    ${op}`,
        `${pre(items)}    ${op}`,
        p.one(
          `${pre(items)}    ${op.slice(0, -1)}`,
          `${pre(items)}${op}`,
          py`
            ${pre(items)}    try:
                    ${op}
                except ${p.one('ZeroDivisionError', 'TypeError', 'Exception', 'ValueError')}:
                    continue
          `,
          `${pre(items)}    if ${a} == ${p.i()}:\n        break\n    ${op}`,
        ),
      ];
    },
    { weight: 4 },
  ),
];
