import type { Random } from '../random';
import { misspell } from './misspell';
import { asserts, scoped, word } from './statement-parts';

type TextMaker = (name: string, value: string, random: Random) => string[];

export const textMakers: readonly TextMaker[] = [
  (n, v, r) => asserts(`len(${n})`, v.length, v.length + r.pick([1, -1, 3]), r),
  (n, v, r) => asserts(n, `"${v}"`, `"${r.chance(0.5) ? v + 's' : word(r)}"`, r),
  (n, v, r) => [
    `assert ${n}.startswith("${v[0] ?? 'a'}")`,
    `assert ${n}.startswith("${word(r)}")`,
    `assert "${word(r)}" in ${n}`,
    `assert ${n}`,
  ],
  (n, v, r) => [
    `print(${n}[${Math.max(0, v.length - 1)}])`,
    `print(${n}[${v.length}])`,
    `print(${n}[${v.length + r.int(1, 9)}])`,
    `print(${n}[${r.int(0, 5)}:])`,
  ],
  (n, v, r) => [
    `print(${n}.index("${v[0] ?? 'a'}"))`,
    `print(${n}.index("${word(r)}"))`,
    `print(${n}.find("${word(r)}"))`,
  ],
  (n, _, r) => [`print(int(${n}))`, `print(len(${n}))`, `print(float(${n}))`, `print(${n} * ${r.int(2, 4)})`],
  (n, _, r) => [
    `print(${n} + ${r.int(1, 99)})`,
    `print(${n} + "${r.int(1, 99)}")`,
    `print(${n} + str(${r.int(1, 99)}))`,
    `print(${n} - "a")`,
  ],
  (n) => [`${n}[0] = "X"`, `print(${n}[0])`, `${n}.append("x")`, `print(${n}.upper)`],
  (n, _, r) => {
    const m = r.pick(['upper', 'lower', 'title', 'strip', 'capitalize', 'split']);
    return [`print(${n}.${m}())`, `print(${n}.${misspell(m, r)}())`, `print(${n}.${m}(`];
  },
  (n, _, r) => {
    const it = r.pick(['it', 'chars', 'letters_it', 'gen']);
    return [
      `${it} = iter(${n})\nprint(next(${it}))`,
      `${it} = iter(${n}[:1])\nprint(next(${it}))\nprint(next(${it}))`,
      `print(next(c for c in ${n} if c == "#"))`,
      `print(next((c for c in ${n} if c == "#"), None))`,
    ];
  },
  (n, _, r) => scoped(n, `${n} ${r.pick(['+=', '= "x" +'])} ${r.chance(0.5) ? n : '"!"'}`, r),
  (n, _, r) => [
    `open(${n})`,
    `print(${n})`,
    `with open(${n} + "${r.pick(['.txt', '.csv', '.json', '.log'])}") as f:\n    print(f.read())`,
    `try:\n    open(${n} + ".txt")\nexcept FileNotFoundError:\n    print("no file")`,
  ],
  (n, _, r) => [
    `with open(f"{${n}}.${r.pick(['txt', 'csv', 'log'])}") as f:\n    text = f.read()`,
    `path = f"{${n}}.${r.pick(['txt', 'csv'])}"\nprint(path)`,
  ],
  (n, _, r) => [
    `first, second = ${n}.split("${r.pick([',', ' ', '-', ':'])}")`,
    `parts = ${n}.split(",")`,
    `first, *rest = ${n}.split()`,
  ],
  (n, _, r) => [
    `raise ${r.pick(['ValueError', 'TypeError', 'KeyError', 'NameError', 'RuntimeError', 'IndexError'])}(${n})`,
    `print(${n})`,
  ],
];
