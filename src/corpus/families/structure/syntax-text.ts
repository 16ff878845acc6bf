/** Strings, f-strings and brackets that are not closed, closed twice or closed wrongly. */
import type { Family } from '../../family';
import { expression } from '../../kits/structure/fillers';
import { variants } from '../../kits/structure/groups';
import { py } from '../../kits/structure/py';

export const families: Family[] = [
  variants(
    'f-string braces',
    (p) => {
      const a = p.v();
      const w = p.word();
      const pre = `${a} = ${p.n()}\n`;
      return [
        `${pre}print(f"${w} {${a}}")`,
        p.one(
          `${pre}print(f"${w} {${a}")`,
          `${pre}print(f"${w} ${a}}")`,
          `${pre}print(f"${w} {}")`,
          `${pre}print(f"${w} {${a} +}")`,
          `${pre}print(f"${w} {{${a}}")`,
          `${pre}print(f"${w} {${a}!z}")`,
          `${pre}print(f"${w} {${a}}'")`.replace(`'")`, "')"),
          `${pre}print(f"${w} {${a} ${a}}")`,
          `${pre}print(f"{${a}[0}")`,
          `${pre}print(f"{len(${a}}")`,
          `${pre}print(f"${w} {${a}}"`,
          `${pre}print(f'it's {${a}}')`,
          `${pre}print(f"{if ${a}}")`,
        ),
        p.one(
          `${pre}print("${w} {${a}")`,
          `${pre}print(f"${w} {{${a}}}")`,
          `${pre}print("${w} {}".format(${a}))`,
          `${pre}print(f"{"${w}"} {${a}}")`,
          `${pre}print(f"{${a}=}")`,
          `print(f"${w} {${a}}")`,
          `${pre}print(f"{${a}:d}" + 1)`,
          `${pre}print(f"{${a} if ${a} else "none"}")`,
          `${pre}print(f'{"a" 'b'} {${a}}')`,
          `${pre}print(f"{', '.join(["a", "b"])} {${a}}")`,
          `${pre}print("}" + f"{${a}}")`,
        ),
      ];
    },
    { weight: 4 },
  ),
  variants(
    'strings not closed',
    (p) => {
      const a = p.v();
      const t = p.text();
      return p.one(
        [
          `${a} = "${t}"\nprint(${a})`,
          `${a} = "${t}\nprint(${a})`,
          `${a} = ${t.replace(/\W/g, '_')}"\nprint(${a})`,
          `${a} = "${t}'\nprint(${a})`,
        ],
        [`print("It's ${t}")`, `print('It's ${t}')`, `print('It\\'s ${t}')`, `print("It's ${t})`],
        [
          `print('She said "${t}"')`,
          `print("She said "${t}"")`,
          `print("She said \\"${t}\\"")`,
          `print("She said '${t}'")`,
        ],
        [
          `${a} = """${t}\n${p.text()}"""\nprint(len(${a}))`,
          `${a} = """${t}\n${p.text()}"\nprint(len(${a}))`,
          `${a} = "${t}\n${p.text()}"\nprint(len(${a}))`,
          `${a} = """${t}\n${p.text()}\nprint(len(${a}))`,
        ],
        [`${a} = "${t}\\n"\nprint(${a})`, `${a} = "${t}\\"\nprint(${a})`, `${a} = "${t}\\\\"\nprint(${a})`],
        [
          `'''${t}'''\nprint(${p.n()})`,
          `'''${t}''\nprint(${p.n()})`,
          `"""${t}'''\nprint(${p.n()})`,
          `# ${t}'''\nprint(${p.n()})`,
        ],
        [
          `print("${t}" + "${p.word()}")`,
          `print("${t}" + ${p.word()}")`,
          `print("${t} + ${p.word()}")`,
          `print("${t}' + '${p.word()}")`,
          `print("${t}" + "${p.word()})`,
        ],
        [
          `${a} = ["${p.word()}", "${p.word()}"]`,
          `${a} = ["${p.word()}", "${p.word()}]`,
          `${a} = ["${p.word()}, "${p.word()}"]`,
          `${a} = ["${p.word()}, ${p.word()}"]`,
        ],
        [
          `print("C:/new/${p.word()}")`,
          `print("C:\\Users\\${p.word()}")`,
          `print(r"C:\\Users\\${p.word()}")`,
          `print("C:\\\\Users\\\\${p.word()}")`,
        ],
      );
    },
    { weight: 5 },
  ),
  variants(
    'brackets over lines',
    (p) => {
      const a = p.v();
      return p.one(
        [
          `${a} = (${p.n()} +\n     ${p.n()})\nprint(${a})`,
          `${a} = (${p.n()} +\n     ${p.n()}\nprint(${a})`,
          `${a} = ${p.n()} +\n     ${p.n()}\nprint(${a})`,
          `${a} = ${p.n()} + \\\n     ${p.n()}\nprint(${a})`,
        ],
        [
          `print(${p.s()},\n      ${p.n()})\n${a} = ${p.n()}`,
          `print(${p.s()},\n      ${p.n()}\n${a} = ${p.n()}`,
          `print(${p.s()}\n      ${p.n()})\n${a} = ${p.n()}`,
          `print(${p.s()}),\n      ${p.n()}\n${a} = ${p.n()}`,
        ],
        [
          `${a} = [${p.intItems(3)}\n]\nprint(${a}[0])`,
          `${a} = [${p.intItems(3)}\n\nprint(${a}[0])`,
          `${a} = ${p.intItems(3)}\n]\nprint(${a}[0])`,
          `${a} = [${p.intItems(3)}\n]\nprint(${a}[7])`,
        ],
        [
          py`
            ${a} = {
                ${p.q('a')}: [1, 2],
                ${p.q('b')}: (3, 4),
            }
          `,
          py`
            ${a} = {
                ${p.q('a')}: [1, 2,
                ${p.q('b')}: (3, 4),
            }
          `,
          py`
            ${a} = {
                ${p.q('a')}: [1, 2],
                ${p.q('b')}: (3, 4,
            }
          `,
          `${a} = {\n    ${p.q('a')}: [1, 2],\n    ${p.q('b')}: (3, 4),\n`.trimEnd(),
        ],
      );
    },
    { weight: 4 },
  ),
  variants(
    'brackets in expressions',
    (p) => {
      const a = p.v();
      const [x, y, z] = [p.i(), p.i(), p.i()];
      return p.one(
        [
          `${a} = (${x} + ${y}) * ${z}\nprint(${a})`,
          `${a} = (${x} + ${y} * ${z}\nprint(${a})`,
          `${a} = ${x} + ${y}) * ${z}\nprint(${a})`,
          `${a} = (${x} + ${y}] * ${z}\nprint(${a})`,
        ],
        [
          `print(round((${x} + ${y}) / ${z}, 1))`,
          `print(round((${x} + ${y}) / ${z}, 1)`,
          `print(round((${x} + ${y} / ${z}, 1))`,
          `print(round((${x} + ${y}) / 0, 1))`,
        ],
        [
          `if (${x} > ${y}) and (${y} < ${z}):\n    print(${p.s()})`,
          `if (${x} > ${y}) and (${y} < ${z}:\n    print(${p.s()})`,
          `if ${x} > ${y}) and (${y} < ${z}):\n    print(${p.s()})`,
          `if ((${x} > ${y}) and (${y} < ${z})):\n    print(${p.s()})`,
        ],
        [
          `print(int(${p.q(String(x))}) + int(${p.q(String(y))}))`,
          `print(int(${p.q(String(x))}) + int(${p.q(String(y))})`,
          `print(int(${p.q(String(x))} + int(${p.q(String(y))})))`,
          `print(int(${p.q(String(x))}) + ${p.q(String(y))})`,
          `print(int(${p.q(String(x))} + int(${p.q(String(y))}))`,
        ],
        [
          `print(${p.q(' ')}.join([str(i) for i in range(${x})]))`,
          `print(${p.q(' ')}.join([str(i) for i in range(${x}]))`,
          `print(${p.q(' ')}.join([str(i) for i in range(${x})])`,
          `print(${p.q(' ')}.join([i for i in range(${x})]))`,
        ],
        [`print([${x}, ${y}][1])`, `print([${x}, ${y}[1])`, `print([${x}, ${y}][2])`, `print([${x}, ${y}][1)`],
        [
          `print(len([${x}, ${y}]) + ${z})`,
          `print(len([${x}, ${y}) + ${z})`,
          `print(len([${x}, ${y}]) + ${p.q(String(z))})`,
          `print(len([${x}, ${y}] + ${z}))`,
          `print(len([${x}, ${y}]) + ${z}`,
        ],
      );
    },
    { weight: 5 },
  ),
  variants(
    'dict literals',
    (p) => {
      const [d, k, n] = [p.vs(), p.word(), p.n()];
      const w = p.w();
      return [
        `${d} = {${p.q(k)}: ${n}, ${w}: 2}\nprint(${d}[${p.q(k)}])`,
        p.one(
          `${d} = {${p.q(k)} = ${n}, ${w} = 2}\nprint(${d}[${p.q(k)}])`,
          `${d} = {${p.q(k)}: ${n}; ${w}: 2}`,
          `${d} = {${p.q(k)}: ${n}, ${w}: }`,
          `${d} = {${p.q(k)}: ${n}, ${w}}`,
          `${d} = {${p.q(k)} => ${n}}`,
          `${d} = [${p.q(k)}: ${n}]`,
          `${d} = (${p.q(k)}: ${n})`,
          `${d} = {${p.q(k)}:: ${n}}`,
          `${d} = {${p.q(k)}: ${n}, ${w}: 2\nprint(${d})`,
          `${d} = dict(${p.q(k)}=${n})`,
          `${d} = {${p.q(k)} ${n}}`,
          `${d} = {: ${n}}`,
          `${d} = {${p.q(k)}, ${w}: 2}`,
        ),
        p.one(
          `${d} = dict(k${d.length}=${n})\nprint(${d}[${p.q(k)}])`,
          `${d} = {${p.q(k)}, ${w}}\nprint(${d}[${p.q(k)}])`,
          `${d} = {${k.replace(/\W/g, '')}: ${n}, ${w}: 2}`,
          `${d} = {[1]: ${n}}`,
          `${d} = {${p.q(k)}: ${n}, ${w}: 2,}\nprint(${d}[${p.q('no_key')}])`,
          `${d} = {(1, 2): ${n}}\nprint(${d}[1, 2])`,
          `${d} = {${p.q(k)}: ${n}}\nprint(${d}.${k.replace(/\W/g, '')})`,
        ),
      ];
    },
    { weight: 3 },
  ),
  variants(
    'stray',
    (p) => {
      const a = p.v();
      const n = p.n();
      const c = p.one(
        '$',
        '?',
        '!',
        '`',
        '¿',
        '@',
        '\\',
        '~',
        '§',
        '^',
        '&',
        ';',
        ')',
        ']',
        '}',
        ':',
        '...',
        '"',
        "'",
        ',',
        '..',
        '€',
        '->',
        '=>',
      );
      const line = p.one(`${a} = ${n}`, `print(${p.s()})`, `${a} = ${p.ints()}`, `${a} = ${expression(p)}`);
      return [
        line,
        `${line}${c}`,
        p.one(`${c}${line}`, `${line}\n${c}`, `${line} ${c} ${n}`, `${c}\n${line}`),
        p.one(`${line} #${c}`, `${line};`, `# ${c}\n${line}`, `${line}\n"${c === '"' || c === '\\' ? '' : c}"`),
      ];
    },
    { weight: 3 },
  ),
];
