/** What people carry over from Python 2 and from other languages. */
import type { Family } from '../../family';
import { expression } from '../../kits/structure/fillers';
import { variants } from '../../kits/structure/groups';
import { py } from '../../kits/structure/py';

export const families: Family[] = [
  variants(
    'python 2',
    (p) =>
      p.one(
        [`print(${p.s()})`, `print ${p.s()}`, `print (${p.s()})`],
        [`print(${expression(p)})`, `print ${expression(p)}`],
        [
          py`
            try:
                x = int(${p.w()})
            except ValueError as e:
                print(e)
          `,
          py`
            try:
                x = int(${p.w()})
            except ValueError, e:
                print(e)
          `,
        ],
        [`print(${p.q('%d')} % ${p.i()})`, `print ${p.q('%d')} % ${p.i()}`],
        [`raise ValueError(${p.s()})`, `raise ValueError, ${p.s()}`, `raise ${p.s()}`],
        [`exec(${p.q('x = 1')})`, `exec ${p.q('x = 1')}`],
        [`print(${p.i()} != ${p.i()})`, `print(${p.i()} <> ${p.i()})`],
        [`x = ${p.i()}\nprint(repr(x))`, `x = ${p.i()}\nprint(\`x\`)`],
        [`print(0o17)`, `print(017)`, `print(17)`],
        [`print(${p.i()})`, `print(${p.i()}L)`, `print(${p.i()}l)`],
        [`print(${p.s()}, end=${p.q('')})`, `print ${p.s()},`],
        [
          `for i in range(${p.i(2, 5)}):\n    print(i)`,
          `for i in xrange(${p.i(2, 5)}):\n    print(i)`,
          `for i in range(${p.i(2, 5)}):\n    print i`,
        ],
        [`print(str(${p.s()}))`, `print(unicode(${p.s()}))`],
        [`name = ${p.w()}\nprint(f${p.q('{name}')})`, `name = raw_input()\nprint(name)`],
        [
          `d = ${p.table().text}\nprint(list(d.items()))`,
          `d = ${p.table().text}\nprint(d.iteritems())`,
          `d = ${p.table().text}\nprint(d.has_key(${p.w()}))`,
        ],
      ),
    { weight: 4 },
  ),
  variants(
    'other languages',
    (p) => {
      const [a, b] = [p.v(), p.v()];
      const pre = `${a} = ${p.n()}\n${b} = ${p.n()}\n`;
      return p.one(
        [
          `${pre}if ${a} > 2 and ${b} > 3:\n    print(${p.s()})`,
          `${pre}if ${a} > 2 && ${b} > 3:\n    print(${p.s()})`,
          `${pre}if (${a} > 2 & ${b}):\n    print(${p.s()})`,
        ],
        [`${pre}if ${a} > 2 or ${b}:\n    print(${p.s()})`, `${pre}if ${a} > 2 || ${b}:\n    print(${p.s()})`],
        [`${pre}print(not ${a})`, `${pre}print(!${a})`, `${pre}print(~int(${a}))`],
        [
          `${a} = None\nprint(${a})`,
          `${a} = ${p.one('null', 'nil', 'NULL', 'undefined', 'none', 'Null', 'NaN')}\nprint(${a})`,
        ],
        [`${a} = True\nprint(${a})`, `${a} = ${p.one('true', 'TRUE')}\nprint(${a})`, `bool ${a} = True\nprint(${a})`],
        [
          `# ${p.text()}\nprint(${p.n()})`,
          `// ${p.word()} it\nprint(${p.n()})`,
          `/* ${p.word()} */\nprint(${p.n()})`,
          `-- ${p.word()} it\nprint(${p.n()})`,
          `<!-- ${p.word()} -->\nprint(${p.n()})`,
        ],
        [
          `${a} = ${p.n()}`,
          `int ${a} = ${p.n()}`,
          `var ${a} = ${p.n()};`,
          `let ${a} = ${p.n()};`,
          `${a}: int = ${p.n()}`,
          `${a} := ${p.n()}`,
        ],
        [
          `print(${p.s()});`,
          `console.log(${p.s()});`,
          `System.out.println(${p.s()});`,
          `echo ${p.s()}`,
          `puts ${p.s()}`,
          `printf(${p.s()})`,
          `cout << ${p.s()};`,
        ],
        [
          `if ${p.i()} > ${p.i()}: print(${p.s()})`,
          `if (${p.i()} > ${p.i()}) { print(${p.s()}) }`,
          `if ${p.i()} > ${p.i()} then print(${p.s()})`,
          `unless ${p.i()} > ${p.i()}: print(${p.s()})`,
        ],
        [
          `class ${p.c()}:\n    pass`,
          `class ${p.c()} {\n}`,
          `public class ${p.c()}:\n    pass`,
          `class ${p.c()} extends Base:\n    pass`,
          `class ${p.c()}(Base):\n    pass`,
        ],
        [
          py`
            try:
                x = ${p.i()} / 0
            except ZeroDivisionError:
                print(${p.s()})
          `,
          py`
            try:
                x = ${p.i()} / 0
            catch ZeroDivisionError:
                print(${p.s()})
          `,
          `try {\n    x = ${p.i()} / 0\n}`,
        ],
        [
          `raise ValueError(${p.s()})`,
          `throw ValueError(${p.s()})`,
          `throw new ValueError(${p.s()})`,
          `raise new ValueError(${p.s()})`,
        ],
        [
          `${a} = ${p.ints(3)}\nprint(len(${a}))`,
          `${a} = ${p.ints(3)}\nprint(${a}.length)`,
          `${a} = ${p.ints(3)}\nprint(#${a})`,
          `${a} = ${p.ints(3)}\nprint(${a}.length())`,
        ],
        [
          py`
            ${a} = ${p.n()}
            match ${a}:
                case 1:
                    print(${p.s()})
                case _:
                    print(${p.s()})
          `,
          py`
            ${a} = ${p.n()}
            switch ${a}:
                case 1:
                    print(${p.s()})
          `,
          py`
            ${a} = ${p.n()}
            match ${a}:
                case 1
                    print(${p.s()})
          `,
          py`
            ${a} = ${p.n()}
            match ${a}:
                1:
                    print(${p.s()})
          `,
          py`
            ${a} = ${p.n()}
            match ${a}
                case 1:
                    print(${p.s()})
          `,
          py`
            ${a} = ${p.n()}
            match ${a}:
                case _:
                    print(${p.s()})
                default:
                    pass
          `,
        ],
      );
    },
    { weight: 5 },
  ),
];
