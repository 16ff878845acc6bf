/** Headers of blocks: colons, conditions, loops, handlers. */
import type { Family } from '../../family';
import { printed } from '../../kits/structure/fillers';
import { variants } from '../../kits/structure/groups';
import { py } from '../../kits/structure/py';

export const families: Family[] = [
  variants(
    'single equals in condition',
    (p) => {
      const [a, k] = [p.v(), p.one('if', 'while', 'elif')];
      const n = p.n();
      const pre = `${a} = ${p.n()}\n${k === 'elif' ? `if ${a} > ${p.i()}:\n    print(${p.s()})\n` : ''}`;
      const post = k === 'while' ? `    break` : `    print(${printed(p)})`;
      return [
        `${pre}${k} ${a} == ${n}:\n${post}`,
        `${pre}${k} ${a} = ${n}:\n${post}`,
        p.one(
          `${pre}${k} ${a} === ${n}:\n${post}`,
          `${pre}${k} (${a} := ${n}):\n${post}`,
          `${pre}${k} ${a} == ${n}\n${post}`,
          `${pre}${k} ${a} ==:\n${post}`,
          `${pre}${k} ${a} = = ${n}:\n${post}`,
          `${pre}${k} (${a} == ${n}:\n${post}`,
          `${pre}${k} ${a} == ${n}):\n${post}`,
        ),
      ];
    },
    { weight: 2 },
  ),
  variants(
    'single equals in return',
    (p) => {
      const [f, a] = [p.f(), p.v()];
      const t = `\nprint(${f}(${p.i()}))`;
      return [
        `def ${f}(${a}):\n    return ${a} ${p.one('==', '>=')} ${p.n()}${t}`,
        `def ${f}(${a}):\n    return ${a} = ${p.n()}${t}`,
        `def ${f}(${a}):\n    ${a} = ${p.n()}\n    return ${a}${t}`,
      ];
    },
    { top: true },
  ),
  variants(
    'else if',
    (p) => {
      const a = p.v();
      const pre = `${a} = ${p.n()}\nif ${a} > ${p.i(10, 30)}:\n    print(${p.s()})\n`;
      const cond = `${a} ${p.one('>', '<', '==')} ${p.i()}`;
      const post = `\n    print(${p.s()})`;
      return [
        `${pre}elif ${cond}:${post}`,
        p.one(
          `${pre}else if ${cond}:${post}`,
          `${pre}elseif ${cond}:${post}`,
          `${pre}elsif ${cond}:${post}`,
          `${pre}else ${cond}:${post}`,
          `${pre}else:${post}\nelif ${cond}:${post}`,
          `${pre}else:${post}\nelse:${post}`,
          `${pre}elif:${post}`,
        ),
        p.one(
          `${pre}else:\n    if ${cond}:\n        print(${p.s()})`,
          `${pre}elif ${cond}${post}`,
          `${pre}    elif ${cond}:${post}`,
          `${pre}elif ${cond}:\nprint(${p.s()})`,
          `${pre}print()\nelif ${cond}:${post}`,
        ),
      ];
    },
    { weight: 2 },
  ),
  variants(
    'header colon',
    (p) => {
      const a = p.v();
      const line = p.one(
        `for ${a} in range(${p.i(1, 6)})`,
        `while False`,
        `if ${p.i()} > ${p.i()}`,
        `def ${p.f()}(${a})`,
        `class ${p.c()}`,
        `class ${p.c()}(Exception)`,
        'try',
        `for ${a} in ${p.strs()}`,
        `if ${p.w()} in ${p.strs()}`,
        `def ${p.f()}()`,
        `with open(${p.q(p.word() + '.txt')}, ${p.q('w')}) as f`,
        `if not ${p.one('True', 'False', '[]')}`,
        `for i, ${a} in enumerate(${p.strs()})`,
      );
      const body = `\n    ${p.one('pass', `print(${p.s()})`, `${p.v()} = ${p.n()}`)}${line === 'try' ? `\nexcept ValueError:\n    pass` : ''}`;
      return [
        `${line}:${body}`,
        `${line}${body}`,
        p.one(
          `${line};${body}`,
          `${line} {${body}\n}`,
          `${line} :${body}`,
          `${line}::${body}`,
          `${line}:${body.trimStart().replace(/^/, '\n')}`,
          `${line} then${body}`,
          `${line}:\n${body.slice(1)}`,
          `${line}: # ok${body}`,
          `${line} # ok:${body}`,
        ),
      ];
    },
    { weight: 5 },
  ),
  variants(
    'else colon',
    (p) => {
      const a = p.v();
      const k = p.one(
        ['if ' + p.i() + ' > ' + p.i(), 'else'],
        ['try', 'finally'],
        ['try', 'except ValueError'],
        ['for i in range(2)', 'else'],
        ['try', 'except'],
      ) as [string, string];
      const x = `${k[0]}:\n    ${a} = ${p.n()}\n`;
      return [
        `${x}${k[1]}:\n    print(${p.s()})`,
        `${x}${k[1]}\n    print(${p.s()})`,
        p.one(
          `${x}${k[1]}:\nprint(${p.s()})`,
          `${x}    ${k[1]}:\n    print(${p.s()})`,
          `${x}print(${p.s()})\n${k[1]}:\n    print(${p.s()})`,
          `${k[0]}:\n    ${a} = ${p.n()}`,
          `${k[1]}:\n    print(${p.s()})`,
          `${x} ${k[1]}:\n    print(${p.s()})`,
          `${x}${k[1]}:`,
        ),
      ];
    },
    { weight: 4 },
  ),
  variants(
    'lambda and ternary',
    (p) => {
      const a = p.v();
      const n = p.n();
      return p.one(
        [
          `${a} = lambda x: x + ${n}\nprint(${a}(2))`,
          `${a} = lambda x x + ${n}\nprint(${a}(2))`,
          `${a} = lambda x: return x + ${n}\nprint(${a}(2))`,
          `${a} = lambda x: x + ${n}\nprint(${a}())`,
          `${a} = lambda(x): x + ${n}\nprint(${a}(2))`,
        ],
        [
          `${a} = ${n}\nprint(${p.s()} if ${a} > 3 else ${p.s()})`,
          `${a} = ${n}\nprint(${p.s()} if ${a} > 3)`,
          `${a} = ${n}\nprint(if ${a} > 3: ${p.s()})`,
          `${a} = ${n}\nprint(${a} > 3 ? ${p.s()} : ${p.s()})`,
          `${a} = ${n}\nprint(${p.s()} if ${a} > 3 else:)`,
          `${a} = ${n}\nprint(${p.s()} if ${a} > ${p.q('3')} else ${p.s()})`,
        ],
        [
          `print([x for x in range(${p.i()}) if x % 2])`,
          `print([x if x % 2 for x in range(${p.i()})])`,
          `print([x for x in range(${p.i()}) if x % 2 else 0])`,
          `print([x if x % 2 else 0 for x in range(${p.i()})])`,
        ],
        [
          `print(sorted(${p.strs()}, key=lambda w: len(w)))`,
          `print(sorted(${p.strs()}, key=lambda w len(w)))`,
          `print(sorted(${p.strs()}, key=len(w)))`,
          `print(sorted(${p.strs()}, key=lambda: len(w)))`,
        ],
      );
    },
    { weight: 3 },
  ),
  variants(
    'loop headers',
    (p) => {
      const a = p.v();
      const l = p.vs();
      const pre = `${l} = ${p.ints()}\n`;
      const body = `\n    print(${a})`;
      return [
        `${pre}for ${a} in ${l}:${body}`,
        p.one(
          `${pre}for ${a} ${l}:${body}`,
          `${pre}for ${a} of ${l}:${body}`,
          `${pre}for (${a} in ${l}):${body}`,
          `${pre}for in ${l}:${body}`,
          `${pre}for ${a} in:${body}`,
          `${pre}for each ${a} in ${l}:${body}`,
          `${pre}foreach ${a} in ${l}:${body}`,
          `${pre}for ${a} in ${l} do:${body}`,
          `${pre}for ${a} = 0 to ${p.i()}:${body}`,
          `${pre}for (${a} = 0; ${a} < ${p.i()}; ${a}++):${body}`,
          `${pre}for ${a} range(3):${body}`,
          `${pre}for ${a} in ${l}${body}`,
          `${pre}for int ${a} in ${l}:${body}`,
          `${pre}for ${a}, in ${l}[:${body}`,
          `${pre}For ${a} in ${l}:${body}`,
          `${pre}for ${p.i()} in ${l}:${body}`,
        ),
        p.one(
          `for ${a} in ${l}:${body}`,
          `${pre}for ${a} in len(${l}):${body}`,
          `${pre}for ${a} in range(${l}):${body}`,
          `${pre}for (${a}) in ${l}:${body}`,
          `${pre}for ${a} in range(len(${l})):${body}`,
          `${pre}for ${a}, b in ${l}:${body}`,
          `${pre}for ${a} in ${p.i()}:${body}`,
          `${pre}for ${a} in ${l}:\nprint(${a})`,
        ),
      ];
    },
    { weight: 3 },
  ),
  variants(
    'try parts',
    (p) => {
      const a = p.v();
      const body = p.one(
        `${a} = int(${p.q('7')})`,
        `${a} = ${p.i()} / ${p.i()}`,
        `${a} = int(${p.w()})`,
        `${a} = ${p.i()} / 0`,
      );
      const t = `try:\n    ${body}\n`;
      return [
        `${t}except ${p.one('ValueError', 'Exception', 'ZeroDivisionError', 'TypeError')}:\n    print(${p.s()})`,
        p.one(
          `${t}print(${a})`,
          t.trimEnd(),
          `${t}else:\n    print(${p.s()})`,
          `${t}except ValueError\n    print(${p.s()})`,
          `${t}except ValueError:`,
          py`
            ${t}except:
                pass
            except ValueError:
                print(${p.s()})
          `,
          `${body}\nexcept ValueError:\n    print(${p.s()})`,
          py`
            try
                ${body}
            except:
                pass
          `,
          `${t}except ValueError as:\n    pass`,
          `${t}expect ValueError:\n    pass`,
          `${t}finally\n    pass`,
        ),
        p.one(
          `${t}finally:\n    print(${p.s()})`,
          `${t}except ValueErorr:\n    print(${p.s()})`,
          py`
            ${t}except (ValueError, ZeroDivisionError) as e:
                print(e)
            else:
                print(${a})
          `,
          py`
            try:
                ${body}
            except:
            print(${p.s()})
          `,
          py`
            try:
            ${body}
            except:
                pass
          `,
          `${t}except KeyError:\n    print(${p.s()})`,
          `${t}except ValueError, ZeroDivisionError:\n    print(${p.s()})`,
        ),
      ];
    },
    { weight: 3 },
  ),
];
