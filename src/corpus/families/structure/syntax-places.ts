/** Statements in the wrong place, parameters and arguments in the wrong order, classes. */
import type { Family } from '../../family';
import { variants } from '../../kits/structure/groups';
import { py } from '../../kits/structure/py';

export const families: Family[] = [
  variants(
    'return where',
    (p) => {
      const [f, a] = [p.f(), p.v()];
      const n = p.n();
      return [
        `def ${f}(${a}):\n    return ${a} * ${n}\nprint(${f}(${p.i()}))`,
        py`
          def ${f}(${a}):
              print(${a})
          return ${n}
          print(${f}(${p.i()}))
        `,
        p.one(
          `${a} = ${n}\nreturn ${a}`,
          `if ${n} > ${p.i()}:\n    return True\nprint(${p.s()})`,
          `return ${n}`,
          `for ${a} in range(${p.i(1, 3)}):\n    return ${a}`,
          `class ${p.c()}:\n    return ${n}`,
        ),
        p.one(
          `def ${f}(${a}):\n    return\nprint(${f}(${p.i()}))`,
          `def ${f}(${a}):\n    yield ${a}\nprint(list(${f}(${p.i()})))`,
          `yield ${n}`,
          `${a} = [(yield ${n})]`,
          `await ${f}()`,
          `async with ${f}() as x:\n    pass`,
          `def ${f}():\n    await g()`,
        ),
      ];
    },
    { top: true, weight: 3 },
  ),
  variants(
    'break where',
    (p) => {
      const a = p.v();
      const w = p.one('break', 'continue');
      return [
        py`
          for ${a} in ${p.ints()}:
              if ${a} > ${p.i()}:
                  ${w}
              print(${a})
        `,
        py`
          ${a} = ${p.n()}
          if ${a} > ${p.i()}:
              ${w}
          print(${a})
        `,
        p.one(
          w,
          `def ${p.f()}():\n    ${w}`,
          `for ${a} in ${p.ints()}:\n    print(${a})\n${w}`,
          py`
            for ${a} in ${p.ints()}:
                print(${a})
            else:
                ${w}
          `,
          `while ${p.i()}:\n    def ${p.f()}():\n        ${w}`,
          py`
            try:
                ${w}
            except ValueError:
                pass
          `,
        ),
        p.one(
          `for ${a} in ${p.ints()}:\n    ${w}`,
          py`
            for ${a} in ${p.ints()}:
                try:
                    ${w}
                finally:
                    print(${p.s()})
          `,
          `${w}_ = ${p.n()}`,
        ),
      ];
    },
    { top: true, weight: 3 },
  ),
  variants(
    'arguments order',
    (p) => {
      const f = p.f();
      const [a, b] = [p.i(), p.i()];
      const d = `def ${f}(x, y=${p.i()}, z=0):\n    return x + y + z\n`;
      return p.one(
        [
          `${d}print(${f}(${a}, y=${b}))`,
          `${d}print(${f}(y=${a}, ${b}))`,
          `${d}print(${f}(${a}, y=${b}, y=1))`,
          `${d}print(${f}(${a}, x=${b}))`,
        ],
        [
          `print(${p.s()}, ${p.s()}, sep=${p.q('-')})`,
          `print(sep=${p.q('-')}, ${p.s()})`,
          `print(${p.s()}, seperator=${p.q('-')})`,
          `print(${p.s()}, sep='-', sep='')`,
        ],
        [`print(max([${a}, ${b}], key=abs))`, `print(max(key=abs, [${a}, ${b}]))`],
        [
          `${d}k = {${p.q('y')}: ${a}}\nprint(${f}(${b}, **k))`,
          `${d}k = {${p.q('y')}: ${a}}\nprint(${f}(**k, ${b}))`,
          `${d}k = {${p.q('w')}: ${a}}\nprint(${f}(${b}, **k))`,
          `${d}k = {${p.q('y')}: ${a}}\nprint(${f}(**k, *[${b}]))`,
        ],
        [`${d}print(${f}(*[${a}, ${b}]))`, `${d}print(${f}(*[${a}, ${b}, 1, 2]))`, `${d}print(${f}(* *[${a}]))`],
      );
    },
    { weight: 3 },
  ),
  variants(
    'parameters',
    (p) => {
      const f = p.f();
      const [a, b] = [p.v(), p.v()];
      const n = p.n();
      const body = `\n    return ${a}\nprint(${f}(${p.i()}, ${p.i()}))`;
      return [
        `def ${f}(${a}, ${b}=${n}):${body}`,
        p.one(
          `def ${f}(${a}=${n}, ${b}):${body}`,
          `def ${f}(${a}, ${a}):${body}`,
          `def ${f}(${a}, ${b}:${body}`,
          `def ${f}(${a}, ${n}):${body}`,
          `def ${f}(${a} ${b}):${body}`,
          `def ${f}(${a}, ${p.q(b)}):${body}`,
          `def ${f}(${a}, ${b})${body}`,
          `def ${f} (${a}, ${b}):${body}`,
          `def ${f}[${a}, ${b}]:${body}`,
          `def ${f}(${a}, *):${body}`,
          `def ${f}(*${a}, *${b}):${body}`,
          `def ${f}(**${b}, ${a}):${body}`,
          `def ${f}:${body}`,
          `def (${a}, ${b}):${body}`,
          `def ${f}(${a}, ${b}.x):${body}`,
          `def ${f}(int ${a}, int ${b}):${body}`,
          `def ${f}(${a}, ${b}) {${body}\n}`,
          `def ${f}(${a}, , ${b}):${body}`,
          `def ${f.replace('_', '-')}-x(${a}, ${b}):${body}`,
          `def ${f}(${a}, ${b}) -> :${body}`,
          `function ${f}(${a}, ${b}):${body}`,
          `${f}(${a}, ${b}):${body}`,
        ),
        p.one(
          `def ${f}(${a}, ${b}, c):${body}`,
          `def ${f}(${a}, *, ${b}=${n}):${body}`,
          `def ${f}(*${a}):${body}`,
          `def ${f}(${a}: int, ${b}: int = 2) -> int:${body}`,
          `def ${f}():${body}`,
          `def ${f}(${a}, ${b},):${body}`,
        ),
      ];
    },
    { top: true, weight: 4 },
  ),
  variants(
    'class slips',
    (p) => {
      const c = p.c();
      const at = p.attr();
      const n = p.n();
      const ok = py`
        class ${c}:
            def __init__(self, ${at}):
                self.${at} = ${at}

        x = ${c}(${n})
        print(x.${at})
      `;
      return [
        ok,
        p.one(
          ok.replace('):', ')'),
          ok.replace(`${c}:`, c),
          ok.replace('def __init__', '__init__'),
          ok.replace(`x = ${c}(${n})`, `x = new ${c}(${n})`),
          ok.replace(`class ${c}`, `class ${c}()(`),
          ok.replace(`x = ${c}(${n})`, `x = ${c}(${n}`),
          ok.replace(`self.${at} =`, `self-${at} =`),
          ok.replace(`(self, ${at})`, `(self ${at})`),
          ok.replace(`(self, ${at})`, `(self.${at})`),
          ok.replace('def __init__', 'def _init_ _'),
          ok.replace(`self.${at} = ${at}`, `self.${at} == `),
        ),
        p.one(
          ok.replace('__init__', '_init_'),
          ok.replace('__init__', '__int__'),
          ok.replace('(self, ', '('),
          ok.replace(`self.${at} = ${at}`, `${at} = ${at}`),
          ok.replace(`${c}(${n})`, `${c}()`),
          ok.replace(`print(x.${at})`, `print(x.${at}s)`),
          ok.replace(`self.${at} = ${at}`, `this.${at} = ${at}`),
          ok.replace(`x = ${c}(${n})`, `x = ${c.toLowerCase()}(${n})`),
        ),
        p.one(
          ok.replace('        self', '    self'),
          ok.replace('    def', 'def'),
          ok.replace('        self', '       self').replace('\n\nx', '\n      x'),
          ok.replace(`        self.${at} = ${at}\n`, ''),
        ),
      ];
    },
    { top: true, weight: 4 },
  ),
  variants(
    'decorators and with',
    (p) => {
      const f = p.f();
      const n = p.q(`${p.word()}.txt`);
      return p.one(
        [
          py`
            def deco(g):
                return g
            @deco
            def ${f}():
                return ${p.n()}
            print(${f}())
          `,
          py`
            def deco(g):
                return g
            @deco
            print(${f}())
          `,
          py`
            def deco(g):
                pass
            @deco
            def ${f}():
                return ${p.n()}
            print(${f}())
          `,
          py`
            @deco
            def ${f}():
                return ${p.n()}
            print(${f}())
          `,
        ],
        [
          `with open(${n}, ${p.q('w')}) as f:\n    f.write(${p.s()})`,
          `with open(${n}, ${p.q('w')}) as:\n    f.write(${p.s()})`,
          `with open(${n}, ${p.q('w')}) f:\n    f.write(${p.s()})`,
          `with f = open(${n}, ${p.q('w')}):\n    f.write(${p.s()})`,
        ],
        [
          `assert ${p.i(1, 5)} < ${p.i(6, 9)}, ${p.s()}`,
          `assert ${p.i(1, 5)} > ${p.i(6, 9)}, ${p.s()}`,
          `assert ${p.i(1, 5)} < ${p.i(6, 9)} ${p.s()}`,
          `assert(${p.i(1, 5)} > ${p.i(6, 9)}, ${p.s()})`,
          `assert ${p.i(1, 5)} = ${p.i(6, 9)}`,
        ],
        [
          `del x\nprint(${p.s()})`,
          `x = ${p.n()}\ndel x\nprint(${p.s()})`,
          `x = ${p.n()}\ndel x\nprint(x)`,
          `x = ${p.n()}\ndelete x\nprint(${p.s()})`,
        ],
      );
    },
    { weight: 3 },
  ),
];
