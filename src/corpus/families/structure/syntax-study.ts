/** The pairs of the study and the slips next to them: operands, commas, operators. */
import type { Family } from '../../family';
import { variants } from '../../kits/structure/groups';
import { py } from '../../kits/structure/py';

export const families: Family[] = [
  variants(
    'study print',
    (p) => {
      const [w, n] = [p.word(), p.n()];
      return [
        `print(${p.q(`${w}: `)} + ${n})`,
        `print(${p.q(`${w}: `)} + ${p.q(n)}`,
        `print(${p.q(`${w}: `)} + ${p.q(n)})`,
        `print(${p.q(`${w}: `)}, ${n})`,
      ];
    },
    { weight: 4 },
  ),
  variants(
    'study list',
    (p) => {
      const l = p.vs();
      const s = `${l} = ${p.ints()}\n`;
      return [
        `${s}${l} += ${p.n()}`,
        `${s}${l} += [${p.n()}`,
        `${s}${l} += [${p.n()}]`,
        `${l} = ${p.ints().slice(0, -1)}\n${l} += ${p.n()}`,
      ];
    },
    { weight: 4 },
  ),
  variants(
    'study digits',
    (p) => {
      const [a, b] = [p.n(), p.i(1, 5000)];
      return [`${p.maybe(0.4, `${p.v()} = `)}${a} + "${b}"`].flatMap((c) => [
        c,
        c.slice(0, -1),
        c.replaceAll('"', ''),
        c.replace('"', ''),
      ]);
    },
    { weight: 4 },
  ),
  variants(
    'study sum',
    (p) => {
      const f = p.one('sum', 'max', 'sorted', 'len', 'min', 'list');
      const body = `[${p.intItems(2)}, ${p.w()}]`;
      const show = p.one(
        (x: string) => x,
        (x: string) => `print(${x})`,
        (x: string) => `${p.v()} = ${x}`,
      );
      return [
        show(`${f}(${body})`),
        show(`${f}(${body}`),
        show(`${f}(${p.ints(3)})`),
        show(`${f}(${body.slice(0, -1)})`),
      ];
    },
    { weight: 4 },
  ),
  variants(
    'missing comma',
    (p) => {
      const [a, b, c] = [p.n(), p.n(), p.w()];
      const l = p.vs();
      return p.one(
        [
          `${l} = [${a}, ${b}, ${c}]`,
          `${l} = [${a} ${b}, ${c}]`,
          `${l} = [${a}, ${b} ${c}]`,
          `${l} = [${c} ${p.w()}, ${a}]`,
        ],
        [`print(${c}, ${a})`, `print(${c} ${a})`, `print(${c} ${p.w()})`, `print(${a} ${c})`],
        [
          `${l} = {${c}: ${a}, ${p.w()}: ${b}}`,
          `${l} = {${c}: ${a} ${p.w()}: ${b}}`,
          `${l} = {${c} ${a}, ${p.w()}: ${b}}`,
          `${l} = {${c}, ${a}, ${p.w()}, ${b}}`,
        ],
        [`print(max(${a}, ${b}))`, `print(max(${a} ${b}))`, `print(max(${a}, ${b})`],
        [
          `${l} = [(${a}, ${b}), (${b}, ${a})]`,
          `${l} = [(${a}, ${b}) (${b}, ${a})]`,
          `${l} = [(${a}, ${b}), (${b}, ${a}]`,
          `${l} = [(${a} ${b}), (${b}, ${a})]`,
        ],
        [
          `${l} = [[${a}, ${b}], [${b}, ${a}]]`,
          `${l} = [[${a}, ${b}] [${b}, ${a}]]`,
          `${l} = [[${a}, ${b}], [${b}, ${a}]`,
        ],
      );
    },
    { weight: 4 },
  ),
  variants(
    'missing comma over lines',
    (p) => {
      const d = p.vs();
      const rows = [0, 1, 2].map(() => `    ${p.w()}: ${p.one(p.n(), p.s())}`);
      const l = [0, 1, 2].map(() => `    ${p.s()}`);
      return p.one(
        [
          py`
            ${d} = {
            ${rows.join(',\n')}
            }
            print(${d})
          `,
          py`
            ${d} = {
            ${rows[0]}
            ${rows.slice(1).join(',\n')}
            }
            print(${d})
          `,
          `${d} = {\n${rows.join(',\n')}\nprint(${d})`,
          py`
            ${d} = {
            ${rows.join(',\n')},
            }
            print(${d}[${p.q('zzz')}])
          `,
        ],
        [
          py`
            ${d} = [
            ${l.join(',\n')}
            ]
            print(${d}[2])
          `,
          py`
            ${d} = [
            ${l[0]}
            ${l[1]},
            ${l[2]}
            ]
            print(${d}[2])
          `,
          py`
            ${d} = [
            ${l.join(',\n')}
            )
            print(${d}[2])
          `,
          `${d} = [\n${l.join(',\n')}\nprint(${d}[2])`,
        ],
      );
    },
    { weight: 3 },
  ),
  variants(
    'missing operator',
    (p) => {
      const [a, b] = [p.v(), p.v()];
      const pre = `${a} = ${p.n()}\n${b} = ${p.n()}\n`;
      const op = p.one('+', '-', '*', '/');
      return [
        `${pre}print(${a} ${op} ${b})`,
        `${pre}print(${a} ${b})`,
        p.one(
          `${pre}print(2${a} ${op} ${b})`,
          `${pre}print(${a}(${b}))`,
          `${pre}print(${a} ${op})`,
          `${pre}print((${a})(${b}))`,
          `${pre}print(${a} ${op}${op}${op} ${b})`,
          `${pre}print(${op} ${a} ${b})`,
          `${pre}print(${a} ${op} ${b} ${op})`,
          `${pre}print(2(${a}))`,
          `${pre}print(${a}:${b})`,
        ),
      ];
    },
    { weight: 2 },
  ),
  variants(
    'missing plus between texts',
    (p) => {
      const a = p.v();
      return [
        `${a} = ${p.w()}\nprint(${p.s()} + ${a})`,
        `${a} = ${p.w()}\nprint(${p.s()} ${a})`,
        `${a} = ${p.w()}\nprint(${p.s()} + ${a} ${p.s()})`,
        `${a} = ${p.n()}\nprint(${p.s()} + ${a})`,
      ];
    },
    { weight: 2 },
  ),
];
