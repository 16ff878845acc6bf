import { asserts, q, scoped, word, type ItemsMaker } from './statement-parts';
import { KEYS } from './words';

/** Statements on a list or tuple. */
export const sequenceMakers: readonly ItemsMaker[] = [
  (n, i, r) => asserts(`len(${n})`, i.length, i.length + r.pick([1, -1, 2]), r),
  (n, i, r) => [
    `assert ${i[0] ?? '1'} in ${n}`,
    `assert ${i[0] ?? '1'} not in ${n}`,
    `assert ${q(r, word(r))} in ${n}`,
    `assert ${n}`,
    `assert not ${n}`,
  ],
  (n, i, r) => asserts(`${n}[0]`, i[0] ?? 0, i[1] ?? 1, r),
  (n, i, r) => [
    `print(${n}[${Math.max(0, i.length - 1)}])`,
    `print(${n}[${i.length}])`,
    `print(${n}[-${i.length + 1}])`,
    `print(${n}[${i.length + r.int(1, 9)}])`,
    `print(${n}[-1])`,
  ],
  (n, i) => [
    `for i in range(${i.length}):\n    print(${n}[i])`,
    `for i in range(${i.length + 1}):\n    print(${n}[i])`,
    `for i in range(len(${n})):\n    print(${n}[i + 1])`,
  ],
  (n, i, r) => {
    const it = r.pick(['it', 'iterator', 'items_iter', 'gen']);
    const steps = (k: number): string => `\nprint(next(${it}))`.repeat(k);
    return i.length <= 4
      ? [
          `${it} = iter(${n})${steps(i.length)}`,
          `${it} = iter(${n})${steps(i.length + 1)}`,
          `${it} = iter(${n})${steps(i.length)}\nprint(next(${it}, None))`,
        ]
      : [
          `${it} = iter(${n})\nfor _ in range(${i.length}):\n    print(next(${it}))`,
          `${it} = iter(${n})\nfor _ in range(${i.length + 1}):\n    print(next(${it}))`,
          `print(next(${n}))`,
        ];
  },
  (n, i, r) => [
    `print(next(x for x in ${n} if x == ${i.at(-1) ?? '1'}))`,
    `print(next(x for x in ${n} if x == ${q(r, word(r))}))`,
    `print(next((x for x in ${n} if x == "${word(r)}"), "none"))`,
  ],
  (n, i, r) => [
    `print(${n}.index(${i[0] ?? '1'}))`,
    `print(${n}.index(${q(r, word(r))}))`,
    `${n}.remove(${r.int(100, 999)})`,
    `print(${n}.count(${i[0] ?? '1'}))`,
  ],
  (n) => [`print(sum(${n}) / len(${n}))`, `print(sum(${n}) / 0)`, `print(${n} / len(${n}))`, `print(len(${n}) / 2)`],
  (n, i) => [`print(len(${n}) % (len(${n}) - ${i.length}))`, `print(len(${n}) % (len(${n}) + 1))`],
  (n, i, r) => [
    `${n}.append(${i[0] ?? '1'})`,
    `${n}.${r.pick(['add', 'push', 'insert_at', 'appendd'])}(${i[0] ?? '1'})`,
    `${n}.append(${i[0] ?? '1'}`,
    `${n} += ${r.int(1, 9)}`,
    `${n} += [${r.int(1, 9)}]`,
  ],
  (n) => [`a, b = ${n}`, `a, *b = ${n}`, `a, b, c = ${n}`, `a, b, c, d = ${n}`],
  (n, _, r) => [`print(${n}["${r.pick(KEYS)}"])`, `print("${word(r)}" in ${n})`, `print(${n}(0))`, `print(${n}[0])`],
  (n) => [`${n} = ${n}.sort()\nprint(${n}[0])`, `${n} = sorted(${n}, key=str)\nprint(${n}[0])`, `print(sorted(${n}))`],
  (n, i, r) => scoped(n, r.pick([`${n} += [${i[0] ?? '1'}]`, `${n} = ${n} + [1]`]), r),
  (n, _, r) => {
    const f = r.pick(['first', 'total', 'flatten', 'depth', 'visit', 'collect', 'sum_all']);
    return [
      `def ${f}(xs):\n    return ${f}(xs[1:])\n${f}(${n})`,
      `def ${f}(xs):\n    if not xs:\n        return 0\n    return 1 + ${f}(xs[1:])\nprint(${f}(${n}))`,
      `def ${f}(xs):\n    if not xs:\n        return 0\n    return 1 + ${f}(xs)\nprint(${f}(${n}))`,
      `def ${f}(xs):\n    return xs[0] + ${f}(xs[1:])\nprint(${f}(${n}))`,
    ];
  },
  (n, _, r) => {
    const v = r.pick(['best', 'found', 'last', 'total', 'longest', 'match']);
    return [
      `def pick(xs):\n    for x in xs:\n        if x == "${word(r)}":\n            ${v} = x\n` +
        `    return ${v}\nprint(pick(${n}))`,
      `def pick(xs):\n    ${v} = None\n    for x in xs:\n        if x == "${word(r)}":\n            ${v} = x\n` +
        `    return ${v}\nprint(pick(${n}))`,
      `def pick(xs):\n    for x in xs:\n        ${v} += x\n    return ${v}\nprint(pick(${n}))`,
    ];
  },
  (n, _, r) => {
    const e = r.pick(['IndexError', 'KeyError', 'ValueError', 'TypeError']);
    return [
      `try:\n    print(${n}[${r.int(20, 99)}])\nexcept ${e}:\n    print("${word(r)}")`,
      `try:\n    print(${n}[${r.int(20, 99)}])\nexcept IndexError:\n    print("${word(r)}")`,
    ];
  },
  (n) => [`while True:\n    print(${n}.pop())`, `while ${n}:\n    print(${n}.pop())`],
  (n) => [
    `for a, b in ${n}:\n    print(a)`,
    `for i, x in enumerate(${n}):\n    print(i, x)`,
    `for x in ${n}\n    print(x)`,
  ],
];
