/** Layout: blocks that are missing, bodies at the wrong level, comment-only bodies, and layouts that look odd but are fine. */
import type { Family } from '../../family';
import { block, statement } from '../../kits/structure/blocks';
import { variants } from '../../kits/structure/groups';
import { py } from '../../kits/structure/py';

export const families: Family[] = [
  variants(
    'expected a block',
    (p) => {
      const { head, tail, pad } = block(p);
      const s = statement(p);
      return [
        `${head}\n${pad}${s}${tail}`,
        p.one(`${head}\n${s}${tail}`, `${head}\n${pad.slice(4)}${s}${tail}`),
        p.one(
          `${head}${tail}`,
          `${head}\n${pad}# ${p.one('TODO', 'do nothing', 'not yet', s, 'pass', 'later')}${tail}`,
          `${head}\n# ${s}${tail}`,
          `${head}\n\n${s}${tail}`,
        ),
        p.one(
          `${head} ${s}${tail}`,
          `${head}\n${pad}"""${p.text()}"""${tail}`,
          `${head}\n${pad}...${tail}`,
          `${head}\n${pad}# note\n${pad}${s}${tail}`,
          `${head}\n  ${pad}${s}${tail}`,
        ),
      ];
    },
    { weight: 6 },
  ),
  variants(
    'two statements in a block',
    (p) => {
      const { head, tail, pad } = block(p);
      const [a, b] = [statement(p), statement(p)];
      return [
        `${head}\n${pad}${a}\n${pad}${b}${tail}`,
        p.one(
          `${head}\n${pad}${a}\n${pad}${' '.repeat(p.i(1, 4))}${b}${tail}`,
          `${head}\n${pad}${' '.repeat(p.i(1, 4))}${a}\n${pad}${b}${tail}`,
        ),
        `${head}\n${pad}${a}\n${pad.slice(p.i(1, 3))}${b}${tail}`,
        p.one(
          `${head}\n${pad}${a}\n${pad.slice(4)}${b}`,
          `${head}\n${pad.slice(4)}${a}\n${pad}${b}${tail}`,
          `${head}\n${pad}${a}; ${b}${tail}`,
          `${head}\n${pad}${a}\n\n${pad}${b}${tail}`,
        ),
      ];
    },
    { weight: 5 },
  ),
  variants(
    'unexpected indent',
    (p) => {
      const [a, b, c] = [statement(p), statement(p), statement(p)];
      const pad = ' '.repeat(p.one(1, 2, 3, 4, 4, 4, 8));
      return [
        `${a}\n${b}\n${c}`,
        p.one(
          `${a}\n${pad}${b}\n${c}`,
          `${a}\n${b}\n${pad}${c}`,
          `${pad}${a}\n${b}\n${c}`,
          `${a}\n${pad}${b}\n${pad}${c}`,
        ),
        p.one(
          `${a}\n${pad}# ${p.text()}\n${b}`,
          `${a}\n\n${b}\n${pad}`.trimEnd(),
          `${a} \\\n${pad}+ ${p.i()}`,
          `${a}; ${b}`,
          `${a},\n${pad}${b}`,
        ),
      ];
    },
    { weight: 5 },
  ),
  variants(
    'one line indented',
    (p) => {
      const a = p.v();
      const pad = ' '.repeat(p.i(1, 4));
      return [
        `${a} = ${p.n()}\nprint(${a})`,
        `${a} = ${p.n()}\n${pad}print(${a})`,
        `${pad}${a} = ${p.n()}\nprint(${a})`,
        p.one(`${a} = (${p.n()}\n${pad})\nprint(${a})`, `${a} = [\n${pad}${p.n()}]\nprint(${a})`),
      ];
    },
    { weight: 3 },
  ),
  variants(
    'only line indented',
    (p) => {
      const s = statement(p);
      const pad = ' '.repeat(p.i(1, 6));
      return [s, `${pad}${s}`, `${pad}# ${p.text()}\n${s}`];
    },
    { top: true, weight: 2 },
  ),
  variants(
    'function body',
    (p) => {
      const [f, a, r] = [p.f(), p.v(), p.v()];
      const call = p.one(`print(${f}(${p.i()}))`, `${f}(${p.n()})`);
      const x = p.n();
      return [
        `def ${f}(${a}):\n    ${r} = ${a} * ${x}\n    return ${r}\n${call}`,
        p.one(
          `def ${f}(${a}):\n    ${r} = ${a} * ${x}\n  return ${r}\n${call}`,
          `def ${f}(${a}):\n    ${r} = ${a} * ${x}\n      return ${r}\n${call}`,
          `def ${f}(${a}):\n${r} = ${a} * ${x}\nreturn ${r}\n${call}`,
          `def ${f}(${a}):\n  ${r} = ${a} * ${x}\n    return ${r}\n${call}`,
          ` def ${f}(${a}):\n    ${r} = ${a} * ${x}\n    return ${r}\n${call}`,
          `def ${f}(${a}):\n    ${r} = ${a} * ${x}\n    return ${r}\n ${call}`,
          `def ${f}(${a}):\n\n${call}`,
        ),
        p.one(
          `def ${f}(${a}):\n    ${r} = ${a} * ${x}\nreturn ${r}\n${call}`,
          `def ${f}(${a}):\n    ${r} = ${a} * ${x}\n    return ${r}\n    ${call}`,
          `def ${f}(${a}):\n  ${r} = ${a} * ${x}\n  return ${r}\n${call}`,
          `def ${f}(${a}): return ${a} * ${x}\n${call}`,
          `def ${f}(${a}):\n    return ${r}\n    ${r} = ${a} * ${x}\n${call}`,
          py`
            def ${f}(${a}):
                # ${p.word()}
                ${r} = ${a} * ${x}


                return ${r}
            ${call}
          `,
        ),
      ];
    },
    { top: true, weight: 5 },
  ),
  variants(
    'loop body',
    (p) => {
      const [t, a] = [p.v(), p.v()];
      const l = p.one(p.ints(), `range(${p.i(2, 6)})`);
      const pre = `${t} = 0\nfor ${a} in ${l}:\n`;
      return [
        `${pre}    ${t} += ${a}\n    print(${t})`,
        p.one(
          `${pre}${t} += ${a}\nprint(${t})`,
          `${pre}    ${t} += ${a}\n   print(${t})`,
          `${pre}    ${t} += ${a}\n     print(${t})`,
          `${pre}    ${t} += ${a}\n        print(${t})`,
          `${pre}  ${t} += ${a}\n    print(${t})`,
          `${pre}\nprint(${t})`,
          `${t} = 0\n  for ${a} in ${l}:\n    ${t} += ${a}\nprint(${t})`,
        ),
        p.one(
          `${pre}    ${t} += ${a}\nprint(${t})`,
          `${pre}    ${t} += ${a} print(${t})`,
          `${pre}    ${t} += ${a}\n    print(${t} + ${p.w()})`,
          `${pre.replace(`${t} = 0\n`, '')}    ${t} += ${a}\nprint(${t})`,
        ),
      ];
    },
    { weight: 4 },
  ),
  variants(
    'nested blocks',
    (p) => {
      const [a, s, t] = [p.v(), `print(${p.s()})`, `print(${p.s()})`];
      const cond = `${a} ${p.one('>', '<', '==', '!=')} ${p.i()}`;
      const pre = `for ${a} in ${p.ints()}:\n`;
      return [
        `${pre}    if ${cond}:\n        ${s}\n    else:\n        ${t}`,
        p.one(
          `${pre}    if ${cond}:\n    ${s}\n    else:\n        ${t}`,
          `${pre}    if ${cond}:\n        ${s}\n    else:\n    ${t}`,
          `${pre}if ${cond}:\n        ${s}\n    else:\n        ${t}`,
          `${pre}    if ${cond}:\n        ${s}\n   else:\n        ${t}`,
          `${pre}    if ${cond}:\n        ${s}\n      ${t}`,
          `${pre}    if ${cond}:\n        ${s}\n          ${t}`,
          `${pre}    if ${cond}:\n    else:\n        ${t}`,
          `${pre}    if ${cond}:\n        # ${p.text()}\n    else:\n        ${t}`,
          `${pre}    if ${cond}:\n        ${s}\n    else:\n        #${t}`,
        ),
        p.one(
          `${pre}    if ${cond}:\n        ${s}\n        else:\n        ${t}`,
          `${pre}    if ${cond}:\n        ${s}\nelse:\n    ${t}`,
          `${pre}    if ${cond}:\n        ${s}\n    ${t}`,
          `${pre}    if ${cond}:\n        ${s}\n        ${t}`,
          `${pre}    if ${cond}:\n        ${s}\n    else\n        ${t}`,
          `${pre}    if ${cond}: ${s}\n    else: ${t}`,
        ),
      ];
    },
    { weight: 5 },
  ),
  variants(
    'class body',
    (p) => {
      const [c, m, at] = [p.c(), p.f(), p.attr()];
      const use = p.one(`print(${c}(${p.n()}).${m}())`, `x = ${c}(${p.s()})\nprint(x.${at})`, `x = ${c}(${p.n()})`);
      const ok = py`
        class ${c}:
            def __init__(self, ${at}):
                self.${at} = ${at}
            def ${m}(self):
                return self.${at}
        ${use}
      `;
      return [
        ok,
        p.one(
          ok.replace('        self', '    self'),
          ok.replace('        return', '    return'),
          ok.replace('    def __init__', 'def __init__'),
          ok.replace(/^ {4}(?=def (?!__))/m, '  '),
          ok.replace(/^ {4}(?=def (?!__))/m, '      '),
          ok
            .replace('        self', '      self')
            .replace(/^ {4}def __/m, '     def __')
            .replace('    def __', 'def __'),
          `class ${c}:\n\n${use}`,
          `class ${c}:\n    # ${p.text()}\n${use}`,
          ok.replace(`        return self.${at}\n`, ''),
        ),
        p.one(
          ok.replace(/^ {4}(?=def (?!__))/m, '').replace('        return', '    return'),
          ok.replace(/^ {4}(?=def (?!__))/m, '        ').replace('        return', '            return'),
          `class ${c}:\n    """${p.text()}"""\n${p.one(use, `x = ${c}()`)}`,
          ok.replace(/\n(x|print)/, '\n    $1'),
        ),
      ];
    },
    { top: true, weight: 4 },
  ),
  variants(
    'odd but fine',
    (p) => {
      const [a, b] = [p.v(), p.v()];
      return p.one(
        [
          `if True:\n ${a} = ${p.n()}\n print(${a})`,
          `if True:\n ${a} = ${p.n()}\n  print(${a})`,
          `if True:\n  ${a} = ${p.n()}\n print(${a})`,
        ],
        [`def ${a}(): pass\n${b} = ${p.n()}`, `def ${a}():\n${b} = ${p.n()}`, `def ${a}(): pass\n    ${b} = ${p.n()}`],
        [
          `${a} = [1,\n2,\n      3]\nprint(${a})`,
          `${a} = [1,\n2,\n      3]\n  print(${a})`,
          `${a} = [1,\n2,\n      3\nprint(${a})`,
        ],
        [
          `for ${a} in range(2):\n        print(${a})\n${b} = 1`,
          `for ${a} in range(2):\n        print(${a})\n    ${b} = 1`,
          `for ${a} in range(2):\n        print(${a})\n        ${b} = 1`,
        ],
        [
          `if ${p.i()} > 2:\n    print(${p.s()})\n# comment\n    print(${p.s()})`,
          `if ${p.i()} > 2:\n# comment\nprint(${p.s()})`,
          `if ${p.i()} > 2:\n    print(${p.s()})\n      # comment\n    print(${p.s()})`,
          `if ${p.i()} > 2:\n    # comment\n        print(${p.s()})\n    print(${p.s()})`,
        ],
        [
          `${a} = """\n    indented ${p.word()}\n"""\nprint(${a})`,
          `${a} = """\n    indented ${p.word()}\n"""\n    print(${a})`,
          `    ${a} = """\nindented ${p.word()}\n"""`,
        ],
        [
          `try:\n    ${a} = ${p.n()}\nexcept:\n    pass`,
          `try:\n    ${a} = ${p.n()}\nexcept:\npass`,
          `try:\n    ${a} = ${p.n()}\n  except:\n    pass`,
          `try:\n    ${a} = ${p.n()}\n    except:\n    pass`,
        ],
        [
          `if ${p.i()} > 2: print(${p.s()})\nelse: print(${p.s()})`,
          `if ${p.i()} > 2:\nprint(${p.s()})\nelse: print(${p.s()})`,
          `if ${p.i()} > 2: print(${p.s()})\n    else: print(${p.s()})`,
          `if ${p.i()} > 2:\n    else: print(${p.s()})`,
        ],
      );
    },
    { weight: 4 },
  ),
  variants(
    'syntax or indentation',
    (p) => {
      const { head, tail, pad } = block(p);
      const s = `print(${p.s()})`;
      return [
        `${head}\n${pad}${s}${tail}`,
        `${head}\n${pad}${s.slice(0, -1)}${tail}`,
        `${head}\n${s}${tail}`,
        p.one(
          `${head.replace(/:$/, '')}\n${s}${tail}`,
          `${head}\n${s.slice(0, -1)}${tail}`,
          `${head}\n${pad}${s}${tail}\n print(${p.i()}`,
          `${head.replace(/:$/, '')}\n${pad}${s}${tail}`,
          `${head}\n${pad}${s.replace(/["']/, '')}${tail}`,
        ),
      ];
    },
    { weight: 4 },
  ),
];
