/** Names, targets and scopes that the grammar does not allow. */
import type { Family } from '../../family';
import { variants } from '../../kits/structure/groups';
import { py } from '../../kits/structure/py';

const RESERVED =
  'class for in from import pass def is if lambda global return and not as with None True False yield del try or else while break raise except assert async await nonlocal continue finally elif'.split(
    ' ',
  );
const SOFT =
  'match case type list str print sum id len max input file object dict set int filter hash next vars self this'.split(
    ' ',
  );

export const families: Family[] = [
  variants(
    'reserved name',
    (p) => {
      const k = p.r.pick(RESERVED);
      const ok = p.r.pick(SOFT);
      const n = p.one(p.n(), p.s());
      const f = p.f();
      return p.one(
        [`${k}_ = ${n}\nprint(${k}_)`, `${k} = ${n}\nprint(${k})`, `${ok} = ${n}`],
        [
          `def ${f}(${ok}):\n    return ${ok}\nprint(${f}(${n}))`,
          `def ${f}(${k}):\n    return ${k}\nprint(${f}(${n}))`,
        ],
        [`for ${ok} in ${p.ints()}:\n    x = ${ok}`, `for ${k} in ${p.ints()}:\n    x = ${k}`],
        [`${p.c()} = dict(${ok}=${n})`, `${p.c()} = dict(${k}=${n})`],
        [`def ${k}():\n    return ${n}`, `def ${ok}():\n    return ${n}`],
        [`print = ${n}\nprint(${p.s()})`, `pass = ${n}\nprint(${p.s()})`, `text = ${n}\nprint(${p.s()})`],
        [
          `list = ${p.ints()}\nx = list(range(3))`,
          `lambda = ${p.ints()}\nx = list(range(3))`,
          `items = ${p.ints()}\nx = list(range(3))`,
        ],
        [`import math as ${k}`, `import math as ${ok}`],
        [`match = ${n}\nprint(match)`, `with = ${n}\nprint(with)`],
      );
    },
    { weight: 3 },
  ),
  variants(
    'assign to',
    (p) => {
      const [a, b] = [p.v(), p.v()];
      const n = p.n();
      return p.one(
        [`${a} = ${n}`, `${n} = ${a}`, `${n} == ${a}`],
        [`${a} = ${p.s()}`, `${p.s()} = ${a}`],
        [`${a} = ${p.n()}\n${b} = ${a} + 1`, `${a} = ${p.n()}\n${a} + 1 = ${b}`, `${a} = ${p.n()}\n${a} + 1 == ${b}`],
        [`${a} = len(${p.s()})`, `len(${p.s()}) = ${a}`],
        [
          `${a} = ${p.ints(3)}\n${a}[0] = ${n}`,
          `${a} = ${p.ints(3)}\n${a}(0) = ${n}`,
          `${a} = ${p.ints(3)}\n${a}[5] = ${n}`,
          `${a} = (${p.intItems(3)})\n${a}[0] = ${n}`,
        ],
        [
          `${a}, ${b} = ${p.n()}, ${p.n()}`,
          `${a}, 5 = ${p.n()}, ${p.n()}`,
          `${a}, ${b} = ${p.n()}`,
          `${a} ${b} = ${p.n()}, ${p.n()}`,
        ],
        [`${a} = None`, `None = ${n}`, `True = ${n}`],
        [`${a} = int(${p.q('3')})`, `int(${a}) = ${p.q('3')}`],
        [`${a} = 0\n${a} += 1`, `${a} = 0\n${a} + 1 += 1`, `${a} += 1`, `${a} = 0\n${a} =+ 1`],
        [
          `${a} = ${p.strs(3)}\nfor i in range(3):\n    ${a}[i] = ${p.s()}`,
          `${a} = ${p.strs(3)}\nfor i in range(3):\n    ${a}(i) = ${p.s()}`,
        ],
        [`${a} = ${p.n()} if ${p.i()} > ${p.i()} else ${p.n()}`, `${a} if ${p.i()} > ${p.i()} else ${b} = ${p.n()}`],
        [`(${a}) = ${n}`, `[${a}] = [${n}]`, `(${a} = ${n})`, `[${a}] = ${n}`],
        [`del ${a}`, `${a} = ${n}\ndel ${a}`, `del ${n}`, `del ${p.f()}()`],
        [`print(${a} := ${n})`, `print(${a} = ${n})`, `print(${a} == ${n})`, `print(${n} := ${a})`],
        [`${a} = lambda x: x\nprint(${a}(1))`, `lambda x: ${a} = x`],
        [`f${p.q('{a}')} = ${n}`, `${a} = f${p.q(`{${n}}`)}`],
      );
    },
    { weight: 4 },
  ),
  variants(
    'bad names',
    (p) => {
      const a = p.v();
      const d = p.i(1, 9);
      const n = p.n();
      return [
        `${a}${d} = ${n}\nprint(${a}${d})`,
        p.one(
          `${d}${a} = ${n}\nprint(${d}${a})`,
          `${a}-${d} = ${n}\nprint(${a}-${d})`,
          `${a} ${d} = ${n}`,
          `my ${a} = ${n}\nprint(my ${a})`,
          `${a}$ = ${n}\nprint(${a}$)`,
          `$${a} = ${n}`,
          `${a}! = ${n}`,
          `@${a} = ${n}`,
          `${a}.${d} = ${n}`,
          `${d}_${a} = ${n}`,
          `${a}? = True`,
          `#${a} = ${n}`,
          `my-${a} = ${n}`,
          `&${a} = ${n}`,
        ),
        p.one(
          `_${a}${d} = ${n}\nprint(_${a}${d})`,
          `${a}${d} = ${n}\nprint(${a})`,
          `ñ${a} = ${n}\nprint(ñ${a})`,
          `${a}.x = ${n}`,
        ),
      ];
    },
    { weight: 2 },
  ),
  variants(
    'increment',
    (p) => {
      const a = p.v();
      const pre = `${a} = ${p.i()}\n`;
      return [
        `${pre}${a} += 1\nprint(${a})`,
        p.one(
          `${pre}${a}++\nprint(${a})`,
          `${pre}${a}--\nprint(${a})`,
          `${pre}${a} =+= 1`,
          `${pre}${a} +== 1`,
          `${pre}${a} + = 1\nprint(${a})`,
          `${pre}${a} += \nprint(${a})`,
        ),
        p.one(
          `${pre}++${a}\nprint(${a})`,
          `${pre}${a} =- 1\nprint(${a})`,
          `${pre}print(--${a})`,
          `${a} += 1\nprint(${a})`,
          `${pre}${a} += "1"`,
        ),
      ];
    },
    { weight: 2 },
  ),
  variants('no value', (p) => {
    const [a, b] = [p.v(), p.v()];
    return [
      `${a} = ${p.n()}\n${b} = ${p.n()}`,
      `${a} =\n${b} = ${p.n()}`,
      `${a} = ${p.n()}\n${b} =`,
      p.one(
        `${a} = \\\n    ${p.n()}`,
        `${a} = ${p.n()}\n${b}`,
        `${a}\n${b} = ${p.n()}`,
        `${a} = ${b} = ${p.n()}`,
        `= ${p.n()}`,
        `${a} = = ${p.n()}`,
        `${a}: int\n${b} = ${p.n()}`,
      ),
    ];
  }),
  variants(
    'number forms',
    (p) => {
      const a = p.v();
      const n = p.i(1, 99);
      return [
        `${a} = ${n}\nprint(${a})`,
        p.one(
          `${a} = 0${n}\nprint(${a})`,
          `${a} = ${n}abc\nprint(${a})`,
          `${a} = ${n}.5.1\nprint(${a})`,
          `${a} = $${n}\nprint(${a})`,
          `${a} = ${n}%\nprint(${a})`,
          `${a} = ${n} 000\nprint(${a})`,
          `${a} = ${n}__0\nprint(${a})`,
          `${a} = 0x${n}g\nprint(${a})`,
          `${a} = 0b12\nprint(${a})`,
          `${a} = ${n}€\nprint(${a})`,
          `${a} = ${n}kg\nprint(${a})`,
          `${a} = 2024-01-0${p.i(1, 9)}`,
          `${a} = 10:30`,
          `${a} = ${n}_`,
          `${a} = [01, 02, 0${n}]`,
          `${a} = ${n}.real`,
        ),
        p.one(
          `${a} = 00\nprint(${a})`,
          `${a} = ${n}_000\nprint(${a})`,
          `${a} = ${n},5\nprint(${a})`,
          `${a} = 0x${n}\nprint(${a})`,
          `${a} = ${n}.\nprint(${a})`,
          `${a} = .${n}\nprint(${a})`,
          `${a} = "0${n}"\nprint(int(${a}))`,
          `${a} = ${n},000\nprint(${a} + 1)`,
          `${a} = 2024-11-${p.i(10, 29)}`,
          `${a} = "${n} 000"\nprint(int(${a}))`,
          `${a} = ${n}e3`,
          `${a} = (${n}).real`,
        ),
      ];
    },
    { weight: 3 },
  ),
  variants(
    'scopes',
    (p) => {
      const [f, a] = [p.f(), p.v()];
      const n = p.n();
      return [
        py`
          ${a} = ${n}
          def ${f}():
              global ${a}
              ${a} += 1
          ${f}()
          print(${a})
        `,
        py`
          ${a} = ${n}
          def ${f}():
              ${a} += 1
          ${f}()
          print(${a})
        `,
        p.one(
          py`
            ${a} = ${n}
            def ${f}():
                print(${a})
                global ${a}
            ${f}()
          `,
          py`
            ${a} = ${n}
            def ${f}():
                ${a} = 1
                global ${a}
            ${f}()
          `,
          py`
            def ${f}():
                nonlocal ${a}
                ${a} = ${n}
            ${f}()
          `,
          `nonlocal ${a}\n${a} = ${n}`,
          py`
            def ${f}(${a}):
                global ${a}
                return ${a}
            ${f}(1)
          `,
          py`
            ${a} = ${n}
            def ${f}():
                global ${a} = 5
            ${f}()
          `,
        ),
        p.one(
          py`
            def ${f}():
                global ${a}
                ${a} = ${n}
            ${f}()
            print(${a})
          `,
          py`
            def ${f}():
                global ${a}
                ${a} = ${n}
            print(${a})
          `,
          py`
            ${a} = ${n}
            def ${f}():
                print(${a})
                ${a} = 2
            ${f}()
          `,
          py`
            ${a} = ${n}
            def ${f}():
                print(${a})
                ${a} = 2
            print(${a})
          `,
          `global ${a}\n${a} = ${n}\nprint(${a})`,
        ),
      ];
    },
    { top: true, weight: 3 },
  ),
  variants(
    'star and walrus',
    (p) => {
      const [a, b] = [p.v(), p.v()];
      return p.one(
        [
          `${a}, *${b} = ${p.ints(4)}\nprint(${b})`,
          `*${a} = ${p.ints(4)}\nprint(${a})`,
          `*${a}, *${b} = ${p.ints(4)}`,
          `${a}, *${b} = ${p.i()}`,
        ],
        [
          `print(*${p.ints()})`,
          `${a} = *${p.ints()}\nprint(${a})`,
          `${a} = *${p.ints()},\nprint(${a})`,
          `print(**${p.ints()})`,
        ],
        [
          `if (${a} := ${p.i()}) > 3:\n    print(${a})`,
          `if ${a} := ${p.i()} > 3:\n    print(${a})`,
          `${a} := ${p.i()}`,
          `(${a} := ${p.i()})`,
          `if (${a} := ) > 3:\n    print(${a})`,
        ],
        [
          `print([*range(${p.i()})])`,
          `print([**range(${p.i()})])`,
          `print((*range(${p.i()})))`,
          `print({**${p.table().text}})`,
        ],
      );
    },
    { weight: 2 },
  ),
];
