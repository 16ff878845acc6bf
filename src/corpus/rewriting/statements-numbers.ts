import type { Random } from '../random';
import { asserts, scoped, word } from './statement-parts';

type NumberMaker = (name: string, value: number, random: Random) => string[];

export const numberMakers: readonly NumberMaker[] = [
  (n, v, r) => asserts(n, v, v + r.pick([1, -1, 10]), r),
  (n, v, r) => [
    `assert ${n} > ${v - r.int(1, 9)}`,
    `assert ${n} > ${v + r.int(0, 9)}`,
    `assert ${n} < ${v}, "${n} too big"`,
  ],
  (n, _, r) => scoped(n, `${n} ${r.pick(['+=', '-=', '*='])} ${r.int(1, 9)}`, r),
  (n, _, r) => scoped(n, `${n} = ${n} ${r.pick(['+', '-', '*'])} ${r.int(1, 9)}`, r),
  (n, v, r) => [`print(${r.int(1, 99)} / (${n} - ${v}))`, `print(${r.int(1, 99)} / (${n} - ${v + r.int(1, 5)}))`],
  (n, _, r) => [`print(${n} / 0)`, `print(${n} / ${r.int(1, 9)})`, `print(${n} % 0)`, `print(${n} // ${r.int(2, 9)})`],
  (n, _, r) => {
    const w = word(r);
    return [
      `print("${w}: " + ${n})`,
      `print("${w}: " + str(${n}))`,
      `print("${w}:", ${n})`,
      `print("${w}: " + str(${n})`,
    ];
  },
  (n, _, r) => [
    `print(${n} + "${r.int(1, 99)}")`,
    `print(${n} + ${r.int(1, 99)})`,
    `print(${n} + int("${r.int(1, 99)}"))`,
    `print(${n} + int("${word(r)}"))`,
  ],
  (n) => [`print(${n}[0])`, `print(len(${n}))`, `print(str(${n})[0])`, `print(len(str(${n})))`],
  (n, _, r) => [`for i in ${n}:\n    print(i)`, `for i in range(${r.int(1, 4)}):\n    print(i + ${n})`],
  (n) => [`print(${n}.upper())`, `${n}.append(1)`, `print(abs(${n}))`, `print(${n}())`],
  (n, v, r) => [
    `if ${n} > ${v - 1}:\n    raise ValueError("${word(r)}")`,
    `if ${n} > ${v + 1}:\n    raise ValueError("${word(r)}")`,
  ],
  (n, v, r) => {
    const f = r.pick(['check', 'grade', 'classify', 'describe', 'kind']);
    return [
      `def ${f}(x):\n    if x > ${v - 1}:\n        r = "${word(r)}"\n    return r\nprint(${f}(${n}))`,
      `def ${f}(x):\n    if x > ${v}:\n        r = "${word(r)}"\n    return r\nprint(${f}(${n}))`,
      `def ${f}(x):\n    r = "${word(r)}"\n    if x > ${v}:\n        r = "${word(r)}"\n    return r\nprint(${f}(${n}))`,
    ];
  },
  (n, _, r) => {
    const f = r.pick(
      ['down', 'loop', 'go', 'shrink', 'count_down', 'dive', 'total_to', 'walk'],
    );
    const x = r.pick(['n', 'x', 'k']);
    return [
      `def ${f}(${x}):\n    return ${f}(${x} - 1) + 1\nprint(${f}(${n}))`,
      `def ${f}(${x}):\n    if ${x} <= 0:\n        return 0\n` +
        `    return ${f}(${x} - 1) + 1\nprint(${f}(${r.int(3, 30)}))`,
      `def ${f}(${x}):\n    if ${x} <= 0:\n        return 0\n    return ${f}(${x}) + 1\nprint(${f}(${n}))`,
      `def ${f}(${x}):\n    if ${x} <= 0:\n        return 0\n` +
        `    return ${f}(${x} + 1) + 1\nprint(${f}(${Math.max(1, r.int(1, 9))}))`,
    ];
  },
];
